package org.actium.remote.tcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Stands between two sides, passes everything on, and changes or swallows bytes when told to. */
final class Tamperer implements AutoCloseable {

    private static final int HEAD_OF_A_RECORD = 5;

    private final Socket target;
    private volatile boolean spoiling;
    private volatile boolean swallowing;

    /** @param proxy where the one side connects, once */
    Tamperer(ServerSocket proxy, int port) throws IOException {
        target = new Socket(InetAddress.getLoopbackAddress(), port);
        Thread.ofVirtual().start(() -> {
            try {
                Socket source = proxy.accept();
                Thread.ofVirtual().start(() -> pass(target, source, false));
                pass(source, target, true);
            } catch (IOException closed) {
                // the test is over
            }
        });
    }

    /** From now on what the one who connected sends is not what arrives. */
    void spoil() {
        spoiling = true;
    }

    /** From now on nothing arrives on either side, and neither is told. */
    void swallow() {
        swallowing = true;
    }

    private void pass(Socket from, Socket to, boolean mayBeSpoilt) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[64 << 10];
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                if (spoiling && mayBeSpoilt) {
                    bytes[HEAD_OF_A_RECORD] ^= 1;
                }
                if (!swallowing) {
                    out.write(bytes, 0, count);
                }
            }
            to.shutdownOutput();
        } catch (IOException closed) {
            // the other direction notices too
        }
    }

    @Override
    public void close() throws IOException {
        target.close();
    }
}
