package org.actium.security.domain;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.actium.runtime.api.RuntimeId;

/**
 * The two kinds of X.509 certificates of a domain (RFC 5280): that of its authority, which may certify members and
 * nothing else, and that of a member, which names a runtime in a subject alternative name
 * {@code actium:runtime:<32 hexadecimal digits>}.
 */
final class Certificates {

    private static final String RUNTIME = "actium:runtime:";
    /** The kind of a subject alternative name that is a URI. */
    private static final int URI_NAME = 6;

    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.identifier(1, 2, 840, 10045, 4, 3, 2));
    private static final byte[] COMMON_NAME = Der.identifier(2, 5, 4, 3);
    private static final byte[] KEY_USAGE = Der.identifier(2, 5, 29, 15);
    private static final byte[] ALTERNATIVE_NAME = Der.identifier(2, 5, 29, 17);
    private static final byte[] BASIC_CONSTRAINTS = Der.identifier(2, 5, 29, 19);

    private static final byte[] SIGNS_DATA = Der.bits(7, new byte[] {(byte) 0x80});
    private static final byte[] SIGNS_CERTIFICATES = Der.bits(2, new byte[] {0x04});

    private Certificates() {}

    /**
     * For whom and how long.
     *
     * @param serial positive, at most 20 bytes
     */
    record Term(BigInteger serial, Instant from, Instant until) {}

    static X509Certificate ofAuthority(String name, Term term, PublicKey key, PrivateKey signer) {
        return certificate(
                name,
                name,
                term,
                key,
                signer,
                extension(BASIC_CONSTRAINTS, Der.sequence(Der.yes(), Der.integer(BigInteger.ZERO))),
                extension(KEY_USAGE, SIGNS_CERTIFICATES));
    }

    static X509Certificate ofMember(String authority, RuntimeId member, Term term, PublicKey key, PrivateKey signer) {
        byte[] name = (RUNTIME + hex(member)).getBytes(StandardCharsets.US_ASCII);
        return certificate(
                authority,
                "runtime " + member,
                term,
                key,
                signer,
                extension(KEY_USAGE, SIGNS_DATA),
                extension(ALTERNATIVE_NAME, Der.sequence(Der.implicit(URI_NAME, name))));
    }

    private static X509Certificate certificate(
            String issuer, String subject, Term term, PublicKey key, PrivateKey signer, byte[]... extensions) {
        byte[] content = Der.sequence(
                Der.explicit(0, Der.integer(BigInteger.TWO)), // X.509 version 3
                Der.integer(term.serial),
                ECDSA_WITH_SHA256,
                commonName(issuer),
                Der.sequence(Der.time(term.from), Der.time(term.until)),
                commonName(subject),
                key.getEncoded(), // which is in this form already
                Der.explicit(3, Der.sequence(extensions)));
        byte[] signature = Der.bits(0, Keys.sign(signer, content));
        try {
            return read(Der.sequence(content, ECDSA_WITH_SHA256, signature));
        } catch (CertificateException impossible) {
            throw new IllegalStateException("the JDK does not read the certificate of " + subject, impossible);
        }
    }

    private static byte[] commonName(String name) {
        return Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.text(name))));
    }

    /** All are critical: who does not understand one must not accept the certificate. */
    private static byte[] extension(byte[] identifier, byte[] content) {
        return Der.sequence(identifier, Der.yes(), Der.octets(content));
    }

    static X509Certificate read(byte[] encoded) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }

    static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a certificate that was read cannot be written", impossible);
        }
    }

    /** The common name of whoever issued it, for messages. */
    static String issuer(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().getName().replaceFirst("^CN=", "");
    }

    /** Whose certificate it is; empty if it names no runtime. */
    static Optional<RuntimeId> member(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? Optional.empty()
                    : names.stream().flatMap(name -> runtime(name).stream()).findFirst();
        } catch (CertificateParsingException | IllegalArgumentException garbage) {
            return Optional.empty();
        }
    }

    private static Optional<RuntimeId> runtime(List<?> name) {
        if (!name.getFirst().equals(URI_NAME)) {
            return Optional.empty();
        }
        String uri = URI.create((String) name.get(1)).toString();
        if (!uri.startsWith(RUNTIME) || uri.length() != RUNTIME.length() + 32) {
            return Optional.empty();
        }
        return Optional.of(runtime(uri.substring(RUNTIME.length())));
    }

    /** @param digits 32 hexadecimal ones */
    static RuntimeId runtime(String digits) {
        return new RuntimeId(
                HexFormat.fromHexDigitsToLong(digits.substring(0, 16)),
                HexFormat.fromHexDigitsToLong(digits.substring(16)));
    }

    /** 32 digits. */
    static String hex(RuntimeId member) {
        return HexFormat.of().toHexDigits(member.high()) + HexFormat.of().toHexDigits(member.low());
    }
}
