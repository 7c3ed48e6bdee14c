package org.actium.torture;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code actium torture} was asked to do.
 *
 * @param time after which no other run begins
 * @param cycles faults in each run
 * @param pause how long a JVM stands still at least, after it was given up
 * @param rate operations a second, without which a run proves nothing
 * @param home of the distribution
 * @param jar the application
 */
record Options(
        Duration time,
        int cycles,
        long seed,
        Duration pause,
        int bytes,
        double rate,
        Path out,
        Path home,
        Path jar,
        Place place) {

    static final String HELP = """
            usage: actium torture [--hours h | --minutes m] [--cycles n] [--seed s] [--pause seconds] [--kib n] [--rate n]
                                  [--hosts host1,host2,... --here address] [--out directory]

            Runs an application of registers and lists that are recoverable by message logging, and a server of fault
            tolerance; kills JVMs, lets them stand still, cuts them off, and kills the server; and judges what
            clients saw: whether each object can have done that one operation after the other, and whether lists
            have all that was appended once. One run after the other, each with another seed.
              --hours h, --minutes m  no run begins after so long; one run if nothing is said
              --cycles n     faults in each run; 20 if nothing is said
              --seed s       of the first run, which chooses faults and operations; the time if nothing is said
              --pause n      a JVM stands still so many seconds longer than it takes to give it up; 2 if nothing is said
              --kib n        state of each register; 1024 if nothing is said
              --rate n       a run with fewer operations a second proves nothing, and fails; 50 if nothing is said
              --hosts names  JVMs are on these hosts of itests/testbed, which are up, and are cut off, too; else they are
                             processes of this machine
              --here a       address of this machine for those hosts; 10.77.0.254 if nothing is said
              --out dir      where each run leaves its record: faults.txt, history.jsonl, verdict.txt, and what was
                             printed and logged; target/torture if nothing is said
            Exit codes: 0 all runs are good; 1 one is not, or proved nothing; 2 wrong usage.
            """;

    private static final List<String> KNOWN = List.of(
            "hours", "minutes", "cycles", "seed", "pause", "kib", "rate", "hosts", "here", "out", "home", "jar",
            "testbed");

    /** @throws IllegalArgumentException if it is none of those */
    static Options parse(String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i].replaceFirst("^--", "");
            if (!arguments[i].startsWith("--") || !KNOWN.contains(name)) {
                throw new IllegalArgumentException("does not know what to do with '" + arguments[i] + "'");
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException("option " + arguments[i] + " wants a value");
            }
            given.put(name, arguments[i + 1]);
        }
        double hours = number(given, "hours", "0") + number(given, "minutes", "0") / 60;
        return new Options(
                Duration.ofMillis((long) (hours * 3_600_000)),
                positive(given, "cycles", "20"),
                (long) number(given, "seed", Long.toString(System.currentTimeMillis())),
                Duration.ofMillis((long) (number(given, "pause", "2") * 1000)),
                positive(given, "kib", "1024") * 1024,
                number(given, "rate", "50"),
                Path.of(given.getOrDefault("out", "target/torture")),
                required(given, "home"),
                required(given, "jar"),
                given.containsKey("hosts")
                        ? new Place.Hosts(
                                required(given, "testbed").resolve("hosts"),
                                List.of(given.get("hosts").split(",")),
                                given.getOrDefault("here", "10.77.0.254"))
                        : new Place.ThisMachine());
    }

    private static double number(Map<String, String> given, String name, String otherwise) {
        String text = given.getOrDefault(name, otherwise);
        if (!text.matches("[0-9]{1,15}(\\.[0-9]{1,6})?")) {
            throw new IllegalArgumentException("option --" + name + " wants a number, not '" + text + "'");
        }
        return Double.parseDouble(text);
    }

    private static int positive(Map<String, String> given, String name, String otherwise) {
        String text = given.getOrDefault(name, otherwise);
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException("option --" + name + " wants a number from 1, not '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    /** The script knows them. */
    private static Path required(Map<String, String> given, String name) {
        if (!given.containsKey(name)) {
            throw new IllegalArgumentException("option --" + name + " is missing");
        }
        return Path.of(given.get(name)).toAbsolutePath().normalize();
    }
}
