package org.actium.remote.core;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * How two runtimes get to know each other, without I/O: a frame goes in, a {@link Step} comes out.
 *
 * <pre>
 * dialler                                                     acceptor
 *    | HELLO      address, nonce, last link, credential          |
 *    |----------------------------------------------------------&gt;|
 *    | CHALLENGE  address, nonce, proof                          |
 *    |&lt;----------------------------------------------------------|
 *    | PROOF      proof                                          |
 *    |----------------------------------------------------------&gt;|
 *    | WELCOME    key of the domain, encrypted, for one who joins|
 *    |&lt;----------------------------------------------------------|
 * </pre>
 *
 * <p>Either may answer REFUSED instead, with a reason for people; a dialler that only asks who is there does so after
 * the challenge. Every frame starts with the version of the protocol.
 * A proof is an HMAC-SHA256, keyed with the secret of the join token or the key of the domain, over who proves and all
 * of HELLO and CHALLENGE: no secret is sent, and a proof that was overheard is worth nothing in another handshake. The
 * acceptor proves first, so that a stranger at the endpoint learns nothing from the dialler.
 */
abstract sealed class Handshake permits DiallerHandshake, AcceptorHandshake {

    static final int VERSION = 1;

    /** No honest frame of a handshake is longer. */
    static final int MAX_FRAME_BYTES = 8 << 10;

    static final int NONCE_BYTES = 32;

    static final int HELLO = 1;
    static final int CHALLENGE = 2;
    static final int PROOF = 3;
    static final int WELCOME = 4;
    static final int REFUSED = 5;

    /** Takes the next frame from the other side. Never throws, whatever is in it. */
    final Step received(ByteBuffer frame) {
        try {
            if (frame.remaining() > MAX_FRAME_BYTES) {
                return strange("it sent a frame of " + frame.remaining() + " bytes");
            }
            ByteBuffer content = frame.slice();
            int version = content.get();
            int type = content.get();
            if (type == REFUSED) {
                return refused(content.get(), FrameReader.text(content));
            }
            if (version != VERSION) {
                return failed(
                        Step.Cause.REFUSED,
                        "it speaks version " + version + " of the link protocol, this runtime version " + VERSION);
            }
            return received(type, content);
        } catch (BufferUnderflowException | IllegalArgumentException garbage) {
            return strange("it sent a frame that makes no sense");
        }
    }

    /** @param frame what follows version and type */
    abstract Step received(int type, ByteBuffer frame);

    /** Who the other side is, as far as known, for messages. */
    abstract String peer();

    static FrameBuilder frame(int type) {
        return new FrameBuilder(256).putByte(VERSION).putByte(type);
    }

    final Step strange(String what) {
        return failed(Step.Cause.ELSEWHERE, "the other side is no runtime of Actium: " + what);
    }

    /** Fails here, and tells the other side. */
    final Step failed(Step.Cause cause, String reason) {
        return new Step.Failed(cause, reason, Optional.of(refusal(cause, reason)));
    }

    static ByteBuffer refusal(Step.Cause cause, String reason) {
        return frame(REFUSED).putByte(cause.ordinal()).putText(reason).toFrame();
    }

    private Step refused(int cause, String reason) {
        if (cause == Step.Cause.INQUIRY.ordinal()) {
            return new Step.Failed(Step.Cause.INQUIRY, peer() + " " + reason, Optional.empty());
        }
        Step.Cause known = cause == Step.Cause.CROSSED.ordinal() ? Step.Cause.CROSSED : Step.Cause.REFUSED;
        return new Step.Failed(known, peer() + " refuses: " + reason, Optional.empty());
    }
}
