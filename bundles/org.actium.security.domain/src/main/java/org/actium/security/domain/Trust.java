package org.actium.security.domain;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Believes the members of one domain: what its authority has certified, is valid now, and was not expelled. */
final class Trust extends X509ExtendedTrustManager {

    private final X509Certificate authority;
    private final InstantSource clock;
    private final Supplier<Expulsions> expulsions;

    Trust(X509Certificate authority, InstantSource clock, Supplier<Expulsions> expulsions) {
        this.authority = authority;
        this.clock = clock;
        this.expulsions = expulsions;
    }

    void check(X509Certificate member) throws CertificateException {
        check(member, authority, clock.instant());
        Optional<String> expelled = Certificates.member(member).flatMap(expulsions.get()::obstacle);
        if (expelled.isPresent()) {
            throw new CertificateException(expelled.get());
        }
    }

    /** @throws CertificateException saying what is wrong with it, for people */
    static void check(X509Certificate member, X509Certificate authority, Instant now) throws CertificateException {
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
            parameters.setRevocationEnabled(false); // the domain has a list of its own: Expulsions
            parameters.setDate(Date.from(now));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(member)), parameters);
        } catch (GeneralSecurityException invalid) {
            throw new CertificateException(whatIsWrong(member, authority, now, invalid), invalid);
        }
        if (Certificates.member(member).isEmpty()) {
            throw new CertificateException("its certificate is not that of a runtime");
        }
    }

    private static String whatIsWrong(
            X509Certificate member, X509Certificate authority, Instant now, GeneralSecurityException invalid) {
        try {
            member.verify(authority.getPublicKey());
        } catch (GeneralSecurityException foreign) {
            return "its certificate is of another domain: it was issued by '" + Certificates.issuer(member)
                    + "', not by '" + Certificates.issuer(authority) + "'";
        }
        Instant from = member.getNotBefore().toInstant();
        Instant until = member.getNotAfter().toInstant();
        if (now.isAfter(until)) {
            return "its certificate expired at " + until + "; here it is " + now;
        }
        if (now.isBefore(from)) {
            return "its certificate is valid from " + from + "; here it is " + now + ", so one of the clocks is wrong";
        }
        return "its certificate is not valid: " + invalid.getMessage();
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        if (chain.length == 0) {
            throw new CertificateException("it shows no certificate");
        }
        check(chain[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[] {authority};
    }
}
