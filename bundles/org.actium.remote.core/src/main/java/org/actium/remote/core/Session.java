package org.actium.remote.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.security.api.EnrolmentException;
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
    private final Optional<Endpoint> dialled;
    private final CompletableFuture<RuntimeLink> result = new CompletableFuture<>();

    /** Set together. */
    private RuntimeLink link;

    private Attachment attachment;

    /** The other side knows of the link. */
    private boolean answered;

    /** How this runtime joins another domain, and admits others to its own. */
    interface Membership {
        /** Becomes a member; returns what keeps the runtime from it, if something does. */
        Optional<String> adopt(byte[] domainKey);

        /**
         * Becomes a member, with a certificate; returns what keeps the runtime from it, if something does.
         *
         * @param dialled where the sponsor has answered
         * @param tokenId what the certificate was given for
         */
        Optional<String> adopt(
                byte[] domainKey, byte[] grant, RuntimeAddress sponsor, Endpoint dialled, String tokenId);

        /** That runtime has answered there, and is about to have a link to this one. */
        void reached(RuntimeAddress peer, Endpoint dialled);

        /** A certificate for the one who joins; may block. */
        byte[] grant(byte[] request, RuntimeId joiner) throws EnrolmentException;
    }

    /** @param dialled where this side has dialled; empty if the other side has */
    Session(
            RuntimeId self,
            String transport,
            Optional<Endpoint> dialled,
            Handshake handshake,
            LinkTable table,
            Membership membership,
            LinkContext context) {
        this.self = self;
        this.transport = transport;
        this.dialled = dialled;
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
            if (!answered) {
                answered = true;
                handshake.answered();
            }
            link.received(attachment, frame);
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
            case Step.Enrol(Introduction introduction, byte[] request) ->
                // not on the reader's thread: the certificate may come from elsewhere
                context.threads().run(() -> enrol(introduction, request, connection));
            case Step.Enrolled(RuntimeAddress sponsor, byte[] domainKey, byte[] grant) -> {
                // also if whoever dialled has given up by now: then it finds at the next attempt that it has joined
                Optional<String> obstacle = membership.adopt(
                        domainKey,
                        grant,
                        sponsor,
                        dialled.orElseThrow(),
                        ((DiallerHandshake) handshake).tokenId().orElseThrow());
                fail(
                        obstacle.isPresent() ? Step.Cause.REFUSED : Step.Cause.ENROLLED,
                        obstacle.orElse("it gave this runtime a certificate"),
                        connection);
            }
            case Step.Failed failed -> {
                failed.tell().ifPresent(frame -> send(frame, connection));
                fail(failed.cause(), failed.reason(), connection);
            }
        }
    }

    /** As the side that was dialled: the other gets a certificate, and has to come back with it. */
    private void enrol(Introduction introduction, byte[] request, Connection connection) {
        AcceptorHandshake accepting = (AcceptorHandshake) handshake;
        try {
            byte[] grant = membership.grant(request, introduction.peer().id());
            send(accepting.welcome(grant), connection);
            fail(
                    Step.Cause.ENROLLED,
                    "it joined the domain, with join token "
                            + introduction.tokenId().orElseThrow(),
                    connection);
        } catch (EnrolmentException | RuntimeException refused) {
            String reason = "it gets no certificate: " + refused.getMessage();
            send(accepting.refusal(Step.Cause.REFUSED, reason), connection);
            fail(Step.Cause.REFUSED, reason, connection);
        }
    }

    /** As the side that was dialled. */
    private void decide(Introduction introduction, Connection connection) {
        AcceptorHandshake accepting = (AcceptorHandshake) handshake;
        connection.admit(); // it has proved itself, whichever connection stays
        Attachment candidate =
                new Attachment(introduction, introduction.peer().id(), transport, Optional.empty(), connection);
        switch (table.admit(candidate, context)) {
            case LinkTable.Admission.Crossed() -> {
                send(accepting.crossed(), connection);
                fail(Step.Cause.CROSSED, "another connection stays", connection);
            }
            case LinkTable.Admission.Fresh(RuntimeLink fresh) -> {
                carry(fresh, candidate);
                send(accepting.welcome(Resumption.NONE), connection);
                fresh.open();
                result.complete(fresh);
            }
            case LinkTable.Admission.Resumed(RuntimeLink resumed, Resumption told) -> {
                carry(resumed, candidate);
                send(accepting.welcome(told), connection);
                resumed.resume(candidate);
                result.complete(resumed);
            }
        }
    }

    /** As the side that dialled. */
    private void begin(Introduction introduction, Optional<byte[]> domainKey, Connection connection) {
        Optional<String> obstacle = domainKey.flatMap(membership::adopt);
        if (obstacle.isPresent()) {
            fail(Step.Cause.REFUSED, obstacle.get(), connection);
            return;
        }
        // now: who hears of the link may tell others how this runtime is reached
        dialled.ifPresent(there -> membership.reached(introduction.peer(), there));
        Attachment candidate = new Attachment(introduction, self, transport, dialled, connection);
        switch (table.admit(candidate, context)) {
            case LinkTable.Admission.Crossed() -> fail(Step.Cause.CROSSED, "another connection stays", connection);
            case LinkTable.Admission.Fresh(RuntimeLink fresh) -> {
                carry(fresh, candidate);
                connection.admit();
                fresh.open();
                result.complete(fresh);
            }
            case LinkTable.Admission.Resumed(RuntimeLink resumed, Resumption told) -> {
                carry(resumed, candidate);
                candidate.beginAt(((DiallerHandshake) handshake).told().received());
                connection.admit();
                resumed.resume(candidate);
                result.complete(resumed);
            }
        }
    }

    private void carry(RuntimeLink carried, Attachment by) {
        link = carried;
        attachment = by;
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
            link.disconnected(attachment, reason);
        } else {
            fail(Step.Cause.LOST, "the connection ended during the handshake: " + reason, connection);
        }
    }
}
