package org.example;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.actium.object.api.ActiveObjectException;
import org.actium.simulation.grid.SimulatedGrid;
import org.junit.Assume;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;
import org.junit.runner.JUnitCore;
import org.junit.runner.Request;
import org.junit.runner.Result;

/** What runs here are the tests of applications, most of them with a defect: the nested classes, in a package like theirs. */
public class SimulatedGridTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    // ---- what is green

    /** Counts. */
    public static class Counter {
        private int count;

        public void add(int amount) {
            count += amount;
        }

        public Count count() {
            return new Count(count);
        }
    }

    /** A result that can be stood in for. */
    public static class Count implements Serializable {
        private static final long serialVersionUID = 1;
        private final int value;

        public Count(int value) {
            this.value = value;
        }

        public int value() {
            return value;
        }
    }

    private static final AtomicInteger RUNS = new AtomicInteger();

    public static class Counting {
        @Rule
        public final SimulatedGrid grid = SimulatedGrid.of(2).seeds(7);

        private Counter counter;

        @Before
        public void create() {
            counter =
                    grid.objects().newActive(Counter.class).on(grid.node("h2")).start();
        }

        @Test
        public void counts() {
            RUNS.incrementAndGet();
            System.out.println("prints");
            System.err.println("prints");
            counter.add(3);
            counter.add(4);
            assertThat(counter.count().value()).isEqualTo(7);
            assertThat(grid.nodes()).hasSize(2).contains(grid.node("h2"));
            assertThat(grid.futures().isAwaited(counter.count())).isTrue();
        }
    }

    @Test
    public void aTestRunsOncePerSeedAndMayPrint() {
        RUNS.set(0);

        assertThat(run(Counting.class, "counts").wasSuccessful()).isTrue();
        assertThat(RUNS).hasValue(7);
    }

    // ---- defects of applications

    /** Defect: takes it that what the first worker tells comes first. */
    public static class Order {
        /** Tells somebody else. */
        public static class Worker {
            public void tell(Collector collector, String what) {
                collector.take(what);
            }

            public Count done() {
                return new Count(1);
            }
        }

        /** Writes down what it is told. */
        public static class Collector {
            private String all = "";

            public void take(String what) {
                all += what;
            }

            public String all() {
                return all;
            }
        }

        @Rule
        public final SimulatedGrid grid = SimulatedGrid.of(3);

        @Test
        public void keepsTheOrder() {
            Collector collector = grid.objects()
                    .newActive(Collector.class)
                    .on(grid.node("h3"))
                    .start();
            Worker first =
                    grid.objects().newActive(Worker.class).on(grid.node("h1")).start();
            Worker second =
                    grid.objects().newActive(Worker.class).on(grid.node("h2")).start();
            first.tell(collector, "a");
            second.tell(collector, "b");
            List.of(first.done(), second.done()).forEach(Count::value);
            System.out.println("the order is looked at");
            assertThat(collector.all()).isEqualTo("ab");
        }
    }

    @Test
    public void anOrderThatNobodyPromisesIsNotKept() {
        String told = failure(Order.class, "keepsTheOrder");

        assertThat(told)
                .containsPattern(
                        "keepsTheOrder fails with seed \\d+; again: -Dactium.seed=\\d+ -Dactium.strategy=\\S+ \\(hash")
                .contains("expected:<\"[ab]\"> but was:<\"[ba]\">")
                .containsPattern("#\\d+ +0\\.\\d{6} s  h3 +serves +Collector 1.take  <- #\\d+")
                .contains("(SimulatedGridTest.java:")
                .doesNotContain("receive");
    }

    /** Defect: looks first and takes then, in two calls. */
    public static class LookThenTake {
        /** Has few things. */
        public static class Shop {
            private int stock;

            public Shop(int stock) {
                this.stock = stock;
            }

            public int stock() {
                return stock;
            }

            public void take() {
                stock--;
            }
        }

        /** Wants one. */
        public static class Customer {
            public void buy(Shop shop) {
                if (shop.stock() > 0) {
                    shop.take();
                }
            }

            public Count done() {
                return new Count(1);
            }
        }

        @Rule
        public final SimulatedGrid grid = SimulatedGrid.of(3);

        @Test
        public void neverSellsWhatIsNotThere() {
            Shop shop =
                    grid.objects().newActive(Shop.class, 1).on(grid.node("h1")).start();
            List<Customer> customers = List.of(customerOn("h2"), customerOn("h3"));
            customers.forEach(customer -> customer.buy(shop));
            customers.stream().map(Customer::done).toList().forEach(Count::value);
            assertThat(shop.stock()).isNotNegative();
        }

        private Customer customerOn(String host) {
            return grid.objects().newActive(Customer.class).on(grid.node(host)).start();
        }
    }

    @Test
    public void whatChangesBetweenTwoCallsIsFound() {
        assertThat(failure(LookThenTake.class, "neverSellsWhatIsNotThere"))
                .containsPattern("neverSellsWhatIsNotThere fails with seed \\d+")
                .containsPattern("serves +Shop 1.take");
    }

    /** Defect: a failed deposit does not give back what was withdrawn. */
    public static class Transfers {
        /** Has money. */
        public static class Account {
            private int balance;

            public Account(int balance) {
                this.balance = balance;
            }

            public int add(int amount) {
                balance += amount;
                return balance;
            }
        }

        /** Moves money. */
        public static class Teller {
            public boolean move(Account from, Account to, int amount) {
                from.add(-amount);
                try {
                    to.add(amount);
                    return true;
                } catch (ActiveObjectException failed) {
                    return false;
                }
            }
        }

        @Rule
        public final SimulatedGrid grid = SimulatedGrid.of(2).seeds(200).killing(1);

        @Test
        public void whatFailsTakesNothing() {
            Account from = grid.objects().newActive(Account.class, 100).start();
            boolean moved;
            try {
                Account to = grid.objects()
                        .newActive(Account.class, 0)
                        .on(grid.node("h1"))
                        .start();
                Teller teller = grid.objects()
                        .newActive(Teller.class)
                        .on(grid.node("h2"))
                        .start();
                moved = teller.move(from, to, 30);
            } catch (ActiveObjectException told) {
                return; // it is known that nothing is known
            }
            assertThat(from.add(0)).isEqualTo(moved ? 70 : 100);
        }
    }

    @Test
    public void failuresThatNobodyHandlesAreFound() {
        assertThat(failure(Transfers.class, "whatFailsTakesNothing"))
                .containsPattern("expected:<\\[10]0> but was:<\\[7]0>")
                .containsPattern("(kill|vanish) h1, after [\\d.]+ ms: hit")
                .containsPattern("with 1 fault, \\d+ delayed messages?[:;]");
    }

    /** Defect: two objects that ask each other. */
    public static class EachOther {
        /** Asks the other one before it answers. */
        public static class Politician {
            private Politician other;

            public void meet(Politician somebody) {
                other = somebody;
            }

            public int opinion(int depth) {
                return depth == 0 ? 1 : other.opinion(depth - 1);
            }
        }

        @Rule
        public final SimulatedGrid grid = SimulatedGrid.of(2).seeds(1);

        @Test
        public void talk() {
            Politician one = grid.objects()
                    .newActive(Politician.class)
                    .on(grid.node("h1"))
                    .start();
            Politician other = grid.objects()
                    .newActive(Politician.class)
                    .on(grid.node("h2"))
                    .start();
            one.meet(other);
            other.meet(one);
            assertThat(one.opinion(2)).isEqualTo(1);
        }
    }

    @Test
    public void whoWaitsForEverIsNamedWithThePlace() {
        assertThat(failure(EachOther.class, "talk"))
                .contains("the test does not end; who waits, and where:")
                .containsPattern("h1/.* at .*Politician.opinion\\(SimulatedGridTest.java:\\d+\\)")
                .containsPattern("h2/.* at .*Politician.opinion")
                .containsPattern("test/talk at .*EachOther.talk");
    }

    // ---- faults in the words of the test

    public static class Faults {
        @Rule
        public final SimulatedGrid grid = SimulatedGrid.of(2).seeds(10);

        @Test
        public void restart() {
            Counter counter = counterOnSecondHost();
            grid.kill("h2").lasting(ofSeconds(5)).after(ofSeconds(3));
            grid.sleep(ofSeconds(2));
            assertThat(counter.count().value()).isZero();
            grid.sleep(ofSeconds(2));
            assertThatThrownBy(() -> counter.count().value()).isInstanceOf(ActiveObjectException.class);
            grid.sleep(ofSeconds(5));
            assertThat(counterOnSecondHost().count().value())
                    .as("on the new runtime")
                    .isZero();
            assertThat(grid.now()).isBetween(ofSeconds(9), ofSeconds(30));
        }

        @Test
        public void tooLate() {
            grid.kill("h2").after(ofSeconds(3));
            assertThat(counterOnSecondHost().count().value()).isZero();
        }

        @Test
        public void own() {
            grid.kill("test").after(ofSeconds(3));
        }

        @Test
        public void unknown() {
            grid.node("h3");
        }

        private Counter counterOnSecondHost() {
            return grid.objects().newActive(Counter.class).on(grid.node("h2")).start();
        }
    }

    @Test
    public void hostsDieWhenTheTestSaysAndComeBack() {
        assertThat(run(Faults.class, "restart").getFailures()).isEmpty();
    }

    @Test
    public void aRunInWhichTheFaultDidNotHitIsRed() {
        assertThat(failure(Faults.class, "tooLate"))
                .contains("tooLate proves nothing with seed 0; again: -Dactium.seed=0 -Dactium.strategy=random (hash")
                .containsPattern("'kill h2, after 3[.\\d]* s' did not hit")
                .containsPattern("the test was over after \\d ms");
    }

    @Test
    public void hostsThatCannotBeMeantAreRefused() {
        assertThat(failure(Faults.class, "own")).contains("the host 'test' runs the test itself; choose another one");
        assertThat(failure(Faults.class, "unknown")).contains("there is no host 'h3'; there are [h1, h2]");
        assertThatThrownBy(() -> SimulatedGrid.of(2).killing(3)).hasMessageStartingWith("killing 3 of 2 hosts");
    }

    // ---- tests with a defect

    private static final AtomicInteger STATE = new AtomicInteger();

    public static class Defects {
        @Rule
        public final SimulatedGrid grid = SimulatedGrid.of(1).seeds(10);

        @Test
        public void sometimes() {
            grid.sometimes("even", grid.seed() % 2 == 0);
            grid.sometimes("more than nine", grid.seed() > 9);
        }

        @Test
        public void remembers() {
            System.out.println("run " + STATE.incrementAndGet());
            grid.sleep(ofMillis(STATE.get()));
            assertThat(STATE.get()).isLessThan(5);
        }

        @Test(timeout = 1000)
        public void withTimeout() {}

        @Test
        public void assumes() {
            Assume.assumeTrue("the moon is full", false);
        }

        @Test
        public void assumesNowAndThen() {
            int run = STATE.incrementAndGet();
            Assume.assumeTrue("run " + run + " is not the second", run != 2);
            assertThat(run).as("runs").isLessThan(4);
        }
    }

    public static class TimeoutInside {
        @Rule(order = 1)
        public final Timeout timeout = Timeout.seconds(10);

        @Rule
        public final SimulatedGrid grid = SimulatedGrid.of(1);

        @Test
        public void runs() {}
    }

    public static class OncePerClass {
        @ClassRule
        public static final SimulatedGrid GRID = SimulatedGrid.of(1);

        @Test
        public void runs() {}
    }

    @Test
    public void whatNeverHappenedIsRed() {
        assertThat(failure(Defects.class, "sometimes"))
                .contains("sometimes: 'more than nine' never happened with any of 10 seeds")
                .doesNotContain("'even'");
    }

    @Test
    public void stateThatOutlivesARunIsNoticed() {
        STATE.set(0);

        assertThat(failure(Defects.class, "remembers"))
                .contains("remembers fails with seed 4")
                .contains("The same seed did not give the same run again")
                .contains("run 5\n");
    }

    @Test
    public void whatAssumesSomethingElseIsSkipped() {
        Result result = run(Defects.class, "assumes");

        assertThat(result.wasSuccessful()).isTrue();
        assertThat(result.getAssumptionFailureCount()).isEqualTo(1);
    }

    @Test
    public void seedsAfterASkippedOneAreRun() {
        STATE.set(0);

        assertThat(failure(Defects.class, "assumesNowAndThen")).contains("assumesNowAndThen fails with seed 3");
    }

    @Test
    public void rulesInTheWrongPlaceAreExplained() {
        assertThat(failure(Defects.class, "withTimeout")).contains("the time-out of withTimeout(");
        assertThat(failure(TimeoutInside.class, "runs")).contains("outside: @Rule(order = 1) for the grid");
        assertThat(new JUnitCore()
                        .run(OncePerClass.class)
                        .getFailures()
                        .getFirst()
                        .getMessage())
                .contains("is a @ClassRule; make it a @Rule");
        SimulatedGrid outside = SimulatedGrid.of(1);
        assertThatThrownBy(outside::objects).hasMessageContaining("is not part of the simulation");
    }

    // ---- what it needs

    @Test
    public void aJvmThatIsClosedIsToldWhatToWriteIntoThePom() throws IOException, InterruptedException {
        assertThat(inOtherJvm(OneTest.class.getName(), Counting.class.getName(), "counts"))
                .contains("""
                        In the pom.xml of the tests:
                          <plugin>
                            <artifactId>maven-surefire-plugin</artifactId>
                            <configuration>
                              <argLine>--add-opens java.base/java.lang=ALL-UNNAMED -Djdk.trackAllThreads=false</argLine>
                            </configuration>
                          </plugin>
                        """);
    }

    @Test
    public void aLogThatIsOnDoesNoHarmAndOneSeedRunsAlone() throws IOException, InterruptedException {
        String output = inOtherJvm(
                "--add-opens",
                "java.base/java.lang=ALL-UNNAMED",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=debug",
                "-Dactium.seed=4",
                OneTest.class.getName(),
                Order.class.getName(),
                "keepsTheOrder");

        assertThat(output)
                .contains("keepsTheOrder fails with seed 4")
                .containsPattern("Printed:\n  .* DEBUG org.actium.")
                .contains("\n  the order is looked at\n")
                .doesNotContain("INFO org.actium.remote.core.RuntimeLinks");
    }

    /** Runs one test and says what came of it. */
    static final class OneTest {
        public static void main(String[] arguments) throws ClassNotFoundException {
            run(Class.forName(arguments[0]), arguments[1])
                    .getFailures()
                    .forEach(failure -> System.out.println(failure.getTrace()));
        }
    }

    private static String inOtherJvm(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    private static Result run(Class<?> tests, String method) {
        return new JUnitCore().run(Request.method(tests, method));
    }

    /** What the author of the test is told. */
    private static String failure(Class<?> tests, String method) {
        Result result = run(tests, method);
        assertThat(result.getFailures()).as("failures of %s", method).hasSize(1);
        return result.getFailures().getFirst().getTrace();
    }
}
