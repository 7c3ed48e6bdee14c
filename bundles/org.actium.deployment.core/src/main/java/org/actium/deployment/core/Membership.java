package org.actium.deployment.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.actium.deployment.spi.JoinedRuntimes;
import org.actium.remote.api.Admission;
import org.actium.remote.api.JoinToken;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkListener;
import org.actium.remote.api.Links;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Who joins this runtime, and who is lost. A launch expects its runtimes by their tokens; whoever joins with another
 * token was started by a person, and is listed for all who look for runtimes.
 *
 * <p>A runtime is lost when its link has been closed for as long as the lease; then it has ended itself, or does so now.
 * One that comes back all the same is listed again, unless a thousand others have been lost since.
 *
 * <p>Threading: any thread may call any method. Followers are called without a lock held and must not block.
 */
@Component(
        service = {Membership.class, JoinedRuntimes.class},
        immediate = true)
public final class Membership implements JoinedRuntimes, LinkListener, AutoCloseable {

    /** Runtimes that are lost and might come back, at most. */
    private static final int LOST_KEPT = 1000;

    private final Links links;
    private final Admission admission;
    private final Time time;
    private final Threads threads;
    private final Duration lease;
    private final Registration listening;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Consumer<RuntimeAddress>> expected = new HashMap<>(); // by token; guarded by lock
    private final Set<String> withdrawn = new HashSet<>(); // tokens that may be in use already; guarded by lock
    private final Map<RuntimeId, Peer> peers = new LinkedHashMap<>(); // guarded by lock
    private final List<Watcher> watchers = new ArrayList<>(); // guarded by lock
    private boolean closed; // guarded by lock

    /** Hears what becomes of one runtime. */
    interface Follower {

        void lost(String reason);

        /** It was lost, but its link is open again. */
        void back();
    }

    @Activate
    public Membership(
            BundleContext context,
            @Reference Links links,
            @Reference Admission admission,
            @Reference Time time,
            @Reference Threads threads) {
        this(links, admission, time, threads, Lease.of(context));
    }

    /** @param lease how long a runtime whose link is closed counts as there */
    public Membership(Links links, Admission admission, Time time, Threads threads, Duration lease) {
        this.links = links;
        this.admission = admission;
        this.time = time;
        this.threads = threads;
        this.lease = lease;
        this.listening = links.listen(this);
    }

    Duration lease() {
        return lease;
    }

    /**
     * Makes a token and waits for the runtime that comes with it.
     *
     * @param joined called once, when it has come
     */
    JoinToken expect(Duration validFor, Consumer<RuntimeAddress> joined) {
        JoinToken token = admission.issue(validFor);
        expect(token.id(), validFor, joined);
        return token;
    }

    private void expect(String tokenId, Duration validFor, Consumer<RuntimeAddress> joined) {
        lock.lock();
        try {
            expected.put(tokenId, joined);
        } finally {
            lock.unlock();
        }
        time.after(validFor.plus(lease), () -> forget(tokenId));
    }

    @Override
    public void guest(String tokenId, Duration validFor) {
        expect(tokenId, validFor, address -> {});
    }

    private void forget(String tokenId) {
        lock.lock();
        try {
            expected.remove(tokenId);
            withdrawn.remove(tokenId);
        } finally {
            lock.unlock();
        }
    }

