package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.actium.itests.support.Containers;
import org.actium.itests.support.Processes;
import org.actium.itests.support.TestBundles;
import org.actium.torture.Torture;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** {@code actium torture} on this machine, with few faults; {@link TorturedHostsIT} has more. */
public class TortureIT {

    @Rule
    public final Timeout deadline = Timeout.seconds(600);

    @After
    public void noContainerIsLeft() {
        assertThat(Processes.children()).isEmpty();
    }

    @Test
    public void leavesARecordOfEachRun() throws IOException {
        Path out = tortured("here", 2, 100, "--cycles", "2", "--seed", "1");

        Path run = out.resolve("seed-1");
        assertThat(Files.readString(run.resolve("faults.txt"))).contains("seed 1", "cycle 1: ", "cycle 2: ");
        assertThat(Files.readString(run.resolve("verdict.txt")))
                .startsWith("2 faults, ")
                .endsWith(": good\n");
        assertThat(run.resolve("history.jsonl")).isNotEmptyFile();
    }

    /**
     * Sees it end with all runs good.
     *
     * @param where names the directory of its records
     * @param cycles how many there have to have been
     * @param operations as many at least, or it proves nothing; how many a second is up to the machine
     * @return the directory of records
     */
    static Path tortured(String where, int cycles, int operations, String... options) throws IOException {
        Path out = Path.of("target", "torture", where);
        Containers.delete(out);
        List<String> all = new ArrayList<>(List.of(
                "--home",
                Containers.home().toString(),
                "--jar",
                TestBundles.torture().toString(),
                "--testbed",
                Path.of(System.getProperty("actium.itests"), "testbed").toString(),
                "--out",
                out.toString(),
                "--rate",
                "0"));
        all.addAll(List.of(options));
        int exitCode = Torture.run(new PrintStream(System.out, true), all.toArray(String[]::new));
        assertThat(exitCode).as("all runs are good; " + all(out)).isZero();
        String said = all(out);
        assertThat(said).contains("cycle " + cycles + ": ");
        Matcher done = Pattern.compile("faults, (\\d+) operations").matcher(said);
        assertThat(done.find()).as(said).isTrue();
        assertThat(Integer.parseInt(done.group(1))).as(said).isGreaterThanOrEqualTo(operations);
        return out;
    }

    /** What the runs say of themselves. */
    private static String all(Path out) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".txt")).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }
}
