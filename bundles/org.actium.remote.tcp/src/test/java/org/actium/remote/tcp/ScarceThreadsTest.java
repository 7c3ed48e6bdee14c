package org.actium.remote.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.Endpoint;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** What is left when a thread could not be started: everything but what the thread was for. */
public class ScarceThreadsTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);
    private static final Endpoint ANY_PORT = new Endpoint("127.0.0.1", 0);

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    private final ScarceThreads threads = new ScarceThreads();
    private final Transport transport = new TcpTransport(threads);
    private final Transport others = new TcpTransport(new JvmThreads());
    private final TransportContract.Recorder server = new TransportContract.Recorder();
    private final TransportContract.Recorder client = new TransportContract.Recorder();
    private Transport.Listener listener;

    @Before
    public void listen() throws IOException {
        listener = transport.listen(ANY_PORT, server::accepted);
    }

    @After
    public void close() {
        listener.close();
        server.connections.forEach(Connection::close);
        client.connections.forEach(Connection::close);
    }

    private Connection dial(Transport by, Transport.Listener to, ConnectionHandler handler) throws IOException {
        Connection connection = by.dial(to.endpoint(), LONG_ENOUGH, handler);
        connection.admit();
        client.connections.add(connection);
        return connection;
    }

    @Test
    public void aConnectionThatNobodyCouldReadIsClosedAndTheNextOneAccepted() throws Exception {
        threads.refuseOne("tcp-reader-");
        try (Socket unread =
                new Socket(InetAddress.getLoopbackAddress(), listener.endpoint().port())) {
            assertThat(unread.getInputStream().read()).isEqualTo(-1);
        }

        dial(others, listener, client).send(ByteBuffer.wrap(new byte[] {7}));

        assertThat(server.frames.take()).containsExactly(7);
        assertThat(threads.haveRefused()).isTrue();
    }

    @Test
    public void whoCouldNotReadTheAnswerHasDialledInVainAndNothingStays() throws Exception {
        TransportContract.Recorder far = new TransportContract.Recorder();
        try (Transport.Listener there = others.listen(ANY_PORT, far::accepted)) {
            threads.refuseOne("tcp-reader-");

            assertThatThrownBy(() -> dial(transport, there, client))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no thread that reads what " + there.endpoint() + " sends");
            assertThat(far.closings.take()).isEqualTo("closed by the other side");

            dial(transport, there, client).send(ByteBuffer.wrap(new byte[] {7}));
            assertThat(far.frames.take()).containsExactly(7);
        }
    }

    @Test
    public void aListenerWithoutAThreadLeavesItsPortToOthers() throws Exception {
        listener.close();
        threads.refuseOne("tcp-listener-");
        Endpoint place = listener.endpoint();

        assertThatThrownBy(() -> transport.listen(place, server::accepted)).isInstanceOf(OutOfMemoryError.class);

        listener = transport.listen(place, server::accepted);
    }

    @Test
    public void aConnectionWhoseFollowerCouldNotBeStartedGetsAnotherOne() throws Exception {
        // the first reader is there by then
        assertThatAFrameIsReadWhileTheOneBeforeIsServed(() -> threads.refuseOne("tcp-reader-127"));
    }

    @Test
    public void aConnectionIsReadAlsoWhileNobodyCanWatchOverIt() throws Exception {
        assertThatAFrameIsReadWhileTheOneBeforeIsServed(() -> threads.refuseOne("tcp-reader-watch"));
    }

    /** The reader itself serves the first one, and is blocked until the second one is read. */
    private void assertThatAFrameIsReadWhileTheOneBeforeIsServed(Runnable beforeItIsServed) throws Exception {
        CountDownLatch serves = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        ConnectionHandler serving = new ConnectionHandler() {
            @Override
            public void received(Connection from, ByteBuffer frame) {
                if (frame.get() == 1) {
                    beforeItIsServed.run();
                    from.serve(this, () -> {
                        serves.countDown();
                        await(second);
                    });
                } else {
                    second.countDown();
                }
            }

            @Override
            public void closed(Connection connection, String reason) {}
        };
        try (Transport.Listener there = transport.listen(ANY_PORT, connection -> {
            connection.admit();
            return serving;
        })) {
            Connection connection = dial(others, there, client);
            connection.send(ByteBuffer.wrap(new byte[] {1}));
            serves.await();
            connection.send(ByteBuffer.wrap(new byte[] {2}));
            second.await();
            connection.close();
        }
        assertThat(threads.haveRefused()).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
