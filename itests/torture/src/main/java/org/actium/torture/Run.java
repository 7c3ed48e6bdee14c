package org.actium.torture;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.actium.histories.AppendOrder;
import org.actium.histories.Event;
import org.actium.histories.History;
import org.actium.histories.Linearizability;
import org.actium.histories.Register;
import org.actium.histories.Verdict;

/**
 * One application, and faults one after the other, each when the application has answered after the one before. Leaves in its directory
 * {@code faults.txt}, {@code history.jsonl}, {@code verdict.txt}, and what was printed and logged.
 */
final class Run {

    private static final int WORKERS = 4;
    private static final int KEYS = 8;
    private static final Pattern GIVEN_UP = Pattern.compile("\\] (?:d\\d+-)?(\\S+): given up, .* it had [1-9]");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{16,}-[0-9a-f]+");
    private static final Pattern STARTED = Pattern.compile("^torture: (not )?ready ");
    private static final String END = "the application ends";
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration STARTS = Duration.ofMinutes(4);
    private static final Duration ANSWERS = Duration.ofMinutes(2);

    private final Settings settings;
    private final Grid grid;
    private final PrintStream record;
    private final SplittableRandom random;
    private final Tail printed;
    private final Tail seen;
    private final Map<String, List<Long>> answers = new HashMap<>(); // by key: when, milliseconds since the epoch
    private final Map<String, Long> givenUp = new HashMap<>(); // by worker
    private final List<String> lines = new ArrayList<>(); // that the application printed
    private final List<Long> served = new ArrayList<>(); // milliseconds from detection to all answers, by cycle
    private long operations;
    private int deployed;

    /**
     * @param directory of its record, which is made
     * @param pause how long a JVM stands still at least
     * @param bytes of the state of each register
     * @param cycles how many faults
     */
    record Settings(Grid.Parts parts, Path directory, long seed, int cycles, Duration pause, int bytes, double rate) {}

    private Run(Settings settings) throws IOException {
        this.settings = settings;
        Files.createDirectories(settings.directory());
        this.grid =
                new Grid(settings.parts(), settings.directory(), Long.toHexString(settings.seed() ^ System.nanoTime()));
        this.record = new PrintStream(settings.directory().resolve("faults.txt").toFile());
        this.random = new SplittableRandom(settings.seed());
        this.printed = new Tail(grid.out());
        this.seen = new Tail(history());
    }

    /**
     * @param served milliseconds from detection until all objects have answered, one for each cycle that lost objects
     * @param verdict also of what went wrong before there was anything to judge
     */
    record Result(int cycles, List<Long> served, long operations, double perSecond, Verdict verdict) {

