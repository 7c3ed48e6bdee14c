package org.actium.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

public class CliTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal =
            new Terminal(new ByteArrayInputStream(new byte[0]), new PrintStream(out, true), new PrintStream(err, true));
    private final List<List<String>> received = new ArrayList<>();

    @Test
    public void handsTheArgumentsToTheCommandAndReturnsItsExitCode() {
        assertThat(run("run", "hello", "--nodes", "2")).isEqualTo(7);
        assertThat(received).containsExactly(List.of("hello", "--nodes", "2"));
    }

    @Test
    public void refusesAnUnknownCommandWithTheListOfCommands() {
        assertThat(run("strat")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("there is no command 'strat'").contains("stop  ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    public void refusesToDoNothing() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("which command?");
    }

    @Test
    public void listsCommandsInTheHelpExceptInternalOnes() {
        assertThat(run("help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("stop  ")
                .contains("run  ")
                .contains("help  ")
                .doesNotContain("train");
    }

    @Test
    public void explainsACommandInsteadOfRunningIt() {
        assertThat(run("stop", "--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("usage: actium stop").contains("--name <name>");
        assertThat(received).isEmpty();
    }

    @Test
    public void leavesTheHelpOfAPassedOnCommandToTheCommand() {
        run("help", "run");

        assertThat(received).containsExactly(List.of("--help"));
    }

    @Test
    public void tellsAFailureOnStandardErrorWithTheNameOfTheCommand() {
        assertThat(run("stop")).isEqualTo(ExitCode.NOT_RUNNING);
        assertThat(err.toString()).isEqualTo("actium stop: nothing runs\n");
    }

    @Test
    public void refusesArgumentsThatTheSyntaxDoesNotKnow() {
        assertThat(run("stop", "now")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).startsWith("actium stop: does not know what to do with 'now'");
    }

    @Test
    public void treatsFailingInputAndOutputAsAFailureWhileWorking() {
        assertThat(run("train")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("disk full");
    }

    private int run(String... arguments) {
        return new Cli(List.of(runCommand(), stopCommand(), trainCommand()), terminal).run(List.of(arguments));
    }

    private Command runCommand() {
        return command(Syntax.of("run", "runs").passedOn("<application>"), options -> {
            received.add(options.operands());
            return 7;
        });
    }

    private static Command stopCommand() {
        return command(Syntax.of("stop", "stops").option("--name", "<name>", "which"), options -> {
            throw new CommandFailure(ExitCode.NOT_RUNNING, "nothing runs");
        });
    }

    private static Command trainCommand() {
        return command(Syntax.of("train", "trains").hidden(), options -> {
            throw new IOException("disk full");
        });
    }

    private interface Action {
        int run(Options options) throws IOException;
    }

    private static Command command(Syntax syntax, Action action) {
        return new Command() {
            @Override
            public Syntax syntax() {
                return syntax;
            }

            @Override
            public int run(Options options) throws IOException {
                return action.run(options);
            }
        };
    }
}
