package org.actium.remote.core;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.actium.remote.spi.PeerIdentity;

/**
 * How two runtimes get to know each other, without I/O: a frame goes in, a {@link Step} comes out.
 *
 * <pre>
 * dialler                                                     acceptor
 *    | HELLO      address, nonce, last connection, credential    |
 *    |----------------------------------------------------------&gt;|
 *    | CHALLENGE  address, nonce, proof                          |
 *    |&lt;----------------------------------------------------------|
 *    | PROOF      proof, link to be resumed                      |
 *    |----------------------------------------------------------&gt;|
 *    | WELCOME    link that is resumed; for one who joins, key of|
 *    |            the domain, encrypted                          |
 *    |&lt;----------------------------------------------------------|
 * </pre>
 *
 * <p>Either may answer REFUSED instead, with a reason for people; a dialler that only asks who is there does so after
 * the challenge. Every frame starts with the version of the protocol, see {@link Versions}.
 *
 * <p>A proof is an HMAC-SHA256 over who proves, what only the two ends of the connection know if there is such a thing,
 * and all of HELLO and CHALLENGE: no secret is sent, and a proof that was overheard is worth nothing in another
 * handshake. Its key is the secret of the join token for one who joins; the key of the domain for members on a connection
 * that proves nothing by itself; and where the connection has proved who is there, that channel itself, so that nothing
 * has to be known besides. The acceptor proves first, so that a stranger at the endpoint learns nothing from the dialler.
 *
 * <p>On a connection that is private but shows no member, a token is good for a certificate only: PROOF carries a request
 * for one, WELCOME has it behind the key, and the dialler comes back with it.
 */
abstract sealed class Handshake permits DiallerHandshake, AcceptorHandshake {

    /** No honest frame of a handshake is longer. */
    static final int MAX_FRAME_BYTES = 8 << 10;

    static final int NONCE_BYTES = 32;

    static final int HELLO = 1;
    static final int CHALLENGE = 2;
    static final int PROOF = 3;
    static final int WELCOME = 4;
    static final int REFUSED = 5;

    /** How long a reason may be that somebody sends whom nobody knows. */
    private static final int MAX_REASON = 500;

    final Versions versions;

    /** What is known of the other side without its help. Set before the first frame. */
    private volatile PeerIdentity identity = new PeerIdentity.Unknown();

    /** In which both sides speak; known to the dialler from the first answer on. */
    private int version;

    Handshake(Versions versions) {
        this.versions = versions;
        this.version = versions.highest();
    }

    final void identify(PeerIdentity known) {
        identity = known;
    }

    final PeerIdentity identity() {
        return identity;
    }

    /** The version of the protocol in which both sides speak, once the other side has said something. */
    final int version() {
        return version;
    }

    final void speak(int agreed) {
        version = agreed;
    }

    /** Whether PROOF and WELCOME say which link they are about. */
    final boolean resumes() {
        return version >= Versions.RESUMED;
    }

    /** Secret bytes of the connection, which make a proof worth nothing on any other; none if it has no such thing. */
    final byte[] channel() {
        return switch (identity) {
            case PeerIdentity.Unknown() -> new byte[0];
            case PeerIdentity.Stranger(byte[] channel) -> channel;
            case PeerIdentity.Member(var runtime, byte[] channel) -> channel;
        };
    }

    /** What all proofs of this handshake are about. */
    final byte[] transcript(byte[] hello, byte[] challenge) {
        return new FrameBuilder(512)
                .putBytes(channel())
                .putBytes(hello)
                .putBytes(challenge)
                .toBytes();
    }

    /** Takes the next frame from the other side. Never throws, whatever is in it. */
    final Step received(ByteBuffer frame) {
        try {
            if (frame.remaining() > MAX_FRAME_BYTES) {
                return strange("it sent a frame of " + frame.remaining() + " bytes");
            }
            ByteBuffer content = frame.slice();
            int spoken = content.get();
            int type = content.get();
            if (type == REFUSED) {
                return refused(content.get(), FrameReader.text(content));
            }
            Optional<String> strange = agree(spoken, type, content);
            return strange.isPresent() ? failed(Step.Cause.REFUSED, strange.get()) : received(type, content);
        } catch (BufferUnderflowException | IllegalArgumentException garbage) {
            return strange("it sent a frame that makes no sense");
        }
    }

    /**
     * Agrees on a version, or sees that the other side keeps to it.
     *
     * @param frame what follows version and type; what belongs to the version is taken off it
     * @return why there is none
     */
    abstract Optional<String> agree(int spoken, int type, ByteBuffer frame);

    /** @param frame what follows version and type */
    abstract Step received(int type, ByteBuffer frame);

    /** A frame of the link has come, so the other side has all it needs of the handshake. */
    void answered() {}

    /** Who the other side is, as far as known, for messages. */
    abstract String peer();

    final FrameBuilder frame(int type) {
        return new FrameBuilder(256).putByte(version).putByte(type);
    }

    final Step strange(String what) {
        return failed(Step.Cause.ELSEWHERE, "the other side is no runtime of Actium: " + what);
    }

    /** Fails here, and tells the other side. */
    final Step failed(Step.Cause cause, String reason) {
        return new Step.Failed(cause, reason, Optional.of(refusal(cause, reason)));
    }

    final ByteBuffer refusal(Step.Cause cause, String reason) {
        return frame(REFUSED).putByte(cause.ordinal()).putText(reason).toFrame();
    }

    private Step refused(int cause, String text) {
        String reason = text.substring(0, Math.min(text.length(), MAX_REASON)).replaceAll("\\p{Cntrl}", "?");
        if (cause == Step.Cause.INQUIRY.ordinal()) {
            return new Step.Failed(Step.Cause.INQUIRY, peer() + " " + reason, Optional.empty());
        }
        Step.Cause known = cause == Step.Cause.CROSSED.ordinal() ? Step.Cause.CROSSED : Step.Cause.REFUSED;
        return new Step.Failed(known, peer() + " refuses: " + reason, Optional.empty());
    }
}
