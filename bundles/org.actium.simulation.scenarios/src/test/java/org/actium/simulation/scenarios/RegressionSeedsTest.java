package org.actium.simulation.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** The seeds of the file {@code regression.seeds}, run by the command. */
public class RegressionSeedsTest {

    private static final String USUAL = "-";

    @Rule
    public final Timeout deadline = Timeout.seconds(300);

    /** Something that has to happen so often, as the line of a run has it: {@code future heard 7}, {@code faults 2/3}. */
    private record Floor(String what, long atLeast) {

        static Floor of(String text) {
            String[] parts = text.split(">=");
            assertThat(parts).as("'%s' wants <what>>=<times>", text).hasSize(2);
            return new Floor(parts[0].strip(), Long.parseLong(parts[1].strip()));
        }

        boolean isReached(String line) {
            Matcher count =
                    Pattern.compile("  " + Pattern.quote(what) + " (\\d+)").matcher(line);
            return count.find() && Long.parseLong(count.group(1)) >= atLeast;
        }
    }

    /** A line of the file. */
    private record Entry(List<String> arguments, boolean woven, List<Floor> floors, String why) {

        static Entry of(String line) {
            String[] columns = line.split("\\s{2,}", 7);
            assertThat(columns)
                    .as("'%s' wants scenario, seed, strategy, faults, weaving, floor and why", line)
                    .hasSize(7);
            List<String> arguments =
                    new ArrayList<>(List.of(columns[0], "--seed", columns[1], "--strategy", columns[2]));
            if (!columns[3].equals(USUAL)) {
                arguments.addAll(List.of("--faults", columns[3]));
            }
            assertThat(columns[4]).as("weaving in '%s'", line).isIn("woven", USUAL);
            return new Entry(
                    List.copyOf(arguments),
                    columns[4].equals("woven"),
                    List.of(columns[5].split(", ")).stream().map(Floor::of).toList(),
                    columns[6]);
        }
    }

    @Test
    public void whatIsWorthKeepingPassesAndIsStillWhatItWas() throws Exception {
        Class<?> usual = Main.class;
        Class<?> woven =
                WovenCode.USUAL.loader(Main.class.getClassLoader(), Map.of()).loadClass(Main.class.getName());
        List<Entry> entries = entries();
        assertThat(entries).isNotEmpty();
        for (Entry entry : entries) {
            String out = run(entry.woven() ? woven : usual, entry);
            String line = out.lines()
                    .filter(text -> text.startsWith("seed "))
                    .findFirst()
                    .orElseThrow();

            assertThat(line)
                    .as("%s: %s\n%s", entry.arguments(), entry.why(), out)
                    .contains("  PASSED  ");
            assertThat(entry.floors())
                    .as("%s has become a run in which less happens, take another seed: %s", entry.arguments(), line)
                    .allMatch(floor -> floor.isReached(line));
        }
    }

    private static String run(Class<?> command, Entry entry) throws ReflectiveOperationException {
        Method run = command.getDeclaredMethod("run", PrintStream.class, String[].class);
        run.setAccessible(true);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        run.invoke(
                null,
                new PrintStream(bytes, true, StandardCharsets.UTF_8),
                entry.arguments().toArray(String[]::new));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static List<Entry> entries() throws IOException {
        try (InputStream file = RegressionSeedsTest.class.getResourceAsStream("regression.seeds")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Entry::of)
                    .toList();
        }
    }
}
