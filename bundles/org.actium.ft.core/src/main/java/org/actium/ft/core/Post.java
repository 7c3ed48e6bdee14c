package org.actium.ft.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.actium.ft.core.protocol.Party;
import org.actium.remote.api.RemoteObjects;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.spi.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings letters to where their receivers live; those to one receiver in their order, each once at most. What gets lost is
 * for the protocol to send again. Any thread; nothing blocks the sender.
 */
final class Post {

    private static final Logger LOG = LoggerFactory.getLogger(Post.class);

    private final RuntimeAddress self;
    private final RemoteObjects remoteObjects;
    private final Threads threads;
    private final Function<String, Optional<RuntimeAddress>> locations;
    private final Exchange here;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, List<Letter>> waiting =
            new TreeMap<>(); // guarded by lock; present while a thread brings them
    private final Map<String, RuntimeAddress> known = new TreeMap<>(); // guarded by lock

    /**
     * @param locations asks where a fault-tolerant object lives; may block, and fail
     * @param here takes letters to parties of this runtime
     */
    Post(
            RuntimeAddress self,
            RemoteObjects remoteObjects,
            Threads threads,
            Function<String, Optional<RuntimeAddress>> locations,
            Exchange here) {
        this.self = self;
        this.remoteObjects = remoteObjects;
        this.threads = threads;
        this.locations = locations;
        this.here = here;
    }

    /** @param letters all to that party */
    void send(Party party, List<Letter> letters) {
        String to = key(party);
        lock.lock();
        try {
            List<Letter> before = waiting.get(to);
            if (before != null) {
                before.addAll(letters);
                return;
            }
            waiting.put(to, new ArrayList<>(letters));
        } finally {
            lock.unlock();
        }
        threads.run(() -> bring(to, party));
    }

    /** It may live elsewhere now. */
    void forget(Party party) {
        lock.lock();
        try {
            known.remove(key(party));
        } finally {
            lock.unlock();
        }
    }

    private static String key(Party party) {
        return switch (party) {
            case Party.Recoverable(String id) -> id;
            case Party.Outside(RuntimeAddress home, String instance, String name) ->
                Runtimes.key(home.id()) + "/" + instance + "/" + name;
        };
    }

    private void bring(String key, Party to) {
        for (List<Letter> letters = next(key); !letters.isEmpty(); letters = next(key)) {
            try {
                RuntimeAddress home = locate(to);
                if (home == null) {
                    LOG.debug("{} letters to {} are dropped: nobody knows where that is", letters.size(), to);
                } else if (!exchange(home).deliver(letters)) {
                    forget(to); // also those who only acknowledge must look for it anew
                }
            } catch (RuntimeException lost) {
                forget(to);
                LOG.debug("{} letters to {} are lost: {}", letters.size(), to, lost.getMessage());
            }
        }
    }

    private Exchange exchange(RuntimeAddress home) {
        return home.id().equals(self.id()) ? here : remoteObjects.at(home, Exchange.class, Exchange.NAME);
    }

    private List<Letter> next(String key) {
        lock.lock();
        try {
            List<Letter> letters = waiting.get(key);
            if (letters.isEmpty()) {
                waiting.remove(key);
            } else {
                waiting.put(key, new ArrayList<>());
            }
            return letters;
        } finally {
            lock.unlock();
        }
    }

    /** {@code null} if it is not known. */
    private RuntimeAddress locate(Party to) {
        return switch (to) {
            case Party.Outside(RuntimeAddress home, String _, String _) -> home;
            case Party.Recoverable(String id) -> {
                RuntimeAddress present;
                lock.lock();
                try {
                    present = known.get(id);
                } finally {
                    lock.unlock();
                }
                if (present == null) {
                    present = locations.apply(id).orElse(null);
                    if (present != null) {
                        remember(id, present);
                    }
                }
                yield present;
            }
        };
    }

    private void remember(String id, RuntimeAddress home) {
        lock.lock();
        try {
            known.put(id, home);
        } finally {
            lock.unlock();
        }
    }
}
