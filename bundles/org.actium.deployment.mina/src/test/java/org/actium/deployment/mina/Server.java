package org.actium.deployment.mina;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import org.actium.deployment.shell.api.ProcessStarter;
import org.actium.ssh.mina.JdkEdDsa;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;

/** An sshd of this JVM, with keys that {@code ssh-keygen} has made; commands are run on this host. */
final class Server implements AutoCloseable {

    private final Path directory;
    private final SshServer server;
    private final ProcessStarter host;

    Server(Path directory, ProcessStarter host) throws IOException {
        JdkEdDsa.register(); // a server knows the signatures that there are when it is made
        this.server = SshServer.setUpDefaultServer();
        this.directory = directory;
        this.host = host;
        key("user");
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(new FileKeyPairProvider(key("host")));
        server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
        PublicKey known = publicKey();
        server.setPublickeyAuthenticator(
                (user, key, session) -> user.equals("ann") && KeyUtils.compareKeys(key, known));
        server.setCommandFactory((channel, line) -> new OnThisHost(line));
        server.start();
        Files.writeString(knownHosts(), "[127.0.0.1]:" + server.getPort() + " " + Files.readString(file("host.pub")));
        Files.writeString(configuration(), entry("refuses", "bob") + entry("*", "ann"));
    }

    private String entry(String pattern, String user) {
        return "Host %s\n  HostName 127.0.0.1\n  Port %d\n  User %s\n  IdentityFile %s\n"
                .formatted(pattern, server.getPort(), user, file("user"));
    }

    private PublicKey publicKey() throws IOException {
        try {
            return AuthorizedKeyEntry.parseAuthorizedKeyEntry(Files.readString(file("user.pub")))
                    .resolvePublicKey(null, null);
        } catch (GeneralSecurityException unknownKind) {
            throw new IOException(unknownKind);
        }
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

    Path file(String name) {
        return directory.resolve(name);
    }

    /** A pair of keys in the form of OpenSSH. */
    private Path key(String name) throws IOException {
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
        try {
            if (keygen.waitFor() != 0) {
                throw new IOException("ssh-keygen ended with " + keygen.exitValue());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
        return file(name);
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }

    /** A line for the login shell. */
    private final class OnThisHost implements Command {

        private final String line;
        private InputStream in;
        private OutputStream out;
        private ExitCallback callback;
        private Optional<Process> process = Optional.empty();

        OnThisHost(String line) {
            this.line = line;
        }

        @Override
        public void setInputStream(InputStream stream) {
            in = stream;
        }

        @Override
        public void setOutputStream(OutputStream stream) {
            out = stream;
        }

        @Override
        public void setErrorStream(OutputStream stream) {
            // one stream of the process is both
        }

        @Override
        public void setExitCallback(ExitCallback exit) {
            callback = exit;
        }

        @Override
        public void start(ChannelSession channel, Environment environment) throws IOException {
            Process shell = host.start(List.of("sh", "-c", line));
            process = Optional.of(shell);
            Thread.ofPlatform().daemon().start(() -> copy(in, shell.getOutputStream()));
            Thread.ofPlatform().daemon().start(() -> {
                copyOutput(shell);
                try {
                    callback.onExit(shell.waitFor());
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        private void copyOutput(Process shell) {
            copy(shell.getInputStream(), out);
        }

        private static void copy(InputStream from, OutputStream to) {
            try (to) {
                byte[] buffer = new byte[8192];
                for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                    to.write(buffer, 0, read);
                    to.flush();
                }
            } catch (IOException gone) {
                // the other side has ended, and says why itself
            }
        }

        @Override
        public void destroy(ChannelSession channel) {
            process.ifPresent(shell -> {
                try {
                    shell.getOutputStream().close();
                } catch (IOException gone) {
                    shell.destroy();
                }
            });
        }
    }
}
