package org.actium.remote.core;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.actium.runtime.api.RuntimeAddress;

/** What a handshake wants done next. */
sealed interface Step {

    /** Send this and wait for the answer. */
    record Send(ByteBuffer frame) implements Step {}

    /** The dialler has proved itself: send {@link AcceptorHandshake#welcome} or {@link AcceptorHandshake#crossed}. */
    record Decide(Introduction introduction) implements Step {}

    /**
     * The dialler is welcome.
     *
     * @param domainKey key of the domain that was joined
     */
    record Welcome(Introduction introduction, Optional<byte[]> domainKey) implements Step {}

    /**
     * The dialler may join: have a certificate made, and send {@link AcceptorHandshake#welcome(byte[])}. It dials again
     * with that.
     *
     * @param request as {@link org.actium.security.api.Enrolment} understands it
     */
    record Enrol(Introduction introduction, byte[] request) implements Step {}

    /**
     * The dialler has joined, and must dial again as a member.
     *
     * @param domainKey key of the domain that was joined
     * @param grant as {@link org.actium.security.api.Enrolment} understands it
     */
    record Enrolled(RuntimeAddress sponsor, byte[] domainKey, byte[] grant) implements Step {}

    /**
     * It came to nothing; close the connection.
     *
     * @param tell what to send before that
     */
    record Failed(Cause cause, String reason, Optional<ByteBuffer> tell) implements Step {}

    /** What the one who dialled may conclude from a failure. */
    enum Cause {
        /** The other side, or this one, does not accept the credentials. */
        REFUSED,
        /** Somebody else answered. */
        ELSEWHERE,
        /** The connection broke before anything was decided. */
        LOST,
        /** Both sides dialled, and the other connection stays. */
        CROSSED,
        /** The dialler only wanted to know who answers, and does now. */
        INQUIRY,
        /** The dialler has become a member of the domain, and dials again. */
        ENROLLED
    }
}
