package org.actium.application.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.Test;

public class CommandLineTest {

    @Test
    public void takesOptionsFlagsWordsAndTheRestApart() {
        CommandLine line = parse("nbody", "--nodes", "3", "--var=HEAP=64m", "--quiet", "--", "--nodes", "x");

        assertThat(line.words()).containsExactly("nbody");
        assertThat(line.value("nodes")).contains("3");
        assertThat(line.pairs("var")).containsEntry("HEAP", "64m").hasSize(1);
        assertThat(line.has("quiet")).isTrue();
        assertThat(line.rest()).containsExactly("--nodes", "x");
    }

    @Test
    public void pairsKeepTheirOrderAndMayHaveEmptyValuesOrMoreEqualsSigns() {
        assertThat(parse("--var", "b=1=2", "--var", "a=").pairs("var")).hasToString("{b=1=2, a=}");
    }

    @Test
    public void saysWhatIsWrongWithAnOption() {
        assertThatThrownBy(() -> parse("--node", "2")).hasMessage("unknown option --node");
        assertThatThrownBy(() -> parse("--nodes")).hasMessage("option --nodes wants a value");
        assertThatThrownBy(() -> parse("--quiet=yes")).hasMessage("option --quiet takes no value");
        assertThatThrownBy(() -> parse("--nodes", "1", "--nodes", "2").value("nodes"))
                .hasMessage("option --nodes is given 2 times");
        assertThatThrownBy(() -> parse("--var", "HEAP").pairs("var"))
                .hasMessage("option --var wants name=value, not 'HEAP'");
    }

    private static CommandLine parse(String... arguments) {
        return CommandLine.parse(List.of(arguments), Set.of("nodes", "var"), Set.of("quiet"));
    }
}
