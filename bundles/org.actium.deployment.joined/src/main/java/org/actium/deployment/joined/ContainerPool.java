package org.actium.deployment.joined;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.actium.deployment.spi.JoinedRuntimes;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.Threads;

/**
 * Containers, each lent to one taker at a time: the one that has been free longest to the one that has waited longest.
 * In place of a container that its taker cannot use the taker gets another; that one is lent to others, and to the same
 * taker only after it has arrived anew.
 *
 * <p>Threading: any thread may call any method; takers are called on threads of their own, without a lock held.
 */
final class ContainerPool implements JoinedRuntimes.Listener {

    private final Threads threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<RuntimeId, RuntimeAddress> free = new LinkedHashMap<>(); // guarded by lock; longest free first
    private final Map<RuntimeId, Taker> lent = new HashMap<>(); // guarded by lock
    private final List<Taker> takers = new ArrayList<>(); // guarded by lock; longest waiting first

    ContainerPool(Threads threads) {
        this.threads = threads;
    }

    /**
     * @param wanted how many containers; all that come if empty
     * @return closing it gives all of them back
     */
    Registration acquire(OptionalInt wanted, Predicate<RuntimeAddress> taker) {
        Taker entry = new Taker(taker, wanted.orElse(Integer.MAX_VALUE));
        change(() -> takers.add(entry));
        return () -> giveBack(entry);
    }

    private void giveBack(Taker taker) {
        change(() -> {
            takers.remove(taker);
            lent.values().removeIf(taker::equals);
            free.putAll(taker.held);
            taker.held.clear();
        });
    }

    @Override
    public void arrived(RuntimeAddress container) {
        change(() -> {
            takers.forEach(taker -> taker.refused.remove(container.id()));
            if (!lent.containsKey(container.id())) {
                free.put(container.id(), container);
            }
        });
    }

    @Override
    public void departed(RuntimeAddress container, String reason) {
        change(() -> {
            free.remove(container.id());
            Taker taker = lent.remove(container.id());
            if (taker != null) {
                taker.held.remove(container.id());
            }
        });
    }

    private void handOver(Taker taker, RuntimeAddress container) {
        if (taker.action.test(container)) {
            return;
        }
        change(() -> {
            taker.wanted++;
            if (lent.remove(container.id(), taker)) { // else it has departed, or was given back
                taker.refused.add(container.id());
                taker.held.remove(container.id());
                free.put(container.id(), container);
            }
        });
    }

    /** Changes something, then lends what is free to those who wait. */
    private void change(Runnable action) {
        List<Runnable> handovers = new ArrayList<>();
        lock.lock();
        try {
            action.run();
            for (Taker taker : takers) {
                for (Iterator<RuntimeAddress> next = free.values().iterator(); taker.wanted > 0 && next.hasNext(); ) {
                    RuntimeAddress container = next.next();
                    if (taker.refused.contains(container.id())) {
                        continue;
                    }
                    next.remove();
                    taker.wanted--;
                    taker.held.put(container.id(), container);
                    lent.put(container.id(), taker);
                    handovers.add(() -> handOver(taker, container));
                }
            }
        } finally {
            lock.unlock();
        }
        handovers.forEach(threads::run);
    }

    /** Somebody who takes containers; waits as long as it wants more. Guarded by lock. */
    private static final class Taker {

        private final Predicate<RuntimeAddress> action;
        private final Map<RuntimeId, RuntimeAddress> held = new LinkedHashMap<>();
        private final Set<RuntimeId> refused = new HashSet<>();
        private int wanted;

        private Taker(Predicate<RuntimeAddress> action, int wanted) {
            this.action = action;
            this.wanted = wanted;
        }
    }
}
