package org.actium.service.core;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.runtime.api.Node;
import org.actium.service.api.Contributions;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalService;
import org.actium.service.core.InstalledService.Instance;

/**
 * The instance of a technical service that the nodes of one group share. It is made when the first of them needs it.
 *
 * <p>Threading: calls to the service do not overlap, because its contract says so; the lock that sees to it is held
 * while the service runs, and taken by nobody who holds that of {@link NodeServices}.
 */
final class SharedInstance {

    /** What nodes must agree on to share an instance. */
    record Key(String group, ServiceUse use) {}

    private final Key key;
    private final InstalledService installed;
    private final ReentrantLock turn = new ReentrantLock();
    private Optional<Instance> instance = Optional.empty(); // guarded by turn
    private boolean closed; // guarded by turn
    private int users; // guarded by the lock of NodeServices

    SharedInstance(Key key, InstalledService installed) {
        this.key = key;
        this.installed = installed;
    }

    Key key() {
        return key;
    }

    InstalledService installed() {
        return installed;
    }

    void join() {
        users++;
    }

    /** Whether that was the last user. */
    boolean leave() {
        return --users == 0;
    }

    /** Applies the service to the node, after starting it if this is its first. Throws what the service throws. */
    void apply(Node node, Contributions contributions) {
        turn.lock();
        try {
            if (closed) {
                throw new IllegalStateException("it was withdrawn meanwhile");
            }
            if (instance.isEmpty()) {
                instance = Optional.of(started());
            }
            instance.get().service().apply(node, contributions);
        } finally {
            turn.unlock();
        }
    }

    private Instance started() {
        Instance made = installed.instance();
        try {
            made.service().init(key.use.arguments());
            return made;
        } catch (RuntimeException | Error failed) {
            made.close();
            throw failed;
        }
    }

    /** Undoes {@link #apply} on the node. Throws what the service throws. */
    void remove(Node node) {
        turn.lock();
        try {
            instance.map(Instance::service).ifPresent((TechnicalService service) -> service.remove(node));
        } finally {
            turn.unlock();
        }
    }

    /** Gives the instance back; nothing can be applied afterwards. */
    void close() {
        turn.lock();
        try {
            closed = true;
            instance.ifPresent(Instance::close);
            instance = Optional.empty();
        } finally {
            turn.unlock();
        }
    }
}
