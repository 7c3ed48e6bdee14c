package org.actium.remote.core;

import java.nio.ByteBuffer;

/**
 * What one side says in a handshake of a link that it wants to go on with over the new connection.
 *
 * @param link number of the link: the name of the first connection that carried it; 0 if a new one is to begin
 * @param received how many frames of the link this side has handled; those behind them are sent again
 */
record Resumption(long link, long received) {

    /** A new link. */
    static final Resumption NONE = new Resumption(0, 0);

    static final int BYTES = 2 * Long.BYTES;

    static Resumption of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Resumption(buffer.getLong(), buffer.getLong());
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).putLong(link).putLong(received).array();
    }
}
