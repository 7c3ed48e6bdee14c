package org.actium.security.api;

import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How a runtime comes to a certificate of the domain it joins. What is exchanged is for implementations only; it holds
 * no secret, and travels over a connection on which both sides have proved that they know the same join token.
 */
@ProviderType
public interface Enrolment {

    /** Where connections do not show who is there, and nobody needs a certificate. */
    Enrolment NONE = new NoEnrolment();

    /** As the one who joins: asks for a certificate, for a key that never leaves this runtime. */
    byte[] request();

    /**
     * As the one who admits: a certificate for the runtime that asks. May block, for up to half a minute, where the
     * authority of the domain is another runtime.
     *
     * @throws EnrolmentException if the request is not one, or there is no certificate to be had
     */
    byte[] grant(byte[] request, RuntimeId joiner) throws EnrolmentException;

    /**
     * As the one who joins: from now on this runtime is a member of that domain, and of no other.
     *
     * @param sponsor who admitted this runtime, and will renew its certificate
     * @throws EnrolmentException if it does not answer the last request
     */
    void accept(byte[] grant, RuntimeAddress sponsor) throws EnrolmentException;
}
