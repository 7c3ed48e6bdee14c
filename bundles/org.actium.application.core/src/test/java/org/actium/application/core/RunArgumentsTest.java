package org.actium.application.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
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
                        "--ft",
                        "pml",
                        "--kill",
                        "2@1.5s",
                        "--",
                        "x"))
                .isEqualTo(new RunArguments(
                        "nbody",
                        Optional.of("org.example.Main"),
                        Optional.of(Path.of("a.xml")),
                        Map.of("NODES", "4", "H", "1"),
                        Map.of("b", "8"),
                        List.of("x"),
                        Optional.of("pml"),
                        Optional.of(new Kill(2, Duration.ofMillis(1500))),
                        false));
    }

    @Test
    public void saysWhatIsMissingOrTooMuch() {
        assertThatThrownBy(() -> arguments()).hasMessage("which application?");
        assertThatThrownBy(() -> arguments("a", "b"))
                .hasMessage("one application at a time, not a b; arguments of main come after --");
        assertThatThrownBy(() -> arguments("a", "--nodes", "0"))
                .hasMessage("option --nodes wants a number from 1, not '0'");
        assertThatThrownBy(() -> arguments("a", "--ft", "cic"))
                .hasMessage("option --ft wants pml, message logging, which is all there is so far, not 'cic'");
        assertThatThrownBy(() -> arguments("a", "--kill", "1@soon"))
                .hasMessage(
                        "option --kill wants a number of JVMs, and may be followed by when: 1 or 1@10s, not '1@soon'");
    }

    private static RunArguments arguments(String... arguments) {
        return RunArguments.of(RunArguments.line(arguments));
    }
}
