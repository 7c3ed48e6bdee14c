package org.actium.remote.core;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.actium.remote.spi.PeerIdentity;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;

/** The handshake as the side sees it that dialled. Used once, by one thread at a time. */
final class DiallerHandshake extends Handshake {

    private final Purpose purpose;
    private final RuntimeAddress self;
    private final Optional<RuntimeAddress> expected;
    private final Credential credential;
    private final byte[] secret;
    private final Supplier<byte[]> request;
    private final byte[] hello;
    private final long connectionId;
    private final Resumption told;

    private RuntimeAddress peer;
    private volatile boolean another;
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
     * @param secret what the credential is backed by, where the connection does not prove membership by itself
     * @param request asks for a certificate, where the connection is one on which there are some to be had
     * @param lastConnection the newest with the other side that this side knows of; 0 if none
     * @param told of the link that is to be resumed
     */
    DiallerHandshake(
            Purpose purpose,
            RuntimeAddress self,
            Optional<RuntimeAddress> expected,
            Credential credential,
            byte[] secret,
            Supplier<byte[]> request,
            long lastConnection,
            Resumption told,
            Versions versions,
            RandomGenerator random) {
        super(versions);
        this.purpose = purpose;
        this.self = self;
        this.expected = expected;
        this.credential = credential;
        this.secret = secret.clone();
        this.request = request;
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        this.told = told;
        this.connectionId = ByteBuffer.wrap(nonce).getLong();
        FrameBuilder frame = frame(HELLO).putByte(versions.lowest());
        FrameReader.put(self, frame);
        frame.putBytes(nonce).putLong(lastConnection);
        credential.write(frame);
        this.hello = frame.toBytes();
    }

    /** Whether the other side can prove by its token only that it is the right one. */
    boolean isForStrangers() {
        return credential instanceof Credential.Token;
    }

    /** The token it joins with, if it does. */
    Optional<String> tokenId() {
        return credential.tokenId();
    }

    /** What to send first. */
    ByteBuffer hello() {
        return ByteBuffer.wrap(hello);
    }

    @Override
    Optional<String> agree(int spoken, int type, ByteBuffer frame) {
        boolean kept = peer == null ? versions.include(spoken) : spoken == version();
        if (!kept) {
            return Optional.of("it answers in version " + spoken + " of the link protocol, this runtime speaks "
                    + (peer == null ? versions : "version " + version()));
        }
        speak(spoken);
        return Optional.empty();
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
            another = true;
            return failed(Step.Cause.ELSEWHERE, answering.name() + " (" + id + ") answers there");
        }
        if (identity() instanceof PeerIdentity.Member(RuntimeId proved, byte[] channel) && !id.equals(proved)) {
            return failed(
                    Step.Cause.REFUSED, "it says that it is " + id + ", and its certificate that it is " + proved);
        }
        peer = answering;
        boolean proved = identity() instanceof PeerIdentity.Member;
        proofs = new Proofs(proved ? channel() : secret, transcript(hello, challenge));
        if (!proofs.accepts(proof, Proofs.Role.ACCEPTOR)) {
            return failed(Step.Cause.REFUSED, whatDoesNotMatch());
        }
        if (purpose == Purpose.INQUIRY) {
            return failed(Step.Cause.INQUIRY, "only asks who is here");
        }
        boolean enrols = identity() instanceof PeerIdentity.Stranger;
        byte[] resumption = resumes() && !enrols ? told.toBytes() : new byte[0];
        FrameBuilder proving = frame(PROOF)
                .putBytes(proofs.proof(Proofs.Role.DIALLER, resumption))
                .putBytes(resumption);
        if (enrols) {
            proving.putBytes(request.get());
        }
        return new Step.Send(proving.toFrame());
    }

    /** What the other side was told of the link that is to be resumed. */
    Resumption told() {
        return told;
    }

    /** Whether another runtime answered than the one that was expected. */
    boolean isAnsweredByAnother() {
        return another;
    }

    /** Who answered, once the handshake has got that far. */
    Optional<RuntimeAddress> answering() {
        return Optional.ofNullable(peer);
    }

    private String whatDoesNotMatch() {
        return switch (credential) {
            case Credential.Token token ->
                "the secret of " + token + " is not the one that " + peer()
                        + " knows; check that the token was copied whole, and was issued there";
            case Credential.Membership() -> peer() + " does not know the key of this runtime's domain";
        };
    }

    private Step welcomed(ByteBuffer frame) {
        if (identity() instanceof PeerIdentity.Stranger) {
            byte[] key = proofs.decrypt(FrameReader.bytes(frame, Proofs.ENCRYPTED_BYTES));
            return new Step.Enrolled(peer, key, FrameReader.rest(frame));
        }
        Resumption agreed = Resumption.NONE;
        if (resumes()) {
            byte[] proof = FrameReader.bytes(frame, Proofs.PROOF_BYTES);
            byte[] resumption = FrameReader.bytes(frame, Resumption.BYTES);
            if (!proofs.accepts(proof, Proofs.Role.WELCOMER, resumption)) {
                return strange("somebody else has sent its welcome");
            }
            agreed = Resumption.of(resumption);
        }
        if (agreed.link() != 0 && agreed.link() != told.link()) {
            return strange("it goes on with a link that it was not asked for");
        }
        byte[] encrypted = FrameReader.rest(frame);
        Introduction introduction = new Introduction(peer, connectionId, 0, Optional.empty(), version(), agreed);
        return new Step.Welcome(
                introduction, encrypted.length == 0 ? Optional.empty() : Optional.of(proofs.decrypt(encrypted)));
    }

    @Override
    String peer() {
        RuntimeAddress known = peer == null ? expected.orElse(null) : peer;
        return known == null ? "the other side" : known.name() + " (" + known.id() + ")";
    }
}
