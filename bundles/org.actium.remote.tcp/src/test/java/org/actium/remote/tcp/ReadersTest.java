package org.actium.remote.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
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

public class ReadersTest {

    private static final byte ECHO = 1;
    private static final byte BLOCK = 2;
    private static final byte FAIL = 3;
    private static final byte ERRAND = 4;

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    private final TcpTransport transport = new TcpTransport(new JvmThreads());
    private final CountDownLatch release = new CountDownLatch(1);
    private final Server server = new Server();
    private final Client client = new Client();
    private Transport.Listener listener;
    private Connection connection;

    /** Has each frame served, in the way that its first byte says. */
    private final class Server implements ConnectionHandler {

        final AtomicReference<Connection> accepted = new AtomicReference<>();
        final BlockingQueue<Thread> served = new LinkedBlockingQueue<>();
        final BlockingQueue<String> closings = new LinkedBlockingQueue<>();

        @Override
        public void received(Connection from, ByteBuffer frame) {
            byte[] bytes = new byte[frame.remaining()];
            frame.get(bytes);
            Runnable task = () -> serve(from, bytes);
            assertThat(bytes[0] == ERRAND ? from.afterwards(task) : from.serve(bytes, task))
                    .isTrue();
        }

        private void serve(Connection from, byte[] frame) {
            served.add(Thread.currentThread());
            switch (frame[0]) {
                case BLOCK -> await(release);
                case FAIL -> throw new IllegalStateException("of the application");
                default -> {}
            }
            try {
                from.send(ByteBuffer.wrap(frame));
            } catch (IOException gone) {
                // then nobody waits for it
            }
        }

        @Override
        public void closed(Connection from, String reason) {
            closings.add(reason);
        }
    }

    /** Waits for one answer at a time, or takes them as they come. */
    private static final class Client implements ConnectionHandler {

        final BlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();
        final BlockingQueue<Thread> readers = new LinkedBlockingQueue<>();

        @Override
        public void received(Connection from, ByteBuffer frame) {
            byte[] bytes = new byte[frame.remaining()];
            frame.get(bytes);
            readers.add(Thread.currentThread());
            from.serve(this, () -> answers.add(bytes));
        }

        @Override
        public void closed(Connection from, String reason) {}
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Before
    public void connect() throws IOException {
        listener = transport.listen(new Endpoint("127.0.0.1", 0), accepted -> {
            accepted.admit();
            server.accepted.set(accepted);
            return server;
        });
        connection = transport.dial(listener.endpoint(), Duration.ofSeconds(10), client);
        connection.admit();
    }

    @After
    public void close() {
        release.countDown();
        connection.close();
        listener.close();
    }

    private void send(byte how, int number) throws IOException {
        connection.send(ByteBuffer.allocate(5).put(how).putInt(number).flip());
    }

    private int answer() throws InterruptedException {
        return ByteBuffer.wrap(client.answers.take()).getInt(1);
    }

    @Test
    public void whatBlocksKeepsNoOtherFrameFromBeingRead() throws Exception {
        send(BLOCK, 1);
        server.served.take();
        for (int i = 2; i < 50; i++) {
            send(ECHO, i);
            assertThat(answer()).isEqualTo(i);
        }
        release.countDown();
        assertThat(answer()).isEqualTo(1);
        send(ECHO, 51);
        assertThat(answer()).isEqualTo(51);
    }

    @Test
    public void anErrandThatBlocksKeepsNoOtherFrameFromBeingRead() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicReference<Runnable> errand = new AtomicReference<>(() -> {
            begun.countDown();
            await(release);
        });
        Connection other = transport.dial(listener.endpoint(), Duration.ofSeconds(10), new ConnectionHandler() {
            @Override
            public void received(Connection from, ByteBuffer frame) {
                Runnable once = errand.getAndSet(null);
                if (once != null) {
                    from.afterwards(once);
                } else {
                    client.answers.add(new byte[5]);
                }
            }

            @Override
            public void closed(Connection from, String reason) {}
        });
        other.send(ByteBuffer.allocate(5).put(ERRAND).flip());
        await(begun);
        other.send(ByteBuffer.allocate(5).put(ECHO).flip());
        assertThat(client.answers.take()).hasSize(5);
        other.close();
    }

    @Test
    public void whatIsAloneIsServedByTheThreadThatReadsIt() throws Exception {
        int byReader = 0;
        for (int i = 0; i < 100; i++) {
            send(ECHO, i);
            answer();
            byReader += server.served.take().getName().startsWith("tcp-reader") ? 1 : 0;
        }
        assertThat(byReader).isPositive();
    }

    @Test
    public void everyFrameOfManyIsServed() throws Exception {
        int frames = 20_000;
        for (int i = 0; i < frames; i++) {
            send(i % 3 == 0 ? ERRAND : ECHO, i);
        }
        boolean[] came = new boolean[frames];
        for (int i = 0; i < frames; i++) {
            came[answer()] = true;
        }
        assertThat(came).doesNotContain(false);
    }

    @Test
    public void aThreadThatWaitsReadsItsAnswerItself() throws Exception {
        int own = 0;
        for (int i = 0; own < 20; i++) {
            send(ECHO, i);
            connection.readUntil(client, () -> !client.answers.isEmpty());
            assertThat(answer()).isEqualTo(i);
            own += client.readers.take() == Thread.currentThread() ? 1 : 0;
        }
        send(ECHO, -1);
        assertThat(answer()).as("read by another thread, as this one does not").isEqualTo(-1);
    }

    @Test
    public void severalThreadsThatWaitGetTheirAnswers() throws Exception {
        Thread[] callers = new Thread[4];
        AtomicReference<Throwable> failure = new AtomicReference<>();
        for (int caller = 0; caller < callers.length; caller++) {
            callers[caller] = Thread.ofPlatform().start(() -> {
                try {
                    for (int i = 0; i < 2000; i++) {
                        send(ECHO, i);
                        connection.readUntil(client, () -> !client.answers.isEmpty());
                        answer();
                    }
                } catch (Throwable thrown) {
                    failure.set(thrown);
                }
            });
        }
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(failure.get()).isNull();
        assertThat(client.answers).isEmpty();
    }

    @Test
    public void anInterruptedThreadDoesNotTakeTheConnectionWithIt() throws Exception {
        for (int i = 0; i < 200; i++) {
            send(ECHO, i);
            Thread.currentThread().interrupt();
            connection.readUntil(client, () -> !client.answers.isEmpty());
            assertThat(Thread.interrupted()).isTrue();
            assertThat(answer()).isEqualTo(i);
        }
    }

    @Test
    public void whatFailsEndsNothingElse() throws Exception {
        send(FAIL, 1);
        server.served.take();
        send(ECHO, 2);
        assertThat(answer()).isEqualTo(2);
    }

    @Test
    public void theEndIsHeardOnceAlsoWhileSomethingIsServed() throws Exception {
        send(BLOCK, 1);
        server.served.take();
        connection.close();
        assertThat(server.closings.take()).isEqualTo("closed by the other side");
        release.countDown();
        listener.close();
        assertThat(server.closings).isEmpty();
    }

    @Test
    public void closingOnThisSideIsHeardWhileSomethingIsServed() throws Exception {
        send(BLOCK, 1);
        server.served.take();
        server.accepted.get().close();
        assertThat(server.closings.take()).isEqualTo("closed by this side");
    }
}
