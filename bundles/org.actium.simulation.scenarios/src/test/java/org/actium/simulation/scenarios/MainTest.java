package org.actium.simulation.scenarios;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.actium.simulation.FaultBudget;
import org.actium.simulation.FaultKind;
import org.actium.simulation.oracle.Observation;
import org.actium.simulation.oracle.SetOnceOracle;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class MainTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    private record Result(int exitCode, String out) {}

    @Test
    public void withoutArgumentsItListsTheScenarios() {
        Result result = simulate();

        assertThat(result.exitCode()).isZero();
        for (NamedScenario scenario : Scenarios.all()) {
            assertThat(result.out()).contains(scenario.name(), scenario.proves());
        }
    }

    @Test
    public void aSeedThatPassesIsToldWithItsCauses() {
        Result result = simulate("calls", "--seed", "7", "--strategy", "random");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains("seed 7  random  hash ")
                .contains("green: 1 PASSED")
                .containsPattern("#\\d+ +\\d\\.\\d+ s  h\\d +served +\\S+>\\S+#1 by \\S+  <- #\\d+")
                .contains("sometimes: ")
                .doesNotContain("receive");
    }

    @Test
    public void theWholeLogHasTheFramesToo() {
        assertThat(simulate("calls", "--seed", "7", "--log").out()).contains(" receive ");
    }

    @Test
    public void whoAsksForTheLogOfManySeedsIsToldWhatIsPrinted() {
        assertThat(simulate("futures", "--seeds", "2", "--log").out())
                .startsWith("--log: prints the first run that is not green");
    }

    @Test
    public void freshSeedsBeginWhereItIsSaid() throws Options.UsageException {
        assertThat(simulate("futures", "--seconds", "1", "--first", "4711")
                        .out()
                        .lines()
                        .filter(line -> line.startsWith("seed ")))
                .first()
                .asString()
                .startsWith("seed 4711 ");
        assertThatThrownBy(() -> Options.parse("futures", "--first", "4711"))
                .isInstanceOf(Options.UsageException.class)
                .hasMessageContaining("--first goes with --seconds");
    }

    @Test
    public void whatAllLeavesOutIsSaid() throws Options.UsageException {
        Options options = Options.parse("all", "--faults", "1");

        assertThat(options.scenarios()).extracting(NamedScenario::name).contains("continuations", "pauses");
        assertThat(options.leftOut())
                .containsExactly(
                        "lost-continuations (the same as another)",
                        "nodes (no faults)",
                        "bounded (no faults)",
                        "futures (no faults)",
                        "deadlocks (no faults)",
                        "immediate (no faults)");
        assertThat(Options.parse("all").leftOut()).isEmpty();
        assertThat(Options.parse("calls", "--faults", "1").leftOut()).isEmpty();
    }

    @Test
    public void theReadmeHasEveryScenario() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        for (NamedScenario scenario : Scenarios.all()) {
            assertThat(readme.lines()
                            .filter(line -> line.startsWith("| `") && line.contains("`" + scenario.name() + "`")))
                    .as("rows for %s", scenario.name())
                    .isNotEmpty();
        }
    }

    @Test
    public void theSameSeedIsToldInTheSameWords() {
        assertThat(simulate("reconnect", "--seed", "3")).isEqualTo(simulate("reconnect", "--seed", "3"));
    }

    @Test
    public void wovenRunsAreOthersAndCanBeRunAgain() {
        Result woven = simulate("calls", "--seed", "3", "--strategy", "random", "--weave");

        assertThat(woven.exitCode()).as(woven.out()).isZero();
        assertThat(woven.out())
                .contains("again: ./actium simulate calls --seed 3 --strategy random --weave\n")
                .isNotEqualTo(
                        simulate("calls", "--seed", "3", "--strategy", "random").out());
        assertThat(simulate("calls", "--seed", "3", "--strategy", "random", "--weave"))
                .isEqualTo(woven);
    }

    @Test
    public void wrongUsageIsExplained() {
        for (String wrong : List.of(
                "nothing",
                "calls --seed",
                "calls --seed x",
                "calls --seeds 0",
                "calls --seed 1 --seeds 2",
                "calls --faults -1",
                "nodes --faults 1",
                "calls --strategy best",
                "calls --strategy pct:0:10",
                "calls --fast")) {
            Result result = simulate(wrong.split(" "));

            assertThat(result.exitCode()).as(wrong).isEqualTo(2);
            assertThat(result.out()).as(wrong).startsWith("actium: simulate: ").contains("usage: ");
        }
        assertThat(simulate("--help").exitCode()).isZero();
    }

    @Test
    public void wrongUsageGoesWhereErrorsGo() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();

        assertThat(Main.run(new PrintStream(out, true), new PrintStream(errors, true), "nothing"))
                .isEqualTo(2);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(errors.toString(StandardCharsets.UTF_8)).startsWith("actium: simulate: ");
    }

    @Test
    public void severalScenariosAreSummedUp() {
        assertThat(Main.sum(List.of("calls", "store"), 16)).isEqualTo("red: calls, store; 16 green");
        assertThat(Main.sum(List.of(), 18)).isEqualTo("18 green");
    }

    @Test
    public void allEndsWithTheSum() {
        assertThat(simulate("all", "--seed", "7", "--strategy", "random").out())
                .endsWith("\n" + Scenarios.all().size() + " green\n");
    }

    @Test
    public void theLogOfAFailureIsThatOfItsSeedThenThatOfTheSmallerRun() throws Options.UsageException {
        List<String> lines = new ArrayList<>();
        new Exploration(twoLives(), Options.parse("calls", "--seed", "0", "--log"), lines::add).run(LongStream.of(0));
        String text = String.join("\n", lines);

        assertThat(text)
                .containsPattern("(?s)\nhash [0-9a-f]{16}\nmade smaller in .*\nhash [0-9a-f]{16} of the smaller run$");
        assertThat(text.substring(0, text.indexOf("made smaller"))).contains("pause h1", "kill h1");
        assertThat(text.substring(text.indexOf("made smaller"))).doesNotContain("pause h1");
    }

    @Test
    public void aFailureIsReplayedAndMadeSmaller() throws Options.UsageException {
        List<String> lines = new ArrayList<>();
        boolean green = new Exploration(twoLives(), Options.parse("calls", "--seeds", "3"), lines::add)
                .run(LongStream.range(0, 3));

        assertThat(green).isFalse();
        assertThat(String.join("\n", lines))
                .contains("red: ")
                .containsPattern("seed \\d fails; again: ./actium simulate two-lives --seed \\d --strategy \\S+\n"
                        + "run again, it fails likewise, with the same hash [0-9a-f]{16}\n")
                .contains(" runs: 1 fault, 0 delayed messages\n")
                .containsPattern("#\\d+ +\\d\\.\\d+ s  - +fault +kill h1")
                .containsPattern("#\\d+ +\\d\\.\\d+ s  h1 +set +f at holder to life 2 +<- #\\d+")
                .contains("SetOnceOracle: future f was set twice at holder: to life 1, then to life 2");
    }

    @Test
    public void theWorkOfAFailureIsMadeSmaller() throws Options.UsageException {
        NamedScenario tooMany = new NamedScenario(
                "too-many",
                "Nothing",
                0,
                faults -> simulation -> simulation
                        .host("h1", machine -> {
                            int calls = simulation.size("calls", 50, 1);
                            int idle = simulation.size("idle", 20, 2);
                            for (int call = 1; call <= calls; call++) {
                                machine.observe(
                                        new Observation.FutureSet("f" + (call < 7 ? call : 0), "h", "value " + call));
                            }
                            for (int other = 1; other <= idle; other++) {
                                machine.note("idles", "for nothing");
                            }
                        })
                        .watch(new SetOnceOracle()));
        List<String> lines = new ArrayList<>();
        new Exploration(tooMany, Options.parse("calls", "--seeds", "1"), lines::add).run(LongStream.of(0));

        assertThat(String.join("\n", lines)).contains(" runs: 0 faults, 0 delayed messages, calls 8, idle 2\n");
    }

    @Test
    public void hostsThatAFailureDoesNotNeedAreLeftOut() throws Options.UsageException {
        NamedScenario apart = new NamedScenario(
                "apart",
                "Nothing",
                0,
                faults -> simulation -> simulation
                        .hosts(
                                simulation.size("hosts", 9, 2),
                                machine ->
                                        machine.observe(new Observation.FutureSet(future(machine.host()), "h", "set")))
                        .watch(new SetOnceOracle()));
        List<String> lines = new ArrayList<>();
        new Exploration(apart, Options.parse("calls", "--seeds", "1"), lines::add).run(LongStream.of(0));

        assertThat(String.join("\n", lines)).contains(" runs: 0 faults, 0 delayed messages, hosts 3\n");
    }

    /** The same one on the first and on the third host. */
    private static String future(String host) {
        return host.equals("h3") ? "f of h1" : "f of " + host;
    }

    /** Fails if the host is killed; pauses are there to be left out. */
    private static NamedScenario twoLives() {
        return new NamedScenario(
                "two-lives",
                "Nothing",
                0,
                faults -> simulation -> simulation
                        .host(
                                "h1",
                                machine -> machine.observe(
                                        new Observation.FutureSet("f", "holder", "life " + machine.life())))
                        .kill("h1")
                        .lasting(ofSeconds(1))
                        .after(ofSeconds(1))
                        .chaos(FaultBudget.none(3, ofSeconds(1)).most(FaultKind.PAUSE, 3))
                        .watch(new SetOnceOracle()));
    }

    private static Result simulate(String... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int exitCode = Main.run(new PrintStream(bytes, true, StandardCharsets.UTF_8), arguments);
        return new Result(exitCode, bytes.toString(StandardCharsets.UTF_8));
    }
}
