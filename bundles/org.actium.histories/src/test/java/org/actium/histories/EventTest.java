package org.actium.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.Test;

public class EventTest {

    @Test
    public void isTheLineThatTheFormatSays() {
        Event event = new Event(3, Event.Type.OK, "cas", "register-1", Value.of(List.of(1L, -2L)), 17);

        assertThat(event.line())
                .isEqualTo(
                        "{\"process\":3,\"type\":\"ok\",\"f\":\"cas\",\"key\":\"register-1\",\"value\":[1,-2],\"time\":17}");
    }

    @Test
    public void isReadAsItWasWritten() {
        for (Value value : List.of(Value.nothing(), Value.of(-5), Value.of(List.of()), Value.of(List.of(1L, 2L)))) {
            for (Event.Type type : Event.Type.values()) {
                Event event = new Event(0, type, "read", "a", value, 0);
                assertThat(Event.parse(event.line())).isEqualTo(event);
            }
        }
    }

    @Test
    public void mayHaveSpaces() {
        assertThat(Event.parse("{ \"process\": 1, \"type\": \"ok\", \"f\": \"read\", \"key\": \"a\", \"value\": [1, 2],"
                        + " \"time\": 9 }"))
                .isEqualTo(new Event(1, Event.Type.OK, "read", "a", Value.of(List.of(1L, 2L)), 9));
    }

    @Test
    public void isNothingElse() {
        String good = new Event(1, Event.Type.OK, "read", "a", Value.of(3), 9).line();
        Stream.of(
                        "",
                        good.substring(0, good.length() - 1),
                        good.replace("ok", "okay"),
                        good.replace("3", "\"3\""),
                        good.replace("3", "[3,]"),
                        good.replace("1", "-1"))
                .forEach(bad -> assertThatThrownBy(() -> Event.parse(bad))
                        .as(bad)
                        .isInstanceOf(MalformedHistoryException.class)
                        .hasMessageContaining("not an event"));
    }

    @Test
    public void refusesWhatWouldWantEscapes() {
        assertThatThrownBy(() -> new Event(1, Event.Type.OK, "read", "a\"b", Value.nothing(), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
