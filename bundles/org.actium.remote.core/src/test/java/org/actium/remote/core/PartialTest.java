package org.actium.remote.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Random;
import org.actium.remote.api.Link;
import org.junit.Test;

public class PartialTest {

    private static final int CHANNEL = 2;
    private static final byte HEAD = (byte) 0x82;

    private static ByteBuffer announcing(int length, int partLength) {
        return ByteBuffer.allocate(4 + partLength).putInt(0, length);
    }

    @Test
    public void partsMakeTheFrameAgain() {
        Random random = new Random(3);
        for (int length : new int[] {1, 7, 1 << 20, (3 << 20) + 5}) {
            byte[] frame = new byte[length];
            random.nextBytes(frame);
            ByteBuffer head = Partial.firstHead(CHANNEL, length);
            assertThat(Partial.isPart(head.get())).isTrue();
            Partial partial = Partial.begin(HEAD, head, byte[]::new);
            for (int at = 0; at < length; ) {
                assertThat(partial.isComplete()).isFalse();
                int count = Math.min(length - at, 1 + random.nextInt(Partial.PART_BYTES));
                partial.add(HEAD, ByteBuffer.wrap(frame, at, count));
                at += count;
            }
            assertThat(partial.isComplete()).isTrue();
            assertThat(partial.channel()).isEqualTo(CHANNEL);
            assertThat(partial.frame()).isEqualTo(ByteBuffer.wrap(frame));
        }
    }

    @Test
    public void takesMemoryForWhatHasComeOrIsOnItsWayAndNotForWhatIsAnnounced() {
        Partial partial = Partial.begin(HEAD, announcing(Link.MAX_FRAME_BYTES, 0), byte[]::new);
        partial.add(HEAD, ByteBuffer.allocate(100));
        assertThat(partial.frame().array().length).isLessThanOrEqualTo(Partial.WINDOW_BYTES);
    }

    @Test
    public void refusesWhatCannotBe() {
        for (int length : new int[] {0, -1, Integer.MIN_VALUE, Link.MAX_FRAME_BYTES + 1}) {
            assertThatThrownBy(() -> Partial.begin(HEAD, announcing(length, 0), byte[]::new))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(Integer.toUnsignedString(length) + " bytes");
        }
        Partial partial = Partial.begin(HEAD, announcing(10, 0), byte[]::new);
        assertThatThrownBy(() -> partial.add(HEAD, ByteBuffer.allocate(11)))
                .as("more than was announced")
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> partial.add(HEAD, ByteBuffer.allocate(0)))
                .as("nothing, for ever")
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> partial.add((byte) 0x83, ByteBuffer.allocate(1)))
                .as("a part for another channel")
                .isInstanceOf(IllegalArgumentException.class);
    }
}
