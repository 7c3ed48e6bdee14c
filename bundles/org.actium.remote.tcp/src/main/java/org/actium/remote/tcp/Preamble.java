package org.actium.remote.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The first bytes of the side that dials: {@code ACT} and the version of the framing. A version of the framing changes
 * how frames are told apart, which no version since the first did; what is in them has a version of its own.
 */
final class Preamble {

    static final int BYTES = 4;

    private static final int MAGIC = 'A' << 16 | 'C' << 8 | 'T';
    private static final int VERSION = 1;
    private static final int RECORD_OF_A_TLS_HANDSHAKE = 22;

    private Preamble() {}

    static void write(ByteBuffer target) {
        target.putInt(MAGIC << 8 | VERSION);
    }

    /** @throws IOException if it is something else, saying what */
    static void check(ByteBuffer first) throws IOException {
        int word = first.getInt(0);
        if (word >>> 8 != MAGIC) {
            throw new IOException(
                    word >>> 24 == RECORD_OF_A_TLS_HANDSHAKE
                            ? "the other side speaks TLS, and the links of this runtime are not protected"
                            : "the other side is no runtime of Actium: it begins with " + String.format("%08x", word));
        }
        int version = word & 0xff;
        if (version != VERSION) {
            throw new IOException(
                    "the other side speaks version " + version + " of the framing, this runtime version " + VERSION);
        }
    }
}
