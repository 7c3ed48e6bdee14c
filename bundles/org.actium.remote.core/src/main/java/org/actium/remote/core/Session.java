package org.actium.remote.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.runtime.api.RuntimeId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, from its first frame to its last: at first what arrives goes to the handshake, later to the link that
 * it ended in. All methods but the constructor's and {@link #fail} are called by the reader of the connection.
 */
final class Session implements ConnectionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final RuntimeId self;
    private final String transport;
    private final Handshake handshake;
    private final LinkTable table;
    private final Membership membership;
    private final LinkContext context;
    private final CompletableFuture<RuntimeLink> result = new CompletableFuture<>();

    private RuntimeLink link;

    /** What joining another domain does to this runtime. */
    @FunctionalInterface
    interface Membership {
        /** Becomes a member; returns what keeps the runtime from it, if something does. */
        Optional<String> adopt(byte[] domainKey);
    }

    /** @param transport what carries the connection */
    Session(
            RuntimeId self,
            String transport,
            Handshake handshake,
            LinkTable table,
            Membership membership,
            LinkContext context) {
        this.self = self;
        this.transport = transport;
        this.handshake = handshake;
        this.table = table;
        this.membership = membership;
        this.context = context;
    }

    String transport() {
        return transport;
    }

    /** The link, or a {@link HandshakeException}. */
    CompletableFuture<RuntimeLink> result() {
        return result;
    }

    void whenDecided(Consumer<Session> action) {
        result.whenComplete((ended, failed) -> action.accept(this));
    }

    @Override
    public void received(Connection connection, ByteBuffer frame) {
        if (link != null) {
            link.received(frame);
        } else {
            act(handshake.received(frame), connection);
        }
    }

    private void act(Step step, Connection connection) {
        switch (step) {
            case Step.Send(ByteBuffer frame) -> send(frame, connection);
            case Step.Decide(Introduction introduction) -> decide(introduction, connection);
            case Step.Welcome(Introduction introduction, Optional<byte[]> domainKey) ->
                begin(introduction, domainKey, connection);
            case Step.Failed failed -> {
                failed.tell().ifPresent(frame -> send(frame, connection));
                fail(failed.cause(), failed.reason(), connection);
            }
        }
    }

    /** As the side that was dialled. */
    private void decide(Introduction introduction, Connection connection) {
        AcceptorHandshake accepting = (AcceptorHandshake) handshake;
        RuntimeLink candidate =
                new RuntimeLink(introduction, introduction.peer().id(), transport, connection, context);
        if (!table.admit(candidate)) {
            send(accepting.crossed(), connection);
            fail(Step.Cause.CROSSED, "another connection stays", connection);
            return;
        }
        link = candidate;
        send(accepting.welcome(), connection);
        candidate.open();
        result.complete(candidate);
    }

    /** As the side that dialled. */
    private void begin(Introduction introduction, Optional<byte[]> domainKey, Connection connection) {
        Optional<String> obstacle = domainKey.flatMap(membership::adopt);
        if (obstacle.isPresent()) {
            fail(Step.Cause.REFUSED, obstacle.get(), connection);
            return;
        }
        RuntimeLink candidate = new RuntimeLink(introduction, self, transport, connection, context);
        if (!table.admit(candidate)) {
            fail(Step.Cause.CROSSED, "another connection stays", connection);
            return;
        }
        link = candidate;
        candidate.open();
        result.complete(candidate);
    }

    private static void send(ByteBuffer frame, Connection connection) {
        try {
            connection.send(frame);
        } catch (IOException broken) {
            LOG.debug("{}: the handshake breaks off", connection.peer(), broken);
            connection.close();
        }
    }

    /** Gives up, unless there is a link already. Any thread may call it. */
    void fail(Step.Cause cause, String reason, Connection connection) {
        if (result.completeExceptionally(new HandshakeException(cause, reason))) {
            connection.close();
        }
    }

    @Override
    public void closed(Connection connection, String reason) {
        if (link != null) {
            link.disconnected(reason);
        } else {
            fail(Step.Cause.ELSEWHERE, "the connection ended during the handshake: " + reason, connection);
        }
    }
}
