package org.actium.ft.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.actium.ft.api.Recovery;
import org.actium.ft.api.RecoveryEvent;
import org.actium.ft.api.RecoveryListener;
import org.actium.ft.api.RecoveryStatus;
import org.actium.ft.core.protocol.Party;
import org.actium.ft.store.api.Batch;
import org.actium.ft.store.api.StoreSource;
import org.actium.remote.api.RemoteObjects;
import org.actium.remote.api.RemotingException;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.Time;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server of a container that has a store; it opens that when somebody asks for something. Where the application has
 * another server, this asks that for those who want to know here.
 */
@Component(
        service = {Recovery.class, OfferedServer.class},
        immediate = true)
public final class OfferedServer implements Recovery, RecoveryServer, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OfferedServer.class);

    /** Framework property, in milliseconds. */
    private static final String PATIENCE = "actium.ft.patience";

    private static final String DEFAULT_PATIENCE = "2000";

    /** How often another server is asked what has happened. */
    private static final Duration LOOKING = Duration.ofMillis(500);

    private static final long FROM_NOW_ON = Long.MAX_VALUE;

    private final Optional<StoreSource> stores;
    private final RemoteObjects remoteObjects;
    private final Time time;
    private final Duration patience;
    private final Registration offered;
    private final List<RecoveryListener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private StoreServer server; // guarded by lock; null until somebody asks
    private boolean closed; // guarded by lock
    private Optional<Followed> elsewhere = Optional.empty(); // guarded by lock
    private Registration looking = () -> {}; // guarded by lock

    /** @param run what happens to others there is not told */
    private record Followed(Supplier<RuntimeAddress> server, String run) {}

    @Activate
    public OfferedServer(
            BundleContext context,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) Optional<StoreSource> stores,
            @Reference RemoteObjects remoteObjects,
            @Reference Time time) {
        this(
                stores,
                remoteObjects,
                time,
                Duration.ofMillis(Long.parseLong(
                        Optional.ofNullable(context.getProperty(PATIENCE)).orElse(DEFAULT_PATIENCE))));
    }

    OfferedServer(Optional<StoreSource> stores, RemoteObjects remoteObjects, Time time, Duration patience) {
        this.stores = stores;
        this.remoteObjects = remoteObjects;
        this.time = time;
        this.patience = patience;
        this.offered = stores.isPresent() ? remoteObjects.export(RecoveryServer.class, NAME, this) : () -> {};
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addListener(RecoveryListener listener) {
        listeners.add(listener);
    }

    void removeListener(RecoveryListener listener) {
        listeners.remove(listener);
    }

    private StoreServer server() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the server of fault tolerance has been closed here");
            }
            if (server == null) {
                server = new StoreServer(stores.orElseThrow().open(), time, patience, this::tell);
            }
            return server;
        } finally {
            lock.unlock();
        }
    }

    /** What happens to that run at another server is told here, from now on. Blocks until that has said what was before. */
    void follow(Supplier<RuntimeAddress> server, String run) {
        Followed other = new Followed(server, run);
        lock.lock();
        try {
            elsewhere = Optional.of(other);
        } finally {
            lock.unlock();
        }
        look(other, server.get().id(), FROM_NOW_ON);
    }

    private RecoveryServer at(RuntimeAddress other) {
        return remoteObjects.at(other, RecoveryServer.class, NAME);
    }

    private void lookLater(Followed other, RuntimeId before, long heard) {
        lock.lock();
        try {
            if (!closed) {
                looking = time.after(LOOKING, () -> look(other, before, heard));
            }
        } finally {
            lock.unlock();
        }
    }

    private void look(Followed other, RuntimeId before, long heard) {
        RuntimeId last = before;
        long known = heard;
        try {
            RuntimeAddress now = other.server().get();
            if (!now.id().equals(before)) {
                known = 0; // it was restarted
            }
            News news = at(now).news(known, Optional.of(other.run()));
            last = now.id();
            known = news.last();
            news.events().forEach(this::tell);
        } catch (RuntimeException unheard) {
            LOG.debug("the server of fault tolerance does not say what happens: {}", unheard.getMessage());
        }
        lookLater(other, last, known);
    }

    @Override
    public News news(long after, Optional<String> run) {
        return server().news(after, run);
    }

    @Override
    public RecoveryStatus status() {
        return status(Optional.empty());
    }

    @Override
    public RecoveryStatus status(Optional<String> run) {
        StoreServer opened;
        Optional<Followed> other;
        lock.lock();
        try {
            opened = server;
            other = elsewhere;
        } finally {
            lock.unlock();
        }
        if (other.isPresent()) {
            return statusAt(other.get());
        }
        return opened == null ? RecoveryStatus.NOTHING : opened.status(run);
    }

    private RecoveryStatus statusAt(Followed other) {
        try {
            return at(other.server().get()).status(Optional.of(other.run()));
        } catch (RemotingException unreached) {
            throw new IllegalStateException(
                    "how objects stand is not known now, as their server does not say it: " + unreached.getMessage(),
                    unreached);
        }
    }

    /** Who listens shows what is wrong to people; the log warns of it where nobody does. */
    private void tell(RecoveryEvent event) {
        if (isTrouble(event) && listeners.isEmpty()) {
            LOG.warn("{}", event);
        } else {
            LOG.info("{}", event);
        }
        listeners.forEach(listener -> {
            try {
                listener.happened(event);
            } catch (RuntimeException failed) {
                LOG.warn("{} failed when it was told: {}", listener, event, failed);
            }
        });
    }

    private static boolean isTrouble(RecoveryEvent event) {
        return switch (event) {
            case RecoveryEvent.RuntimeLost _,
                    RecoveryEvent.NoRuntimeLeft _,
                    RecoveryEvent.CheckpointDamaged _,
                    RecoveryEvent.StoreFails _ -> true;
            case RecoveryEvent.ObjectServes _, RecoveryEvent.ObjectRestored _, RecoveryEvent.StoreWorks _ -> false;
        };
    }

    @Override
    public void commit(Batch batch) {
        server().commit(batch);
    }

    @Override
    public Optional<Progress> progress(String object) {
        return server().progress(object);
    }

    @Override
    public Optional<Saved> saved(String object) {
        return server().saved(object);
    }

    @Override
    public Orders beat(Residence residence, boolean takes, Map<String, Long> objects) {
        return server().beat(residence, takes, objects);
    }

    @Override
    public Present attend(Residence caller, Set<Party> others) {
        return server().attend(caller, others);
    }

    @Override
    public void leave(Residence caller) {
        server().leave(caller);
    }

    @Override
    public Optional<RuntimeAddress> locate(String object) {
        return server().locate(object);
    }

    @Override
    public void restored(RuntimeAddress runtime, String object, long incarnation) {
        server().restored(runtime, object, incarnation);
    }

    @Override
    @Deactivate
    public void close() {
        offered.close();
        StoreServer opened;
        lock.lock();
        try {
            closed = true;
            looking.close();
            opened = server;
        } finally {
            lock.unlock();
        }
        if (opened != null) {
            opened.close();
        }
    }
}
