package org.actium.provision;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.actium.remote.api.RemoteObjects;
import org.actium.remote.api.UnreachableException;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;

/** Remote objects of several runtimes in one JVM, called directly; counts and damages pieces on request. */
final class Exchanges {

    private final Map<RuntimeId, BundleExchange> exported = new ConcurrentHashMap<>();
    private final Map<RuntimeId, RuntimeAddress> addresses = new ConcurrentHashMap<>();
    private final AtomicInteger pieces = new AtomicInteger();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile boolean corrupt;
    private volatile Optional<String> announced = Optional.empty();
    private volatile boolean silent;
    private final AtomicReference<Runnable> beforePiece = new AtomicReference<>(() -> {});

    int pieces() {
        return pieces.get();
    }

    /** The names of those who were asked for anything, once for each question. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    void corruptNextPiece() {
        corrupt = true;
    }

    /** Once. */
    void beforeNextPiece(Runnable action) {
        beforePiece.set(action);
    }

    /** From now on offers have this digest. */
    void announce(String sha256) {
        announced = Optional.of(sha256);
    }

    /** Of the runtime, if it has started and has not ended. */
    Optional<RuntimeAddress> address(RuntimeId runtime) {
        return Optional.ofNullable(addresses.get(runtime));
    }

    /** From now on nobody answers. */
    void fallSilent() {
        silent = true;
    }

    RemoteObjects of(RuntimeAddress self) {
        return new RemoteObjects() {
            @Override
            public <T> Registration export(Class<T> contract, String name, T object) {
                exported.put(self.id(), (BundleExchange) object);
                addresses.put(self.id(), self);
                return () -> {
                    exported.remove(self.id());
                    addresses.remove(self.id());
                };
            }

            @Override
            public <T> T at(RuntimeAddress runtime, Class<T> contract, String name) {
                if (silent) {
                    throw new UnreachableException(runtime.name() + " does not answer");
                }
                return contract.cast(new Counted(exported.get(runtime.id()), runtime.name()));
            }
        };
    }

    private final class Counted implements BundleExchange {
        private final BundleExchange exchange;
        private final String name;

        Counted(BundleExchange exchange, String name) {
            this.exchange = exchange;
            this.name = name;
        }

        @Override
        public BundleOffer offer(BundleName bundle) {
            asked.add(name);
            BundleOffer offer = exchange.offer(bundle);
            return new BundleOffer(
                    offer.bundle(),
                    announced.orElse(offer.sha256()),
                    offer.length(),
                    offer.wiredTo(),
                    offer.updated(),
                    offer.versions());
        }

        @Override
        public byte[] piece(BundleName bundle, long offset) {
            asked.add(name);
            pieces.incrementAndGet();
            Runnable meanwhile = beforePiece.getAndSet(() -> {});
            meanwhile.run();
            byte[] piece = exchange.piece(bundle, offset);
            if (corrupt) {
                corrupt = false;
                piece[piece.length / 2] ^= 1;
            }
            return piece;
        }

        @Override
        public void pull(BundleOffer offer, RuntimeAddress from, boolean force) {
            asked.add(name);
            exchange.pull(offer, from, force);
        }
    }
}
