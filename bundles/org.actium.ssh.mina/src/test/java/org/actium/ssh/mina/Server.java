package org.actium.ssh.mina;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;

/** An sshd of this JVM that connects to wherever it is asked to, for one user with one key. */
final class Server implements AutoCloseable {

    private final Path directory;
    private final SshServer server;

    Server(Path directory) throws Exception {
        JdkEdDsa.register(); // a server knows the signatures that there are when it is made
        this.directory = directory;
        this.server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(new FileKeyPairProvider(key("host")));
        server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
        key("user");
        PublicKey known = publicKey();
        server.setPublickeyAuthenticator((user, key, session) -> KeyUtils.compareKeys(key, known));
        server.start();
        Files.writeString(knownHosts(), "[127.0.0.1]:" + server.getPort() + " " + Files.readString(file("host.pub")));
        configure(server.getPort(), file("user"));
    }

    private PublicKey publicKey() throws IOException, GeneralSecurityException {
        return AuthorizedKeyEntry.parseAuthorizedKeyEntry(Files.readString(file("user.pub")))
                .resolvePublicKey(null, null);
    }

    void configure(int port, Path key) throws IOException {
        Files.writeString(
                configuration(),
                "Host login\n  HostName 127.0.0.1\n  Port " + port
                        + "\n  User ann\n  IdentitiesOnly yes\n  IdentityFile " + key + "\n");
    }

    /** A pair of keys in the form of OpenSSH. */
    Path key(String name) throws IOException, InterruptedException {
        Process keygen = new ProcessBuilder(
                        "ssh-keygen",
                        "-q",
                        "-t",
                        "ed25519",
                        "-N",
                        "",
                        "-f",
                        file(name).toString())
                .inheritIO()
                .start();
        if (keygen.waitFor() != 0) {
            throw new IOException("ssh-keygen ended with " + keygen.exitValue());
        }
        return file(name);
    }

    int port() {
        return server.getPort();
    }

    Path configuration() {
        return file("config");
    }

    Path knownHosts() {
        return file("known_hosts");
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
