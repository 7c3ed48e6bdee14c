package org.actium.remote.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.remote.api.Channel;
import org.actium.remote.api.FrameHandler;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkClosedException;
import org.actium.remote.spi.Connection;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection whose other side is known. A frame is the position of its channel in {@link Channel} in one byte, and
 * what the channel makes of the rest.
 *
 * <p>{@code OPENING → OPEN → CLOSED}, or {@code OPENING → CLOSED}: an accepted link is known to others a moment before
 * the other side was told that it is welcome; senders wait for that.
 */
final class RuntimeLink implements Link {

    private static final Logger LOG = LoggerFactory.getLogger(RuntimeLink.class);

    /** Frames of the channel {@link Channel#LINK}. */
    private static final int HEARTBEAT = 1;

    private static final int GOODBYE = 2;
    private static final int NOT_HANDLED = 3;

    private static final Duration GOODBYE_LIMIT = Duration.ofSeconds(1);

    /** What precedes the payload, by channel. Never changed. */
    private static final ByteBuffer[] HEADS = heads();

    private enum State {
        OPENING,
        OPEN,
        CLOSED
    }

    private final Introduction introduction;
    private final RuntimeId dialler;
    private final String transport;
    private final Connection connection;
    private final LinkContext context;
    private final InOrder events;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPENING);
    private final AtomicBoolean beating = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();
    private final Condition quiet = lock.newCondition();

    private final CompletableFuture<Void> disconnected = new CompletableFuture<>();

    private volatile String closeReason = "";
    /** The thread that hands a frame to its handler now; written before, and read after, the state. */
    private volatile Thread handling;
    /** Since the last beat. */
    private volatile boolean heard = true;

    private int silentIntervals;

    RuntimeLink(
            Introduction introduction,
            RuntimeId dialler,
            String transport,
            Connection connection,
            LinkContext context) {
        this.introduction = introduction;
        this.dialler = dialler;
        this.transport = transport;
        this.connection = connection;
        this.context = context;
        this.events = new InOrder(context.threads());
    }

    private static ByteBuffer[] heads() {
        ByteBuffer[] heads = new ByteBuffer[Channel.values().length];
        for (Channel channel : Channel.values()) {
            heads[channel.ordinal()] = ByteBuffer.wrap(new byte[] {(byte) channel.ordinal()});
        }
        return heads;
    }

    Introduction introduction() {
        return introduction;
    }

    RuntimeId dialler() {
        return dialler;
    }

    /** What carries it. */
    String transport() {
        return transport;
    }

    @Override
    public RuntimeAddress peer() {
        return introduction.peer();
    }

    @Override
    public boolean isOpen() {
        return state.get() != State.CLOSED;
    }

    /** From now on frames may be sent. Does nothing if the link was closed meanwhile. */
    void open() {
        lock.lock();
        try {
            if (!state.compareAndSet(State.OPENING, State.OPEN)) {
                return;
            }
            opened.signalAll();
            context.listeners().opened(this, introduction.tokenId(), events);
        } finally {
            lock.unlock();
        }
        LOG.info("link to {} is open, dialled by {}", peer(), dialler.equals(peer().id()) ? "it" : "this runtime");
        beatLater();
    }

    @Override
    public void send(Channel channel, ByteBuffer frame) {
        if (frame.remaining() > MAX_FRAME_BYTES) {
            throw new IllegalArgumentException("a frame of " + frame.remaining() + " bytes for " + peer()
                    + " is too long; " + MAX_FRAME_BYTES + " are allowed");
        }
        if (state.get() != State.OPEN) {
            awaitOpen();
        }
        try {
            connection.send(HEADS[channel.ordinal()], frame);
        } catch (IOException broken) {
            connection.close();
            throw new LinkClosedException(
                    "the link to " + peer() + " broke: " + (isOpen() ? broken.getMessage() : closeReason), broken);
        }
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
            throw new LinkClosedException("the link to " + peer() + " is closed: " + closeReason);
        }
    }

    /** A frame from the other side, on the thread of its reader. */
    void received(ByteBuffer frame) {
        if (!heard) {
            heard = true;
        }
        int channel = frame.get();
        if (channel == Channel.LINK.ordinal()) {
            receivedOwn(frame);
            return;
        }
        handling = Thread.currentThread();
        try {
            handle(channel, frame);
        } finally {
            handling = null;
            if (!isOpen()) {
                signalQuiet();
            }
        }
    }

    private void handle(int channel, ByteBuffer frame) {
        if (!isOpen()) {
            LOG.debug("a frame from {} is dropped: the link is closed, and a new one may have overtaken it", peer());
            return;
        }
        FrameHandler handler = context.handlers().get(channel).orElse(null);
        if (handler == null) {
            refuse(channel, frame);
        } else {
            handler.received(this, frame);
        }
    }

    private void signalQuiet() {
        lock.lock();
        try {
            quiet.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Of a closed link: blocks until no frame of it is being handled, and from then on none will be. What comes over its
     * successor must not overtake the last one.
     */
    void awaitQuiet() {
        lock.lock();
        try {
            while (handling != null && handling != Thread.currentThread()) {
                quiet.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
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
            case HEARTBEAT -> {}
            case GOODBYE -> {
                end("closed by " + peer().name() + ": " + FrameReader.text(frame));
                connection.close();
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

    private void beatLater() {
        context.time().after(context.settings().heartbeat(), this::beat);
    }

    private void beat() {
        if (!isOpen()) {
            return;
        }
        silentIntervals = heard ? 0 : silentIntervals + 1;
        heard = false;
        LinkSettings settings = context.settings();
        if (silentIntervals >= settings.missedHeartbeats()) {
            Duration silence = settings.heartbeat().multipliedBy(settings.missedHeartbeats());
            end("no sign of life for " + silence.toMillis() + " ms");
            connection.close();
            return;
        }
        beatLater();
        if (beating.compareAndSet(false, true)) {
            sendOwn(new FrameBuilder(1).putByte(HEARTBEAT));
            beating.set(false);
        }
    }

    /** Tells the other side why, as far as it still listens. */
    @Override
    public void close(String reason) {
        State before = state.get();
        if (!end(reason)) {
            return;
        }
        if (before == State.OPENING) {
            connection.close();
            return;
        }
        Registration limit = context.time().after(GOODBYE_LIMIT, connection::close);
        context.threads().run(() -> {
            try {
                connection.send(
                        HEADS[Channel.LINK.ordinal()],
                        new FrameBuilder(64).putByte(GOODBYE).putText(reason).toFrame());
            } catch (IOException gone) {
                LOG.debug("{}: not told any more", peer(), gone);
            }
            limit.close();
            connection.close();
        });
    }

    /** The transport says that the connection is closed. */
    void disconnected(String reason) {
        end(reason);
        disconnected.complete(null);
    }

    /** Completes when nothing more will arrive. */
    CompletableFuture<Void> whenDisconnected() {
        return disconnected;
    }

    private boolean end(String reason) {
        State before;
        lock.lock();
        try {
            before = state.get();
            if (before == State.CLOSED) {
                return false;
            }
            closeReason = reason;
            state.set(State.CLOSED);
            opened.signalAll();
        } finally {
            lock.unlock();
        }
        awaitQuiet();
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
