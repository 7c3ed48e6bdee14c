package org.actium.remote.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.actium.remote.api.Channel;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkClosedException;
import org.actium.remote.api.Links;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.core.LocalRuntime;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;
import org.actium.security.domain.DomainSecurity;
import org.actium.security.domain.DomainSettings;
import org.junit.Test;

/** A connection through a relay that does not come about leaves nothing behind, whatever has failed. */
public class FailedDialTest {

    private static final RuntimeAddress SELF = new RuntimeAddress(new RuntimeId(1, 1), "here", List.of());
    private static final RuntimeAddress MIDDLE = new RuntimeAddress(new RuntimeId(2, 2), "middle", List.of());
    private static final Endpoint HIDDEN = Endpoint.parse("relay@" + "0123456789abcdef".repeat(2) + ".10.0.0.1:1");

    private final List<Runnable> tasks = new ArrayList<>();
    private final List<Runnable> timers = new ArrayList<>();
    private RuntimeException failure = new IllegalStateException("no test has begun");

    private final class FailingLink implements Link {

        @Override
        public RuntimeAddress peer() {
            return MIDDLE;
        }

        @Override
        public void send(Channel channel, ByteBuffer frame) {
            throw failure;
        }

        @Override
        public boolean isOpen() {
            return false;
        }

        @Override
        public void close(String reason) {
            throw new UnsupportedOperationException(reason);
        }
    }

    private final class NotedThreads implements Threads {

        @Override
        public void run(Runnable task) {
            tasks.add(task);
        }

        @Override
        public Thread start(String name, Runnable task) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        public Thread startReader(String name, Runnable task) {
            throw new UnsupportedOperationException(name);
        }
    }

    private final class NotedTimers implements Time {

        @Override
        public Instant instant() {
            return Instant.EPOCH;
        }

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public Registration after(Duration delay, Runnable task) {
            timers.add(task);
            return () -> timers.remove(task);
        }
    }

    private Links links() {
        return (Links) Proxy.newProxyInstance(
                Links.class.getClassLoader(),
                new Class<?>[] {Links.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "self" -> SELF;
                    case "resolve" -> MIDDLE;
                    case "to" -> new FailingLink();
                    case "handle", "listen" -> (Registration) () -> {};
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }

    /** Closing the transport ends what there is, each with a task. */
    private void assertThatNothingStays(RuntimeException thrown, Class<? extends Exception> expected) {
        var random = new Random(3);
        var time = new NotedTimers();
        var security = new DomainSecurity(
                new LocalRuntime("here", random),
                time,
                random,
                new DomainSettings(true, Optional.empty(), Duration.ofDays(1)));
        var relay = new RelayTransport(links(), time, new NotedThreads(), security, 4);
        timers.clear(); // those of the certificate
        failure = thrown;

        assertThatThrownBy(() -> relay.dial(HIDDEN, Duration.ofSeconds(1), new ConnectionHandler() {
                    @Override
                    public void received(Connection connection, ByteBuffer frame) {}

                    @Override
                    public void closed(Connection connection, String reason) {}
                }))
                .isInstanceOf(expected)
                .hasMessageContaining("on purpose");

        assertThat(timers).isEmpty();
        tasks.clear();
        relay.close();
        assertThat(tasks).isEmpty();
    }

    @Test
    public void whenTheLinkToTheRelayIsClosedMeanwhile() {
        assertThatNothingStays(new LinkClosedException("closed on purpose"), IOException.class);
    }

    @Test
    public void whenSomethingUnexpectedHappens() {
        assertThatNothingStays(new IllegalStateException("on purpose"), IllegalStateException.class);
    }
}
