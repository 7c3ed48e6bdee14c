package org.actium.object.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.Test;

public class PayloadTest {

    private static ByteBuffer bytes(int... bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes.length);
        for (int each : bytes) {
            buffer.put((byte) each);
        }
        return buffer.flip();
    }

    @Test
    public void valuesStayWhereTheyAreIfThereIsRoomBeforeThem() {
        ByteBuffer values = bytes(0, 0, 0, 7, 8).position(3);

        ByteBuffer message = new Payload(values).behind(bytes(1, 2));

        assertThat(message).isEqualTo(bytes(1, 2, 7, 8));
        assertThat(message.array()).isSameAs(values.array());
    }

    @Test
    public void valuesWithoutRoomBeforeThemAreCopied() {
        assertThat(new Payload(bytes(0, 7, 8).position(1)).behind(bytes(1, 2))).isEqualTo(bytes(1, 2, 7, 8));
        assertThat(new Payload(bytes(7, 8)).behind(bytes(1))).isEqualTo(bytes(1, 7, 8));
    }

    @Test
    public void nothingMayFollow() {
        assertThat(Payload.NONE.behind(bytes(1, 2))).isEqualTo(bytes(1, 2));
    }

    @Test
    public void aMessageThatBelongsToItsReaderIsNotCopied() throws Exception {
        ByteBuffer frame = bytes(1, 7, 8);
        try (Frames.Opened own = Frames.openOwn(frame.duplicate());
                Frames.Opened lent = Frames.open(frame.duplicate())) {
            own.readByte();
            lent.readByte();
            ByteBuffer kept = own.rest();
            ByteBuffer copied = lent.rest();
            frame.put(2, (byte) 9);

            assertThat(kept).isEqualTo(bytes(7, 9));
            assertThat(copied).isEqualTo(bytes(7, 8));
        }
    }
}
