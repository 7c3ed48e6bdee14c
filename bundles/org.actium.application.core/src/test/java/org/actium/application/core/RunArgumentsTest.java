package org.actium.application.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;

public class RunArgumentsTest {

    @Test
    public void theNumberOfNodesIsAVariableOfTheDescriptor() {
        assertThat(arguments(
                        "nbody",
                        "--main",
                        "org.example.Main",
                        "--descriptor",
                        "a.xml",
                        "--nodes",
                        "4",
                        "--var",
                        "H=1",
                        "--arg",
                        "b=8",
                        "--",
                        "x"))
                .isEqualTo(new RunArguments(
                        "nbody",
                        Optional.of("org.example.Main"),
                        Optional.of(Path.of("a.xml")),
                        Map.of("NODES", "4", "H", "1"),
                        Map.of("b", "8"),
                        List.of("x"),
                        false));
    }

    @Test
    public void saysWhatIsMissingOrTooMuch() {
        assertThatThrownBy(() -> arguments()).hasMessage("which application?");
        assertThatThrownBy(() -> arguments("a", "b"))
                .hasMessage("one application at a time, not a b; arguments of main come after --");
        assertThatThrownBy(() -> arguments("a", "--nodes", "0"))
                .hasMessage("option --nodes wants a number from 1, not '0'");
    }

    private static RunArguments arguments(String... arguments) {
        return RunArguments.of(RunArguments.line(arguments));
    }
}
