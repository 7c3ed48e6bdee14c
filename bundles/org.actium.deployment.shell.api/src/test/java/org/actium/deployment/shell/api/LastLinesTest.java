package org.actium.deployment.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

public class LastLinesTest {

    private final List<String> heard = new ArrayList<>();
    private final LastLines lines = new LastLines(heard::add);

    @Test
    public void linesMayComeInPieces() {
        append("on");
        append("e\r\ntw");
        append("o\n\nthree");
        assertThat(heard).containsExactly("one", "two", "");

        lines.end();

        assertThat(heard).containsExactly("one", "two", "", "three");
        assertThat(lines.indented()).isEqualTo("  one\n  two\n  \n  three");
    }

    @Test
    public void nothingIsNoLine() {
        lines.end();

        assertThat(lines.indented()).isEmpty();
        assertThat(heard).isEmpty();
    }

    @Test
    public void anEndlessLineIsCut() {
        append("x".repeat(1_000_000));
        lines.end();

        assertThat(lines.indented()).hasSize(2002);
    }

    private void append(String text) {
        lines.append(text.toCharArray(), text.length());
    }
}
