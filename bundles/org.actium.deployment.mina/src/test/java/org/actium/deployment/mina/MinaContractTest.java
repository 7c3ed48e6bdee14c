package org.actium.deployment.mina;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.actium.deployment.shell.api.RemoteShell;
import org.actium.deployment.shell.api.ShellClient;
import org.actium.deployment.shell.testkit.RemoteShellContract;
import org.actium.deployment.shell.testkit.ShellBench;
import org.actium.deployment.spi.ElementReader;
import org.actium.deployment.ssh.SshElements;
import org.actium.deployment.ssh.SshShell;
import org.actium.runtime.core.SystemThreads;
import org.actium.ssh.mina.MinaSessions;
import org.junit.After;

/** What holds for ssh holds with this client, too; the hosts behind the first are reached by a program. */
public class MinaContractTest extends RemoteShellContract {

    private Optional<Server> server = Optional.empty();
    private Optional<MinaSessions> sessions = Optional.empty();
    private Optional<MinaClient> client = Optional.empty();

    @After
    public void stop() throws IOException {
        sessions.ifPresent(MinaSessions::close);
        if (server.isPresent()) {
            server.get().close();
        }
    }

    @Override
    protected RemoteShell shell() {
        return new SshShell();
    }

    @Override
    protected ElementReader reader() {
        return new SshElements();
    }

    @Override
    protected String listClass() {
        return "SSHProcessList";
    }

    @Override
    protected boolean forwards() {
        return true;
    }

    @Override
    protected Optional<ShellClient> client(ShellBench on) throws IOException {
        if (server.isEmpty()) {
            var sshd = new Server(folder.newFolder("sshd").toPath(), on::run);
            server = Optional.of(sshd);
            var opened = new MinaSessions(sshd.configuration(), List.of(sshd.knownHosts()), Optional.empty());
            sessions = Optional.of(opened);
            client = Optional.of(new MinaClient(opened, new SystemThreads()));
        }
        return Optional.of(client.get());
    }

    /** Of the hosts behind the first. */
    @Override
    protected String script() {
        return """
                #!/bin/sh
                for last in "$@"; do :; done
                exec sh -c "$last"
                """;
    }
}
