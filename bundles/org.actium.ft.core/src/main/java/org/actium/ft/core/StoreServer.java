package org.actium.ft.core;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.actium.ft.api.RecoveryEvent;
import org.actium.ft.api.RecoveryListener;
import org.actium.ft.api.RecoveryStatus;
import org.actium.ft.core.protocol.Party;
import org.actium.ft.store.api.Batch;
import org.actium.ft.store.api.ObjectRecord;
import org.actium.ft.store.api.Store;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkListener;
import org.actium.remote.api.Links;
import org.actium.remote.api.RemoteObjects;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Storage, locations, detection and recovery for all runtimes that ask it. All that has to last is in the store; who
 * lives it learns anew after a restart.
 *
 * <p>This puts together who does it: {@link Commits} and {@link SavedObjects} write and read, {@link Presence} knows who is
 * there, {@link Detection} recovers what is lost, {@link Standing} says how things stand.
 */
public final class StoreServer implements RecoveryServer, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreServer.class);

    private final Store store;
    private final Events events;
    private final StoreHealth health;
    private final Presence presence;
    private final Absences absences;
    private final Commits commits;
    private final SavedObjects saved;
    private final Standing standing;
    private final Detection detection;
    private volatile Registration offered = () -> {};
    private volatile Registration listening = () -> {};

    /**
     * @param store closed with this
     * @param patience a runtime that is not heard of for so long is given up
     */
    public StoreServer(Store store, Time time, RemoteObjects remoteObjects, Duration patience) {
        this(store, time, remoteObjects, patience, event -> LOG.info("{}", event));
    }

    /** @param listener hears what happens */
    public StoreServer(
            Store store, Time time, RemoteObjects remoteObjects, Duration patience, RecoveryListener listener) {
        this(store, time, remoteObjects, Patience.ofRuntimes(patience), listener);
    }

    /** @param listener hears what happens */
    public StoreServer(
            Store store, Time time, RemoteObjects remoteObjects, Patience patience, RecoveryListener listener) {
        this(store, time, patience, Optional.empty(), listener);
        offered = remoteObjects.export(RecoveryServer.class, NAME, this);
    }

    /** One that somebody else offers. @param own the run that is not over while this is there */
    StoreServer(Store store, Time time, Patience patience, Optional<String> own, RecoveryListener listener) {
        Duration period = patience.period();
        this.store = Objects.requireNonNull(store, "store");
        this.events = new Events(Objects.requireNonNull(listener, "listener"));
        this.health = new StoreHealth(Objects.requireNonNull(time, "time"), period, events);
        this.presence = new Presence(time, patience, own, events);
        this.absences = new Absences(time);
        this.saved = new SavedObjects(store, events);
        this.commits = new Commits(store, health, presence, absences, saved, events);
        this.standing = new Standing(store, health, presence, absences);
        this.detection = new Detection(store, time, period, commits, health, presence, absences, events);
    }

    /**
     * From now on a runtime that is {@linkplain Link#isPeerGone gone} is given up soon, a fraction of the patience later. If it
     * lives all the same it is overtaken like one that was silent.
     */
    public void heed(Links links) {
        listening = links.listen(new LinkListener() {
            @Override
            public void closed(Link link, String reason) {
                RuntimeId peer = link.peer().id();
                if (link.isPeerGone() && links.existing(peer).isEmpty()) {
                    presence.ended(peer);
                }
            }
        });
    }

    @Override
    public void commit(Batch batch) {
        commits.commit(batch);
    }

    @Override
    public Optional<Progress> progress(String object) {
        return saved.progress(object);
    }

    @Override
    public Optional<Saved> saved(String object) {
        return saved.saved(object);
    }

    @Override
    public Orders beat(Residence residence, boolean takes, Map<String, Long> objects) {
        presence.beats(residence, takes);
        List<ObjectRecord> yours = store.objects().stream()
                .filter(object -> object.node().equals(residence.key()))
                .toList();
        Map<String, Long> overtaken = new TreeMap<>();
        objects.forEach((id, incarnation) -> store.object(id)
                .ifPresentOrElse(
                        record -> {
                            if (record.incarnation() > incarnation) {
                                overtaken.put(id, record.incarnation());
                            }
                        },
                        () -> removed(id, residence)));
        return new Orders(yours, overtaken);
    }

    /** Its copy cannot write, and so ends, when it receives something. */
    private void removed(String object, Residence residence) {
        if (presence.ended(object)) {
            events.tell(
                    new RecoveryEvent.ObjectRemoved(object, residence.runtime().name()), residence.run());
        }
    }

    @Override
    public Present attend(Residence caller, Set<Party> others) {
        boolean counted = presence.attends(caller); // first: it is there, whatever fails below
        Set<Party> gone = new LinkedHashSet<>();
        for (Party other : others) {
            if (isGone(other)) {
                gone.add(other);
            }
        }
        return new Present(counted, gone);
    }

    private boolean isGone(Party party) {
        return switch (party) {
            case Party.Recoverable object ->
                presence.isGone(object, store.object(object.id()).isPresent());
            case Party.Outside outside -> presence.isGone(outside);
        };
    }

    @Override
    public void leave(Residence caller) {
        presence.leaves(caller);
    }

    @Override
    public Optional<RuntimeAddress> locate(String object) {
        return store.object(object).map(ObjectRecord::node).flatMap(presence::address);
    }

    @Override
    public void restored(RuntimeAddress runtime, String object, long incarnation) {
        absences.ends(object)
                .ifPresent(lost -> store.object(object)
                        .ifPresent(record -> events.tell(
                                new RecoveryEvent.ObjectRestored(object, runtime.name(), incarnation, lost),
                                record.run())));
    }

    @Override
    public RecoveryStatus status(Optional<String> run) {
        run.ifPresent(presence::asks);
        return standing.status(run);
    }

    @Override
    public News news(long after, Optional<String> run) {
        run.ifPresent(presence::asks);
        return events.news(after, run);
    }

    @Override
    public void close() {
        listening.close();
        health.close();
        detection.close();
        offered.close();
        store.close();
    }
}
