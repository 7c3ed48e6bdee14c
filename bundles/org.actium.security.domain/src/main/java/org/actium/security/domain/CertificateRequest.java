package org.actium.security.domain;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.actium.runtime.api.RuntimeId;
import org.actium.security.api.EnrolmentException;

/**
 * A request for a certificate. As bytes: the version in one byte, then, each with its length in two bytes, the public
 * key, the certificate to be renewed (empty at first), a signature with the new key and one with the renewed
 * certificate's (empty at first). Both signatures are over the identity of the runtime and what precedes them.
 *
 * @param previous the certificate that is to be renewed, whose key has signed the request
 */
record CertificateRequest(PublicKey key, Optional<X509Certificate> previous) {

    private static final byte VERSION = 1;
    private static final int MAX_PART = 4 << 10;
    private static final byte[] PURPOSE = "actium certificate request".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = {};

    /** For a runtime without a certificate. */
    static byte[] first(KeyPair keys, RuntimeId member) {
        byte[] content = content(keys.getPublic(), NOTHING);
        return with(content, Keys.sign(keys.getPrivate(), signed(content, member)), NOTHING);
    }

    static byte[] renewal(KeyPair keys, RuntimeId member, X509Certificate previous, PrivateKey previousKey) {
        byte[] content = content(keys.getPublic(), Certificates.encoded(previous));
        byte[] signed = signed(content, member);
        return with(content, Keys.sign(keys.getPrivate(), signed), Keys.sign(previousKey, signed));
    }

    private static byte[] content(PublicKey key, byte[] previous) {
        byte[] encoded = key.getEncoded();
        ByteBuffer content = ByteBuffer.allocate(5 + encoded.length + previous.length);
        content.put(VERSION);
        put(encoded, content);
        put(previous, content);
        return content.array();
    }

    private static byte[] with(byte[] content, byte[] signature, byte[] previousSignature) {
        ByteBuffer all = ByteBuffer.allocate(content.length + 4 + signature.length + previousSignature.length);
        all.put(content);
        put(signature, all);
        put(previousSignature, all);
        return all.array();
    }

    private static void put(byte[] part, ByteBuffer target) {
        target.putShort((short) part.length).put(part);
    }

    private static byte[] signed(byte[] content, RuntimeId member) {
        return ByteBuffer.allocate(PURPOSE.length + 16 + content.length)
                .put(PURPOSE)
                .putLong(member.high())
                .putLong(member.low())
                .put(content)
                .array();
    }

    /** @throws EnrolmentException if it is not a request of that runtime, whatever it is */
    static CertificateRequest read(byte[] encoded, RuntimeId member) throws EnrolmentException {
        try {
            ByteBuffer request = ByteBuffer.wrap(encoded);
            byte version = request.get();
            if (version != VERSION) {
                throw new EnrolmentException(
                        "a request of version " + version + "; this runtime reads version " + VERSION);
            }
            PublicKey key = Keys.publicKey(part(request));
            byte[] previous = part(request);
            byte[] signed = new byte[request.position()];
            request.get(0, signed);
            signed = signed(signed, member);
            if (!Keys.verify(key, signed, part(request))) {
                throw new EnrolmentException("a request that was not signed with its own key");
            }
            byte[] previousSignature = part(request);
            if (request.hasRemaining()) {
                throw new EnrolmentException("a request with something behind its end");
            }
            if (previous.length == 0) {
                return new CertificateRequest(key, Optional.empty());
            }
            X509Certificate renewed = Certificates.read(previous);
            if (!Keys.verify(renewed.getPublicKey(), signed, previousSignature)) {
                throw new EnrolmentException(
                        "a request that was not signed with the key of the certificate to be renewed");
            }
            return new CertificateRequest(key, Optional.of(renewed));
        } catch (BufferUnderflowException | IllegalArgumentException | CertificateException garbage) {
            throw new EnrolmentException("a request that makes no sense", garbage);
        }
    }

    private static byte[] part(ByteBuffer request) {
        int length = Short.toUnsignedInt(request.getShort());
        if (length > Math.min(MAX_PART, request.remaining())) {
            throw new BufferUnderflowException();
        }
        byte[] part = new byte[length];
        request.get(part);
        return part;
    }
}
