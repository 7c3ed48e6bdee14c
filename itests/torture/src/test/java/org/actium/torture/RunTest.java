package org.actium.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.actium.histories.Event;
import org.actium.histories.History;
import org.junit.Test;

public class RunTest {

    private static History history(String... lines) {
        return new History(Stream.of(lines).map(Event::parse).toList());
    }

    private static String line(String type, String operation, String key, String value) {
        return "{\"process\":0,\"type\":\"" + type + "\",\"f\":\"" + operation + "\",\"key\":\"" + key + "\",\"value\":"
                + value + ",\"time\":1}";
    }

    @Test
    public void registersAndListsAreJudgedEachInTheirWay() {
        String[] good = {
            line("invoke", "write", "register-0", "1"), line("ok", "write", "register-0", "1"),
            line("invoke", "append", "list-0", "2"), line("ok", "append", "list-0", "2"),
            line("invoke", "read", "list-0", "null"), line("ok", "read", "list-0", "[2]"),
            line("invoke", "read", "register-0", "null"), line("ok", "read", "register-0", "1")
        };
        assertThat(Run.judge(history(good))).isEmpty();

        String[] twice = good.clone();
        twice[5] = line("ok", "read", "list-0", "[2,2]");
        assertThat(Run.judge(history(twice))).singleElement().asString().startsWith("list-0: 2 is there twice");

        String[] lost = good.clone();
        lost[7] = line("ok", "read", "register-0", "null");
        assertThat(Run.judge(history(lost))).singleElement().asString().startsWith("register-0: process 0: read");
    }

    @Test
    public void tellsWhatTheServerShows() {
        Status status = Status.of("{\"runtimes\":[{\"runtime\":\"d3-w2\",\"alive\":true,\"takes\":true,"
                + "\"silentMillis\":12,\"objects\":5},{\"runtime\":\"x\",\"alive\":false,\"takes\":true,\"silentMillis\":9,"
                + "\"objects\":0}],\"objects\":[{\"object\":\"a\",\"state\":\"there\",\"checkpoints\":[1]},"
                + "{\"object\":\"b\",\"state\":\"lost\"}],\"trouble\":null}");

        assertThat(status.ready()).containsExactly(new Status.Worker("d3-w2", true, true, 5));
        assertThat(status.ready().getFirst().name()).isEqualTo("w2");
        assertThat(status.objectStates()).isEqualTo(List.of("there", "lost"));
        assertThat(status.allObjectsAreThere()).isFalse();
    }
}
