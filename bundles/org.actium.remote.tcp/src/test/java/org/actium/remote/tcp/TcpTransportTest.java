package org.actium.remote.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.Endpoint;
import org.junit.After;
import org.junit.Test;

public class TcpTransportTest extends TransportContract {

    private final List<AutoCloseable> sockets = new ArrayList<>();

    @Override
    protected Transport transport() {
        return new TcpTransport(new JvmThreads());
    }

    @Override
    protected Endpoint deadEndpoint() throws IOException {
        ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        closed.close();
        return new Endpoint("127.0.0.1", closed.getLocalPort());
    }

    @After
    public void closeSockets() throws Exception {
        for (AutoCloseable socket : sockets) {
            socket.close();
        }
    }

    @Test
    public void givesUpDiallingWhereConnectionsAreNotAcceptedInTime() throws Exception {
        ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        sockets.add(full);
        Endpoint endpoint = new Endpoint("127.0.0.1", full.getLocalPort());
        assertThatThrownBy(() -> {
                    // the backlog takes a few, which the operating system decides; then a dial has to wait
                    while (true) {
                        client.connections.add(transport.dial(endpoint, Duration.ofMillis(200), client));
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessage("nothing answers at " + endpoint + " within 200 ms");
    }

    @Test
    public void listensAtLoopbackOnly() {
        assertThatThrownBy(() -> transport.listen(new Endpoint("0.0.0.0", 0), server::accepted))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot listen at 0.0.0.0:0: links are not encrypted, "
                        + "so only a loopback address such as 127.0.0.1 may be bound");
    }

    @Test
    public void saysThatAHostIsUnknown() {
        assertThatThrownBy(() -> transport.dial(new Endpoint("no.such.host.invalid", 1), LONG_ENOUGH, client))
                .isInstanceOf(IOException.class)
                .hasMessage("host 'no.such.host.invalid' is unknown");
    }

    @Test
    public void closesAConnectionThatAnnouncesAnOversizedFrame() throws Exception {
        try (SocketChannel raw = rawSocket()) {
            raw.write(ByteBuffer.allocate(4).putInt(0, Connection.MAX_FRAME_BYTES + 1));
            assertThat(server.closings.take())
                    .isEqualTo("connection lost: the other side announces a frame of 67108865 bytes; "
                            + "67108864 are allowed");
        }
    }

    @Test
    public void closesAConnectionThatAnnouncesALongFrameBeforeItIsAdmitted() throws Exception {
        Recorder strict = new Recorder();
        try (Transport.Listener other = transport.listen(new Endpoint("127.0.0.1", 0), connection -> strict);
                SocketChannel raw = rawSocket(other.endpoint())) {
            raw.write(ByteBuffer.allocate(4).putInt(0, Connection.MAX_FRAME_BYTES_OF_STRANGERS + 1));
            assertThat(strict.closings.take())
                    .isEqualTo("connection lost: the other side announces a frame of 8193 bytes; "
                            + "8192 are allowed before it is admitted");
        }
    }

    @Test
    public void closesWhatDoesNotBeginLikeARuntime() throws Exception {
        assertThat(answerTo("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("connection lost: the other side is no runtime of Actium: it begins with 47455420");
        assertThat(answerTo(new byte[] {22, 3, 1, 2, 0}))
                .isEqualTo(
                        "connection lost: the other side speaks TLS, and the links of this runtime are not protected");
        assertThat(answerTo(new byte[] {'A', 'C', 'T', 9, 0}))
                .isEqualTo("connection lost: the other side speaks version 9 of the framing, this runtime version 1");
    }

    private String answerTo(byte[] first) throws Exception {
        try (SocketChannel raw = SocketChannel.open(
                new InetSocketAddress("127.0.0.1", listener.endpoint().port()))) {
            raw.write(ByteBuffer.wrap(first));
            return server.closings.take();
        }
    }

    @Test
    public void noticesAPeerThatWasKilled() throws Exception {
        SocketChannel raw = rawSocket();
        raw.write(ByteBuffer.wrap(new byte[] {0, 0, 0, 1, 42, 0, 0}));
        assertThat(server.frames.take()).containsExactly(42);
        raw.setOption(StandardSocketOptions.SO_LINGER, 0); // reset, as after the death of a process with unread data
        raw.close();
        assertThat(server.closings.take()).startsWith("connection lost: ");
    }

    @Test
    public void assemblesFramesThatArriveInPieces() throws Exception {
        try (SocketChannel raw = rawSocket()) {
            raw.setOption(StandardSocketOptions.TCP_NODELAY, true);
            for (byte b : new byte[] {0, 0, 0, 2, 1, 2, 0, 0, 0, 0, 0, 0, 0, 1, 3}) {
                raw.write(ByteBuffer.wrap(new byte[] {b}));
            }
            assertThat(server.frames.take()).containsExactly(1, 2);
            assertThat(server.frames.take()).isEmpty();
            assertThat(server.frames.take()).containsExactly(3);
        }
    }

    @Test
    public void endsItsThreads() throws Exception {
        JvmThreads threads = new JvmThreads();
        Transport own = new TcpTransport(threads);
        Recorder far = new Recorder();
        try (Transport.Listener there = own.listen(new Endpoint("127.0.0.1", 0), far::accepted)) {
            Connection connection = own.dial(there.endpoint(), LONG_ENOUGH, client);
            far.connections.take();
            connection.close();
        }
        for (Thread thread : threads.started) {
            thread.join();
        }
        assertThat(threads.started).as("listener and two readers").hasSize(3);
    }

    private SocketChannel rawSocket() throws IOException {
        return rawSocket(listener.endpoint());
    }

    private SocketChannel rawSocket(Endpoint endpoint) throws IOException {
        SocketChannel raw = SocketChannel.open(new InetSocketAddress("127.0.0.1", endpoint.port()));
        sockets.add(raw);
        raw.write(ByteBuffer.wrap(new byte[] {'A', 'C', 'T', 1}));
        return raw;
    }
}
