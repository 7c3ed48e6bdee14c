package org.actium.remote.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.actium.remote.api.Channel;
import org.actium.remote.api.FrameHandler;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkClosedException;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A link to a runtime that has said who it is. A frame is the position of its channel in {@link Channel} in one byte, and
 * what the channel makes of the rest.
 *
 * <p>{@code OPENING → OPEN → CLOSED}, or {@code OPENING → CLOSED}: an accepted link is known to others a moment before
 * the other side was told that it is welcome; senders wait for that.
 *
 * <p>A long frame is sent in parts, one frame at a time, between which others pass; see {@link Partial}.
 *
 * <p>An open link outlives its connection: while there is none it is <em>interrupted</em>. Both sides count all frames
 * but heartbeats; those that the other side does not have are sent again over the next connection, and those that it has
 * already are dropped there. With a peer of version 1, which does not count, a link ends with its connection.
 *
 * <p>A link over which nothing goes is <em>quiet</em> after a while: both sides see that at about the same time, show half as
 * often that they live, and are twice as patient. Later, if nobody needs it on either side, it <em>rests</em>: it has no
 * connection, and gets one when either side has something to send. Whether somebody lives is not known meanwhile.
 */
final class RuntimeLink implements Link {

    private static final Logger LOG = LoggerFactory.getLogger(RuntimeLink.class);

    /** Frames of the channel {@link Channel#LINK}. */
    private static final int HEARTBEAT = 1;

    private static final int GOODBYE = 2;
    private static final int NOT_HANDLED = 3;
    private static final int REST = 4;

    private static final Duration GOODBYE_LIMIT = Duration.ofSeconds(1);

    /** After so much from the other side it is told how many frames have come: long before its senders have to wait. */
    private static final int BYTES_ACKNOWLEDGED = Outgoing.WINDOW_BYTES / 8;

    /** After more intervals without a frame but heartbeats a link is quiet. */
    private static final int QUIET_INTERVALS = 5;

    /** After so many it is to rest; asked for again after as many. Five minutes, usually. */
    static final int RESTING_INTERVALS = 150;

    /** After so many it is dialled, so that links to runtimes that have gone meanwhile do not stay. An hour, usually. */
    static final int FORGOTTEN_INTERVALS = 12 * RESTING_INTERVALS;

    /** What precedes the payload, by channel. Never changed. */
    private static final ByteBuffer[] HEADS = heads();

    private enum State {
        OPENING,
        OPEN,
        CLOSED
    }

