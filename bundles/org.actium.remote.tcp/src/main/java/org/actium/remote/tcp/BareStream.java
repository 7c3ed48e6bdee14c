package org.actium.remote.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Bytes as they are. */
final class BareStream implements ByteStream {

    /** Less room than this is not worth a read. */
    private static final int MIN_ROOM = 4 << 10;

    private final SocketChannel channel;
    private boolean filled; // belongs to the reader

    BareStream(SocketChannel channel) {
        this.channel = channel;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int count = channel.read(target);
        filled = !target.hasRemaining();
        return count;
    }

    @Override
    public int roomToRead() {
        return MIN_ROOM;
    }

    /** Into others the JDK copies from one of these. */
    @Override
    public ByteBuffer buffer(int capacity) {
        return ByteBuffer.allocateDirect(capacity);
    }

    @Override
    public boolean hasMore() {
        return filled;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        channel.write(source);
    }

    @Override
    public boolean isWritten() {
        return true;
    }
}
