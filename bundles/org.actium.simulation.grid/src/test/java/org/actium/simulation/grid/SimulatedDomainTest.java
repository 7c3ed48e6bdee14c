package org.actium.simulation.grid;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.actium.object.api.ActiveObjectException;
import org.actium.object.spi.Stubs;
import org.actium.object.stubs.StubFactory;
import org.actium.runtime.api.Node;
import org.actium.simulation.Outcome;
import org.actium.simulation.Scenario;
import org.actium.simulation.Simulation;
import org.actium.simulation.Trial;
import org.actium.simulation.Verdict;
import org.actium.simulation.engine.Strategy;
import org.actium.testkit.EmbeddedRuntime;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class SimulatedDomainTest {

    private static final int MESSAGES = 20;

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    /** Writes down what it hears, and passes it on. */
    public static class Listener implements Serializable {
        private static final long serialVersionUID = 1;
        private final List<String> heard = new ArrayList<>();

        public void hear(String word) {
            heard.add(word);
        }

        public void tell(Listener other, String word) {
            other.hear(word);
        }

        public Words heard() {
            return new Words(String.join(" ", heard));
        }
    }

    /** A result that can be stood in for. */
    public static class Words implements Serializable {
        private static final long serialVersionUID = 1;
        private final String text;

        public Words(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** Two hosts offer nodes to a main program on a third one. */
    private static Scenario threeHosts(MainProgram main) {
        return threeHosts(SimulatedDomain::new, main);
    }

    private static Scenario threeHosts(Function<Stubs, SimulatedDomain> domains, MainProgram main) {
        Stubs stubs = new StubFactory();
        return simulation -> {
            SimulatedDomain domain = domains.apply(stubs);
            BlockingQueue<EmbeddedRuntime> members = new LinkedBlockingQueue<>();
            SimulatedDomain.Program offer = (machine, runtime) -> members.add(runtime);
            simulation
                    .host("h1", domain.root((machine, runtime) -> {
                        Node one = runtime.nodeOf(members.take(), "default");
                        Node two = runtime.nodeOf(members.take(), "default");
                        main.run(runtime, one, two);
                        machine.sometimes("done");
                    }))
                    .host("h2", domain.member(offer))
                    .host("h3", domain.member(offer))
                    .expect("done", 1)
                    .virtualTime(ofSeconds(60));
        };
    }

    /** What the first host does. */
    private interface MainProgram {
        void run(EmbeddedRuntime runtime, Node one, Node two);
    }

    private static Listener listener(EmbeddedRuntime runtime, Node node) {
        return runtime.objects().newActive(Listener.class).on(node).start();
    }

    private static void callsKeepTheirOrder(EmbeddedRuntime runtime, Node one, Node two) {
        Listener first = listener(runtime, one);
        Listener second = listener(runtime, two);
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < MESSAGES; i++) {
            first.hear("m" + i);
            second.hear("m" + i);
            expected.append(i == 0 ? "m" : " m").append(i);
        }
        assertThat(first.heard().text()).isEqualTo(expected.toString());
        assertThat(second.heard().text()).isEqualTo(expected.toString());
    }

    private static void whatHappenedBeforeIsHeardBefore(EmbeddedRuntime runtime, Node one, Node two) {
        Listener target = listener(runtime, one);
        Listener messenger = listener(runtime, two);
        target.hear("first");
        messenger.tell(target, "second");
        messenger.heard().text();
        assertThat(target.heard().text()).isEqualTo("first second");
    }

    @Test
    public void realRuntimesKeepTheirPromisesUnderManySchedules() {
        for (long seed = 0; seed < 30; seed++) {
            for (Strategy strategy : List.of(Strategy.random(), Strategy.pct(3, 256))) {
                Trial trial = Trial.of(seed).strategy(strategy);
                assertPassed(Simulation.run(trial, threeHosts(SimulatedDomainTest::callsKeepTheirOrder)));
                assertPassed(Simulation.run(trial, threeHosts(SimulatedDomainTest::whatHappenedBeforeIsHeardBefore)));
            }
        }
    }

    @Test
    public void soTheyDoIfMessagesArePassedAsCopies() {
        for (long seed = 0; seed < 30; seed++) {
            for (MainProgram main : List.<MainProgram>of(
                    SimulatedDomainTest::callsKeepTheirOrder, SimulatedDomainTest::whatHappenedBeforeIsHeardBefore)) {
                assertPassed(Simulation.run(Trial.of(seed), threeHosts(SimulatedDomain::passingCopies, main)));
            }
        }
    }

    @Test
    public void theSameSeedIsTheSameRun() {
        Set<Long> hashes = new HashSet<>();
        for (long seed = 0; seed < 10; seed++) {
            Scenario scenario = threeHosts(SimulatedDomainTest::callsKeepTheirOrder);
            Outcome first = Simulation.run(Trial.of(seed), scenario);
            Outcome second = Simulation.run(Trial.of(seed), scenario);

            assertThat(second.hash()).as("seed %d", seed).isEqualTo(first.hash());
            hashes.add(first.hash());
        }
        assertThat(hashes).hasSize(10);
    }

    @Test
    public void whenAHostDiesEveryCallEndsWithItsResultOrATypedFailure() {
        long[] failed = {0};
        for (long seed = 0; seed < 30; seed++) {
            Scenario calls = threeHosts((runtime, one, two) -> {
                try {
                    Listener listener = listener(runtime, one);
                    for (int i = 0; i < 2_000; i++) {
                        listener.hear("m" + i);
                        listener.heard().text();
                    }
                } catch (ActiveObjectException told) {
                    failed[0]++;
                }
            });
            assertPassed(Simulation.run(Trial.of(seed), simulation -> {
                calls.describe(simulation);
                simulation.kill("h2").after(ofSeconds(1)).kill("h3").after(ofSeconds(1));
            }));
        }
        assertThat(failed[0]).as("runs in which the death hit a call").isPositive();
    }

    private static void assertPassed(Outcome outcome) {
        assertThat(outcome.verdict()).as(outcome.report()).isEqualTo(Verdict.PASSED);
    }
}
