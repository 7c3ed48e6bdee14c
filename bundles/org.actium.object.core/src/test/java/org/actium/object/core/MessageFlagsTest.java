package org.actium.object.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import org.actium.object.spi.Marks;
import org.junit.Test;

public class MessageFlagsTest {

    private static final int BEFORE = 2;
    private static final int NOW = 3;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    private DataInputStream written() {
        return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    }

    @Test
    public void aRequestSaysAllItsFlags() throws IOException {
        for (int bits = 0; bits < 8; bits++) {
            RequestFlags flags = new RequestFlags((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
            bytes.reset();
            flags.writeTo(out, NOW);
            assertThat(RequestFlags.read(written(), NOW)).isEqualTo(flags);
        }
    }

    @Test
    public void thoseOfTheVersionBeforeKnowOneWayOnly() throws IOException {
        new RequestFlags(true, true, true).writeTo(out, BEFORE);
        assertThat(bytes.toByteArray()).containsExactly(1);
        assertThat(new RequestFlags(true, true, true).isMarked(BEFORE)).isFalse();
        assertThat(RequestFlags.read(written(), BEFORE)).isEqualTo(new RequestFlags(true, false, false));
    }

    @Test
    public void aFlagThatIsNotKnownIsRefused() {
        assertThatThrownBy(
                        () -> RequestFlags.read(new DataInputStream(new ByteArrayInputStream(new byte[] {2})), BEFORE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 2 does not know");
        assertThatThrownBy(() -> RequestFlags.read(new DataInputStream(new ByteArrayInputStream(new byte[] {8})), NOW))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ReplyFlags.read(new DataInputStream(new ByteArrayInputStream(new byte[] {4})), NOW))
                .isInstanceOf(IOException.class);
    }

    @Test
    public void aReplyTakesAlongWhatIsPutOnIt() throws IOException {
        new ReplyFlags(new Marks(7, 1L << 40), Map.of("key", new byte[] {1, 2})).writeTo(out, NOW);
        ReplyFlags read = ReplyFlags.read(written(), NOW);
        assertThat(read.marks()).isEqualTo(new Marks(7, 1L << 40));
        assertThat(read.attachments()).containsOnlyKeys("key");
        assertThat(read.attachments().get("key")).containsExactly(1, 2);
    }

    @Test
    public void aReplyWithNothingOnItTakesAByteMoreThanBefore() throws IOException {
        ReplyFlags.NONE.writeTo(out, BEFORE);
        assertThat(bytes.size()).isZero();
        ReplyFlags.NONE.writeTo(out, NOW);
        assertThat(bytes.size()).isEqualTo(1);
        assertThat(ReplyFlags.read(written(), NOW)).isEqualTo(ReplyFlags.NONE);
    }

    @Test
    public void marksCountFromZero() throws IOException {
        Frames.writeNumber(out, -1);
        Frames.writeNumber(out, 0);
        assertThatThrownBy(() -> Frames.readMarks(written())).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new Marks(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
