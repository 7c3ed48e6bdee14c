package org.actium.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.Test;

public class LogBufferTest {

    private final LogBuffer buffer = new LogBuffer(3);

    private static LogRecord entry(String message) {
        return new LogRecord(0, "INFO", "test", message, "");
    }

    private void add(String... messages) {
        for (String message : messages) {
            buffer.add(entry(message));
        }
    }

    private static List<String> messages(LogBuffer.Batch batch) {
        return batch.records().stream().map(LogRecord::message).toList();
    }

    @Test
    public void theOldestGoWhenThereAreTooManyAndAreCountedOnce() {
        add("a", "b", "c", "d", "e");

        LogBuffer.Batch first = buffer.take(2);
        assertThat(messages(first)).containsExactly("c", "d");
        assertThat(first.dropped()).isEqualTo(2);
        LogBuffer.Batch second = buffer.take(2);
        assertThat(messages(second)).containsExactly("e");
        assertThat(second.dropped()).isZero();
        assertThat(buffer.isEmpty()).isTrue();
    }

    @Test
    public void whatIsPutBackComesFirstAndOfItTheOldestGo() {
        add("a", "b");
        LogBuffer.Batch unsent = buffer.take(2);
        add("c", "d");

        buffer.putBack(unsent);

        LogBuffer.Batch batch = buffer.take(9);
        assertThat(messages(batch)).containsExactly("b", "c", "d");
        assertThat(batch.dropped()).isEqualTo(1);
    }

    @Test
    public void whatWasDroppedIsStillSaidAfterAFailure() {
        add("a", "b", "c", "d");
        buffer.putBack(buffer.take(9));

        assertThat(buffer.take(9).dropped()).isEqualTo(1);
    }

    @Test
    public void longTextsAreCut() {
        assertThat(entry("x".repeat(10_000)).message()).hasSize(8 * 1024 + 3).endsWith("...");
    }
}
