package org.actium.remote.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.actium.remote.api.JoinToken;
import org.actium.runtime.api.RuntimeAddress;

/** The handshake as the side sees it that was dialled. Used once, by one thread at a time. */
final class AcceptorHandshake extends Handshake {

    private final RuntimeAddress self;
    private final Tokens tokens;
    private final Domain domain;
    private final byte[] nonce = new byte[NONCE_BYTES];

    private Credential credential;
    private Introduction introduction;
    private Proofs proofs;

    AcceptorHandshake(RuntimeAddress self, Tokens tokens, Domain domain, RandomGenerator random) {
        this.self = self;
        this.tokens = tokens;
        this.domain = domain;
        random.nextBytes(nonce);
    }

    @Override
    Step received(int type, ByteBuffer frame) {
        if (type == HELLO && introduction == null) {
            return greeted(frame);
        }
        if (type == PROOF && introduction != null) {
            return proved(frame);
        }
        return strange("it sent a frame of type " + type + " out of turn");
    }

    private Step greeted(ByteBuffer frame) {
        byte[] hello = new byte[frame.limit()];
        frame.get(0, hello);
        RuntimeAddress peer = FrameReader.address(frame);
        byte[] peerNonce = FrameReader.bytes(frame, NONCE_BYTES);
        long lastLink = frame.getLong();
        credential = Credential.read(frame);
        introduction = new Introduction(peer, ByteBuffer.wrap(peerNonce).getLong(), lastLink, credential.tokenId());
        Optional<String> obstacle = credential.tokenId().flatMap(tokens::obstacle);
        if (obstacle.isPresent()) {
            return failed(Step.Cause.REFUSED, obstacle.get());
        }
        FrameBuilder challenge = frame(CHALLENGE);
        FrameReader.put(self, challenge);
        challenge.putBytes(nonce);
        proofs = new Proofs(
                secret(),
                new FrameBuilder(512)
                        .putBytes(hello)
                        .putBytes(challenge.toBytes())
                        .toBytes());
        return new Step.Send(
                challenge.putBytes(proofs.proof(Proofs.Role.ACCEPTOR)).toFrame());
    }

    private byte[] secret() {
        return switch (credential) {
            case Credential.Membership() -> domain.key();
            case Credential.Token(String id) ->
                tokens.find(id)
                        .map(JoinToken::secret)
                        .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                        .orElseThrow(() -> new IllegalArgumentException("join token " + id + " was revoked"));
        };
    }

    private Step proved(ByteBuffer frame) {
        if (!proofs.accepts(FrameReader.rest(frame), Proofs.Role.DIALLER)) {
            return failed(Step.Cause.REFUSED, "it could not prove that it has " + credential);
        }
        Optional<String> obstacle = credential.tokenId().flatMap(tokens::use);
        return obstacle.isPresent() ? failed(Step.Cause.REFUSED, obstacle.get()) : new Step.Decide(introduction);
    }

    /** What to send if the dialler is let in. */
    ByteBuffer welcome() {
        FrameBuilder welcome = frame(WELCOME);
        if (credential.tokenId().isPresent()) {
            welcome.putBytes(proofs.encrypt(domain.key()));
        }
        return welcome.toFrame();
    }

    /** What to send if another connection between the two stays. */
    ByteBuffer crossed() {
        return refusal(
                Step.Cause.CROSSED, "the two runtimes dialled each other at once, and the other connection stays");
    }

    @Override
    String peer() {
        return introduction == null
                ? "the other side"
                : introduction.peer().name() + " (" + introduction.peer().id() + ")";
    }
}
