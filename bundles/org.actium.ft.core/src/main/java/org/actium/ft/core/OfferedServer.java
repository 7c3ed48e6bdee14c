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
import org.actium.remote.api.Links;
import org.actium.remote.api.RemoteObjects;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
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

    /** Framework property, in milliseconds. */
    private static final String FORGET = "actium.ft.forget";

    private final Optional<StoreSource> stores;
    private final RemoteObjects remoteObjects;
    private final Links links;
    private final Time time;
    private final Patience patience;
    private final String own;
    private final Registration offered;
    private final List<RecoveryListener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private StoreServer server; // guarded by lock; null until somebody asks
    private boolean closed; // guarded by lock
    private Optional<ServerElsewhere> elsewhere = Optional.empty(); // guarded by lock

    @Activate
    public OfferedServer(
            BundleContext context,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) Optional<StoreSource> stores,
            @Reference RemoteObjects remoteObjects,
            @Reference Links links,
            @Reference Time time,
            @Reference ActiumRuntime runtime) {
        this(
                stores,
                remoteObjects,
                links,
                time,
                patience(
                        millis(Optional.ofNullable(context.getProperty(PATIENCE))
                                .orElse(DEFAULT_PATIENCE)),
                        Optional.ofNullable(context.getProperty(FORGET)).map(OfferedServer::millis)),
                Runtimes.key(runtime.id()));
    }

    /** @param own the run of what this container deploys */
    OfferedServer(
            Optional<StoreSource> stores,
            RemoteObjects remoteObjects,
            Links links,
            Time time,
            Patience patience,
            String own) {
        this.stores = stores;
        this.remoteObjects = remoteObjects;
        this.links = links;
        this.time = time;
        this.patience = patience;
        this.own = own;
        this.offered = stores.isPresent() ? remoteObjects.export(RecoveryServer.class, NAME, this) : () -> {};
    }

    private static Duration millis(String text) {
        return Duration.ofMillis(Long.parseLong(text));
    }

    private static Patience patience(Duration runtime, Optional<Duration> forget) {
        return forget.map(run -> new Patience(runtime, run)).orElseGet(() -> Patience.ofRuntimes(runtime));
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
                server = new StoreServer(stores.orElseThrow().open(), time, patience, Optional.of(own), this::tell);
                server.heed(links);
            }
            return server;
        } finally {
            lock.unlock();
        }
    }

    /** What happens to that run at another server is told here, from now on. Blocks until that has said what was before. */
    void follow(Supplier<RuntimeAddress> server, String run) {
        ServerElsewhere other = new ServerElsewhere(server, run, remoteObjects, time, this::tell);
        Optional<ServerElsewhere> before;
        lock.lock();
        try {
            before = elsewhere;
            elsewhere = Optional.of(other);
            if (closed) {
                other.close();
            }
        } finally {
            lock.unlock();
        }
        before.ifPresent(ServerElsewhere::close);
        other.follow();
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
        Optional<ServerElsewhere> other;
        lock.lock();
        try {
            opened = server;
            other = elsewhere;
        } finally {
            lock.unlock();
        }
        if (other.isPresent()) {
            return other.get().status();
        }
        return opened == null ? RecoveryStatus.NOTHING : opened.status(run);
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
                    RecoveryEvent.RunForgotten _,
                    RecoveryEvent.ObjectRemoved _,
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
            elsewhere.ifPresent(ServerElsewhere::close);
            opened = server;
        } finally {
            lock.unlock();
        }
        if (opened != null) {
            opened.close();
        }
    }
}
