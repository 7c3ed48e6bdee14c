package org.actium.remote.tcp;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLServerSocket;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.Endpoint;
import org.actium.security.api.LinkSecurity;
import org.actium.security.domain.CredulousMember;
import org.actium.security.domain.DomainSecurity;

/**
 * How fast connections are beside bare sockets, with and without TLS, over loopback and in one JVM. The four take turns,
 * in a handler, so that no thread is woken but by the network. Not a test: run {@link #main}.
 */
public final class LinkSpeed {

    private static final int SMALL = 100;
    private static final int LARGE = 1 << 20;

    private static final int ROUNDS = 15;
    private static final int CALLS = 4_000;
    private static final int ONE_WAY = 200_000;
    private static final int LARGE_ONES = 200;

    private LinkSpeed() {}

    /** Something over which frames go there and back. */
    private interface Pair extends AutoCloseable {
        /** @return nanoseconds for so many frames of that size, each of them sent when the answer to the last is there */
        long callAndWait(int count) throws Exception;

        /** @return nanoseconds for so many frames of that size, until the last has arrived */
        long oneWay(int count, int bytes) throws Exception;

        @Override
        void close() throws IOException;
    }

    /** A frame asks for an answer with its first byte. */
    private static boolean asks(byte first) {
        return first == 1;
    }

