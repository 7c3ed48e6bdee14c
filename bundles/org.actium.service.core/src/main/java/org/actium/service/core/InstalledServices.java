package org.actium.service.core;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.actium.service.api.Combination;
import org.actium.service.api.ServiceOffer;
import org.actium.service.api.ServiceUse;
import org.actium.service.core.Combiner.Candidate;

/** What the bundles of this runtime provide. */
final class InstalledServices {

    private final ServiceCatalog catalog;
    private final Changes changes;

    InstalledServices(ServiceCatalog catalog, Changes changes) {
        this.catalog = catalog;
        this.changes = changes;
    }

    /** In order of their ids. */
    List<ServiceOffer> offers() {
        return catalog.services().stream()
                .map(InstalledService::offer)
                .sorted(Comparator.comparing(ServiceOffer::id))
                .toList();
    }

    /** As {@link ServiceCatalog#stopped} says it. */
    Optional<String> stopped(String service) {
        return catalog.stopped(service);
    }

    /** Waits for changes under way before it says that there is none. */
    Optional<ServiceOffer> offer(String service) {
        long before = changes.ended();
        Optional<InstalledService> found = find(service);
        while (found.isEmpty() && changes.endedSince(before)) {
            before = changes.ended();
            found = find(service);
        }
        return found.map(InstalledService::offer);
    }

    /** Now: during a change one may be missing. */
    Optional<InstalledService> find(String service) {
        return catalog.services().stream()
                .filter(installed -> installed.answersTo(service))
                .findFirst();
    }

    /** False of one that is about to go, too. */
    boolean contains(InstalledService service) {
        return catalog.services().contains(service);
    }

    /** What nobody provides has no rules. */
    Combination combine(List<ServiceUse> services) {
        return Combiner.combine(services.stream()
                .map(use -> new Candidate(
                        use,
                        offer(use.service()).orElseGet(() -> new ServiceOffer(use.service(), use.service(), "", ""))))
                .toList());
    }
}
