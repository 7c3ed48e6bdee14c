package org.actium.service.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.actium.runtime.api.Registration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who hears that services are others now, or what nodes lack: after a change, not during it. Any thread. */
final class ChangeListeners {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeListeners.class);

    private final Changes changes;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    ChangeListeners(Changes changes) {
        this.changes = changes;
    }

    Registration add(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** A change of bundles, until it is closed: then this tells of it. */
    Registration changing() {
        Registration change = changes.begin();
        return () -> {
            change.close();
            tell();
        };
    }

    /** Whoever ends the last change tells what happened during it. */
    void tell() {
        if (changes.areUnderWay()) {
            return;
        }
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException failed) {
                LOG.error("a listener to changes of technical services failed", failed);
            }
        }
    }
}
