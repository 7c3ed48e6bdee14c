package org.actium.security.domain;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.actium.runtime.api.RuntimeId;
import org.actium.security.api.EnrolmentException;

/**
 * Certifies the members of a domain. Nobody gets a certificate for the identity of another: who has one can have it
 * renewed only with the key of the one before.
 */
final class Authority {

    /** Longer than any domain lives: whoever trusts a domain would have to be told of another authority. */
    private static final Duration LIFETIME = Duration.ofDays(3650);

    /** How far the clocks of two hosts may be apart: people are told an hour, which is then far from the edge. */
    static final Duration CLOCK_DIFFERENCE = Duration.ofHours(2);

    private static final int SERIAL_BYTES = 16;

    private final PrivateKey key;
    private final X509Certificate certificate;
    private final Duration lifetime;
    private final RandomGenerator random;
    private final ReentrantLock lock = new ReentrantLock();
    private final Identities identities;

    /** Written under the lock. */
    private volatile Expulsions expulsions;

    /**
     * @param lifetime of the certificates of members
     * @param identities who has certificates
     * @param expulsions the newest there are
     */
    Authority(
            PrivateKey key,
            X509Certificate certificate,
            Duration lifetime,
            RandomGenerator random,
            Identities identities,
            Expulsions expulsions) {
        this.identities = identities;
        this.expulsions = expulsions;
        this.key = key;
        this.certificate = certificate;
        this.lifetime = lifetime;
        this.random = random;
    }

    /** Makes the authority of a new domain. */
    static Authority found(Instant now, Duration lifetime, RandomGenerator random) {
        return found(now, lifetime, random, Identities.Journal.NONE);
    }

    /** The same, which keeps what has to be known after a restart. */
    static Authority found(Instant now, Duration lifetime, RandomGenerator random, Identities.Journal journal) {
        KeyPair pair = Keys.generate();
        Certificates.Term term = term(now, LIFETIME, random);
        String name = "Actium domain "
                + HexFormat.of().toHexDigits(term.serial().intValue()).substring(0, 8);
        return new Authority(
                pair.getPrivate(),
                Certificates.ofAuthority(name, term, pair.getPublic(), pair.getPrivate()),
                lifetime,
                random,
                new Identities(new HashMap<>(), journal),
                Expulsions.NONE);
    }

    private static Certificates.Term term(Instant now, Duration lifetime, RandomGenerator random) {
        byte[] serial = new byte[SERIAL_BYTES];
        random.nextBytes(serial);
        return new Certificates.Term(
                new BigInteger(1, serial).setBit(0), now.minus(CLOCK_DIFFERENCE), now.plus(lifetime));
    }

    X509Certificate certificate() {
        return certificate;
    }

    PrivateKey key() {
        return key;
    }

    /** A certificate for the runtime in which this authority is. */
    X509Certificate certifyFounder(RuntimeId founder, PublicKey publicKey, Instant now) throws EnrolmentException {
        identities.take(founder, publicKey, now.plus(lifetime));
        return issue(founder, publicKey, now);
    }

    /** @throws EnrolmentException if the request is not one, or is for the identity of another, or of one who was expelled */
    X509Certificate certify(RuntimeId member, byte[] encoded, Instant now) throws EnrolmentException {
        Optional<String> expelled = expulsions.obstacle(member);
        if (expelled.isPresent()) {
            throw new EnrolmentException(expelled.get());
        }
        CertificateRequest request = CertificateRequest.read(encoded, member);
        Optional<X509Certificate> previous = request.previous();
        if (previous.isPresent()) {
            requireValid(previous.get(), member, now);
            identities.take(member, request.key(), now.plus(lifetime));
        } else if (!identities.claim(member, request.key(), now.plus(lifetime), now)) {
            throw new EnrolmentException("runtime " + member
                    + " has a certificate already, and does not show it; a restarted runtime has another identity");
        }
        return issue(member, request.key(), now);
    }

    /** The newest list; the one there was before if that runtime is on it. */
    Expulsions expel(RuntimeId member, Instant now) throws EnrolmentException {
        lock.lock();
        try {
            if (expulsions.obstacle(member).isEmpty()) {
                // no certificate that was issued before now is valid for longer
                expulsions = expulsions.with(member, now, now.plus(lifetime).plus(CLOCK_DIFFERENCE), key);
            }
            return expulsions;
        } finally {
            lock.unlock();
        }
    }

    /** Who is no member any more. */
    Expulsions expulsions() {
        return expulsions;
    }

    private void requireValid(X509Certificate previous, RuntimeId member, Instant now) throws EnrolmentException {
        try {
            Trust.check(previous, certificate, now);
        } catch (java.security.cert.CertificateException invalid) {
            throw new EnrolmentException(
                    "the certificate to be renewed is not valid: " + invalid.getMessage(), invalid);
        }
        if (!Certificates.member(previous).equals(Optional.of(member))) {
            throw new EnrolmentException("the certificate to be renewed is not that of runtime " + member);
        }
    }

    private X509Certificate issue(RuntimeId member, PublicKey publicKey, Instant now) {
        return Certificates.ofMember(
                Certificates.issuer(certificate), member, term(now, lifetime, random), publicKey, key);
    }
}
