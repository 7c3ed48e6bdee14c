package org.actium.security.domain;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.actium.runtime.api.RuntimeAddress;

/**
 * This runtime as a member of a domain. Immutable: a renewed certificate makes another one, and connections keep that
 * with which they began.
 */
final class Membership {

    private final Credentials credentials;
    private final Optional<Authority> authority;
    private final Optional<RuntimeAddress> sponsor;
    private final X509Certificate trusted;
    private final Trust trust;
    private final TlsEngines engines;

    private Membership(
            Credentials credentials,
            Optional<Authority> authority,
            Optional<RuntimeAddress> sponsor,
            X509Certificate trusted,
            InstantSource clock,
            Supplier<Expulsions> expulsions) {
        this.credentials = credentials;
        this.authority = authority;
        this.sponsor = sponsor;
        this.trusted = trusted;
        this.trust = new Trust(trusted, clock, expulsions);
        this.engines = TlsEngines.ofMember(credentials, trust);
    }

    static Membership founded(Authority authority, Credentials credentials, InstantSource clock) {
        return new Membership(
                credentials,
                Optional.of(authority),
                Optional.empty(),
                authority.certificate(),
                clock,
                authority::expulsions);
    }

    static Membership sponsored(
            RuntimeAddress sponsor,
            X509Certificate authority,
            Credentials credentials,
            InstantSource clock,
            Supplier<Expulsions> expulsions) {
        return new Membership(credentials, Optional.empty(), Optional.of(sponsor), authority, clock, expulsions);
    }

    Credentials credentials() {
        return credentials;
    }

    /** The authority of the domain, if it is in this runtime. */
    Optional<Authority> authority() {
        return authority;
    }

    /** Whom to ask for certificates, if the authority is elsewhere. */
    Optional<RuntimeAddress> sponsor() {
        return sponsor;
    }

    /** The certificate of the authority. */
    X509Certificate trusted() {
        return trusted;
    }

    Trust trust() {
        return trust;
    }

    TlsEngines engines() {
        return engines;
    }
}
