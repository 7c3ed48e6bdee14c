package org.actium.remote.relay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.actium.runtime.api.RuntimeId;

/** Identities and the rest of a frame as text. */
final class Texts {

    /** What others say is for the log, and not trusted. */
    private static final int LONGEST = 300;

    private Texts() {}

    static ByteBuffer of(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    static ByteBuffer of(RuntimeId id, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(16 + bytes.length)
                .putLong(id.high())
                .putLong(id.low())
                .put(bytes)
                .flip();
    }

    static RuntimeId id(ByteBuffer frame) {
        return new RuntimeId(frame.getLong(), frame.getLong());
    }

    static String rest(ByteBuffer frame) {
        byte[] bytes = new byte[Math.min(frame.remaining(), LONGEST)];
        frame.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
    }
}
