package org.actium.service.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.actium.runtime.api.Node;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalServiceException;
import org.actium.service.core.SharedInstance.Key;

/**
 * Which technical services each node has and which it may get again, for which groups. It calls no service: whoever takes
 * something from here undoes it afterwards, so that each is undone by one thread only.
 *
 * <p>Threading: any thread may call any method.
 */
final class NodeServices {

    private final ReentrantLock lock = new ReentrantLock();
    private final SharedInstances instances = new SharedInstances(); // guarded by lock
    private final Map<Node, List<Applied>> applied = new LinkedHashMap<>(); // guarded by lock; by place
    private final Withdrawn withdrawn = new Withdrawn(); // guarded by lock
    private final Places places = new Places(); // guarded by lock; also of what was withdrawn
    private final Map<Node, Set<String>> groups = new HashMap<>(); // guarded by lock

    // ---- what there is

    List<Applied> on(Node node) {
        lock.lock();
        try {
            return List.copyOf(applied.getOrDefault(node, List.of()));
        } finally {
            lock.unlock();
        }
    }

    /** Those that have some. */
    List<Node> nodes() {
        lock.lock();
        try {
            return List.copyOf(applied.keySet());
        } finally {
            lock.unlock();
        }
    }

    Set<String> groups(Node node) {
        lock.lock();
        try {
            return new TreeSet<>(groups.getOrDefault(node, Set.of()));
        } finally {
            lock.unlock();
        }
    }

    /** For which groups the node has the use, or may get it again. */
    Set<String> groups(Node node, ServiceUse use) {
        lock.lock();
        try {
            return places.groups(node, use);
        } finally {
            lock.unlock();
        }
    }

    Map<String, List<ServiceUse>> withdrawn(Node node) {
        lock.lock();
        try {
            return withdrawn.byGroup(node);
        } finally {
            lock.unlock();
        }
    }

    List<Withdrawn.Return> returns() {
        lock.lock();
        try {
            return withdrawn.returns();
        } finally {
            lock.unlock();
        }
    }

    // ---- what comes

    void join(Node node, String group) {
        lock.lock();
        try {
            groups.computeIfAbsent(node, _ -> new TreeSet<>()).add(group);
        } finally {
            lock.unlock();
        }
    }

    /** The instance for the node to use, counting it as a user; empty if the node uses it already. */
    Optional<SharedInstance> join(Node node, Key key, InstalledService installed) {
        lock.lock();
        try {
            SharedInstance instance = instances.of(key, installed);
            if (applied.getOrDefault(node, List.of()).stream().anyMatch(one -> one.instance() == instance)) {
                return Optional.empty();
            }
            instance.join();
            return Optional.of(instance);
        } finally {
            lock.unlock();
        }
    }

    /** One user fewer. @return whether that was the last one; then the instance is to be closed */
    boolean leave(SharedInstance instance) {
        lock.lock();
        try {
            return instances.leave(instance);
        } finally {
            lock.unlock();
        }
    }

    /** One that comes back gets its place again. */
    long place(Node node, Key key) {
        lock.lock();
        try {
            return places.of(node, key);
        } finally {
            lock.unlock();
        }
    }

    /** Notes that the node has it. @return why it cannot be left there, as the end of a sentence */
    Optional<String> add(Node node, Applied applying) {
        lock.lock();
        try {
            if (!instances.contains(applying.instance())) {
                return Optional.of("was withdrawn by its bundle while it was being applied");
            }
            List<Applied> all = applied.computeIfAbsent(node, _ -> new ArrayList<>());
            if (!Together.fits(applying, all)) {
                return Optional.of("does not go together with what was applied at the same time");
            }
            put(node, applying, all);
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** The caller holds the lock. */
    private void put(Node node, Applied applying, List<Applied> all) {
        long place = applying.contributions().rank();
        places.take(node, applying.instance().key(), place);
        int at = 0;
        while (at < all.size() && all.get(at).contributions().rank() < place) {
            at++;
        }
        all.add(at, applying);
    }

    // ---- what goes

    /** @return what fitted, in order of application */
    List<Applied> take(Node node, Predicate<Applied> which) {
        lock.lock();
        try {
            List<Applied> taken =
                    Together.inOrder(on(node)).stream().filter(which).toList();
            drop(node, taken);
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** @return what of it was still there, in the order given */
    List<Applied> take(Node node, List<Applied> these) {
        lock.lock();
        try {
            List<Applied> taken = these.stream().filter(on(node)::contains).toList();
            drop(node, taken);
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** @param waited whether the node would have got it again */
    record Taken(List<Applied> services, boolean waited) {}

    /** @throws TechnicalServiceException if others there require it, or there is nothing of that id */
    Taken take(Node node, String use) {
        lock.lock();
        try {
            List<Applied> present = Together.inOrder(on(node));
            List<Applied> leaving =
                    present.stream().filter(one -> one.use().id().equals(use)).toList();
            if (!leaving.isEmpty()) {
                List<Applied> staying = new ArrayList<>(present);
                staying.removeAll(leaving);
                Together.requireDispensable(node, use, staying);
            }
            boolean waited = forgetWithdrawn(node, key -> key.use().id().equals(use));
            if (leaving.isEmpty() && !waited) {
                throw Together.missing(node, use, present);
            }
            drop(node, leaving);
            return new Taken(leaving, waited);
        } finally {
            lock.unlock();
        }
    }

    /** @param orphans instances of the service, also those that are just being applied for the first time */
    record Withdrawal(List<SharedInstance> orphans, Map<Node, List<Applied>> taken) {}

    /** Takes the service off every node, with what requires it; all that may come back. */
    Withdrawal withdraw(InstalledService going) {
        lock.lock();
        try {
            List<SharedInstance> orphans = instances.removeAll(going);
            Map<Node, List<Applied>> taken = new LinkedHashMap<>();
            for (Node node : nodes()) {
                List<Applied> leaving = Together.leaving(on(node), orphans);
                if (!leaving.isEmpty()) {
                    leaving.forEach(one -> withdrawn.add(node, one.instance().key()));
                    drop(node, leaving);
                    taken.put(node, leaving);
                }
            }
            return new Withdrawal(orphans, taken);
        } finally {
            lock.unlock();
        }
    }

    /** Nobody applies it again if it comes back. @return whether somebody would have */
    boolean forgetWithdrawn(Node node, Predicate<Key> which) {
        lock.lock();
        try {
            boolean any = withdrawn.forget(node, which);
            vacate(node);
            return any;
        } finally {
            lock.unlock();
        }
    }

    /** The node has gone, and nobody can use what is noted of it. Nothing is taken off it. */
    void forget(Node node) {
        lock.lock();
        try {
            forgetWithdrawn(node, _ -> true);
            groups.remove(node);
        } finally {
            lock.unlock();
        }
    }

    /** The caller holds the lock. */
    private void drop(Node node, List<Applied> taken) {
        List<Applied> current = applied.getOrDefault(node, new ArrayList<>());
        current.removeAll(taken);
        if (current.isEmpty()) {
            applied.remove(node);
        }
        vacate(node);
    }

    /** Only what is applied or may come back keeps its place. The caller holds the lock. */
    private void vacate(Node node) {
        List<Key> present = on(node).stream().map(one -> one.instance().key()).toList();
        places.keep(node, key -> withdrawn.contains(node, key) || present.contains(key));
    }
}
