package org.actium.security.domain;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509TrustManager;
import org.actium.runtime.api.RuntimeId;
import org.actium.security.api.LinkSecurity;

/** Shows the certificate of a member, and believes everybody. */
public final class CredulousMember implements LinkSecurity, LinkSecurity.Tls {

    /** Believes every certificate. */
    public static final X509TrustManager TRUST = TlsEngines.CREDULITY;

    private final TlsEngines engines;

    public CredulousMember(DomainSecurity member) {
        this.engines = TlsEngines.credulous(member.credentials());
    }

    /** A server socket that shows the certificate of that runtime and wants one of the other side. */
    public static SSLServerSocket serverSocket(DomainSecurity runtime) throws IOException {
        SSLServerSocket server = (SSLServerSocket) TlsEngines.credulous(runtime.credentials())
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        server.setNeedClientAuth(true);
        return server;
    }

    /** Without the handshake, which the first byte brings. */
    public SSLSocket socket(int port) throws IOException {
        SSLSocket socket = (SSLSocket) engines.context().getSocketFactory().createSocket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    @Override
    public Optional<Tls> tls() {
        return Optional.of(this);
    }

    @Override
    public SSLEngine dialMember() {
        return engines.dial();
    }

    @Override
    public SSLEngine dialStranger() {
        return engines.dial();
    }

    @Override
    public SSLEngine accept() {
        return engines.accept();
    }

    @Override
    public Optional<RuntimeId> member(SSLSession session) {
        return Optional.of(new RuntimeId(0, 0));
    }
}