    /** Nobody waits for that runtime any more; if it comes nevertheless, it is not taken for one that a person started. */
    void withdraw(JoinToken token) {
        admission.revoke(token);
        lock.lock();
        try {
            if (expected.remove(token.id()) != null) {
                withdrawn.add(token.id());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Tells the follower when the runtime is lost, and when it is back. */
    Registration follow(RuntimeAddress runtime, Follower follower) {
        lock.lock();
        try {
            peers.computeIfAbsent(runtime.id(), id -> new Peer(runtime))
                    .followers
                    .add(follower);
        } finally {
            lock.unlock();
        }
        missing(runtime.id(), "its link closed");
        return () -> {
            lock.lock();
            try {
                Optional.ofNullable(peers.get(runtime.id())).ifPresent(peer -> {
                    peer.followers.remove(follower);
                    tidy(peer);
                });
            } finally {
                lock.unlock();
            }
        };
    }

    @Override
    public Registration watch(JoinedRuntimes.Listener listener) {
        Watcher watcher = new Watcher(listener, new EventLine("joined-runtimes", threads));
        lock.lock();
        try {
            watchers.add(watcher);
            peers.values().stream()
                    .filter(peer -> peer.joinedByItself && !peer.lost)
                    .forEach(peer -> watcher.arrived(peer.address));
        } finally {
            lock.unlock();
        }
        return () -> {
            lock.lock();
            try {
                watchers.remove(watcher);
            } finally {
                lock.unlock();
            }
        };
    }

    @Override
    public void opened(Link link, Optional<String> tokenId) {
        RuntimeAddress runtime = link.peer();
        Optional<Consumer<RuntimeAddress>> launch;
        List<Follower> relieved;
        lock.lock();
        try {
            launch = tokenId.map(expected::remove);
            boolean newcomer = launch.isEmpty() && tokenId.isPresent() && !withdrawn.remove(tokenId.get());
            relieved = present(runtime, newcomer);
        } finally {
            lock.unlock();
        }
        relieved.forEach(Follower::back);
        launch.ifPresent(consumer -> consumer.accept(runtime));
    }

    /**
     * It has a link now.
     *
     * @param newcomer whether it is to be listed, if it is not yet
     * @return those to tell that it is back
     */
    private List<Follower> present(RuntimeAddress runtime, boolean newcomer) { // guarded by lock
        Peer peer = newcomer ? peers.computeIfAbsent(runtime.id(), id -> new Peer(runtime)) : peers.get(runtime.id());
        if (peer == null) {
            return List.of();
        }
        peer.joinedByItself |= newcomer;
        List<Follower> relieved = peer.lost ? List.copyOf(peer.followers) : List.of();
        if (newcomer || peer.joinedByItself && peer.lost) {
            watchers.forEach(watcher -> watcher.arrived(runtime));
        }
        peer.present(runtime);
        return relieved;
    }

    /** Whether a person started that runtime, for whoever looks for runtimes. */
    boolean lists(RuntimeId runtime) {
        lock.lock();
        try {
            return Optional.ofNullable(peers.get(runtime))
                    .filter(peer -> peer.joinedByItself)
                    .isPresent();
        } finally {
            lock.unlock();
        }
    }

    /** Lists a runtime that a person started, and that has joined whoever was here before; false if it has no link. */
    boolean welcome(RuntimeId runtime) {
        Optional<Link> link = links.existing(runtime);
        if (link.isEmpty()) {
            return false;
        }
        List<Follower> relieved;
        lock.lock();
        try {
            relieved = lists(runtime) ? List.of() : present(link.get().peer(), true);
        } finally {
            lock.unlock();
        }
        relieved.forEach(Follower::back);
        if (!link.get().isOpen()) {
            missing(runtime, "its link closed");
        }
        return true;
    }

    @Override
    public void closed(Link link, String reason) {
        missing(link.peer().id(), reason);
    }

    /** Whoever follows a runtime, or has it in a list, is to hear that it is lost. */
    @Override
    public boolean needs(Link link) {
        lock.lock();
        try {
            return !closed && peers.containsKey(link.peer().id());
        } finally {
            lock.unlock();
        }
    }

    /** Gives a runtime without a link the time of the lease to come back. */
    private void missing(RuntimeId runtime, String reason) {
        if (links.existing(runtime).isPresent()) {
            return; // two links for a moment, as after both sides have dialled: the other one stays
        }
        lock.lock();
        try {
            Peer peer = peers.get(runtime);
            if (peer != null && !peer.lost && peer.absence.isEmpty() && !closed) {
                peer.absence = Optional.of(time.after(lease, () -> expired(runtime, reason)));
            }
        } finally {
            lock.unlock();
        }
    }

    private void expired(RuntimeId runtime, String reason) {
        boolean linked = links.existing(runtime).isPresent();
        List<Follower> bereft = List.of();
        String full = "link lost (" + reason + "), not back within " + Durations.text(lease);
        lock.lock();
        try {
            Peer peer = peers.get(runtime);
            if (peer == null || peer.absence.isEmpty()) {
                return; // it came back just now
            }
            peer.absence = Optional.empty();
            if (linked || closed) {
                return;
            }
            peer.lost = true;
            forgetOldestLost(peer);
            bereft = List.copyOf(peer.followers);
            if (peer.joinedByItself) {
                watchers.forEach(watcher -> watcher.departed(peer.address, full));
            }
        } finally {
            lock.unlock();
        }
        bereft.forEach(follower -> follower.lost(full));
    }

    /** Whoever was lost longest ago and is followed by nobody has to join anew to be listed again. */
    private void forgetOldestLost(Peer newest) {
        peers.remove(newest.address.id());
        peers.put(newest.address.id(), newest);
        List<Peer> lost = peers.values().stream()
                .filter(peer -> peer.lost && peer.followers.isEmpty())
                .toList();
        if (lost.size() > LOST_KEPT) {
            peers.remove(lost.getFirst().address.id());
        }
    }

    private void tidy(Peer peer) {
        if (peer.followers.isEmpty() && !peer.joinedByItself) {
            peer.absence.ifPresent(Registration::close);
            peers.remove(peer.address.id());
        }
    }

    @Override
    @Deactivate
    public void close() {
        listening.close();
        lock.lock();
        try {
            closed = true;
            peers.values().forEach(peer -> peer.absence.ifPresent(Registration::close));
        } finally {
            lock.unlock();
        }
    }

    /** A runtime that somebody follows, or that joined by itself. Guarded by lock. */
    private static final class Peer {

        private final List<Follower> followers = new ArrayList<>();
        private RuntimeAddress address;
        private boolean joinedByItself;
        private boolean lost;
        private Optional<Registration> absence = Optional.empty(); // the timer that runs while it has no link

        private Peer(RuntimeAddress address) {
            this.address = address;
        }

        private void present(RuntimeAddress where) {
            address = where;
            lost = false;
            absence.ifPresent(Registration::close);
            absence = Optional.empty();
        }
    }

    /** A listener with the line on which it is called. */
    private record Watcher(JoinedRuntimes.Listener listener, EventLine line) {

        void arrived(RuntimeAddress runtime) {
            line.add(() -> listener.arrived(runtime));
        }

        void departed(RuntimeAddress runtime, String reason) {
            line.add(() -> listener.departed(runtime, reason));
        }
    }
}
