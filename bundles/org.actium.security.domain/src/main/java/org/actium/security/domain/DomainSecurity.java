package org.actium.security.domain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.Time;
import org.actium.security.api.DomainMembers;
import org.actium.security.api.Enrolment;
import org.actium.security.api.EnrolmentException;
import org.actium.security.api.LinkSecurity;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This runtime's place in a domain: {@code none → founder}, when it is first needed, or {@code → sponsored}, when it
 * joins; a founder that joins gives up its own domain. Renews its certificate after two thirds of its life.
 */
@Component(
        service = {LinkSecurity.class, Enrolment.class, DomainSecurity.class},
        immediate = true)
public final class DomainSecurity implements LinkSecurity, LinkSecurity.Tls, Enrolment, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DomainSecurity.class);

    private final RuntimeId self;
    private final String name;
    private final Time time;
    private final RandomGenerator random;
    private final DomainSettings settings;
    private final TlsEngines strangers = TlsEngines.ofStranger();
    private final ReentrantLock lock = new ReentrantLock();

    /** {@code null} until it is needed. Written under the lock. */
    private volatile Membership membership;

    /** For joining: the same until it is replaced, so that who asks again is known to be the same. */
    private KeyPair asked; // guarded by lock

    // guarded by lock
    private Registration renewal = () -> {};
    private boolean closed;

    /** Of the domain of a sponsored runtime; a founder's are with its authority. Written under the lock. */
    private volatile Expulsions heard = Expulsions.NONE;

    private final ShownCertificates shown = new ShownCertificates();
    private volatile Sponsors sponsors = Sponsors.NONE;
    private volatile Optional<Listener> listener = Optional.empty();

    @Activate
    public DomainSecurity(
            BundleContext bundle,
            @Reference ActiumRuntime runtime,
            @Reference Time time,
            @Reference(target = "(actium.port=system)") RandomGenerator random) {
        this(runtime, time, random, DomainSettings.of(bundle));
    }

    /** @throws UncheckedIOException if the settings name a directory in which there is no usable authority */
    public DomainSecurity(ActiumRuntime runtime, Time time, RandomGenerator random, DomainSettings settings) {
        this.self = runtime.id();
        this.name = runtime.name();
        this.time = Objects.requireNonNull(time, "time");
        this.random = Objects.requireNonNull(random, "random");
        this.settings = Objects.requireNonNull(settings, "settings");
        if (settings.insecure()) {
            LOG.warn(
                    "{}: links are neither encrypted nor authenticated, and loopback only, because {} is set; use it for"
                            + " experiments",
                    name,
                    DomainSettings.INSECURE);
        } else if (settings.directory().isPresent()) {
            membership(); // what is wrong with it should be known at once
        }
    }

    /** Asks other runtimes this way until the registration is closed. */
    Registration use(Sponsors line) {
        sponsors = line;
        return () -> sponsors = Sponsors.NONE;
    }

    /** Told of what the other ends of open links must know; called without a lock held, on any thread. */
    interface Listener {

        /** This runtime has another certificate. */
        void renewed();

        /** Others are members no longer. */
        void expelled(Expulsions newest);
    }

    /** Tells one listener, until the registration is closed. */
    Registration listen(Listener only) {
        listener = Optional.of(only);
        return () -> listener = Optional.empty();
    }

    @Override
    public Optional<Tls> tls() {
        return settings.insecure() ? Optional.empty() : Optional.of(this);
    }

    @Override
    public SSLEngine dialMember() {
        return membership().engines().dial();
    }

    @Override
    public SSLEngine dialStranger() {
        return strangers.dial();
    }

    @Override
    public SSLEngine accept() {
        return membership().engines().accept();
    }

    @Override
    public Optional<RuntimeId> member(SSLSession session) throws CertificateException {
        Certificate[] chain;
        try {
            chain = session.getPeerCertificates();
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
        return Optional.of(believe((X509Certificate) chain[0]));
    }

    /** Whose certificate it is, of which the other side has proved that it is its own. */
    private RuntimeId believe(X509Certificate certificate) throws CertificateException {
        membership().trust().check(certificate);
        RuntimeId member = Certificates.member(certificate).orElseThrow();
        shown.note(member, certificate, time.instant());
        return member;
    }

    /** What this runtime shows on a link that is open already. */
    byte[] proof(RuntimeId to) {
        return CertificateProof.of(credentials(), to);
    }

    /**
     * Takes note of what the other side of an open link shows.
     *
     * @throws CertificateException if it does not show that it is a member
     */
    void believe(RuntimeId peer, ByteBuffer proof) throws CertificateException {
        X509Certificate certificate = CertificateProof.read(proof, self).certificate();
        if (!Certificates.member(certificate).equals(Optional.of(peer))) {
            throw new CertificateException("it shows a certificate that is not its own");
        }
        believe(certificate);
    }

    /** Until when that runtime is a member, as far as it has shown; empty if it has shown nothing that is valid. */
    Optional<Instant> memberUntil(RuntimeId peer) {
        return shown.until(peer);
    }

    /** Who is a member no longer. */
    Expulsions expulsions() {
        Membership known = membership;
        return known == null
                ? Expulsions.NONE
                : known.authority().map(Authority::expulsions).orElse(heard);
    }

    /**
     * Takes a list that another member has passed on.
     *
     * @return whether it is newer than all before
     * @throws EnrolmentException if the authority has not signed it
     */
    boolean learn(byte[] encoded) throws EnrolmentException {
        Membership own = membership();
        Expulsions newest = Expulsions.read(encoded, own.trusted().getPublicKey());
        lock.lock();
        try {
            if (membership.authority().isPresent() || newest.number() <= heard.number()) {
                return false;
            }
            heard = newest;
        } finally {
            lock.unlock();
        }
        tellExpelled(newest);
        return true;
    }

    private void tellExpelled(Expulsions newest) {
        LOG.info(
                "{}: list {} of expelled members has {}",
                name,
                newest.number(),
                newest.members().keySet());
        listener.ifPresent(one -> one.expelled(newest));
    }

    /** See {@link DomainMembers#expel}. */
    public void expel(RuntimeId member) throws EnrolmentException {
        if (settings.insecure()) {
            throw new EnrolmentException("links without TLS show no member, so that nobody can be expelled");
        }
        Membership own = membership();
        if (own.authority().isPresent()) {
            expelForOthers(member);
        } else {
            learn(ask(own, asked -> sponsors.expel(asked, member)));
        }
    }

    /** The same, asked by another member: passed on to the authority, and not back to others. */
    Expulsions expelForOthers(RuntimeId member) throws EnrolmentException {
        Membership own = membership();
        if (own.authority().isEmpty()) {
            learn(sponsors.expel(own.sponsor().orElseThrow(), member));
            return heard;
        }
        if (member.equals(self)) {
            throw new EnrolmentException(
                    name + " (" + self + ") has the authority of the domain and cannot be expelled;"
                            + " to end the domain, stop it and delete its directory");
        }
        Expulsions newest = own.authority().get().expel(member, time.instant());
        if (settings.directory().isPresent()) {
            try {
                new AuthorityFiles(settings.directory().get()).store(newest);
            } catch (IOException full) {
                LOG.error("{}: who was expelled is forgotten when this runtime ends: {}", name, full.getMessage());
            }
        }
        tellExpelled(newest);
        return newest;
    }

    /** See {@link DomainMembers#expelled}. */
    public List<RuntimeId> expelled() {
        Instant now = time.instant();
        return expulsions().members().entrySet().stream()
                .filter(entry -> entry.getValue().until().isAfter(now))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A question to the authority. */
    @FunctionalInterface
    private interface Question {
        byte[] to(RuntimeAddress member) throws EnrolmentException;
    }

    /** Asks the sponsor, or else whoever is linked: a sponsor may have ended long ago. */
    private byte[] ask(Membership own, Question question) throws EnrolmentException {
        RuntimeAddress sponsor = own.sponsor().orElseThrow();
        EnrolmentException first;
        try {
            return question.to(sponsor);
        } catch (EnrolmentException failed) {
            first = failed;
        }
        for (RuntimeAddress other : sponsors.linked()) {
            if (!other.id().equals(sponsor.id())) {
                try {
                    return question.to(other);
                } catch (EnrolmentException failed) {
                    first.addSuppressed(failed);
                }
            }
        }
        throw first;
    }

    private Membership membership() {
        Membership known = membership;
        return known == null ? found() : known;
    }

    /** What this runtime shows of itself now. */
    Credentials credentials() {
        return membership().credentials();
    }

    /** Founds a domain, unless there is one by now. */
    private Membership found() {
        lock.lock();
        try {
            if (membership == null) {
                Instant now = time.instant();
                Authority authority = settings.directory().isPresent()
                        ? new AuthorityFiles(settings.directory().get()).load(now, settings.lifetime(), random)
                        : Authority.found(now, settings.lifetime(), random);
                LOG.info("{} is the authority of '{}'", name, Certificates.issuer(authority.certificate()));
                install(certified(authority));
            }
            return membership;
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable.getMessage(), unusable);
        } catch (EnrolmentException unkept) {
            throw new UncheckedIOException(unkept.getMessage(), new IOException(unkept));
        } finally {
            lock.unlock();
        }
    }

    private Membership certified(Authority authority) throws EnrolmentException {
        KeyPair keys = Keys.generate();
        X509Certificate certificate = authority.certifyFounder(self, keys.getPublic(), time.instant());
        return Membership.founded(authority, new Credentials(keys.getPrivate(), certificate), time);
    }

    /** With the lock held. */
    private void install(Membership newest) {
        membership = newest;
        Instant until = newest.credentials().certificate().getNotAfter().toInstant();
        renewLater(
                newest, Duration.between(time.instant(), until).multipliedBy(2).dividedBy(3));
    }

    /** With the lock held. */
    private void renewLater(Membership which, Duration delay) {
        renewal.close();
        if (!closed) {
            renewal = time.after(delay.isNegative() ? Duration.ZERO : delay, () -> renew(which));
        }
    }

    private void renew(Membership old) {
        try {
            Membership renewed =
                    old.authority().isPresent() ? certified(old.authority().get()) : renewedBySponsor(old);
            lock.lock();
            try {
                if (membership == old) {
                    install(renewed);
                    asked = null;
                }
            } finally {
                lock.unlock();
            }
            LOG.info(
                    "{} has renewed its certificate until {}",
                    name,
                    renewed.credentials().certificate().getNotAfter().toInstant());
            listener.ifPresent(Listener::renewed);
        } catch (EnrolmentException refused) {
            Instant until = old.credentials().certificate().getNotAfter().toInstant();
            LOG.warn(
                    "{} could not renew its certificate, which expires at {}; tries again: {}",
                    name,
                    until,
                    refused.getMessage());
            lock.lock();
            try {
                if (membership == old) {
                    renewLater(old, pause(until));
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Several times more before it expires, and then still. The life of a certificate is up to the authority. */
    private Duration pause(Instant until) {
        Duration left = Duration.between(time.instant(), until).dividedBy(5);
        Duration ordinary = settings.lifetime().dividedBy(20);
        return left.isNegative() || left.compareTo(ordinary) > 0 ? ordinary : left.plusMillis(100);
    }

    private Membership renewedBySponsor(Membership old) throws EnrolmentException {
        RuntimeAddress sponsor = old.sponsor().orElseThrow();
        KeyPair keys = Keys.generate();
        byte[] request = CertificateRequest.renewal(
                keys, self, old.credentials().certificate(), old.credentials().key());
        return sponsored(Grant.read(ask(old, asked -> sponsors.certify(asked, self, request))), keys, sponsor);
    }

    private Membership sponsored(Grant grant, KeyPair keys, RuntimeAddress sponsor) throws EnrolmentException {
        try {
            Trust.check(grant.member(), grant.authority(), time.instant());
        } catch (CertificateException invalid) {
            throw new EnrolmentException("the certificate from " + sponsor + ": " + invalid.getMessage(), invalid);
        }
        if (!grant.member().getPublicKey().equals(keys.getPublic())
                || !Certificates.member(grant.member()).equals(Optional.of(self))) {
            throw new EnrolmentException("the certificate from " + sponsor + " is for another runtime or key");
        }
        return Membership.sponsored(
                sponsor, grant.authority(), new Credentials(keys.getPrivate(), grant.member()), time, () -> heard);
    }

    @Override
    public byte[] request() {
        lock.lock();
        try {
            if (asked == null) {
                asked = Keys.generate();
            }
            return CertificateRequest.first(asked, self);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public byte[] grant(byte[] request, RuntimeId joiner) throws EnrolmentException {
        Membership own = membership();
        if (own.authority().isPresent()) {
            X509Certificate certificate = own.authority().get().certify(joiner, request, time.instant());
            return new Grant(certificate, own.trusted()).encoded();
        }
        return sponsors.certify(own.sponsor().orElseThrow(), joiner, request);
    }

    @Override
    public void accept(byte[] encoded, RuntimeAddress sponsor) throws EnrolmentException {
        Grant grant = Grant.read(encoded);
        lock.lock();
        try {
            if (asked == null) {
                throw new EnrolmentException("a certificate from " + sponsor + " that was not asked for");
            }
            Membership before = membership;
            install(sponsored(grant, asked, sponsor));
            if (before == null || !before.trusted().equals(grant.authority())) {
                heard = Expulsions.NONE; // that of another domain is worth nothing
            }
        } finally {
            lock.unlock();
        }
        LOG.info("{} is a member of '{}'", name, Certificates.issuer(grant.member()));
    }

    @Override
    @Deactivate
    public void close() {
        lock.lock();
        try {
            closed = true;
            renewal.close();
        } finally {
            lock.unlock();
        }
    }
}
