package org.actium.remote.core;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;

/** The handshake as the side sees it that dialled. Used once, by one thread at a time. */
final class DiallerHandshake extends Handshake {

    private final Purpose purpose;
    private final RuntimeAddress self;
    private final Optional<RuntimeAddress> expected;
    private final Credential credential;
    private final byte[] secret;
    private final byte[] hello;
    private final long linkId;

    private RuntimeAddress peer;
    private Proofs proofs;

    /** What the dialler wants. */
    enum Purpose {
        /** To become a link. */
        LINK,
        /** To know who answers; comes to nothing, with {@link Step.Cause#INQUIRY} if somebody of the domain did. */
        INQUIRY
    }

    /**
     * @param expected who should answer; empty if that is whoever knows the secret
     * @param secret what the credential is backed by
     * @param lastLink the newest link with the other side that this side knows of; 0 if none
     */
    DiallerHandshake(
            Purpose purpose,
            RuntimeAddress self,
            Optional<RuntimeAddress> expected,
            Credential credential,
            byte[] secret,
            long lastLink,
            RandomGenerator random) {
        this.purpose = purpose;
        this.self = self;
        this.expected = expected;
        this.credential = credential;
        this.secret = secret.clone();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        this.linkId = ByteBuffer.wrap(nonce).getLong();
        FrameBuilder frame = frame(HELLO);
        FrameReader.put(self, frame);
        frame.putBytes(nonce).putLong(lastLink);
        credential.write(frame);
        this.hello = frame.toBytes();
    }

    /** What to send first. */
    ByteBuffer hello() {
        return ByteBuffer.wrap(hello);
    }

    @Override
    Step received(int type, ByteBuffer frame) {
        if (type == CHALLENGE && peer == null) {
            return challenged(frame);
        }
        if (type == WELCOME && peer != null) {
            return welcomed(frame);
        }
        return strange("it sent a frame of type " + type + " out of turn");
    }

    private Step challenged(ByteBuffer frame) {
        RuntimeAddress answering = FrameReader.address(frame);
        FrameReader.bytes(frame, NONCE_BYTES);
        byte[] challenge = new byte[frame.position()];
        frame.get(0, challenge);
        byte[] proof = FrameReader.bytes(frame, Proofs.PROOF_BYTES);
        RuntimeId id = answering.id();
        if (id.equals(self.id()) && purpose == Purpose.LINK) {
            return failed(Step.Cause.ELSEWHERE, "this runtime itself answers there");
        }
        if (expected.isPresent() && !id.equals(expected.get().id())) {
            return failed(Step.Cause.ELSEWHERE, answering.name() + " (" + id + ") answers there");
        }
        peer = answering;
        proofs = new Proofs(
                secret,
                new FrameBuilder(512).putBytes(hello).putBytes(challenge).toBytes());
        if (!proofs.accepts(proof, Proofs.Role.ACCEPTOR)) {
            return failed(Step.Cause.REFUSED, peer() + " does not know " + whatItShouldKnow());
        }
        if (purpose == Purpose.INQUIRY) {
            return failed(Step.Cause.INQUIRY, "only asks who is here");
        }
        return new Step.Send(
                frame(PROOF).putBytes(proofs.proof(Proofs.Role.DIALLER)).toFrame());
    }

    /** Who answered, once the handshake has got that far. */
    Optional<RuntimeAddress> answering() {
        return Optional.ofNullable(peer);
    }

    private String whatItShouldKnow() {
        return switch (credential) {
            case Credential.Token token -> "the secret of " + token;
            case Credential.Membership() -> "the key of this runtime's domain";
        };
    }

    private Step welcomed(ByteBuffer frame) {
        Introduction introduction = new Introduction(peer, linkId, 0, Optional.empty());
        byte[] encrypted = FrameReader.rest(frame);
        return new Step.Welcome(
                introduction, encrypted.length == 0 ? Optional.empty() : Optional.of(proofs.decrypt(encrypted)));
    }

    @Override
    String peer() {
        RuntimeAddress known = peer == null ? expected.orElse(null) : peer;
        return known == null ? "the other side" : known.name() + " (" + known.id() + ")";
    }
}
