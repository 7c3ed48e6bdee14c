package org.actium.security.domain;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.actium.security.api.EnrolmentException;

/**
 * The answer to a {@link CertificateRequest}. As bytes: the version in one byte, then both certificates, each with its
 * length in two bytes.
 */
record Grant(X509Certificate member, X509Certificate authority) {

    private static final byte VERSION = 1;

    byte[] encoded() {
        byte[] first = Certificates.encoded(member);
        byte[] second = Certificates.encoded(authority);
        return ByteBuffer.allocate(5 + first.length + second.length)
                .put(VERSION)
                .putShort((short) first.length)
                .put(first)
                .putShort((short) second.length)
                .put(second)
                .array();
    }

    /** @throws EnrolmentException if it is not a grant, whatever it is */
    static Grant read(byte[] encoded) throws EnrolmentException {
        try {
            ByteBuffer grant = ByteBuffer.wrap(encoded);
            byte version = grant.get();
            if (version != VERSION) {
                throw new EnrolmentException(
                        "a grant of version " + version + "; this runtime reads version " + VERSION);
            }
            return new Grant(certificate(grant), certificate(grant));
        } catch (BufferUnderflowException | CertificateException garbage) {
            throw new EnrolmentException("a grant that makes no sense", garbage);
        }
    }

    private static X509Certificate certificate(ByteBuffer grant) throws CertificateException {
        int length = Short.toUnsignedInt(grant.getShort());
        if (length > grant.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] certificate = new byte[length];
        grant.get(certificate);
        return Certificates.read(certificate);
    }
}
