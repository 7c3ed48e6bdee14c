package org.actium.deployment.mina;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.actium.deployment.shell.api.Hop;
import org.actium.deployment.shell.api.ShellClient;
import org.actium.runtime.spi.Threads;
import org.actium.ssh.api.SshSession;
import org.actium.ssh.api.SshSessions;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * A client in this JVM in the place of the program {@code ssh}, for the first hop of a way: the hosts behind it are reached by
 * the programs of the hosts before them. One session for each command.
 */
@Component
public final class MinaClient implements ShellClient {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final SshSessions sessions;
    private final Threads threads;
    private final AtomicLong connections = new AtomicLong();

    @Activate
    public MinaClient(@Reference SshSessions sessions, @Reference Threads threads) {
        this.sessions = sessions;
        this.threads = threads;
    }

    @Override
    public String shell() {
        return "ssh";
    }

    @Override
    public String name() {
        return sessions.name();
    }

    @Override
    public Process start(Hop hop, List<String> command) throws IOException {
        Order order = Order.of(command);
        var connection = new Connection(connections.incrementAndGet());
        threads.start("ssh-" + connection.pid(), () -> connection.run(() -> opened(order), order.line()));
        return connection;
    }

    private SshSession opened(Order order) throws IOException {
        SshSession session = sessions.open(order.server(), LIMIT);
        order.forwarded()
                .ifPresent(port -> session.leadBack(port, order.target().orElseThrow()));
        return session;
    }
}
