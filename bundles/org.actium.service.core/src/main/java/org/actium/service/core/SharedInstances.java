package org.actium.service.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actium.service.core.SharedInstance.Key;

/** The instances that nodes use now. Not safe for several threads. */
final class SharedInstances {

    private final Map<Key, SharedInstance> present = new HashMap<>();

    SharedInstance of(Key key, InstalledService installed) {
        return present.computeIfAbsent(key, _ -> new SharedInstance(key, installed));
    }

    boolean contains(SharedInstance instance) {
        return present.get(instance.key()) == instance;
    }

    /** One user fewer. @return whether that was the last one; then the instance is here no more, and to be closed */
    boolean leave(SharedInstance instance) {
        boolean last = instance.leave();
        if (last) {
            present.remove(instance.key(), instance);
        }
        return last;
    }

    /** @return those of that service, which are here no more */
    List<SharedInstance> removeAll(InstalledService service) {
        List<SharedInstance> orphans = present.values().stream()
                .filter(instance -> instance.installed().equals(service))
                .toList();
        present.values().removeAll(orphans);
        return orphans;
    }
}
