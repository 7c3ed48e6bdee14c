package org.actium.security.domain;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.actium.runtime.api.RuntimeId;

/**
 * A certificate, and that whoever shows it has its key: for a link that is open already. As bytes: the certificate and a
 * signature with its key over the purpose, the identity of the one it is shown to and the certificate, each with its length
 * in two bytes. It comes over the link of the runtime that shows it, so that nobody else could pass it on.
 */
record CertificateProof(X509Certificate certificate) {

    private static final byte[] PURPOSE = "actium certificate shown to".getBytes(StandardCharsets.US_ASCII);

    static byte[] of(Credentials own, RuntimeId to) {
        byte[] certificate = Certificates.encoded(own.certificate());
        byte[] signature = Keys.sign(own.key(), signed(certificate, to));
        return ByteBuffer.allocate(4 + certificate.length + signature.length)
                .putShort((short) certificate.length)
                .put(certificate)
                .putShort((short) signature.length)
                .put(signature)
                .array();
    }

    private static byte[] signed(byte[] certificate, RuntimeId to) {
        return ByteBuffer.allocate(PURPOSE.length + 16 + certificate.length)
                .put(PURPOSE)
                .putLong(to.high())
                .putLong(to.low())
                .put(certificate)
                .array();
    }

    /**
     * Whether the certificate is one of the domain and valid, its reader has to see.
     *
     * @throws CertificateException if it does not show that its maker has the key, whatever it is
     */
    static CertificateProof read(ByteBuffer proof, RuntimeId self) throws CertificateException {
        try {
            byte[] encoded = part(proof);
            X509Certificate certificate = certificate(encoded);
            if (!Keys.verify(certificate.getPublicKey(), signed(encoded, self), part(proof))) {
                throw new CertificateException("it shows a certificate whose key it does not have");
            }
            return new CertificateProof(certificate);
        } catch (BufferUnderflowException garbage) {
            throw new CertificateException("it shows something that is no certificate", garbage);
        }
    }

    private static X509Certificate certificate(byte[] encoded) throws CertificateException {
        try {
            return Certificates.read(encoded);
        } catch (CertificateException garbage) {
            throw new CertificateException(
                    "it shows something that is no certificate: " + garbage.getMessage(), garbage);
        }
    }

    private static byte[] part(ByteBuffer proof) {
        int length = Short.toUnsignedInt(proof.getShort());
        if (length > proof.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] part = new byte[length];
        proof.get(part);
        return part;
    }
}
