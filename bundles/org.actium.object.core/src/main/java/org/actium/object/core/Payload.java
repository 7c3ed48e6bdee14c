package org.actium.object.core;

import java.nio.ByteBuffer;

/**
 * Values as the codec wrote them, and what comes before them.
 *
 * @param values what lies before their position may be written over
 */
record Payload(byte[] head, ByteBuffer values) {

    private static final byte[] NOTHING = {};

    static final Payload NONE = new Payload(ByteBuffer.allocate(0));

    Payload(ByteBuffer values) {
        this(NOTHING, values);
    }

    /** Both in one buffer; the values stay where they are if there is room before them. Once. */
    ByteBuffer behind(ByteBuffer before) {
        int count = before.remaining();
        if (!values.hasRemaining()) {
            return before;
        }
        if (values.position() < count) {
            return ByteBuffer.allocate(count + values.remaining())
                    .put(before)
                    .put(values.duplicate())
                    .flip();
        }
        ByteBuffer whole = values.duplicate().position(values.position() - count);
        return whole.put(whole.position(), before, before.position(), count);
    }
}
