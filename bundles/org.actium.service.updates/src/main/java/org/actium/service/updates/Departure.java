package org.actium.service.updates;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.dto.ServiceReferenceDTO;
import org.osgi.service.component.ComponentConstants;

/** Bundles that go with all their services, and components that begin anew, so that theirs go for a moment. */
final class Departure {

    private final Set<Long> bundles;
    private final Set<Long> parts = new HashSet<>(); // numbers of components

    Departure(Collection<Bundle> going) {
        this.bundles = going.stream().map(Bundle::getBundleId).collect(Collectors.toCollection(HashSet::new));
    }

    void add(Bundle bundle) {
        bundles.add(bundle.getBundleId());
    }

    void add(Components.Part part) {
        parts.add(part.number());
    }

    boolean contains(Bundle bundle) {
        return bundles.contains(bundle.getBundleId());
    }

    boolean restarts(Components.Part part) {
        return parts.contains(part.number());
    }

    boolean takes(ServiceReference<?> service) {
        return service.getBundle() == null
                || contains(service.getBundle())
                || isOfPart(service.getProperty(ComponentConstants.COMPONENT_ID));
    }

    boolean takes(ServiceReferenceDTO service) {
        return bundles.contains(service.bundle) || isOfPart(service.properties.get(ComponentConstants.COMPONENT_ID));
    }

    private boolean isOfPart(Object component) {
        return component instanceof Long number && parts.contains(number);
    }
}
