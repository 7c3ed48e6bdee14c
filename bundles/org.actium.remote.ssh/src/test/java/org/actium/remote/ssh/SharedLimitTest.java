package org.actium.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.core.LocalRuntime;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.actium.runtime.spi.Threads;
import org.actium.security.domain.DomainSecurity;
import org.actium.security.domain.DomainSettings;
import org.actium.ssh.api.SshServer;
import org.actium.ssh.api.SshSession;
import org.actium.ssh.api.SshSessions;
import org.actium.ssh.api.SshStream;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** A server that takes its time with each step; the clock is the test's. */
public class SharedLimitTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final List<String> steps = new CopyOnWriteArrayList<>(); // a tunnel ends on its own thread
    private final SystemThreads threads = new SystemThreads();
    private final SystemTime time = new SystemTime(threads);
    private Duration toOpen = Duration.ofSeconds(3);
    private Duration toConnect = Duration.ofSeconds(4);
    private Duration now = Duration.ZERO;
    private Optional<RuntimeException> unexpected = Optional.empty();
    private DomainSecurity security;
    private Passage.Opening client;
    private SshTransport transport;

    private final class SlowClient implements SshSessions {
        @Override
        public String name() {
            return "slow";
        }

        @Override
        public SshSession open(SshServer server, Duration timeout) {
            steps.add("open within " + timeout);
            now = now.plus(toOpen);
            return new SlowSession();
        }
    }

    private final class SlowSession implements SshSession {
        @Override
        public SshStream connect(String host, int port, Duration timeout) {
            steps.add("connect within " + timeout);
            now = now.plus(toConnect);
            return new SshStream(InputStream.nullInputStream(), OutputStream.nullOutputStream());
        }

        @Override
        public OptionalInt execute(String line, InputStream input, OutputStream output) {
            throw new UnsupportedOperationException(line);
        }

        @Override
        public void leadBack(int port, Endpoint here) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void cut() {
            if (!steps.contains("cut")) {
                steps.add("cut");
            }
        }
    }

    private final class NotedTcp implements Transport {
        @Override
        public String name() {
            return "tcp";
        }

        @Override
        public Listener listen(Endpoint endpoint, Acceptor acceptor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Connection dial(Endpoint endpoint, Duration timeout, ConnectionHandler handler) throws IOException {
            steps.add("dial within " + timeout);
            if (unexpected.isPresent()) {
                throw unexpected.get();
            }
            throw new IOException("nobody is there");
        }
    }

    private static final class NoFrames implements ConnectionHandler {
        @Override
        public void received(Connection connection, ByteBuffer frame) {}

        @Override
        public void closed(Connection connection, String reason) {}
    }

    @Before
    public void begin() {
        var random = new Random(4);
        security = new DomainSecurity(new LocalRuntime("here", random), time, random, DomainSettings.DEFAULT);
        client = new InThisJvm("slow", List.of(new SlowClient()), () -> now.toNanos());
        transport = new SshTransport(new NotedTcp(), threads, security, client, "", () -> now.toNanos());
    }

    @After
    public void end() {
        security.close();
        time.close();
    }

    private void dial() throws IOException {
        transport.dial(new Endpoint("ssh", "login", 4711), LIMIT, new NoFrames());
    }

    @Test
    public void eachStepGetsWhatTheOnesBeforeHaveLeft() {
        assertThatThrownBy(this::dial).isInstanceOf(IOException.class).hasMessageContaining("nobody is there");
        assertThat(steps).startsWith("open within PT10S", "connect within PT7S", "dial within PT3S");
    }

    @Test
    public void aPassageInWhichSomethingUnexpectedHappensIsCut() {
        unexpected = Optional.of(new IllegalStateException("on purpose"));
        assertThatThrownBy(this::dial).isInstanceOf(IllegalStateException.class).hasMessage("on purpose");
        assertThat(steps).contains("cut");
    }

    @Test
    public void aPassageForWhichThereIsNoThreadIsCut() {
        var none = new Threads() {
            @Override
            public void run(Runnable task) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Thread start(String name, Runnable task) {
                throw new UnsupportedOperationException(name);
            }

            @Override
            public Thread startReader(String name, Runnable task) {
                throw new OutOfMemoryError("unable to create native thread, says the test");
            }
        };
        transport = new SshTransport(new NotedTcp(), none, security, client, "", () -> now.toNanos());

        assertThatThrownBy(this::dial).isInstanceOf(IOException.class).hasMessageContaining("there is no thread");
        assertThat(steps).contains("cut");
    }

    @Test
    public void nothingIsBegunWhenNothingIsLeft() {
        toOpen = LIMIT;
        assertThatThrownBy(this::dial)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the way through ssh was not there within 10000 ms");
        assertThat(steps).containsExactly("open within PT10S", "cut");
    }

    @Test
    public void aPassageThatComesTooLateIsCut() {
        toConnect = LIMIT;
        assertThatThrownBy(this::dial)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the way through ssh was not there within 10000 ms");
        assertThat(steps).contains("cut").noneMatch(step -> step.startsWith("dial"));
    }
}
