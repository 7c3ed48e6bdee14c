package org.actium.object.core;

import java.util.Optional;
import org.actium.object.api.BodyId;
import org.actium.object.spi.Facilities;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Offers active objects the services that the bundle of their class sees in the OSGi registry. A service stays in use by
 * that bundle until one of the two stops.
 */
@Component
public final class RegisteredServices implements Facilities {

    @Activate
    public RegisteredServices() {}

    @Override
    public <T> Optional<T> facility(Class<T> type, BodyId body, Class<?> bodyType) {
        Optional<BundleContext> context =
                Optional.ofNullable(FrameworkUtil.getBundle(bodyType)).map(Bundle::getBundleContext);
        Optional<ServiceReference<T>> service =
                context.flatMap(present -> Optional.ofNullable(present.getServiceReference(type)));
        return service.map(present -> context.get().getService(present));
    }
}
