package org.actium.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.Test;

public class OptionsTest {

    private static final Syntax SYNTAX = Syntax.of("deploy", "deploys")
            .operands("<file>", 1, 2)
            .option("--var", "<name>=<value>", "a variable")
            .option("--port", "<port>", "a port")
            .option("-D", "<name>=<value>", "a property")
            .flag("--json", "prints JSON");

    @Test
    public void takesOptionsAndOperandsInAnyOrder() {
        Options options = parse("--var", "A=1", "f.xml", "--json", "--var=B=2");

        assertThat(options.operands()).containsExactly("f.xml");
        assertThat(options.values("--var")).containsExactly("A=1", "B=2");
        assertThat(options.has("--json")).isTrue();
    }

    @Test
    public void takesWhatFollowsALetterAsItsValueWithOrWithoutASpace() {
        assertThat(parse("-Da=1", "f.xml", "-Db=-D", "-D", "c=2").values("-D")).containsExactly("a=1", "b=-D", "c=2");
        assertThat(SYNTAX.help()).contains("-D <name>=<value>");
    }

    @Test
    public void takesWhatFollowsTwoDashesAsOperands() {
        assertThat(parse("--", "--json").operands()).containsExactly("--json");
    }

    @Test
    public void takesASingleDashAsAnOperand() {
        assertThat(parse("-").operands()).containsExactly("-");
    }

    @Test
    public void refusesAnOptionItDoesNotHave() {
        assertThatThrownBy(() -> parse("f.xml", "--jason"))
                .hasMessage("has no option --jason; try 'actium deploy --help'");
    }

    @Test
    public void refusesAnOptionWithoutItsValue() {
        assertThatThrownBy(() -> parse("f.xml", "--var")).hasMessage("option --var <name>=<value> has no value");
    }

    @Test
    public void refusesAFlagWithAValue() {
        assertThatThrownBy(() -> parse("f.xml", "--json=yes")).hasMessage("option --json takes no value");
    }

    @Test
    public void refusesTooFewAndTooManyOperands() {
        assertThatThrownBy(() -> parse()).hasMessageStartingWith("wants <file>");
        assertThatThrownBy(() -> parse("a", "b", "c")).hasMessageStartingWith("does not know what to do with 'c'");
    }

    @Test
    public void refusesASingleValueGivenTwice() {
        Options options = parse("f.xml", "--port", "1", "--port", "2");

        assertThatThrownBy(() -> options.value("--port")).hasMessage("option --port is given 2 times");
    }

    @Test
    public void refusesAPortThatIsNone() {
        assertThat(parse("f.xml", "--port", "0").port("--port")).contains(0);
        assertThatThrownBy(() -> parse("f.xml", "--port", "65536").port("--port"))
                .hasMessageContaining("'65536'");
        assertThatThrownBy(() -> parse("f.xml", "--port", "http").port("--port"))
                .hasMessageContaining("'http'");
    }

    @Test
    public void everyRefusalIsWrongUsage() {
        assertThatThrownBy(() -> parse("f.xml", "--jason"))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE));
    }

    @Test
    public void passesArgumentsOnUnreadIfTheSyntaxSaysSo() {
        var run = Syntax.of("run", "runs").passedOn("<application>");

        assertThat(Options.parse(run, List.of("--nodes", "2", "--", "x")).operands())
                .containsExactly("--nodes", "2", "--", "x");
    }

    private static Options parse(String... arguments) {
        return Options.parse(SYNTAX, List.of(arguments));
    }
}
