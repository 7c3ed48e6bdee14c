package org.actium.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class HistoryTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static Value number(long value) {
        return Value.of(value);
    }

    @Test
    public void isReadFromTheFileThatWasWritten() throws IOException {
        Path file = folder.getRoot().toPath().resolve("history.jsonl");
        History told = new Told()
                .begins(0, "write", number(1))
                .begins(1, "read")
                .ok(0, "write", number(1))
                .history();
        try (HistoryWriter writer = new HistoryWriter(file)) {
            told.events().forEach(writer::write);
        }

        assertThat(History.read(file)).isEqualTo(told);
    }

    @Test
    public void mayEndInTheMiddleOfALine() throws IOException {
        Path file = folder.getRoot().toPath().resolve("history.jsonl");
        History told = new Told().does(0, "write", number(1)).history();
        String lines = told.events().get(0).line() + "\n" + told.events().get(1).line();
        Files.writeString(file, lines.substring(0, lines.length() - 5));

        assertThat(History.read(file).events()).containsExactly(told.events().get(0));
    }

    @Test
    public void knowsWhenOperationsBeganAndEnded() {
        var operations = new Told()
                .begins(0, "write", number(1))
                .begins(1, "read")
                .ok(0, "write", number(1))
                .fails(1, "read")
                .begins(1, "write", number(2))
                .begins(2, "write", number(3))
                .info(2, "write")
                .history()
                .operations();

        assertThat(operations)
                .containsExactly(
                        new Operation(0, "write", "x", number(1), Event.Type.OK, number(1), 0, 2),
                        new Operation(1, "read", "x", Value.nothing(), Event.Type.FAIL, Value.nothing(), 1, 3),
                        new Operation(
                                1, "write", "x", number(2), Event.Type.INFO, Value.nothing(), 4, Integer.MAX_VALUE),
                        new Operation(
                                2, "write", "x", number(3), Event.Type.INFO, Value.nothing(), 5, Integer.MAX_VALUE));
    }

    @Test
    public void refusesWhatNobodyCanHaveDone() {
        refuses(new Told().begins(0, "read").begins(0, "read"), "before it knows of its last one");
        refuses(new Told().begins(0, "read").info(0, "read").begins(0, "read"), "before it knows of its last one");
        refuses(new Told().ok(0, "read", number(1)), "has not begun");
        refuses(new Told().begins(0, "read").ok(0, "write", number(1)), "has not begun");
    }

    private static void refuses(Told told, String why) {
        assertThatThrownBy(() -> told.history().operations())
                .isInstanceOf(MalformedHistoryException.class)
                .hasMessageContaining(why);
    }
}
