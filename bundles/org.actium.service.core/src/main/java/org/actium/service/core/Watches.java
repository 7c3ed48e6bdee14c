package org.actium.service.core;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.actium.object.api.BodyId;
import org.actium.object.spi.ObjectListener;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.actium.service.api.NodeWatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who watches which node. Each watcher hears of an object once that it begins, and once that it ends, however the two and
 * the beginning of the watch coincide. Any thread; no lock is held while a watcher is called.
 */
final class Watches implements ObjectListener {

    private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

    private final PresentObjects objects;
    private final Map<Node, List<Watch>> watches = new ConcurrentHashMap<>();

    /** @param known the objects that the watcher has heard of, and not yet that they ended */
    private record Watch(NodeWatcher watcher, Set<BodyId> known) {

        void began(BodyId object, Class<?> type) {
            if (known.add(object)) {
                told(() -> watcher.began(object, type));
            }
        }

        void ended(BodyId object) {
            if (known.remove(object)) {
                told(() -> watcher.ended(object));
            }
        }

        void told(Runnable news) {
            try {
                news.run();
            } catch (RuntimeException | LinkageError failed) {
                LOG.error("a watcher of the class {} failed", watcher.getClass().getName(), failed);
            }
        }
    }

    Watches(PresentObjects objects) {
        this.objects = objects;
    }

    Registration add(Node node, NodeWatcher watcher) {
        Watch watch = new Watch(watcher, ConcurrentHashMap.newKeySet());
        watches.compute(node, (_, all) -> {
            List<Watch> more = all == null ? new CopyOnWriteArrayList<>() : all;
            more.add(watch); // in here, lest whoever closes the last other one drops the list meanwhile
            return more;
        });
        objects.on(node).forEach((object, type) -> {
            watch.began(object, type);
            if (!objects.lives(object)) {
                watch.ended(object); // it ended before it was known here
            }
        });
        return () -> watches.computeIfPresent(node, (n, all) -> {
            all.remove(watch);
            return all.isEmpty() ? null : all;
        });
    }

    void began(Node node, BodyId object, Class<?> type) {
        watches.getOrDefault(node, List.of()).forEach(watch -> watch.began(object, type));
    }

    @Override
    public void ended(BodyId object) {
        watches.values().forEach(all -> all.forEach(watch -> watch.ended(object)));
    }

    void leaving(Node node) {
        watches.getOrDefault(node, List.of()).forEach(watch -> watch.told(watch.watcher::leaving));
    }
}
