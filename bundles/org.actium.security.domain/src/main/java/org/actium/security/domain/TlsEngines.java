package org.actium.security.domain;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS as runtimes speak it: version 1.3, the protocol {@code actium/1}, no resumed sessions, since those would outlive
 * certificates.
 */
final class TlsEngines {

    private static final String[] VERSIONS = {"TLSv1.3"};
    private static final String[] PROTOCOLS = {"actium/1"};
    /** The fastest first: both sides prefer it, unless one of them lacks it. */
    private static final String[] SUITES = {
        "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"
    };

    /** Believes everybody: for connections on which a join token decides. */
    static final X509ExtendedTrustManager CREDULITY = new Credulity();

    private final SSLContext context;

    private TlsEngines(SSLContext context) {
        this.context = context;
    }

    static TlsEngines ofMember(Credentials credentials, Trust trust) {
        return new TlsEngines(context(Optional.of(credentials), trust));
    }

    /** Show nothing and believe everybody. */
    static TlsEngines ofStranger() {
        return new TlsEngines(context(Optional.empty(), CREDULITY));
    }

    /** For tests: shows a certificate and believes everybody. */
    static TlsEngines credulous(Credentials credentials) {
        return new TlsEngines(context(Optional.of(credentials), CREDULITY));
    }

    private static SSLContext context(Optional<Credentials> shown, TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(
                    shown.map(own -> new KeyManager[] {own}).orElse(new KeyManager[0]),
                    new TrustManager[] {trust},
                    null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the JDK lacks TLS 1.3", impossible);
        }
    }

    SSLContext context() {
        return context;
    }

    SSLEngine dial() {
        SSLEngine engine = context.createSSLEngine(); // without host and port, by which sessions would be resumed
        engine.setUseClientMode(true);
        engine.setSSLParameters(parameters(engine));
        return engine;
    }

    SSLEngine accept() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = parameters(engine);
        parameters.setWantClientAuth(true); // who shows none may join, and nothing else
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static SSLParameters parameters(SSLEngine engine) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(VERSIONS);
        parameters.setCipherSuites(SUITES);
        parameters.setApplicationProtocols(PROTOCOLS);
        return parameters;
    }

    private static final class Credulity extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
