package org.actium.security.domain;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.actium.runtime.api.RuntimeId;

/** Until when others are members, by the certificates that they have shown, on whichever connection. */
final class ShownCertificates {

    private final Map<RuntimeId, Instant> until = new ConcurrentHashMap<>();

    /** @param certificate that was found valid, and whose key the other side has proved to have */
    void note(RuntimeId member, X509Certificate certificate, Instant now) {
        until.values().removeIf(expiry -> expiry.isBefore(now));
        until.merge(member, certificate.getNotAfter().toInstant(), (one, other) -> one.isAfter(other) ? one : other);
    }

    /** Empty if it has never shown one that is still valid. */
    Optional<Instant> until(RuntimeId member) {
        return Optional.ofNullable(until.get(member));
    }
}
