package org.actium.security.domain;

import org.actium.runtime.api.RuntimeId;

/** What each member does for others of its domain, over its links. */
interface Certification {

    /** Answers a {@link CertificateRequest} with a {@link Grant}, or throws an exception that says why not. */
    byte[] certify(RuntimeId member, byte[] request);

    /** Expels that runtime and answers with the {@link Expulsions} that say so, or throws an exception that says why not. */
    byte[] expel(RuntimeId member);
}
