package org.actium.remote.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.Endpoint;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** What every transport must do. */
public abstract class TransportContract {

    protected static final Duration LONG_ENOUGH = Duration.ofSeconds(10);

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    protected final Recorder server = new Recorder();
    protected final Recorder client = new Recorder();
    protected Transport transport;
    protected Transport.Listener listener;

    protected abstract Transport transport();

    /** An endpoint at which nothing accepts. */
    protected abstract Endpoint deadEndpoint() throws IOException;

    @Before
    public void listen() throws IOException {
        transport = transport();
        listener = transport.listen(new Endpoint("127.0.0.1", 0), server::accepted);
    }

    @After
    public void closeEverything() {
        listener.close();
        server.connections.forEach(Connection::close);
        client.connections.forEach(Connection::close);
    }

    /** A handler that keeps what it hears. */
    protected static class Recorder implements ConnectionHandler {

        final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
        final BlockingQueue<Connection> connections = new LinkedBlockingQueue<>();
        final BlockingQueue<String> closings = new LinkedBlockingQueue<>();

        ConnectionHandler accepted(Connection connection) {
            connection.admit();
            connections.add(connection);
            return this;
        }

        @Override
        public void received(Connection connection, ByteBuffer frame) {
            byte[] bytes = new byte[frame.remaining()];
            frame.get(bytes);
            frames.add(bytes);
        }

        @Override
        public void closed(Connection connection, String reason) {
            closings.add(reason);
        }
    }

    protected Connection dial() throws IOException {
        return dial(client);
    }

    protected Connection dial(ConnectionHandler handler) throws IOException {
        Connection connection = transport.dial(listener.endpoint(), LONG_ENOUGH, handler);
        connection.admit();
        client.connections.add(connection);
        return connection;
    }

    private static ByteBuffer frame(int number) {
        return ByteBuffer.allocate(4).putInt(0, number);
    }

    private static int number(byte[] frame) {
        return ByteBuffer.wrap(frame).getInt();
    }

    @Test
    public void tellsTheRealPortWhereAnyFreeOneWasAskedFor() {
        assertThat(listener.endpoint().host()).isEqualTo("127.0.0.1");
        assertThat(listener.endpoint().port()).isPositive();
    }

