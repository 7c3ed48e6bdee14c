package org.actium.object.core;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.object.api.BodyId;
import org.actium.object.api.BodyTerminatedException;

/** Why bodies of this runtime ended, of those that something ended; the oldest are forgotten. Any thread. */
final class Obituaries {

    private static final int KEPT = 1000;

    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by lock. */
    private final Map<BodyId, FailureReport> causes = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<BodyId, FailureReport> eldest) {
            return size() > KEPT;
        }
    };

    /** Keeps a description only: the throwable would keep the classes of a bundle that may be gone. */
    void add(BodyId body, Throwable cause) {
        lock.lock();
        try {
            causes.put(body, FailureReport.of(cause));
        } finally {
            lock.unlock();
        }
    }

    /** What ended the body, if anything did that is remembered. */
    Optional<FailureReport> cause(BodyId id) {
        lock.lock();
        try {
            return Optional.ofNullable(causes.get(id));
        } finally {
            lock.unlock();
        }
    }

    /**
     * For a request that comes too late.
     *
     * @param body how to call it in the message
     */
    BodyTerminatedException tooLate(BodyId id, Object body, String method) {
        return tooLate(body, method, cause(id).map(Failures::described));
    }

    /** As the other, where the object was elsewhere. */
    static BodyTerminatedException tooLate(Object body, String method, Optional<? extends Throwable> cause) {
        return new BodyTerminatedException(
                "active object " + body + " has ended"
                        + cause.map(why -> " (" + why + ")").orElse("") + "; " + method + " was not served",
                cause.orElse(null));
    }
}
