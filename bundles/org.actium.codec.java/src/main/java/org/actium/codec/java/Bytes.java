package org.actium.codec.java;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;

/** Bytes written once and read once, without a copy in between. */
final class Bytes extends ByteArrayOutputStream {

    Bytes() {
        super(512);
    }

    /** What was written so far; nothing may be written afterwards. */
    InputStream toInput() {
        return new ByteArrayInputStream(buf, 0, count);
    }
}
