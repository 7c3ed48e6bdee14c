package org.actium.service.updates;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;

/**
 * The bundles that a change concerns.
 *
 * @param refreshed those that the framework would restart
 * @param interrupted others that stay, but lose a service they cannot do without
 */
record Touched(Set<Bundle> refreshed, Set<Bundle> interrupted) {

    Touched {
        refreshed = Set.copyOf(refreshed);
        interrupted = Set.copyOf(interrupted);
    }

    List<Bundle> all() {
        return Stream.concat(refreshed.stream(), interrupted.stream()).toList();
    }

    static List<String> names(Collection<Bundle> bundles) {
        return bundles.stream().map(Bundle::getSymbolicName).distinct().sorted().toList();
    }
}
