package org.actium.object.core;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What a request says in one bit each.
 *
 * @param oneWay nothing comes back
 * @param awaited its sender does nothing before the reply is there, which is enough of an acknowledgement; from version 3
 * @param marked marks follow the attachments; from version 3
 */
record RequestFlags(boolean oneWay, boolean awaited, boolean marked) {

    private static final int VERSION = 3;

    private static final int ONE_WAY = 1;
    private static final int AWAITED = 2;
    private static final int MARKED = 4;

    void writeTo(DataOutputStream out, int version) throws IOException {
        out.writeByte((oneWay ? ONE_WAY : 0)
                | (awaited && version >= VERSION ? AWAITED : 0)
                | (isMarked(version) ? MARKED : 0));
    }

    /** Whether marks are sent: not to those who do not know them. */
    boolean isMarked(int version) {
        return marked && version >= VERSION;
    }

    static RequestFlags read(DataInputStream in, int version) throws IOException {
        int bits = in.readUnsignedByte();
        if (bits > (version >= VERSION ? ONE_WAY | AWAITED | MARKED : ONE_WAY)) {
            throw new IOException("a request has the flags " + bits + ", which version " + version + " does not know");
        }
        return new RequestFlags((bits & ONE_WAY) != 0, (bits & AWAITED) != 0, (bits & MARKED) != 0);
    }
}
