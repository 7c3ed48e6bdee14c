package org.actium.remote.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.actium.remote.spi.PeerIdentity;

/** Bytes as they are. */
record BareBytes(Output output) implements TunnelBytes {

    private static final int CHUNK = 16 << 10;

    @Override
    public void begin() {}

    @Override
    public void received(ByteBuffer bytes, Input input) throws IOException {
        input.read(bytes);
    }

    @Override
    public void write(ByteBuffer... plain) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        for (ByteBuffer part : plain) {
            while (part.hasRemaining()) {
                int count = Math.min(part.remaining(), chunk.remaining());
                chunk.put(part.slice(part.position(), count));
                part.position(part.position() + count);
                if (!chunk.hasRemaining()) {
                    output.write(chunk.flip());
                    chunk.clear();
                }
            }
        }
        if (chunk.position() > 0) {
            output.write(chunk.flip());
        }
    }

    @Override
    public boolean isGreeted() {
        return true;
    }

    @Override
    public PeerIdentity identity() {
        return new PeerIdentity.Unknown();
    }
}
