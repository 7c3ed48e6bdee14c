package org.actium.remote.tcp;

import java.security.cert.CertificateException;
import java.util.Optional;

/** Why a greeting failed, for people. */
final class Refusals {

    private Refusals() {}

    static String reason(Throwable failure) {
        return certificate(failure)
                .map(CertificateException::getMessage)
                .orElseGet(() -> String.valueOf(failure.getMessage()));
    }

    /** What was wrong with the certificate of the other side; empty if that was not the reason. */
    static Optional<CertificateException> certificate(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException certificate) {
                return Optional.of(certificate);
            }
        }
        return Optional.empty();
    }
}
