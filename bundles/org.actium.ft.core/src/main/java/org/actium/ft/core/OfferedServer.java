package org.actium.ft.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.ft.api.Recovery;
import org.actium.ft.api.RecoveryEvent;
import org.actium.ft.api.RecoveryListener;
import org.actium.ft.api.RecoveryStatus;
import org.actium.ft.core.protocol.Party;
import org.actium.ft.store.api.Batch;
import org.actium.ft.store.api.StoreSource;
import org.actium.remote.api.RemoteObjects;
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

/** The server of a container that has a store; it opens that when somebody asks for something. */
@Component(service = Recovery.class, immediate = true)
public final class OfferedServer implements Recovery, RecoveryServer, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OfferedServer.class);

    /** Framework property, in milliseconds. */
    private static final String PATIENCE = "actium.ft.patience";

    private static final String DEFAULT_PATIENCE = "2000";

    private final Optional<StoreSource> stores;
    private final Time time;
    private final Duration patience;
    private final Registration offered;
    private final List<RecoveryListener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private StoreServer server; // guarded by lock; null until somebody asks
    private boolean closed; // guarded by lock

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

    @Override
    public RecoveryStatus status() {
        StoreServer opened;
        lock.lock();
        try {
            opened = server;
        } finally {
            lock.unlock();
        }
        return opened == null ? new RecoveryStatus(List.of(), List.of()) : opened.status();
    }

    private void tell(RecoveryEvent event) {
        LOG.info("{}", event);
        listeners.forEach(listener -> {
            try {
                listener.happened(event);
            } catch (RuntimeException failed) {
                LOG.warn("{} failed when it was told: {}", listener, event, failed);
            }
        });
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
            opened = server;
        } finally {
            lock.unlock();
        }
        if (opened != null) {
            opened.close();
        }
    }
}