    @Test
    public void carriesFramesOfAnyLengthBothWaysInOrder() throws Exception {
        Random random = new Random(1);
        List<byte[]> sent = new ArrayList<>();
        for (int length : new int[] {0, 1, 4, 1000, 65_531, 65_532, 65_533, 0, 70_000, 300_000, 5, 5_000_000, 3}) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            sent.add(bytes);
        }
        Connection dialled = dial();
        Connection accepted = server.connections.take();
        server.connections.add(accepted);
        for (byte[] bytes : sent) {
            int cut = bytes.length / 3;
            dialled.send(ByteBuffer.wrap(bytes, 0, cut), ByteBuffer.wrap(bytes, cut, bytes.length - cut));
            accepted.send(ByteBuffer.wrap(bytes));
        }
        for (byte[] bytes : sent) {
            assertThat(server.frames.take()).isEqualTo(bytes);
            assertThat(client.frames.take()).isEqualTo(bytes);
        }
    }

    @Test
    public void leavesTheSendersBuffersAsTheyWere() throws Exception {
        Connection connection = dial();
        for (int length : new int[] {10, 100_000}) {
            ByteBuffer head = ByteBuffer.allocate(8).position(2).limit(3);
            ByteBuffer body = ByteBuffer.allocate(length + 5).position(5).asReadOnlyBuffer();
            connection.send(head, body);
            assertThat(head.position()).isEqualTo(2);
            assertThat(head.limit()).isEqualTo(3);
            assertThat(body.position()).isEqualTo(5);
            assertThat(server.frames.take()).hasSize(length + 1);
        }
    }

    @Test
    public void keepsTheOrderOfEachOfManySenders() throws Exception {
        int senders = 16;
        int frames = 5_000;
        Connection connection = dial();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int s = 0; s < senders; s++) {
            int sender = s;
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    byte[] padding = new byte[sender == 3 ? 100_000 : 20];
                    for (int i = 0; i < (sender == 3 ? frames / 50 : frames); i++) {
                        connection.send(
                                ByteBuffer.allocate(8).putInt(0, sender).putInt(4, i), ByteBuffer.wrap(padding));
                    }
                } catch (IOException | RuntimeException unexpected) {
                    failure.set(unexpected);
                }
            }));
        }
        int[] next = new int[senders];
        for (int received = 0; received < (senders - 1) * frames + frames / 50; received++) {
            ByteBuffer frame = ByteBuffer.wrap(server.frames.take());
            int sender = frame.getInt();
            assertThat(frame.getInt()).as("next of sender %s", sender).isEqualTo(next[sender]++);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failure.get()).isNull();
    }

    @Test
    public void tellsBothSidesOnceThatOneClosed() throws Exception {
        Connection dialled = dial();
        dialled.send(frame(1));
        server.frames.take();

        dialled.close();
        dialled.close();

        assertThat(server.closings.take()).isEqualTo("closed by the other side");
        assertThat(client.closings.take()).isEqualTo("closed by this side");
        assertThat(server.closings.poll(50, TimeUnit.MILLISECONDS)).isNull();
        assertThat(client.closings).isEmpty();
        assertThatThrownBy(() -> dialled.send(frame(2)))
                .isInstanceOf(IOException.class)
                .hasMessage("the connection is closed: closed by this side");
    }

    @Test
    public void deliversWhatWasSentBeforeTheConnectionWasClosed() throws Exception {
        Connection dialled = dial();
        dialled.send(frame(1));
        dialled.send(frame(2));
        dialled.close();

        assertThat(number(server.frames.take())).isEqualTo(1);
        assertThat(number(server.frames.take())).isEqualTo(2);
        assertThat(server.closings.take()).isEqualTo("closed by the other side");
    }

    @Test
    public void anAcceptedConnectionCanBeClosedToo() throws Exception {
        dial();
        Connection accepted = server.connections.take();

        accepted.close();

        assertThat(server.closings.take()).isEqualTo("closed by this side");
        assertThat(client.closings.take()).isNotNull();
    }

    @Test
    public void connectionsSurviveTheEndOfListening() throws Exception {
        Connection dialled = dial();
        server.connections.take();

        listener.close();
        dialled.send(frame(7));

        assertThat(number(server.frames.take())).isEqualTo(7);
        assertThatThrownBy(() -> transport.dial(listener.endpoint(), LONG_ENOUGH, client))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(listener.endpoint().toString());
    }

    @Test
    public void closesWhatTheAcceptorRefuses() throws Exception {
        try (Transport.Listener refusing = transport.listen(new Endpoint("127.0.0.1", 0), connection -> {
            throw new IllegalStateException("full");
        })) {
            transport.dial(refusing.endpoint(), LONG_ENOUGH, client);
            assertThat(client.closings.take()).isNotNull();
        }
    }

    @Test
    public void closesTheConnectionWhoseHandlerThrows() throws Exception {
        closesTheConnectionWhoseHandlerThrows(new IllegalStateException("cannot handle this"));
    }

    @Test
    public void closesTheConnectionWhoseHandlerFailsBadly() throws Exception {
        closesTheConnectionWhoseHandlerThrows(new NoClassDefFoundError("cannot handle this"));
    }

    private void closesTheConnectionWhoseHandlerThrows(Throwable failure) throws Exception {
        Connection dialled = dial(new Recorder() {
            @Override
            public void received(Connection connection, ByteBuffer frame) {
                switch (failure) {
                    case RuntimeException exception -> throw exception;
                    case Error error -> throw error;
                    default -> throw new AssertionError(failure);
                }
            }

            @Override
            public void closed(Connection connection, String reason) {
                client.closed(connection, reason);
            }
        });
        server.connections.take().send(frame(1));

        assertThat(client.closings.take()).contains("cannot handle this");
        assertThat(server.closings.take()).isNotNull();
        assertThatThrownBy(() -> dialled.send(frame(2))).isInstanceOf(IOException.class);
    }

    @Test
    public void refusesToSendAnOversizedFrameAndStaysOpen() throws Exception {
        Connection connection = dial();
        ByteBuffer tooLong = ByteBuffer.allocate(Connection.MAX_FRAME_BYTES + 1);

        assertThatThrownBy(() -> connection.send(tooLong))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("67108865 bytes")
                .hasMessageContaining("67108864 are allowed");

        connection.send(frame(1));
        assertThat(number(server.frames.take())).isEqualTo(1);
    }

    @Test
    public void carriesTheLongestFrame() throws Exception {
        Connection connection = dial();
        connection.send(ByteBuffer.allocate(Connection.MAX_FRAME_BYTES).put(Connection.MAX_FRAME_BYTES - 1, (byte) 9));
        byte[] received = server.frames.take();
        assertThat(received).hasSize(Connection.MAX_FRAME_BYTES);
        assertThat(received[received.length - 1]).isEqualTo((byte) 9);
    }

    @Test
    public void aSenderWaitsForAReceiverThatDoesNotRead() throws Exception {
        SynchronousQueue<Integer> handed = new SynchronousQueue<>();
        CountDownLatch reading = new CountDownLatch(1);
        Connection sender = dial();
        Connection receiver = server.connections.take();
        server.connections.add(receiver);
        Recorder slow = new Recorder() {
            @Override
            public void received(Connection connection, ByteBuffer frame) {
                try {
                    reading.await();
                    handed.put(frame.getInt());
                } catch (InterruptedException stopped) {
                    throw new IllegalStateException(stopped);
                }
            }
        };
        try (Transport.Listener slowListener = transport.listen(new Endpoint("127.0.0.1", 0), slow::accepted)) {
            Connection toSlow = transport.dial(slowListener.endpoint(), LONG_ENOUGH, client);
            client.connections.add(toSlow);
            int frames = 2_000;
            AtomicInteger sent = new AtomicInteger();
            Thread flooding = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < frames; i++) {
                        toSlow.send(frame(i), ByteBuffer.allocate(50_000));
                        sent.incrementAndGet();
                    }
                } catch (IOException broken) {
                    sent.set(-1);
                }
            });
            awaitStandstill(sent);
            assertThat(sent.get()).as("frames sent before anything is read").isBetween(1, frames / 2);
            sender.send(frame(1)); // other connections are not held up
            assertThat(number(server.frames.take())).isEqualTo(1);

            reading.countDown();
            for (int i = 0; i < frames; i++) {
                assertThat(handed.take()).isEqualTo(i);
            }
            flooding.join();
            assertThat(sent.get()).isEqualTo(frames);
        }
    }

    @Test
    public void closingFreesASenderThatWaits() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Recorder stuck = new Recorder() {
            @Override
            public void received(Connection connection, ByteBuffer frame) {
                try {
                    never.await();
                } catch (InterruptedException stopped) {
                    throw new IllegalStateException(stopped);
                }
            }
        };
        try (Transport.Listener stuckListener = transport.listen(new Endpoint("127.0.0.1", 0), stuck::accepted)) {
            Connection toStuck = transport.dial(stuckListener.endpoint(), LONG_ENOUGH, client);
            AtomicInteger sent = new AtomicInteger();
            BlockingQueue<IOException> failures = new LinkedBlockingQueue<>();
            for (int size : new int[] {50_000, 500_000}) {
                Thread.ofVirtual().start(() -> {
                    try {
                        while (true) {
                            toStuck.send(ByteBuffer.allocate(size));
                            sent.incrementAndGet();
                        }
                    } catch (IOException expected) {
                        failures.add(expected);
                    }
                });
            }
            awaitStandstill(sent);

            toStuck.close();

            assertThat(failures.take()).hasMessageContaining("closed by this side");
            assertThat(failures.take()).hasMessageContaining("closed by this side");
            never.countDown();
        }
    }

    @Test
    public void anInterruptOfASenderHurtsNobodyElse() throws Exception {
        Connection connection = dial();
        Thread.currentThread().interrupt();
        connection.send(frame(1));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(number(server.frames.take())).isEqualTo(1);
        assertThat(client.closings).isEmpty();
    }

    @Test
    public void givesUpDiallingWhereNothingAccepts() throws Exception {
        Endpoint dead = deadEndpoint();
        assertThatThrownBy(() -> transport.dial(dead, Duration.ofMillis(200), client))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(dead.toString());
    }

    @Test
    public void namesTheEndpointThatCannotBeBound() {
        Endpoint taken = listener.endpoint();
        assertThatThrownBy(() -> transport.listen(taken, server::accepted))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen at " + taken);
    }

    /** Waits until the number has not changed for a while: the condition itself has no event to wait for. */
    private static void awaitStandstill(AtomicInteger number) throws InterruptedException {
        int[] last = new int[10];
        Arrays.fill(last, -1);
        for (int i = 0; Arrays.stream(last).distinct().count() > 1 || last[0] <= 0; i++) {
            last[i % last.length] = number.get();
            new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
        }
    }
}
