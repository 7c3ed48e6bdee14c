package org.actium.service.core;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.actium.runtime.api.Registration;
import org.actium.service.api.ServiceOffer;
import org.actium.service.api.TechnicalService;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** The technical services in the service registry: Declarative Services components, or services registered by hand. */
final class RegistryCatalog implements ServiceCatalog {

    private static final String FILTER =
            "(&(objectClass=" + TechnicalService.class.getName() + ")(" + TechnicalService.ID + "=*))";

    private final BundleContext context;
    private final ServiceComponentRuntime components;

    RegistryCatalog(BundleContext context, ServiceComponentRuntime components) {
        this.context = context;
        this.components = components;
    }

    @Override
    public List<InstalledService> services() {
        try {
            return context.getServiceReferences(TechnicalService.class, "(" + TechnicalService.ID + "=*)").stream()
                    .sorted(Comparator.reverseOrder())
                    .<InstalledService>map(Registered::new)
                    .toList();
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public Registration whenGoing(Consumer<InstalledService> action) {
        ServiceListener listener = event -> {
            if (event.getType() == ServiceEvent.UNREGISTERING) {
                @SuppressWarnings("unchecked") // the filter lets only technical services through
                var going = (ServiceReference<TechnicalService>) event.getServiceReference();
                action.accept(new Registered(going));
            }
        };
        try {
            context.addServiceListener(listener, FILTER);
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
        return () -> context.removeServiceListener(listener);
    }

    private final class Registered implements InstalledService {

        private final ServiceReference<TechnicalService> reference;

        Registered(ServiceReference<TechnicalService> reference) {
            this.reference = reference;
        }

        @Override
        public ServiceOffer offer() {
            Bundle bundle = reference.getBundle();
            return new ServiceOffer(
                    String.valueOf(reference.getProperty(TechnicalService.ID)),
                    implementation(),
                    bundle == null ? "" : bundle.getSymbolicName(),
                    bundle == null ? "" : bundle.getVersion().toString());
        }

        /** The class of the component, known without making an instance; for other services, the name they were given. */
        private String implementation() {
            Bundle bundle = reference.getBundle();
            String component = (String) reference.getProperty("component.name");
            if (bundle == null || component == null) {
                return String.valueOf(reference.getProperty(TechnicalService.ID));
            }
            return Optional.ofNullable(components.getComponentDescriptionDTO(bundle, component))
                    .map(description -> description.implementationClass)
                    .orElse(component);
        }

        @Override
        public Instance instance() {
            ServiceObjects<TechnicalService> instances = context.getServiceObjects(reference);
            TechnicalService service = instances == null ? null : instances.getService();
            if (service == null) {
                throw new IllegalStateException("its component is gone or cannot be activated");
            }
            return new Instance() {
                @Override
                public TechnicalService service() {
                    return service;
                }

                @Override
                public void close() {
                    instances.ungetService(service);
                }
            };
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Registered registered && reference.equals(registered.reference);
        }

        @Override
        public int hashCode() {
            return reference.hashCode();
        }
    }
}
