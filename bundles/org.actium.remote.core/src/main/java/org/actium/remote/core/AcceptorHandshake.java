package org.actium.remote.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.actium.remote.api.JoinToken;
import org.actium.remote.spi.PeerIdentity;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;

/** The handshake as the side sees it that was dialled. Used once, by one thread at a time. */
final class AcceptorHandshake extends Handshake {

    private final RuntimeAddress self;
    private final Tokens tokens;
    private final Domain domain;
    private final byte[] nonce = new byte[NONCE_BYTES];

    private Credential credential;
    private Introduction introduction;
    private Proofs proofs;

    AcceptorHandshake(RuntimeAddress self, Tokens tokens, Domain domain, Versions versions, RandomGenerator random) {
        super(versions);
        this.self = self;
        this.tokens = tokens;
        this.domain = domain;
        random.nextBytes(nonce);
    }

    @Override
    Optional<String> agree(int spoken, int type, ByteBuffer frame) {
        if (type == HELLO) {
            int lowest = frame.get();
            int agreed = Math.min(spoken, versions.highest());
            if (agreed < lowest || !versions.include(agreed)) {
                return Optional.of(
                        "it speaks " + lowest + " to " + spoken + " of the link protocol, this runtime " + versions);
            }
            speak(agreed);
            return Optional.empty();
        }
        return introduction == null || spoken == version()
                ? Optional.empty()
                : Optional.of("it changed from version " + version() + " of the link protocol to " + spoken);
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
        long lastConnection = frame.getLong();
        credential = Credential.read(frame);
        Optional<String> token = credential.tokenId().or(() -> tokens.enrolled(peer.id()));
        introduction = new Introduction(
                peer, ByteBuffer.wrap(peerNonce).getLong(), lastConnection, token, version(), Resumption.NONE);
        Optional<String> obstacle = obstacle(peer.id());
        if (obstacle.isPresent()) {
            return failed(Step.Cause.REFUSED, obstacle.get());
        }
        FrameBuilder challenge = frame(CHALLENGE);
        FrameReader.put(self, challenge);
        challenge.putBytes(nonce);
        proofs = new Proofs(secret(), transcript(hello, challenge.toBytes()));
        return new Step.Send(
                challenge.putBytes(proofs.proof(Proofs.Role.ACCEPTOR)).toFrame());
    }

    /** What keeps it from coming in with what it says it has; empty if nothing does. */
    private Optional<String> obstacle(RuntimeId peer) {
        return switch (identity()) {
            case PeerIdentity.Unknown() -> credential.tokenId().flatMap(id -> tokens.obstacle(id, peer));
            case PeerIdentity.Stranger stranger ->
                credential.tokenId().isPresent()
                        ? credential.tokenId().flatMap(id -> tokens.obstacle(id, peer))
                        : Optional.of("it shows no certificate; without one it can only join, with a token");
            case PeerIdentity.Member(RuntimeId proved, byte[] channel) ->
                proved.equals(peer)
                        ? credential.tokenId().map(id -> "it is a member of the domain, and needs no " + credential)
                        : Optional.of("it says that it is " + peer + ", and its certificate that it is " + proved);
        };
    }

    private byte[] secret() {
        return switch (credential) {
            case Credential.Membership() -> identity() instanceof PeerIdentity.Member ? channel() : domain.key();
            case Credential.Token(String id) ->
                tokens.find(id)
                        .map(JoinToken::secret)
                        .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                        .orElseThrow(() -> new IllegalArgumentException("join token " + id + " was revoked"));
        };
    }

    private Step proved(ByteBuffer frame) {
        boolean enrols = identity() instanceof PeerIdentity.Stranger;
        byte[] proof = FrameReader.bytes(frame, Proofs.PROOF_BYTES);
        byte[] resumption = resumes() && !enrols ? FrameReader.bytes(frame, Resumption.BYTES) : new byte[0];
        if (!proofs.accepts(proof, Proofs.Role.DIALLER, resumption)) {
            return failed(Step.Cause.REFUSED, "it could not prove that it has " + credential);
        }
        RuntimeId peer = introduction.peer().id();
        Optional<String> obstacle = credential.tokenId().flatMap(id -> tokens.use(id, peer));
        if (obstacle.isPresent()) {
            return failed(Step.Cause.REFUSED, obstacle.get());
        }
        if (enrols) {
            return new Step.Enrol(introduction, FrameReader.rest(frame));
        }
        if (credential.tokenId().isEmpty()) {
            tokens.arrived(peer);
        }
        if (resumes()) {
            introduction = introduction.resuming(Resumption.of(resumption));
        }
        return new Step.Decide(introduction);
    }

    /** What to send to one who may join, which ends this handshake. */
    ByteBuffer welcome(byte[] grant) {
        tokens.enrol(introduction.peer().id(), introduction.tokenId().orElseThrow());
        return frame(WELCOME)
                .putBytes(proofs.encrypt(domain.key()))
                .putBytes(grant)
                .toFrame();
    }

    /**
     * What to send if the dialler is let in.
     *
     * @param told of the link that goes on, if one does
     */
    ByteBuffer welcome(Resumption told) {
        FrameBuilder welcome = frame(WELCOME);
        if (resumes()) {
            byte[] resumption = told.toBytes();
            welcome.putBytes(proofs.proof(Proofs.Role.WELCOMER, resumption)).putBytes(resumption);
        }
        if (credential.tokenId().isPresent()) {
            welcome.putBytes(proofs.encrypt(domain.key()));
        }
        return welcome.toFrame();
    }

    @Override
    void answered() {
        credential.tokenId().ifPresent(tokens::answered);
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
