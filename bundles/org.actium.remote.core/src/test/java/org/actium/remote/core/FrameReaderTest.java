package org.actium.remote.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.Test;

public class FrameReaderTest {

    private static ByteBuffer frame(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(100)
                .putLong(1)
                .putLong(2)
                .putInt(text.length)
                .put(text);
        return frame.put((byte) 0).flip();
    }

    /** Names are logged before it is known whether the other side is a member. */
    @Test
    public void aNameFromElsewhereStaysOnItsLine() {
        assertThat(FrameReader.address(frame("w\r\n12:00 INFO all is well\u001b[2J\u0085\u2028x"))
                        .name())
                .isEqualTo("w\uFFFD\uFFFD12:00 INFO all is well\uFFFD[2J\uFFFD\uFFFDx");
        assertThat(FrameReader.address(frame("Jürgen's worker 1")).name()).isEqualTo("Jürgen's worker 1");
    }
}