        @Override
        public String toString() {
            List<Long> sorted = served.stream().sorted().toList();
            String figures = sorted.isEmpty()
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            "; from detection to all answers p50 %d ms, p95 %d ms, most %d ms",
                            sorted.get(sorted.size() / 2),
                            sorted.get((int) Math.ceil(sorted.size() * 0.95) - 1),
                            sorted.getLast());
            return String.format(
                            Locale.ROOT,
                            "%d faults, %d operations, %.0f a second%s: ",
                            cycles,
                            operations,
                            perSecond,
                            figures)
                    + verdict;
        }
    }

    /** Returns when all that it started has gone. */
    static Result of(Settings settings) throws IOException {
        Run run = new Run(settings);
        Result result;
        try (PrintStream _ = run.record;
                Grid _ = run.grid) {
            result = run.judged();
        }
        Files.writeString(settings.directory().resolve("verdict.txt"), result + "\n");
        return result;
    }

    private Path history() {
        return settings.directory().resolve("history.jsonl").toAbsolutePath();
    }

    private Result judged() throws IOException {
        int cycles = 0;
        long begun = 0;
        List<String> wrong = new ArrayList<>();
        say("seed " + settings.seed());
        try {
            start();
            begun = System.nanoTime();
            for (Fault fault : faults()) {
                cycle(cycles + 1, fault);
                cycles++;
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            look();
            grid.tell("end");
            await(END, ANSWERS, () -> printed("torture: ended"));
            if (grid.awaitEnd() != 0) {
                wrong.add("the application did not end with exit code 0");
            }
            look();
            if (operations / seconds < settings.rate()) {
                wrong.add(String.format(
                        Locale.ROOT,
                        "void: %.0f operations a second, where %.0f are wanted",
                        operations / seconds,
                        settings.rate()));
            }
        } catch (TortureFailure failure) {
            wrong.add(failure.getMessage());
        }
        double seconds = begun == 0 ? 0 : (System.nanoTime() - begun) / 1e9;
        if (Files.exists(history())) {
            wrong.addAll(judge(History.read(history())));
        }
        return new Result(
                cycles, List.copyOf(served), operations, operations / Math.max(1, seconds), new Verdict(wrong));
    }

    /** What the clients saw that cannot have been. */
    static List<String> judge(History history) {
        return Stream.of(
                        new Linearizability<>(new Register()).judge(of("register-", history)),
                        new AppendOrder().judge(of("list-", history)))
                .flatMap(verdict -> verdict.violations().stream())
                .toList();
    }

    private static History of(String prefix, History history) {
        return new History(history.events().stream()
                .filter(event -> event.key().startsWith(prefix))
                .toList());
    }

    /** Each kind as often as the others, in an order from the seed. */
    private List<Fault> faults() {
        List<Fault> possible = Stream.of(Fault.values())
                .filter(fault -> fault != Fault.CUT || settings.parts().place().canCut())
                .toList();
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < settings.cycles(); i++) {
            faults.add(possible.get(i % possible.size()));
        }
        Collections.shuffle(faults, new Random(settings.seed()));
        return faults;
    }

    private void start() throws IOException {
        grid.startServer();
        grid.startApplication(history(), settings.seed(), settings.bytes());
        await("the application obeys", STARTS, () -> printed("torture: obeys"));
        for (int i = 0; i < WORKERS; i++) {
            grid.deployWorker();
            deployed++;
        }
        await("workers are ready", STARTS, () -> grid.status().ready().size() >= WORKERS && starting() == 0);
        grid.tell("serve");
        await("all objects have answered", STARTS, () -> answers.size() == KEYS);
    }

    /** Workers that were deployed, and are neither ready nor in vain. */
    private int starting() {
        return deployed - (int) lines.stream().filter(STARTED.asPredicate()).count();
    }

    private void cycle(int number, Fault fault) {
        look();
        for (int missing = WORKERS - grid.status().ready().size() - starting(); missing > 0; missing--) {
            grid.deployWorker();
            deployed++;
        }
        await(
                "there are workers enough",
                STARTS,
                () -> grid.status().ready().size() >= WORKERS - 1
                        && grid.status().allObjectsAreThere());
        pause(Duration.ofMillis(500 + random.nextInt(1500)));
        look();
        answers.clear();
        givenUp.clear();
        List<String> victims = new ArrayList<>();
        String second = "";
        if (fault.losesObjects()) {
            victims.add(victim(victims));
        }
        say("cycle " + number + ": " + fault
                + victims.stream().map(name -> " " + name).findFirst().orElse(""));
        switch (fault) {
            case KILL -> grid.signal(victims.getFirst(), "KILL");
            case DOUBLE_KILL -> {
                grid.signal(victims.getFirst(), "KILL");
                pause(Duration.ofMillis(random.nextInt(3000)));
                second = victim(victims);
                victims.add(second);
                grid.signal(second, "KILL");
                say("and " + second);
            }
            case PAUSE -> grid.signal(victims.getFirst(), "STOP");
            case CUT -> settings.parts().place().cut(grid.hostOf(victims.getFirst()));
            case SERVER, SERVER_AND_KILL -> {
                grid.killServer();
                victims.forEach(victim -> grid.signal(victim, "KILL"));
                pause(Duration.ofMillis(random.nextInt(2000)));
                grid.startServer();
            }
        }
        long detected = System.currentTimeMillis();
        if (fault.losesObjects()) {
            await(
                    "given up: " + victims.getFirst(),
                    ANSWERS,
                    () -> givenUp.keySet().stream().anyMatch(lost -> isOneOf(lost, victims, fault)));
            if (fault == Fault.PAUSE) {
                pause(settings.pause());
                grid.signal(victims.getFirst(), "CONT");
            }
            await("nobody counts on " + victims, ANSWERS, () -> fault == Fault.PAUSE || gone(victims));
            detected = givenUp.entrySet().stream()
                    .filter(lost -> isOneOf(lost.getKey(), victims, fault))
                    .mapToLong(Map.Entry::getValue)
                    .max()
                    .orElseThrow();
        }
        long since = fault == Fault.PAUSE ? System.currentTimeMillis() : detected;
        await("all objects answer", ANSWERS, () -> grid.status().allObjectsAreThere() && haveAnswered(since));
        settings.parts().place().heal();
        if (fault.losesObjects()) {
            served.add(firstAnswers(detected) - detected);
            say("  from detection to all answers " + served.getLast() + " ms");
        }
    }

    /** A server that was started again knows who is gone by its id only, and not by its name. */
    private static boolean isOneOf(String lost, List<String> victims, Fault fault) {
        return victims.contains(lost)
                || fault == Fault.SERVER_AND_KILL && ID.matcher(lost).matches();
    }

    private String victim(List<String> but) {
        List<String> possible = new ArrayList<>();
        await("an object is on another worker", ANSWERS, () -> {
            possible.clear();
            grid.status().ready().stream()
                    .filter(worker -> worker.objects() > 0)
                    .map(Status.Worker::name)
                    .filter(name -> !but.contains(name) && !givenUp.containsKey(name))
                    .sorted()
                    .forEach(possible::add);
            return !possible.isEmpty();
        });
        return possible.get(random.nextInt(possible.size()));
    }

    private boolean gone(List<String> victims) {
        Status status = grid.status();
        return !status.workers().isEmpty()
                && status.ready().stream().map(Status.Worker::name).noneMatch(victims::contains);
    }

    private boolean haveAnswered(long since) {
        return answers.size() == KEYS && answers.values().stream().allMatch(times -> times.getLast() > since);
    }

    /** When the last of the objects has answered for the first time since then. */
    private long firstAnswers(long since) {
        return answers.values().stream()
                .mapToLong(times ->
                        times.stream().filter(time -> time > since).findFirst().orElseThrow())
                .max()
                .orElseThrow();
    }

    private void await(String what, Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            look();
            if (condition.getAsBoolean()) {
                return;
            }
            if (!grid.applicationIsAlive() && !what.equals(END)) {
                throw new TortureFailure("the application has ended while waiting for: " + what);
            }
            if (System.nanoTime() > end) {
                throw new TortureFailure("not within " + limit.toSeconds() + " s: " + what + "; answered last: "
                        + answers.keySet() + ", " + grid.status());
            }
            pause(POLL);
        }
    }

    /** At what was printed and recorded meanwhile. */
    private void look() {
        for (String line : printed.next()) {
            lines.add(line);
            Matcher lost = GIVEN_UP.matcher(line);
            if (lost.find()) {
                givenUp.put(lost.group(1), System.currentTimeMillis());
            }
        }
        for (String line : seen.next()) {
            Event event = Event.parse(line);
            if (event.type() == Event.Type.OK) {
                operations++;
                answers.computeIfAbsent(event.key(), _ -> new ArrayList<>()).add(event.time() / 1_000_000);
            }
        }
    }

    private boolean printed(String line) {
        return lines.contains(line);
    }

    private void say(String text) {
        record.println(Instant.now() + " " + text);
        record.flush();
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new TortureFailure("interrupted");
        }
    }
}
