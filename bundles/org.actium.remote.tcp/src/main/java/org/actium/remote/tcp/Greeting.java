package org.actium.remote.tcp;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.actium.remote.spi.PeerIdentity;
import org.actium.remote.spi.PeerRefusedException;
import org.actium.runtime.api.RuntimeId;
import org.actium.security.api.LinkSecurity;

/** What the two sides of a connection do before the first frame. */
sealed interface Greeting {

    /** Nothing. */
    record Bare() implements Greeting {}

    /**
     * TLS.
     *
     * @param engine makes one when the connection is there
     */
    record Secure(LinkSecurity.Tls tls, Supplier<SSLEngine> engine, Expected expected) implements Greeting {

        /** @throws IOException if the other side is not as expected */
        PeerIdentity identify(SSLEngine established) throws IOException {
            byte[] channel = LinkSecurity.Tls.channel(established);
            if (expected == Expected.STRANGER) {
                return new PeerIdentity.Stranger(channel);
            }
            try {
                Optional<RuntimeId> member = tls.member(established.getSession());
                if (member.isEmpty() && expected == Expected.MEMBER) {
                    throw new IOException("it shows no certificate");
                }
                return member.<PeerIdentity>map(id -> new PeerIdentity.Member(id, channel))
                        .orElseGet(() -> new PeerIdentity.Stranger(channel));
            } catch (CertificateException invalid) {
                throw new PeerRefusedException(invalid.getMessage(), invalid);
            }
        }
    }

    /** Who the other side may be. */
    enum Expected {
        /** A member of the domain. */
        MEMBER,
        /** Anybody: this side wants to join, and what the other shows is worth nothing yet. */
        STRANGER,
        /** A member, or somebody who wants to join. */
        EITHER
    }
}
