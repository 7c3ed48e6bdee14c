package org.actium.security.api;

import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.actium.runtime.api.RuntimeId;
import org.osgi.annotation.versioning.ProviderType;

/** How the connections of this runtime are protected: for transports. */
@ProviderType
public interface LinkSecurity {

    /** Connections that nothing protects. */
    LinkSecurity BARE = Optional::empty;

    /** Empty if nothing protects them, which somebody asked for: nothing but loopback may then be listened at. */
    Optional<Tls> tls();

    /**
     * TLS 1.3 with certificates of the domain. Any thread may call it; each engine is for one connection, and shows the
     * certificate that is the newest when it is made.
     */
    @ProviderType
    interface Tls {

        /** For dialling a runtime that must be a member of this runtime's domain. */
        SSLEngine dialMember();

        /**
         * For dialling a runtime whose domain this one wants to join: shows no certificate, and believes any. Whoever
         * uses it has to prove by other means that there is nobody in the middle.
         */
        SSLEngine dialStranger();

        /** For accepting a connection, from a member or from somebody who wants to join and shows no certificate. */
        SSLEngine accept();

        /**
         * Who the other side is; empty if it has shown no certificate.
         *
         * @throws CertificateException if its certificate is not valid in this domain now
         */
        Optional<RuntimeId> member(SSLSession session) throws CertificateException;

        /**
         * Secret bytes of a connection whose handshake is done, which both sides have and nobody else, whoever is in the middle.
         *
         * @throws SSLException if it does not carry a link of Actium
         */
        static byte[] channel(SSLEngine established) throws SSLException {
            if (established.getApplicationProtocol().isEmpty()) {
                throw new SSLException("it speaks TLS, but not for Actium");
            }
            ExtendedSSLSession session = (ExtendedSSLSession) established.getSession();
            return session.exportKeyingMaterialData("EXPORTER-actium-channel", null, 32);
        }
    }
}
