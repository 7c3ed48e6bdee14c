package org.actium.ft.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.actium.ft.core.protocol.Input;
import org.actium.ft.core.protocol.Message;
import org.actium.ft.core.protocol.Output;
import org.actium.ft.core.protocol.Party;
import org.actium.ft.core.protocol.Protocol;
import org.actium.ft.core.protocol.Received;
import org.actium.ft.core.protocol.Snapshot;
import org.actium.ft.store.api.Batch;
import org.actium.ft.store.api.Blob;
import org.actium.ft.store.api.Change;
import org.actium.ft.store.api.Checkpoint;
import org.actium.ft.store.api.Fence;
import org.actium.ft.store.api.Log;
import org.actium.ft.store.api.ObjectRecord;
import org.actium.ft.store.api.RefusedException;
import org.actium.remote.api.RemoteObjects;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fault-tolerant objects of one runtime, and callers of such objects. Tells the server again and again that it lives,
 * hears from it which objects it is to have, and makes those that it has not: new ones, and those that were elsewhere.
 */
public final class RecoverableObjects implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RecoverableObjects.class);

    /** So many times as seldom as they send again, callers say that they are there. */
    private static final int ATTENDING = 4;

    private final Ports ports;
    private volatile Optional<Recoverable.Source> source;
    private final Recoverable.Others others;
    private final Settings settings;
    private final String draw;
    private final Post post;
    private final Registration offered;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Hosted> objects = new TreeMap<>(); // guarded by lock; also those that are being made
    private final Map<String, Outsider> outsiders = new TreeMap<>(); // guarded by lock
    private final Map<String, Long> former =
            new TreeMap<>(); // guarded by lock; incarnations of copies that failed here
    private final Set<String> ending = new TreeSet<>(); // guarded by lock; not to be made again
    private String instance; // guarded by lock; of the callers
    private boolean attends; // guarded by lock
    private volatile Registration beating = () -> {};
    private volatile Registration attending = () -> {};
    private volatile Registration insisting = () -> {};
    private boolean insists; // guarded by lock
    private volatile boolean takes;
    private volatile Duration ttc;
    private volatile boolean closed;

    /**
     * @param server where it is now; may block and fail
     * @param run of which the objects are; may block and fail until it is known
     */
    public record Ports(
            RuntimeAddress self,
            RemoteObjects remoteObjects,
            Supplier<RuntimeAddress> server,
            Supplier<String> run,
            org.actium.runtime.spi.Ports system) {

        Time time() {
            return system.time();
        }

        Threads threads() {
            return system.threads();
        }

        /** What nobody else draws. */
        String draw() {
            return String.format("%016x", system.random().nextLong());
        }
    }

    /**
     * @param beat how often the server is told that this runtime lives
     * @param again after which time without an acknowledgement everything is sent again, at the latest after twice that
     * @param checkpoint how often objects are saved that have served something, the TTC
     */
    public record Settings(Duration beat, Duration again, Duration checkpoint) {}

    /** An object, and which copy of it. */
    private static final class Hosted {
        private final long incarnation;
        private Recoverable object; // guarded by lock; null while it is being made, as is the other
        private Participant participant; // guarded by lock

        Hosted(long incarnation) {
            this.incarnation = incarnation;
        }
    }

    /** Somebody who is not recovered. */
    private static final class Outsider {
        private final Participant participant;
        private boolean serving; // guarded by lock; whether a thread serves its requests

        Outsider(Participant participant) {
            this.participant = participant;
        }
    }

    /** With callers who serve nothing. */
    public RecoverableObjects(Ports ports, Optional<Recoverable.Source> source, Settings settings) {
        this(ports, source, Recoverable.Others.NONE, settings);
    }

    /**
     * @param source empty for a runtime that is never asked to take objects over
     * @param others who serve what fault-tolerant objects ask of this runtime
     */
    public RecoverableObjects(
            Ports ports, Optional<Recoverable.Source> source, Recoverable.Others others, Settings settings) {
        this.ports = Objects.requireNonNull(ports, "ports");
        this.source = Objects.requireNonNull(source, "source");
        this.others = Objects.requireNonNull(others, "others");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.ttc = settings.checkpoint();
        this.draw = ports.draw();
        this.instance = draw;
        this.post = new Post(
                ports.self(), ports.remoteObjects(), ports.threads(), id -> server().locate(id), this::deliver);
        this.offered = ports.remoteObjects().export(Exchange.class, Exchange.NAME, this::deliver);
        this.takes = source.isPresent();
        if (takes) {
            beating = ports.time().after(Duration.ZERO, this::beat);
        }
    }

    /** From now on objects may be created here, and those that were elsewhere recovered. */
    void offer(Recoverable.Source objects) {
        boolean first = source.isEmpty();
        source = Optional.of(objects);
        takes = true;
        if (first) {
            beating = ports.time().after(Duration.ZERO, this::beat);
        }
    }

    /** From now on none are recovered here that were elsewhere; those that are here stay. */
    void offerNothing() {
        takes = false;
    }

    /**
     * The object ends: its copy here does nothing any more, and nobody recovers it. Does nothing if it is not here. Blocks
     * until that is safe; should it fail, that is tried again later.
     */
    void end(String id, String why) {
        Hosted here;
        lock.lock();
        try {
            here = objects.get(id);
            if (here == null) {
                return;
            }
            ending.add(id);
        } finally {
            lock.unlock();
        }
        stop(here, id + " has been ended: " + why);
        forget(id, here.incarnation);
    }

    private void forget(String id, long incarnation) {
        try {
            server().commit(Batch.of(
                            new Change.RemoveObject(id), new Change.RemoveDomain(id), new Change.DropUnusedChunks())
                    .fencedBy(Fence.object(id, incarnation)));
        } catch (RefusedException elsewhere) {
            LOG.debug("{} is not ended, as it is not here any more: {}", id, elsewhere.getMessage());
        } catch (RuntimeException unknown) {
            LOG.warn("{} is to end, and may be recovered meanwhile: {}", id, unknown.getMessage());
            if (!closed) {
                ports.time().after(settings.again(), () -> forget(id, incarnation));
            }
            return;
        }
        lock.lock();
        try {
            ending.remove(id);
        } finally {
            lock.unlock();
        }
    }

    /** May block and fail, as what it is of is asked for once. */
    Residence residence() {
        return new Residence(ports.self(), draw, ports.run().get());
    }

    /** How often objects are saved from now on. */
    void saveEvery(Duration interval) {
        ttc = interval;
    }

    private RecoveryServer server() {
        return ports.remoteObjects().at(ports.server().get(), RecoveryServer.class, RecoveryServer.NAME);
    }

    /**
     * Creates an object on this runtime, which is safe when this returns. May be tried again if it fails: nothing is made
     * twice.
     */
    public void create(String id, Blob state) {
        if (source.isEmpty()) {
            throw new IllegalStateException(
                    "runtime " + ports.self().name() + " has callers only: no object " + id + " is created there");
        }
        Blob first = Stored.blob(Snapshot.first(state));
        Residence residence = residence();
        ObjectRecord object = new ObjectRecord(id, 1, id, residence.key(), residence.run());
        try {
            server().commit(Batch.of(
                            new Change.PutObject(object),
                            new Change.PutChunk(first),
                            new Change.PutCheckpoint(new Checkpoint(id, 1, List.of(first.sha256()))))
                    .fencedBy(Fence.object(id, 0)));
        } catch (RefusedException there) {
            LOG.debug("{} was created before", id);
        }
        host(object);
    }

    /** Somebody of this runtime who calls fault-tolerant objects, and is not one. @param name unique here */
    public Calls caller(String name) {
        lock.lock();
        try {
            if (outsiders.containsKey(name)) {
                throw new IllegalArgumentException("there is a caller '" + name + "' already");
            }
            return outsider(name);
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #caller}, the same one whenever that name is given. */
    Participant outsider(String name) {
        lock.lock();
        try {
            if (closed) {
                throw new StoppedException("runtime " + ports.self().name() + " closes: nothing is sent from there");
            }
            return outsiders.computeIfAbsent(name, this::newOutsider).participant;
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private Outsider newOutsider(String name) {
        insistFromNowOn();
        beginToAttend();
        return new Outsider(new Participant(
                Protocol.outside(new Party.Outside(ports.self(), instance, name)),
                post,
                never -> {
                    throw new IllegalStateException("who is not recovered writes nothing: " + never);
                },
                ports.threads()));
    }

    // ---- letters

    private boolean deliver(List<Letter> letters) {
        Optional<Participant> receiver = participant(letters.getFirst().to());
        receiver.ifPresent(participant -> participant.on(
                letters.stream().flatMap(RecoverableObjects::inputs).toList()));
        return receiver.isPresent();
    }

    private static Stream<Input> inputs(Letter letter) {
        return switch (letter) {
            case Letter.Delivery(Message message) -> Stream.of(new Input.Arrived(message));
            case Letter.Receipt(Party _, List<Message.Key> keys) ->
                keys.stream().map(Input.Acknowledged::new);
        };
    }

    private Optional<Participant> participant(Party party) {
        lock.lock();
        try {
            return switch (party) {
                case Party.Recoverable(String id) ->
                    Optional.ofNullable(objects.get(id)).map(hosted -> hosted.participant);
                case Party.Outside(RuntimeAddress home, String named, String name) ->
                    home.id().equals(ports.self().id()) && isHere(named) ? receiving(name) : Optional.empty();
            };
        } finally {
            lock.unlock();
        }
    }

    private boolean isHere(String named) {
        return named.equals(Party.Outside.ANY) || named.equals(instance);
    }

    private Optional<Participant> receiving(String name) {
        if (closed) {
            return Optional.empty();
        }
        if (!others.serves(name)) {
            return Optional.ofNullable(outsiders.get(name)).map(outsider -> outsider.participant);
        }
        Outsider outsider = outsiders.computeIfAbsent(name, this::newOutsider);
        if (!outsider.serving) {
            outsider.serving = true;
            ports.threads().start("requests of " + name, () -> serve(name, outsider.participant));
        }
        return Optional.of(outsider.participant);
    }

    /** Hands over what comes, in its order; whoever serves it need not be done before the next. */
    private void serve(String name, Participant outsider) {
        try {
            while (true) {
                Message.Request request = outsider.next();
                others.serve(name, request, reply -> outsider.on(new Input.Served(request, reply)));
            }
        } catch (StoppedException over) {
            LOG.debug("nothing is served by {} any more: {}", name, over.getMessage());
        }
    }

    /** Under the lock. Where nobody sends anything that could be lost, no timer wakes the runtime. */
    private void insistFromNowOn() {
        if (!insists) {
            insists = true;
            insisting = ports.time().after(settings.again(), this::insist);
        }
    }

    private void insist() {
        participants().forEach(Participant::insist);
        insisting = ports.time().after(settings.again(), this::insist);
        if (closed) {
            insisting.close();
        }
    }

    // ---- who is gone

    /** With the lock. */
    private void beginToAttend() {
        if (!attends && !closed) {
            attends = true;
            attending = ports.time().after(Duration.ZERO, this::attend);
        }
    }

    /** Says that there are callers here, and hears who of those is gone with whom they, and the objects, have to do. */
    private void attend() {
        try {
            List<Participant> all = participants();
            Set<Party> others = new LinkedHashSet<>();
            all.forEach(participant -> others.addAll(participant.others()));
            Residence caller = callers();
            RecoveryServer.Present present = server().attend(caller, others);
            for (Party who : present.gone()) {
                LOG.debug("{} is gone: what is for it is given up", who);
                all.forEach(participant -> participant.on(new Input.Gone(who)));
            }
            if (!present.counted()) {
                beginAnew(caller.draw());
            }
        } catch (RuntimeException unheard) {
            LOG.debug("{} hears of nobody: {}", ports.self().name(), unheard.getMessage());
        }
        attending = ports.time().after(settings.again().multipliedBy(ATTENDING), this::attend);
        if (closed) {
            attending.close();
        }
    }

    private Residence callers() {
        String run = ports.run().get();
        lock.lock();
        try {
            return new Residence(ports.self(), instance, run);
        } finally {
            lock.unlock();
        }
    }

    /** Others were told that the callers are gone, since nothing was heard of them. */
    private void beginAnew(String before) {
        List<Outsider> old;
        lock.lock();
        try {
            if (closed || !instance.equals(before)) {
                return;
            }
            old = List.copyOf(outsiders.values());
            outsiders.clear();
            instance = ports.draw();
        } finally {
            lock.unlock();
        }
        String why = "runtime " + ports.self().name() + " was not heard of for long, and taken for gone";
        LOG.warn("{}: its callers of recoverable objects get no replies, and begin anew", why);
        old.forEach(outsider -> outsider.participant.giveUp(why));
    }

    /** For those who have to do with the callers; should it get lost, they hear later. */
    private void leave() {
        ports.threads().run(() -> {
            try {
                server().leave(callers());
            } catch (RuntimeException unheard) {
                LOG.debug("nobody was told that {} leaves: {}", ports.self().name(), unheard.getMessage());
            }
        });
    }

    // ---- which objects are here

    private void beat() {
        try {
            RecoveryServer.Orders orders = server().beat(residence(), takes, incarnations());
            orders.overtaken().forEach(this::overtaken);
            orders.yours().forEach(this::host);
        } catch (RuntimeException unheard) {
            LOG.debug("{} does not reach the server: {}", ports.self().name(), unheard.getMessage());
        }
        beating = ports.time().after(settings.beat(), this::beat);
        if (closed) {
            beating.close();
        }
    }

    private Map<String, Long> incarnations() {
        Map<String, Long> incarnations = new TreeMap<>();
        lock.lock();
        try {
            objects.forEach((id, hosted) -> incarnations.put(id, hosted.incarnation));
        } finally {
            lock.unlock();
        }
        return incarnations;
    }

    private void overtaken(String id, long incarnation) {
        Hosted old;
        lock.lock();
        try {
            old = objects.get(id);
            if (old == null || old.incarnation >= incarnation) {
                return;
            }
            objects.remove(id);
        } finally {
            lock.unlock();
        }
        stop(old, id + " has been recovered elsewhere, as incarnation " + incarnation);
    }

    private void stop(Hosted hosted, String why) {
        Participant participant;
        Recoverable object;
        lock.lock();
        try {
            participant = hosted.participant;
            object = hosted.object;
        } finally {
            lock.unlock();
        }
        if (participant != null) {
            participant.stop(why); // first: what the object still does is not to be seen
            object.stop(why);
        }
    }

    /** Makes that copy of an object from what the store has, unless it is here. */
    private void host(ObjectRecord object) {
        Hosted hosted = new Hosted(object.incarnation());
        Hosted before;
        lock.lock();
        try {
            before = objects.get(object.id());
            if (closed
                    || ending.contains(object.id())
                    || before != null && before.incarnation >= object.incarnation()) {
                return;
            }
            if (former.getOrDefault(object.id(), 0L) == object.incarnation()) {
                ports.threads().run(() -> raise(object));
                return;
            }
            former.remove(object.id());
            objects.put(object.id(), hosted);
            insistFromNowOn();
        } finally {
            lock.unlock();
        }
        if (before != null) {
            stop(before, object.id() + " has been recovered, as incarnation " + object.incarnation());
        }
        ports.threads().start("ft " + object.id(), () -> live(object.id(), hosted));
    }

    /** The copy that was here may still be writing: the next one is another incarnation, which comes with a later beat. */
    private void raise(ObjectRecord object) {
        ObjectRecord next =
                new ObjectRecord(object.id(), object.incarnation() + 1, object.domain(), object.node(), object.run());
        try {
            server().commit(Batch.of(new Change.PutObject(next))
                    .fencedBy(Fence.object(object.id(), object.incarnation())));
        } catch (RuntimeException unsafe) {
            LOG.debug("{} is not made again yet: {}", object.id(), unsafe.getMessage());
        }
    }

    private void live(String id, Hosted hosted) {
        String over = "this copy of " + id + " is over";
        try {
            RecoveryServer.Saved saved = server().saved(id).orElseThrow(() -> new StoppedException(id + " is gone"));
            if (saved.object().incarnation() != hosted.incarnation) {
                throw new StoppedException(
                        id + " is incarnation " + saved.object().incarnation() + " by now");
            }
            if (!saved.object().node().equals(residence().key())) {
                throw new StoppedException(id + " was created elsewhere");
            }
            Snapshot latest = Stored.read(Snapshot.class, saved.checkpoint());
            List<Received> log = saved.log().stream()
                    .flatMap(entry -> InputLog.read(entry).stream())
                    .toList();
            Recoverable object = source.orElseThrow().from(id, latest.state());
            Protocol protocol = Protocol.recovered(new Party.Recoverable(id), latest, log, object.capacity());
            Participant participant = begin(id, hosted, object, protocol);
            object.begin(participant);
            participant.on(new Input.Overdue());
            if (hosted.incarnation > 1) {
                tellRestored(id, hosted.incarnation);
            }
            serve(id, object, participant);
        } catch (StoppedException stopped) {
            over = stopped.getMessage();
            LOG.debug("{} ends here: {}", id, over);
        } catch (RuntimeException failed) {
            LOG.warn("incarnation {} of {} is not here yet: {}", hosted.incarnation, id, failed.getMessage());
        } catch (Error failed) { // such as a class that is missing here, or no memory: the next attempt may have it
            LOG.error("incarnation {} of {} is not here yet", hosted.incarnation, id, failed);
        }
        stop(hosted, over);
        lock.lock(); // the next beat says whether it is to be made again
        try {
            if (objects.remove(id, hosted) && hosted.participant != null) {
                former.put(id, hosted.incarnation);
            }
        } finally {
            lock.unlock();
        }
    }

    /** For those who want to know; nothing depends on it. */
    private void tellRestored(String id, long incarnation) {
        ports.threads().run(() -> {
            try {
                server().restored(ports.self(), id, incarnation);
            } catch (RuntimeException unheard) {
                LOG.debug("nobody was told that {} is here: {}", id, unheard.getMessage());
            }
        });
    }

    private Participant begin(String id, Hosted hosted, Recoverable object, Protocol protocol) {
        Participant[] self = new Participant[1];
        self[0] = new Participant(
                protocol,
                post,
                write -> ports.threads().run(() -> write(id, hosted.incarnation, write, self[0])),
                ports.threads());
        lock.lock();
        try {
            if (closed || objects.get(id) != hosted) {
                object.stop(id + " is not to be here any more");
                throw new StoppedException(id + " is not to be here any more");
            }
            hosted.object = object;
            hosted.participant = self[0];
            beginToAttend();
        } finally {
            lock.unlock();
        }
        return self[0];
    }

    private void serve(String id, Recoverable object, Participant participant) {
        long saved = ports.time().nanos();
        while (true) {
            Message.Request request = participant.next();
            participant.on(new Input.Served(request, object.serve(request, participant)));
            if (ports.time().nanos() - saved >= ttc.toNanos()) {
                save(id, object, participant);
                saved = ports.time().nanos();
            }
        }
    }

    private static void save(String id, Recoverable object, Participant participant) {
        try {
            Recoverable.State state = object.state();
            participant.on(new Input.Rests(state.bytes(), state.awaited()));
        } catch (RuntimeException | Error unsaved) {
            LOG.error("{}: no checkpoint; it would be recovered from the one before, and its log grows", id, unsaved);
        }
    }

    // ---- the store

    private void write(String id, long incarnation, Output.Write write, Participant participant) {
        try {
            server().commit(batch(id, incarnation, write));
        } catch (RuntimeException unknown) {
            LOG.debug("{}: nobody knows whether it is safe: {}", id, unknown.getMessage());
            later(() -> inquire(id, incarnation, participant), participant);
            return;
        }
        participant.on(new Input.Written());
    }

    /** Refused, or nobody knows: what is there says it. */
    private void inquire(String id, long incarnation, Participant participant) {
        Optional<RecoveryServer.Progress> progress;
        try {
            progress = server().progress(id);
        } catch (RuntimeException unknown) {
            later(() -> inquire(id, incarnation, participant), participant);
            return;
        }
        if (progress.isEmpty() && !isEnding(id)) {
            LOG.warn(
                    "{}: ends here, as it is not in the store any more, so that nothing it does would be safe;"
                            + " its callers hear that it is gone",
                    id);
        }
        long current = progress.map(found -> found.object().incarnation()).orElse(0L);
        participant.on(
                current == incarnation
                        ? new Input.Found(
                                progress.get().inputs(), progress.get().checkpoint())
                        : new Input.Overtaken(current));
    }

    private boolean isEnding(String id) {
        lock.lock();
        try {
            return ending.contains(id);
        } finally {
            lock.unlock();
        }
    }

    private void later(Runnable task, Participant participant) {
        if (!closed && !participant.isStopped()) {
            ports.time().after(settings.again(), task);
        }
    }

    private static Batch batch(String id, long incarnation, Output.Write write) {
        List<Change> changes = new ArrayList<>();
        if (!write.inputs().isEmpty()) {
            changes.add(new Change.Append(InputLog.entry(id, write.inputs())));
        }
        write.checkpoint().ifPresent(snapshot -> {
            Blob bytes = Stored.blob(snapshot);
            changes.add(new Change.PutChunk(bytes));
            changes.add(new Change.PutCheckpoint(new Checkpoint(id, snapshot.number(), List.of(bytes.sha256()))));
            changes.add(new Change.DropCheckpoints(id, write.dropBelow()));
            changes.add(new Change.DropUnusedChunks());
            changes.add(new Change.TrimLog(Log.INPUT, id, write.trimBelow()));
        });
        return new Batch(List.of(Fence.object(id, incarnation)), changes);
    }

    @Override
    public void close() {
        closed = true;
        beating.close();
        insisting.close();
        attending.close();
        offered.close();
        String why = "runtime " + ports.self().name() + " closes";
        hosted().forEach(hosted -> stop(hosted, why));
        participants().forEach(participant -> participant.stop(why));
        lock.lock();
        try {
            if (!attends) {
                return;
            }
        } finally {
            lock.unlock();
        }
        leave();
    }

    private List<Hosted> hosted() {
        lock.lock();
        try {
            return List.copyOf(objects.values());
        } finally {
            lock.unlock();
        }
    }

    /** The objects that are here and have begun, and the callers. */
    private List<Participant> participants() {
        List<Participant> all = new ArrayList<>();
        lock.lock();
        try {
            objects.values().stream()
                    .map(hosted -> hosted.participant)
                    .filter(Objects::nonNull)
                    .forEach(all::add);
            outsiders.values().forEach(outsider -> all.add(outsider.participant));
            return all;
        } finally {
            lock.unlock();
        }
    }
}
