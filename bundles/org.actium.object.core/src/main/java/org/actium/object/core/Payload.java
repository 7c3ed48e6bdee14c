package org.actium.object.core;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Values as the codec wrote them, and what comes before them.
 *
 * @param values backed by an array
 */
record Payload(byte[] head, ByteBuffer values) {

    private static final byte[] NOTHING = {};

    Payload(ByteBuffer values) {
        this(NOTHING, values);
    }

    int size() {
        return head.length + values.remaining();
    }

    void writeTo(DataOutputStream out) throws IOException {
        out.write(head);
        out.write(values.array(), values.arrayOffset() + values.position(), values.remaining());
    }
}
