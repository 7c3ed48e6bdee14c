package org.actium.ft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.actium.ft.core.protocol.Message;
import org.actium.ft.core.protocol.MessageId;
import org.actium.ft.core.protocol.Party;
import org.actium.ft.core.protocol.Received;
import org.actium.ft.store.api.Blob;
import org.actium.ft.store.api.LogEntry;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.junit.Test;

public class InputLogTest {

    private static final Party ADDER = new Party.Recoverable("adder");
    private static final Party COUNTER = new Party.Recoverable("counter");
    private static final Party MAIN = new Party.Outside(
            new RuntimeAddress(
                    new RuntimeId(-1, 2), "h1", List.of(new Endpoint("h1", 4000), new Endpoint("relay", "h2", 1))),
            "1",
            "thread-1");

    private final List<Received> inputs = List.of(
            new Received(7, new Message.Request(new MessageId(COUNTER, 3), 2, ADDER, false, Blob.of(new byte[2000]))),
            new Received(8, new Message.Request(new MessageId(MAIN, 1), 0, ADDER, true, Blob.of((byte) 1))),
            new Received(9, new Message.Reply(new MessageId(ADDER, 4), COUNTER, Message.Reply.NONE)),
            new Received(10, new Message.Request(new MessageId(COUNTER, 5), 3, ADDER, true, Blob.of((byte) 2))));

    @Test
    public void whatIsWrittenAtOnceIsOneEntryWithTheNumberOfTheLast() {
        LogEntry entry = InputLog.entry("adder", inputs);

        assertThat(entry.number()).isEqualTo(10);
        assertThat(entry.domain()).isEqualTo("adder");
        List<Received> read = InputLog.read(entry.content());
        assertThat(read).isEqualTo(inputs);
        assertThat(((Party.Outside) read.get(1).message().from()).home().endpoints())
                .as("which is not a part of who that is")
                .containsExactly(new Endpoint("h1", 4000), new Endpoint("relay", "h2", 1));
    }

    @Test
    public void aMessageTakesLittleMoreThanItsContent() {
        List<Received> many = LongStream.rangeClosed(1, 100)
                .mapToObj(i -> new Received(
                        i, new Message.Request(new MessageId(COUNTER, i), i - 1, ADDER, true, Blob.of(new byte[1000]))))
                .toList();

        assertThat(InputLog.entry("adder", many).content().size()).isBetween(100_000, 105_000);
    }

    @Test
    public void whatIsDamagedIsSaid() {
        byte[] whole = InputLog.entry("adder", inputs).content().bytes();

        assertThatThrownBy(() -> InputLog.read(Blob.of(Arrays.copyOf(whole, whole.length - 1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("it ends within a message");
        assertThatThrownBy(() -> InputLog.read(Blob.of(Arrays.copyOf(whole, whole.length + 1))))
                .hasMessageContaining("it has not just the 4 inputs that it names");
        assertThatThrownBy(() -> InputLog.read(InputLog.entry("adder", List.of(inputs.get(0), inputs.get(2)))
                        .content()))
                .hasMessageContaining("input 9 is behind 7");
        whole[0] = 9;
        assertThatThrownBy(() -> InputLog.read(Blob.of(whole))).hasMessageContaining("it has the format 9, and not 1");
    }
}
