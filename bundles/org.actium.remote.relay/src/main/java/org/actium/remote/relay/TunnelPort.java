package org.actium.remote.relay;

import java.nio.ByteBuffer;
import org.actium.remote.api.Channel;
import org.actium.remote.api.Link;

/**
 * Where a tunnel enters or leaves a link. A frame of the channel {@link Channel#RELAY} is its type in one byte, {@code 01} if
 * the number of the tunnel was drawn by the sender of the frame and {@code 00} if by its receiver, that number in eight bytes,
 * and what belongs to the type.
 *
 * @param own whether this runtime drew the number
 */
record TunnelPort(Link link, boolean own, long number) {

    /** Asks for a tunnel to the runtime of that identity (16 bytes), or says that one begins here; then who asks, as text. */
    static final byte OPEN = 1;

    /** The tunnel is there. */
    static final byte OPENED = 2;

    /** There is no tunnel, or it has ended; why, as text. */
    static final byte CLOSED = 3;

    /** Bytes, in the order in which they were sent. */
    static final byte DATA = 4;

    /** So many bytes more may be sent (four bytes). */
    static final byte CREDIT = 5;

    /** Before what belongs to the type of a frame. */
    static final int HEAD_BYTES = 10;

    /** The head of a frame from the other side; what remains of the frame belongs to its type. */
    record Head(byte type, TunnelPort port) {}

    static Head read(Link from, ByteBuffer frame) {
        byte type = frame.get();
        boolean theirs = frame.get() != 0;
        return new Head(type, new TunnelPort(from, !theirs, frame.getLong()));
    }

    /** Blocks while the link takes nothing. */
    void send(byte type, ByteBuffer content) {
        ByteBuffer frame = ByteBuffer.allocate(HEAD_BYTES + content.remaining())
                .put(type)
                .put((byte) (own ? 1 : 0))
                .putLong(number)
                .put(content)
                .flip();
        link.send(Channel.RELAY, frame);
    }
}
