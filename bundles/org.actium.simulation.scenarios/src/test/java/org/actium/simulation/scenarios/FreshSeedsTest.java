package org.actium.simulation.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/**
 * Every scenario with seeds nobody has tried, for a fixed time, a third of it woven and a third with three random
 * faults in each run; {@code -Dactium.simulate.seconds} sets how long, and {@code -Dactium.simulate.first} where they
 * begin: {@code actium test} derives that from the commit, so that each commit has seeds of its own, and the same ones
 * when it is tested again. What it prints is in the report of the test: each seed can be run again with {@code actium
 * simulate}.
 */
public class FreshSeedsTest {

    private static final int SECONDS = Integer.getInteger("actium.simulate.seconds", 60);
    private static final int SHARE = Math.max(1, SECONDS / 3);

    @Rule
    public final Timeout deadline = Timeout.seconds(SECONDS * 5L + 300);

    @Test
    public void freshSeedsPass() {
        assertGreen(SHARE);
    }

    @Test
    public void freshSeedsPassWhenThreadsGiveWayBetweenTwoAccesses() {
        assertGreen(SHARE, "--weave");
    }

    @Test
    public void freshSeedsPassWithFaults() {
        assertGreen(SHARE, "--faults", "3");
    }

    private static void assertGreen(int seconds, String... options) {
        List<String> arguments = new ArrayList<>(List.of("all", "--seconds", String.valueOf(seconds)));
        Optional.ofNullable(Long.getLong("actium.simulate.first"))
                .ifPresent(first -> arguments.addAll(List.of("--first", String.valueOf(first))));
        arguments.addAll(List.of(options));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int exitCode = Main.run(new PrintStream(bytes, true, StandardCharsets.UTF_8), arguments.toArray(String[]::new));
        String out = bytes.toString(StandardCharsets.UTF_8);
        System.out.println(out);
        assertThat(exitCode).as(redOf(out)).isZero();
    }

    /** Without the lines of runs that passed. */
    private static String redOf(String out) {
        return out.lines().filter(line -> !line.contains("  PASSED  ")).collect(Collectors.joining("\n"));
    }
}
