package org.actium.simulation.scenarios;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.actium.deadlock.DeadlockDetection;
import org.actium.deadlock.api.Deadlock;
import org.actium.object.spi.Stubs;
import org.actium.object.stubs.StubFactory;
import org.actium.simulation.Scenario;
import org.actium.simulation.Simulation;

/**
 * Active objects on three hosts wait for each other: in circles, which have to be reported once; and in what looks like
 * circles and ends by itself, because one of them waits for a limited time, or for any of two, or they take turns.
 */
final class DeadlocksScenario implements Scenario {

    private static final int HOSTS = 3;
    private static final int MOST_GROUPS = 5;
    private static final int MOST_MEMBERS = 4;
    private static final int ROUNDS = 3;
    private static final Duration PATIENCE = ofMillis(100);
    private static final Duration LONG = ofSeconds(2);
    private static final Duration ALL_FOUND = ofSeconds(20);

    /** By then all have been told whom to call, also where messages were lost a few times and sent again. */
    private static final Duration ALL_TOLD = ofSeconds(2);

    private final Stubs stubs = new StubFactory();

    @Override
    public void describe(Simulation simulation) {
        RandomGenerator random = simulation.random("workload");
        Stage.set(simulation, stubs, HOSTS, stage -> new Knots(stage, random).run());
        simulation.expect("group tied", 2).virtualTime(Settling.PATIENCE.multipliedBy(2));
    }

    private static final class Knots {

        private final Stage stage;
        private final RandomGenerator random;
        private final Collection<Set<String>> found = new ConcurrentLinkedQueue<>();
        private final List<Set<String>> circles = new ArrayList<>();

        /** One of each circle. */
        private final List<Knot> tied = new ArrayList<>();

        Knots(Stage stage, RandomGenerator random) {
            this.stage = stage;
            this.random = random;
        }

        void run() {
            DeadlockDetection.Policy policy =
                    random.nextBoolean() ? DeadlockDetection.Policy.FAIL : DeadlockDetection.Policy.REPORT;
            DeadlockDetection.Settings settings = new DeadlockDetection.Settings(PATIENCE, policy);
            stage.runtimes()
                    .forEach(runtime -> runtime.detectDeadlocks(settings, deadlock -> found.add(names(deadlock))));
            for (int group = random.nextInt(2, MOST_GROUPS + 1); group > 0; group--) {
                tie(group);
                stage.machine().sometimes("group tied");
                stage.machine().sleep(time(PATIENCE));
            }
            stage.machine().sleep(ALL_FOUND);
            requireEachOnce();
            tied.forEach(knot -> stage.runtime().objects().interrupt(knot));
        }

        private static Set<String> names(Deadlock deadlock) {
            return deadlock.members().stream()
                    .map(Deadlock.Member::name)
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        private void tie(int group) {
            List<Knot> knots = new ArrayList<>();
            Set<String> names = new TreeSet<>();
            for (int member = random.nextInt(2, MOST_MEMBERS + 1); member > 0; member--) {
                Place place = anyPlace();
                String name = place.name() + "/k" + group + "." + member;
                names.add(name);
                knots.add(stage.create(Knot.class, place, name));
            }
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    circles.add(names);
                    tied.add(knots.getFirst());
                    tieAll(knots, 0);
                }
                case 2 -> {
                    knots.getFirst().tieFor(knots.get(1), ALL_TOLD.plus(LONG).plus(time(LONG)));
                    tieAll(knots, 1);
                }
                case 3 -> {
                    Knot other = stage.create(Knot.class, anyPlace(), "h1/other" + group);
                    knots.getFirst()
                            .tieToAny(knots.get(1), other, ALL_TOLD.plus(LONG).plus(time(LONG)));
                    tieAll(knots, 1);
                }
                default -> {
                    List<Knot> turns = new ArrayList<>();
                    for (int round = 0; round < ROUNDS; round++) {
                        turns.addAll(knots);
                    }
                    turns.remove(turns.getFirst());
                    knots.getFirst().turn(turns, PATIENCE.plus(time(PATIENCE)));
                }
            }
        }

        /** Each to the next, the last one to the first; none calls before all have been told, so that a circle is one. */
        private void tieAll(List<Knot> knots, int from) {
            for (int i = from; i < knots.size(); i++) {
                Duration before = ALL_TOLD.plus(PATIENCE).plus(time(PATIENCE.multipliedBy(2)));
                knots.get(i).tie(knots.get((i + 1) % knots.size()), before);
            }
        }

        private void requireEachOnce() {
            for (Set<String> circle : circles) {
                int times = Collections.frequency(found, circle);
                if (times != 1) {
                    stage.machine().fail("the deadlock of " + circle + " was reported " + times + " times");
                }
            }
            found.stream()
                    .filter(circle -> !circles.contains(circle))
                    .findFirst()
                    .ifPresent(circle ->
                            stage.machine().fail(circle + " were reported as a deadlock, which they are not"));
        }

        private Place anyPlace() {
            return stage.places().get(random.nextInt(stage.places().size()));
        }

        private Duration time(Duration most) {
            return Duration.ofNanos(random.nextLong(most.toNanos()));
        }
    }
}