    public static void main(String[] arguments) throws Exception {
        TestDomain domain = new TestDomain(1, new SettableTime());
        DomainSecurity member = domain.member();
        String[] names = {"bare socket", "TLS socket", "ours, bare", "ours, TLS"};
        Pair[] pairs = {
            new Sockets(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), null),
            new Sockets(tlsServer(domain.founder()), new CredulousMember(member)),
            new Ours(LinkSecurity.BARE, LinkSecurity.BARE),
            new Ours(domain.founder(), member)
        };
        double[][][] figures = new double[3][pairs.length][ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < pairs.length; i++) {
                figures[0][i][round] = pairs[i].callAndWait(CALLS) / 1e3 / CALLS;
                figures[1][i][round] = 1e3 * ONE_WAY / pairs[i].oneWay(ONE_WAY, SMALL);
                figures[2][i][round] = 1e9 / (1 << 20) * LARGE * LARGE_ONES / pairs[i].oneWay(LARGE_ONES, LARGE);
            }
        }
        print("call and wait, 100 B, µs (less is better)", names, figures[0], true);
        print("one-way, 100 B, million/s", names, figures[1], false);
        print("one-way, 1 MiB, MiB/s", names, figures[2], false);
        System.exit(0);
    }

    private static SSLServerSocket tlsServer(DomainSecurity founder) throws IOException {
        return CredulousMember.serverSocket(founder);
    }

    private static void print(String what, String[] names, double[][] figures, boolean lessIsBetter) {
        System.out.println(what);
        double[] medians = new double[names.length];
        for (int i = 0; i < names.length; i++) {
            double[] sorted = Arrays.copyOfRange(figures[i], ROUNDS / 3, ROUNDS); // the first third warms up
            Arrays.sort(sorted);
            medians[i] = sorted[sorted.length / 2];
            System.out.printf(Locale.ROOT, "  %-12s %9.2f%n", names[i], medians[i]);
        }
        double sockets = lessIsBetter ? medians[0] / medians[1] : medians[1] / medians[0];
        double ours = lessIsBetter ? medians[2] / medians[3] : medians[3] / medians[2];
        System.out.printf(
                Locale.ROOT, "  TLS to plain: sockets %.2f, ours %.2f, quotient %.2f%n", sockets, ours, ours / sockets);
    }

    private static final class Sockets implements Pair {

        private final Socket near;
        private final DataInputStream in;
        private final DataOutputStream out;

        Sockets(ServerSocket server, CredulousMember secured) throws Exception {
            near = secured == null
                    ? new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort())
                    : secured.socket(server.getLocalPort());
            Socket far = server.accept();
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            Thread.ofPlatform().daemon().start(() -> answer(far));
            in = new DataInputStream(new BufferedInputStream(near.getInputStream(), 64 << 10));
            out = new DataOutputStream(new BufferedOutputStream(near.getOutputStream(), 64 << 10));
        }

        private static void answer(Socket far) {
            try {
                var in = new DataInputStream(new BufferedInputStream(far.getInputStream(), 64 << 10));
                var out = new DataOutputStream(new BufferedOutputStream(far.getOutputStream(), 64 << 10));
                byte[] frame = new byte[LARGE];
                while (true) {
                    in.readFully(frame, 0, in.readInt());
                    if (asks(frame[0])) {
                        out.writeInt(SMALL);
                        out.write(frame, 0, SMALL);
                        out.flush();
                    }
                }
            } catch (IOException end) {
                // measured
            }
        }

        @Override
        public long callAndWait(int count) throws IOException {
            byte[] frame = new byte[SMALL];
            frame[0] = 1;
            long begun = System.nanoTime();
            for (int i = 0; i < count; i++) {
                out.writeInt(SMALL);
                out.write(frame);
                out.flush();
                in.readFully(frame, 0, in.readInt());
            }
            return System.nanoTime() - begun;
        }

        @Override
        public long oneWay(int count, int bytes) throws IOException {
            byte[] frame = new byte[bytes];
            long begun = System.nanoTime();
            for (int i = 0; i < count; i++) {
                frame[0] = (byte) (i == count - 1 ? 1 : 0);
                out.writeInt(bytes);
                out.write(frame);
            }
            out.flush();
            in.readFully(frame, 0, in.readInt());
            return System.nanoTime() - begun;
        }

        @Override
        public void close() throws IOException {
            near.close();
        }
    }

    private static final class Ours implements Pair, ConnectionHandler {

        private final Transport.Listener listener;
        private final Connection near;
        private volatile int left;
        private volatile CountDownLatch done = new CountDownLatch(0);

        Ours(LinkSecurity far, LinkSecurity nearSecurity) throws IOException {
            JvmThreads threads = new JvmThreads();
            listener = new TcpTransport(threads, far).listen(new Endpoint("127.0.0.1", 0), connection -> {
                connection.admit();
                return new Answering();
            });
            near = new TcpTransport(threads, nearSecurity).dial(listener.endpoint(), Duration.ofSeconds(10), this);
            near.admit();
        }

        private static final class Answering implements ConnectionHandler {

            private final ByteBuffer answer = ByteBuffer.allocate(SMALL);

            @Override
            public void received(Connection connection, ByteBuffer frame) {
                if (asks(frame.get(frame.position()))) {
                    send(connection, answer);
                }
            }

            @Override
            public void closed(Connection connection, String reason) {}
        }

        private static void send(Connection connection, ByteBuffer frame) {
            try {
                connection.send(frame);
            } catch (IOException broken) {
                throw new IllegalStateException(broken);
            }
        }

        @Override
        public void received(Connection connection, ByteBuffer frame) {
            int now = left - 1;
            left = now;
            if (now > 0) {
                send(connection, question(SMALL, true));
            } else {
                done.countDown();
            }
        }

        private static ByteBuffer question(int bytes, boolean asking) {
            return ByteBuffer.allocate(bytes).put(0, (byte) (asking ? 1 : 0));
        }

        @Override
        public void closed(Connection connection, String reason) {}

        @Override
        public long callAndWait(int count) throws InterruptedException {
            left = count;
            done = new CountDownLatch(1);
            long begun = System.nanoTime();
            send(near, question(SMALL, true));
            done.await();
            return System.nanoTime() - begun;
        }

        @Override
        public long oneWay(int count, int bytes) throws InterruptedException {
            left = 1;
            done = new CountDownLatch(1);
            ByteBuffer frame = question(bytes, false);
            long begun = System.nanoTime();
            for (int i = 0; i < count - 1; i++) {
                send(near, frame);
            }
            send(near, question(bytes, true));
            done.await();
            return System.nanoTime() - begun;
        }

        @Override
        public void close() {
            near.close();
            listener.close();
        }
    }
}