    private final Introduction introduction;
    private final boolean counting;
    private final LinkContext context;
    private final InOrder events;
    private final Outgoing outgoing;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPENING);
    private final AtomicBoolean beating = new AtomicBoolean();
    private final AtomicBoolean resting = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();
    /** Held by the one who sends a frame in parts. */
    private final ReentrantLock oneInParts = new ReentrantLock();

    private final Spares spares = new Spares(this::keepsSpares);

    private final CompletableFuture<Void> disconnected = new CompletableFuture<>();

    /** The connection, or the one it had last. Written under the lock. */
    private volatile Attachment attachment;

    /** Where this side has dialled last with success; empty if it never has. Written under the lock. */
    private volatile Optional<Endpoint> way;

    private volatile String closeReason = "";
    private volatile boolean peerGone;
    /** Since the last beat. */
    private volatile boolean heard = true;
    /** Since the last beat; heartbeats do not count. */
    private volatile boolean used = true;
    /** Without its connection it rests, if it can: this side has asked for that, or agrees. */
    private volatile boolean leaving;
    /** How many frames of the other side were handled; written by one reader at a time. */
    private volatile long received;

    // belong to the reader
    private int bytesNotAcknowledged;
    private Partial partial; // null unless a frame has come in part

    // written by one beat at a time
    private volatile int silentIntervals;
    private volatile int unusedIntervals;

    /** @param attachment the connection on which it begins */
    RuntimeLink(Attachment attachment, LinkContext context) {
        this.attachment = attachment;
        this.way = attachment.dialled();
        this.introduction = attachment.introduction();
        this.counting = introduction.version() >= Versions.RESUMED;
        this.context = context;
        this.events = new InOrder(context.threads());
        this.outgoing = new Outgoing(context.threads(), counting);
    }

    private static ByteBuffer[] heads() {
        ByteBuffer[] heads = new ByteBuffer[Channel.values().length];
        for (Channel channel : Channel.values()) {
            heads[channel.ordinal()] = ByteBuffer.wrap(new byte[] {(byte) channel.ordinal()});
        }
        return heads;
    }

    private static ByteBuffer head(Channel channel) {
        return HEADS[channel.ordinal()];
    }

    /** What is kept for the next long frames, for tests. */
    int spareBytes() {
        return spares.bytes();
    }

    private boolean keepsSpares() {
        return state.get() == State.OPEN && !resting.get();
    }

    /** What is kept for the other side, for tests. */
    int keptBytes() {
        return outgoing.keptBytes();
    }

    /** Tells it from others to the same runtime; both sides use the same. */
    long number() {
        return introduction.connectionId();
    }

    /** The connection, or the one it had last. */
    Attachment attachment() {
        return attachment;
    }

    /** Where this side has dialled last with success; empty if it never has. */
    Optional<Endpoint> way() {
        return way;
    }

    @Override
    public RuntimeAddress peer() {
        return introduction.peer();
    }

    @Override
    public String route() {
        return attachment.transport() + " " + attachment.connection().peer() + (resting.get() ? ", at rest" : "");
    }

    @Override
    public boolean isOpen() {
        return state.get() != State.CLOSED;
    }

    @Override
    public int version() {
        return introduction.version();
    }

    @Override
    public boolean isReading() {
        return attachment.isHandling();
    }

    @Override
    public boolean serve(Object what, Runnable task) {
        Attachment present = attachment;
        return present.isHandling() && present.connection().serve(what, task);
    }

    @Override
    public boolean afterwards(Runnable errand) {
        Attachment present = attachment;
        return present.isHandling() && present.connection().afterwards(errand);
    }

    @Override
    public void readUntil(Object what, BooleanSupplier there) {
        attachment.connection().readUntil(what, there);
    }

    /** It is open, and has no connection. */
    boolean isInterrupted() {
        return state.get() == State.OPEN && attachment.isOver();
    }

    /** It is open, and is to get a connection. */
    boolean isSought() {
        return isInterrupted() && !resting.get();
    }

    /** What to say to the other side when it is dialled because the link is interrupted. */
    Resumption resumption() {
        return new Resumption(number(), received);
    }

    /** Whether a connection that was introduced so is to carry this link. */
    boolean isResumedBy(Introduction other) {
        return counting
                && state.get() == State.OPEN
                && other.version() >= Versions.RESUMED
                && other.resumption().link() == number();
    }

    /**
     * Gives up the connection it has for another one; blocks until nothing is handled any more that came over the old
     * one. {@link #resume} follows.
     *
     * @return what to tell the other side
     */
    Resumption replace(Attachment next) {
        Attachment former;
        lock.lock();
        try {
            former = attachment;
            former.end();
            attachment = next;
            leaving = false;
            if (resting.getAndSet(false)) {
                used = true; // or it will be in a moment
            }
            way = next.dialled().or(() -> way);
            heard = true; // who replaces a connection lives
            outgoing.suspend(former.connection());
        } finally {
            lock.unlock();
        }
        former.connection().close();
        former.awaitQuiet();
        Resumption told = resumption();
        next.beginAt(told.received());
        return told;
    }

    /** Sends what the other side does not have over the new connection. */
    void resume(Attachment next) {
        long had = next.introduction().resumption().received();
        boolean possible;
        lock.lock();
        try {
            if (attachment != next || next.isOver()) {
                return;
            }
            heard = true;
            next.begin();
            possible = outgoing.resume(next.connection(), had);
        } finally {
            lock.unlock();
        }
        if (state.get() == State.CLOSED) {
            next.connection().close(); // it ended between two connections
            return;
        }
        if (!possible) {
            // two connections were made at once, and what the other side said is out of date: it dials again
            LOG.info("{}: {} had received {} frames, which cannot be", this, peer(), had);
            next.connection().close();
            return;
        }
        LOG.info("link to {} goes on, dialled by {}", peer(), dialler(next));
    }

    private String dialler(Attachment over) {
        return over.dialler().equals(peer().id()) ? "it" : "this runtime";
    }

    /** From now on frames may be sent. Does nothing if the link was closed meanwhile. */
    void open() {
        lock.lock();
        try {
            if (!state.compareAndSet(State.OPENING, State.OPEN)) {
                return;
            }
            attachment.begin();
            outgoing.resume(attachment.connection(), 0);
            context.heartbeats().add(this::beat); // first: whoever hears of the link may rely on it to notice silence
            opened.signalAll();
            context.listeners().opened(this, introduction.tokenId(), events);
        } finally {
            lock.unlock();
        }
        LOG.info("link to {} is open, dialled by {}", peer(), dialler(attachment));
    }

    @Override
    public void send(Channel channel, ByteBuffer frame) {
        send(channel, frame, outgoing::send);
    }

    @Override
    public void sendSoon(Channel channel, ByteBuffer frame) {
        send(channel, frame, outgoing::sendSoon);
    }

    @Override
    public void flush() {
        outgoing.flush();
    }

    /** @param whole what to do with a frame that is sent in one piece */
    private void send(Channel channel, ByteBuffer frame, BiConsumer<ByteBuffer, ByteBuffer> whole) {
        if (frame.remaining() > MAX_FRAME_BYTES) {
            throw new IllegalArgumentException("a frame of " + frame.remaining() + " bytes for " + peer()
                    + " is too long; " + MAX_FRAME_BYTES + " are allowed");
        }
        use();
        if (state.get() != State.OPEN) {
            awaitOpen();
        }
        if (counting && frame.remaining() > Partial.PART_BYTES) {
            sendInParts(channel, frame);
        } else {
            whole.accept(head(channel), frame);
            wakeIfResting();
        }
    }

    private void use() {
        if (!used) {
            used = true;
            leaving = false;
        }
    }

    private void sendInParts(Channel channel, ByteBuffer frame) {
        Runnable arrived =
                frame.hasArray() && spares.isReturned(frame.array()) ? () -> spares.give(frame.array()) : () -> {};
        oneInParts.lock();
        try {
            ByteBuffer head = Partial.firstHead(channel.ordinal(), frame.remaining());
            for (int at = frame.position(); at < frame.limit(); at += Partial.PART_BYTES) {
                int length = Math.min(Partial.PART_BYTES, frame.limit() - at);
                boolean last = at + length == frame.limit();
                outgoing.send(head, frame.slice(at, length), Partial.WINDOW_BYTES, last ? arrived : () -> {});
                wakeIfResting();
                head = Partial.nextHead(channel.ordinal());
            }
        } finally {
            oneInParts.unlock();
        }
    }

    @Override
    public byte[] memory(int length) {
        return spares.lend(length);
    }

    @Override
    public void giveBack(ByteBuffer frame) {
        spares.give(frame.array());
    }

    private void awaitOpen() {
        lock.lock();
        try {
            while (state.get() == State.OPENING) {
                opened.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        if (state.get() == State.CLOSED) {
            throw new LinkClosedException(closedBecause(closeReason));
        }
    }

    private String closedBecause(String reason) {
        return "the link to " + peer() + " is closed: " + reason;
    }

    /** A frame from the other side, on the thread of its reader. */
    void received(Attachment over, ByteBuffer frame) {
        if (!heard) {
            heard = true;
        }
        int size = frame.remaining();
        int channel;
        try {
            channel = frame.get();
            if (channel == Channel.LINK.ordinal() && isUncounted(frame)) {
                receivedHeartbeat(over, frame);
                return;
            }
        } catch (RuntimeException garbage) {
            close("a frame could not be handled: " + garbage);
            throw garbage;
        }
        use();
        long number = over.nextFrame();
        try {
            if (!over.handle()) {
                LOG.debug("{}: a frame is dropped, a newer connection may have overtaken it", this);
            } else if (counting && number <= received) {
                LOG.debug("frame {} from {} is dropped: it came before", number, peer());
            } else {
                handle(channel, frame);
                received = number;
                acknowledge(size);
            }
        } catch (RuntimeException | Error failed) {
            close("a frame could not be handled: " + failed);
            throw failed;
        } finally {
            over.handled();
        }
    }

    private void handle(int channel, ByteBuffer frame) {
        if (counting && Partial.isPart(channel)) {
            handlePart(channel, frame);
        } else if (channel == Channel.LINK.ordinal()) {
            receivedOwn(frame);
        } else {
            handlerOf(channel, frame).ifPresent(handler -> handler.received(this, frame));
        }
    }

    private Optional<FrameHandler> handlerOf(int channel, ByteBuffer frame) {
        Optional<FrameHandler> handler = context.handlers().get(channel);
        if (handler.isEmpty()) {
            refuse(channel, frame);
        }
        return handler;
    }

    private void handlePart(int head, ByteBuffer part) {
        if (partial == null) {
            partial = Partial.begin(head, part, spares::take);
        }
        partial.add(head, part);
        if (partial.isComplete()) {
            Partial whole = partial;
            partial = null;
            if (whole.channel() == Channel.LINK.ordinal()) {
                receivedOwn(whole.frame());
            } else {
                ByteBuffer frame = whole.frame();
                handlerOf(whole.channel(), frame).ifPresent(handler -> handler.handedOver(this, frame));
            }
        }
    }

    private void acknowledge(int size) {
        bytesNotAcknowledged += size;
        if (counting && bytesNotAcknowledged >= BYTES_ACKNOWLEDGED) {
            bytesNotAcknowledged = 0;
            if (!tryHeartbeat()) {
                context.threads().run(this::sendHeartbeat);
            }
        }
    }

    private static boolean isUncounted(ByteBuffer frame) {
        int type = frame.get(frame.position());
        return type == HEARTBEAT || type == REST;
    }

    private void receivedHeartbeat(Attachment over, ByteBuffer frame) {
        int type = frame.get();
        if (counting && !over.isOver()) {
            long count = frame.getLong();
            if (!outgoing.acknowledged(count)) {
                throw new IllegalArgumentException(
                        peer() + " says that it has " + count + " frames of this link, and was not sent so many");
            }
        }
        if (type == REST) {
            context.threads().run(() -> rest(over));
        }
    }

    private void refuse(int channel, ByteBuffer frame) {
        LOG.warn("{}: a frame from {} is dropped, nobody handles channel {}", context.self(), peer(), channel);
        FrameBuilder refusal = new FrameBuilder(2 + FrameHandler.REFUSED_BYTES)
                .putByte(NOT_HANDLED)
                .putByte(channel)
                .putBytes(frame.slice(frame.position(), Math.min(frame.remaining(), FrameHandler.REFUSED_BYTES)));
        // not on the reader's thread, which must not wait for the other side to read
        context.threads().run(() -> sendOwn(refusal));
    }

    private void receivedOwn(ByteBuffer frame) {
        int type = frame.get();
        switch (type) {
            case GOODBYE -> {
                end("closed by " + peer().name() + ": " + FrameReader.text(frame));
                attachment.connection().close();
            }
            case NOT_HANDLED -> {
                int channel = frame.get();
                context.handlers().get(channel).ifPresent(handler -> handler.refused(this, frame));
            }
            default ->
                throw new IllegalArgumentException(peer() + " sent a frame of type " + type + " on channel LINK");
        }
    }

    private void sendOwn(FrameBuilder frame) {
        try {
            send(Channel.LINK, frame.toFrame());
        } catch (LinkClosedException gone) {
            LOG.debug("{}: not told any more", peer(), gone);
        }
    }

    /** @return whether it goes on */
    private boolean beat() {
        if (!isOpen()) {
            return false;
        }
        if (resting.get()) {
            unusedIntervals++;
            if (isNeeded() || unusedIntervals >= FORGOTTEN_INTERVALS) {
                wakeIfResting();
            }
            return true;
        }
        boolean wasQuiet = isQuiet();
        unusedIntervals = used ? 0 : unusedIntervals + 1;
        used = false;
        if (unusedIntervals > 0) {
            spares.drop();
        }
        // from now on the other side shows more often that it lives
        silentIntervals = heard || (wasQuiet && !isQuiet()) ? 0 : silentIntervals + 1;
        heard = false;
        LinkSettings settings = context.settings();
        int patience = isQuiet() ? 2 : 1;
        if (silentIntervals >= patience * settings.missedHeartbeats() && !isInterrupted()) {
            end(silence(silentIntervals));
            attachment.connection().close();
            return false;
        }
        if (counting && silentIntervals == patience * settings.silentIntervals()) {
            replaceSilent(attachment);
            return true;
        }
        if (unusedIntervals > 0 && unusedIntervals % RESTING_INTERVALS == 0 && mayRest()) {
            context.threads().run(this::askForRest);
        }
        if (unusedIntervals % patience != 0) {
            return true;
        }
        if (!tryHeartbeat()) {
            context.threads().run(this::sendHeartbeat);
        }
        return true;
    }

    private boolean isQuiet() {
        return counting && unusedIntervals > QUIET_INTERVALS;
    }

    private String silence(int intervals) {
        return "no sign of life for "
                + context.settings().heartbeat().multipliedBy(intervals).toMillis() + " ms";
    }

    private boolean isNeeded() {
        return context.listeners().need(this);
    }

    private boolean mayRest() {
        return version() >= Versions.RESTING
                && isQuiet()
                && state.get() == State.OPEN
                && attachment.isCarrying()
                && outgoing.isEmpty()
                && !isNeeded();
    }

    /** The other side closes the connection, or does not. */
    private void askForRest() {
        Attachment over = attachment;
        if (!context.reachable().test(this) || !mayRest()) {
            return;
        }
        leaving = true;
        try {
            over.connection().send(head(Channel.LINK), uncounted(REST));
        } catch (IOException gone) {
            LOG.debug("{}: does not rest", this, gone);
        }
    }

    /** The other side wants it to rest. What somebody sends at this moment has it dialled again at once. */
    private void rest(Attachment over) {
        if (mayRest() && context.reachable().test(this) && mayRest()) {
            leaving = true;
            over.connection().close();
        }
    }

    private void wakeIfResting() {
        if (resting.get() && resting.compareAndSet(true, false)) {
            used = true;
            LOG.info("link to {} is needed again", peer());
            seek(attachment, "its connection was not used for long", 0, context.woken());
        }
    }

    /** The other side may live, and only the connection be dead without anybody having said so: in time for another one. */
    private void replaceSilent(Attachment silent) {
        if (!silent.isOver()) {
            disconnected(silent, silence(silentIntervals));
            silent.connection().close();
        }
    }

    /** @return false if that would have to wait */
    private boolean tryHeartbeat() {
        Attachment over = attachment;
        if (state.get() != State.OPEN || !over.isCarrying()) {
            return true;
        }
        try {
            return over.connection().trySend(head(Channel.LINK), uncounted(HEARTBEAT));
        } catch (IOException gone) {
            LOG.debug("{}: no heartbeat", this, gone);
            return true;
        }
    }

    private ByteBuffer uncounted(int type) {
        FrameBuilder beat = new FrameBuilder(1 + Long.BYTES).putByte(type);
        return (counting ? beat.putLong(received) : beat).toFrame();
    }

    /** Says that this side lives, and how many frames have come. Beside all others, because it is not counted. */
    private void sendHeartbeat() {
        Attachment over = attachment;
        if (state.get() != State.OPEN || !over.isCarrying() || !beating.compareAndSet(false, true)) {
            return;
        }
        try {
            over.connection().send(head(Channel.LINK), uncounted(HEARTBEAT));
        } catch (IOException gone) {
            LOG.debug("{}: no heartbeat", this, gone);
        } finally {
            beating.set(false);
        }
    }

    /** Tells the other side why, as far as it still listens. */
    @Override
    public void close(String reason) {
        State before = state.get();
        if (!end(
                reason,
                () -> outgoing.finish(closedBecause(reason), head(Channel.LINK), goodbye(reason), this::hangUp))) {
            return;
        }
        if (before == State.OPENING) {
            attachment.connection().close();
            return;
        }
        context.time().after(GOODBYE_LIMIT, this::hangUp);
    }

    private static ByteBuffer goodbye(String reason) {
        return new FrameBuilder(64).putByte(GOODBYE).putText(reason).toFrame();
    }

    private void hangUp() {
        attachment.connection().close();
    }

    /** The connection is closed, as the transport says, or given up. */
    void disconnected(Attachment over, String reason) {
        boolean interrupted;
        lock.lock();
        try {
            if (attachment != over || isInterrupted()) {
                return;
            }
            over.end();
            interrupted = counting && state.get() == State.OPEN;
            outgoing.suspend(over.connection());
            resting.set(interrupted && leaving);
        } finally {
            lock.unlock();
        }
        if (!interrupted) {
            end(reason);
            disconnected.complete(null);
            return;
        }
        if (resting.get()) {
            if (outgoing.isEmpty() && !isNeeded()) {
                spares.drop();
                LOG.info("link to {} rests: it was not used for long", peer());
                return;
            }
            if (!resting.compareAndSet(true, false)) {
                return; // a sender was faster
            }
        }
        LOG.info("link to {} is interrupted: {}", peer(), reason);
        seek(over, reason, Math.min(silentIntervals, context.settings().silentIntervals()), context.interrupted());
    }

    /** It has no connection and needs one. @param silent intervals in which nothing was heard of the other side */
    private void seek(Attachment last, String reason, int silent, Consumer<RuntimeLink> how) {
        LinkSettings settings = context.settings();
        Duration limit = settings.heartbeat().multipliedBy(settings.missedHeartbeats() - silent);
        context.time().after(limit, () -> {
            if (attachment == last) {
                fail(reason + "; no other connection within " + limit.toMillis() + " ms");
            }
        });
        how.accept(this);
    }

    /** An interrupted link will not go on, because the other side is not there any more. */
    void failBecausePeerIsGone(String reason) {
        peerGone = true;
        fail(reason);
    }

    @Override
    public boolean isPeerGone() {
        return peerGone && !isOpen();
    }

    /** An interrupted link will not go on. */
    void fail(String reason) {
        if (end(reason)) {
            hangUp(); // it may have got a connection just now
        }
    }

    /** Completes when nothing more will arrive. */
    CompletableFuture<Void> whenDisconnected() {
        return disconnected;
    }

    private boolean end(String reason) {
        return end(reason, () -> outgoing.close(closedBecause(reason)));
    }

    private boolean end(String reason, Runnable closeOutgoing) {
        State before;
        Attachment last;
        boolean connected;
        lock.lock();
        try {
            before = state.get();
            if (before == State.CLOSED) {
                return false;
            }
            last = attachment;
            connected = !last.isOver();
            closeReason = reason;
            state.set(State.CLOSED);
            closeOutgoing.run();
            last.end();
            opened.signalAll();
        } finally {
            lock.unlock();
        }
        spares.drop();
        last.awaitQuiet();
        if (!connected) {
            disconnected.complete(null);
        }
        if (before == State.OPEN) {
            context.listeners().closed(this, reason, events);
        }
        context.gone().accept(this);
        LOG.info("link to {} is closed: {}", peer(), reason);
        return true;
    }

    @Override
    public String toString() {
        return "link to " + peer();
    }
}
