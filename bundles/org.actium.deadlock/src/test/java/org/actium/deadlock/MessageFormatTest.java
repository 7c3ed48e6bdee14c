package org.actium.deadlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.actium.deadlock.api.Deadlock;
import org.actium.object.api.BodyId;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.junit.Test;

public class MessageFormatTest {

    private static final RuntimeAddress HOME =
            new RuntimeAddress(new RuntimeId(1, -2), "home", List.of(new Endpoint("::1", 4000), new Endpoint("h", 1)));
    private static final BodyId BODY = new BodyId(HOME.id(), 3);
    private static final WaitId WAIT = new WaitId(BODY, 4);
    private static final Probe PROBE = new Probe(
            List.of(
                    new Hop(WAIT, HOME, true, Optional.empty()),
                    new Hop(
                            WAIT,
                            HOME,
                            false,
                            Optional.of(
                                    new Deadlock.Member(BODY, "name", "home", "", "what", "future", "A.b(A.java:1)")))),
            List.of(WAIT, new WaitId(BODY, 5)),
            6);

    @Test
    public void whatIsWrittenIsReadAgain() {
        List<Message> messages = List.of(
                new Message.Follow(PROBE, 7),
                new Message.Ask(PROBE, new Edge(new Edge.Start.OfWait(), BODY, new Edge.Part.Answer("add(I)V", 17))),
                new Message.Waits(
                        PROBE,
                        new Edge(new Edge.Start.OfFuture(HOME.id(), 8), BODY, new Edge.Part.MakeRoom(BODY, 9)),
                        WAIT),
                new Message.Pass(PROBE, WAIT),
                new Message.Confirm(List.of(WAIT)));

        assertThat(messages)
                .allSatisfy(message -> assertThat(MessageFormat.read(MessageFormat.write(message)))
                        .isEqualTo(message));
    }

    @Test
    public void whatIsDamagedIsRefused() {
        ByteBuffer whole = MessageFormat.write(new Message.Pass(PROBE, WAIT));

        for (int length = 0; length < whole.remaining(); length++) {
            ByteBuffer cut = whole.slice(0, length);
            assertThatThrownBy(() -> MessageFormat.read(cut)).isInstanceOf(UncheckedIOException.class);
        }
        assertThatThrownBy(() -> MessageFormat.read(ByteBuffer.wrap(new byte[] {99})))
                .hasStackTraceContaining("kind 99 is unknown");
        assertThatThrownBy(() -> MessageFormat.read(ByteBuffer.wrap(new byte[] {4, 127, 0, 0, 0})))
                .hasStackTraceContaining("waits are announced, but there are 0 bytes");
    }
}
