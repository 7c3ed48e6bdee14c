package org.actium.service.core;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.actium.runtime.api.Registration;
import org.actium.service.api.CombinationRules;
import org.actium.service.api.Offer;
import org.actium.service.api.ServiceOffer;
import org.actium.service.api.TechnicalService;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** The technical services in the service registry: Declarative Services components, or services registered by hand. */
final class RegistryCatalog implements ServiceCatalog {

    private static final String OFFERED_ID = Offer.PREFIX_ + "id";
    private static final String OFFERED = "(|(" + TechnicalService.ID + "=*)(" + OFFERED_ID + "=*))";
    private static final String FILTER = "(&(objectClass=" + TechnicalService.class.getName() + ")" + OFFERED + ")";

    /** A bundle that is stopping withdraws its services before it has stopped. */
    private static final int NOT_STARTED = Bundle.INSTALLED | Bundle.RESOLVED | Bundle.STOPPING;

    /** By ranking; then the newer bundle, which somebody has installed beside one that others still need. */
    private static final Comparator<ServiceReference<TechnicalService>> BEST_FIRST =
            Comparator.<ServiceReference<TechnicalService>>comparingInt(RegistryCatalog::ranking)
                    .thenComparing(RegistryCatalog::version)
                    .thenComparing(Comparator.<ServiceReference<TechnicalService>>naturalOrder())
                    .reversed();

    private final BundleContext context;
    private final ServiceComponentRuntime components;

    RegistryCatalog(BundleContext context, ServiceComponentRuntime components) {
        this.context = context;
        this.components = components;
    }

    @Override
    public List<InstalledService> services() {
        try {
            return context.getServiceReferences(TechnicalService.class, OFFERED).stream()
                    .sorted(BEST_FIRST)
                    .<InstalledService>map(Registered::new)
                    .toList();
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public Optional<String> stopped(String service) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> (bundle.getState() & NOT_STARTED) != 0)
                .filter(bundle -> bundle.adapt(BundleRevision.class).getDeclaredCapabilities(Offer.NAMESPACE).stream()
                        .anyMatch(offer -> service.equals(offer.getAttributes().get(Offer.NAMESPACE))))
                .map(Bundle::getSymbolicName)
                .findFirst();
    }

    /** As the framework reads it. */
    private static int ranking(ServiceReference<?> reference) {
        return reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0;
    }

    private static Version version(ServiceReference<?> reference) {
        Bundle bundle = reference.getBundle();
        return bundle == null ? Version.emptyVersion : bundle.getVersion();
    }

    @Override
    public Registration whenComing(Runnable action) {
        return listen(event -> {
            if (event.getType() == ServiceEvent.REGISTERED) {
                action.run();
            }
        });
    }

    @Override
    public Registration whenGoing(Consumer<InstalledService> action) {
        return listen(event -> {
            if (event.getType() == ServiceEvent.UNREGISTERING) {
                @SuppressWarnings("unchecked") // the filter lets only technical services through
                var going = (ServiceReference<TechnicalService>) event.getServiceReference();
                action.accept(new Registered(going));
            }
        });
    }

    private Registration listen(ServiceListener listener) {
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
                    id(),
                    implementation(),
                    bundle == null ? "" : bundle.getSymbolicName(),
                    bundle == null ? "" : bundle.getVersion().toString(),
                    new CombinationRules(
                            names("provides"), names("requires"), names("excludes"), names("before"), names("after")));
        }

        private String id() {
            Object offered = reference.getProperty(OFFERED_ID);
            return String.valueOf(offered == null ? reference.getProperty(TechnicalService.ID) : offered);
        }

        private List<String> names(String rule) {
            return switch (reference.getProperty(Offer.PREFIX_ + rule)) {
                case String[] several -> List.of(several);
                case String one -> List.of(one);
                case Collection<?> several ->
                    several.stream().map(String::valueOf).toList();
                case null, default -> List.of();
            };
        }

        /** The class of the component, known without making an instance; for other services, the name they were given. */
        private String implementation() {
            Bundle bundle = reference.getBundle();
            String component = (String) reference.getProperty("component.name");
            if (bundle == null || component == null) {
                return id();
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
