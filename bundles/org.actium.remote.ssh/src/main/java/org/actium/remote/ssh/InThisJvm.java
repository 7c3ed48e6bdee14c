package org.actium.remote.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.function.LongSupplier;
import org.actium.ssh.api.SshServer;
import org.actium.ssh.api.SshSession;
import org.actium.ssh.api.SshSessions;
import org.actium.ssh.api.SshStream;

/**
 * A client that another bundle offers. Each connection has a session of its own.
 *
 * @param name of the client that is wanted
 * @param installed all there are, also those that come later
 * @param nanos a clock, as {@link System#nanoTime}
 */
record InThisJvm(String name, Collection<SshSessions> installed, LongSupplier nanos) implements Passage.Opening {

    @Override
    public Passage open(Way way, Duration timeout) throws IOException {
        var deadline = new Deadline(timeout, nanos);
        SshSessions client = installed.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IOException(SshTransport.CLIENT + " is '" + name
                        + "', but no installed bundle offers that; install org.actium.ssh." + name + ", or say '"
                        + SshTransport.PROGRAM + "'"));
        SshSession session = client.open(SshServer.of(way.server()), timeout);
        try {
            return new SessionPassage(way, session, session.connect(way.host(), way.port(), deadline.left()));
        } catch (IOException | RuntimeException failed) {
            session.cut();
            throw failed;
        }
    }

    private record SessionPassage(Way way, SshSession session, SshStream stream) implements Passage {

        @Override
        public String name() {
            return "ssh-" + way.server();
        }

        @Override
        public InputStream input() {
            return stream.input();
        }

        @Override
        public OutputStream output() {
            return stream.output();
        }

        @Override
        public void finish() {
            session.close();
        }

        @Override
        public void cut() {
            session.cut();
        }

        @Override
        public String complaint() {
            cut();
            return "ssh had connected " + way.server() + " to " + way.target();
        }
    }
}
