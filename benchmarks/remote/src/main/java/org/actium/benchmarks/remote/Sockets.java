package org.actium.benchmarks.remote;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumSet;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * Bytes and nothing else: a message is its length and its content, and asks for an answer with its first byte. Nobody copies
 * or looks at anything.
 */
final class Sockets implements Near {

    private static final int BUFFER = 64 << 10;
    private static final String[] TLS = {"TLSv1.3"};

    private final FarJvm far;
    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final byte[] small = new byte[Workload.SMALL];
    private final byte[] large = new byte[Workload.LARGE_BYTES];

    private Sockets(FarJvm far, Socket socket) throws IOException {
        this.far = far;
        this.socket = socket;
        this.in = in(socket);
        this.out = out(socket);
    }

    private static DataInputStream in(Socket socket) throws IOException {
        return new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
    }

    private static DataOutputStream out(Socket socket) throws IOException {
        return new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER));
    }

    static Sockets connect(Secrets secrets, boolean tls) throws Exception {
        FarJvm far = FarJvm.start(secrets, Stack.SOCKETS, tls);
        int port = Integer.parseInt(far.read());
        InetAddress here = InetAddress.getLoopbackAddress();
        Socket socket;
        if (tls) {
            SSLSocket secured =
                    (SSLSocket) SSLContext.getDefault().getSocketFactory().createSocket(here, port);
            secured.setEnabledProtocols(TLS);
            socket = secured;
        } else {
            socket = new Socket(here, port);
        }
        socket.setTcpNoDelay(true);
        return new Sockets(far, socket);
    }

    static AutoCloseable serve(boolean tls) throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        ServerSocket server;
        if (tls) {
            SSLServerSocket secured = (SSLServerSocket)
                    SSLContext.getDefault().getServerSocketFactory().createServerSocket(0, 1, here);
            secured.setEnabledProtocols(TLS);
            secured.setNeedClientAuth(true);
            server = secured;
        } else {
            server = new ServerSocket(0, 1, here);
        }
        System.out.println(server.getLocalPort());
        Thread.ofPlatform().daemon().start(() -> answer(server));
        return server;
    }

    private static void answer(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.setTcpNoDelay(true);
            DataInputStream in = in(socket);
            DataOutputStream out = out(socket);
            byte[] content = new byte[Workload.LARGE_BYTES];
            while (true) {
                int length = in.readInt();
                in.readFully(content, 0, length);
                if (content[0] == 1) {
                    out.writeInt(Integer.BYTES);
                    out.writeInt(length);
                    out.flush();
                }
            }
        } catch (EOFException end) {
            // the near side has gone
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Override
    public Set<Workload> workloads() {
        return EnumSet.of(Workload.CALL, Workload.ONE_WAY, Workload.LARGE);
    }

    @Override
    public void run(Workload workload, int calls) throws IOException {
        byte[] content = workload == Workload.LARGE ? large : small;
        int length = workload == Workload.CALL ? 2 * Integer.BYTES + Workload.TEXT.length() : content.length;
        for (int i = 0; i < calls; i++) {
            boolean asks = workload == Workload.CALL || i == calls - 1;
            content[0] = (byte) (asks ? 1 : 0);
            out.writeInt(length);
            out.write(content, 0, length);
            if (asks) {
                out.flush();
                in.readInt();
                in.readInt();
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        far.close();
    }
}
