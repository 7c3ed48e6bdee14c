package org.actium.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.actium.deadlock.api.DeadlockException;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.CallRefusedException;
import org.actium.object.api.OutcomeUnknownException;
import org.actium.object.api.RequestNotSentException;
import org.actium.object.api.Termination;
import org.actium.remote.api.Link;
import org.actium.remote.api.NoSuchRemoteObjectException;
import org.actium.runtime.api.Node;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.RuleChain;
import org.junit.rules.TestRule;
import org.junit.rules.Timeout;

public class EmbeddedGridTest {

    private final EmbeddedGrid grid = new EmbeddedGrid();

    @Rule
    public final TestRule rules = RuleChain.outerRule(grid).around(Timeout.seconds(30));

    /** Counts, and knows where. */
    public static class Counter {
        private int count;

        public void add(int amount) {
            count += amount;
        }

        public int count() {
            return count;
        }

        public Count later() {
            return new Count(count);
        }

        public String node() {
            return ActiveContext.current().node().name();
        }

        public int length(byte[] bytes) {
            return bytes.length;
        }

        public Count echo(byte[] bytes) {
            return new Count(bytes.length);
        }

        public byte[] bytes(int length) {
            return new byte[length];
        }

        public Count of(Counter other) {
            return other.later();
        }
    }

    /** Computes, and gives no processor away, until it is told to stop. */
    public static class Computer {
        private static final AtomicBoolean ENOUGH = new AtomicBoolean();

        public Count compute() {
            int rounds = 0;
            while (!ENOUGH.get()) {
                rounds++;
                Thread.onSpinWait();
            }
            return new Count(Math.max(1, rounds));
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

    private Node nodeOn(String runtime, String name) {
        grid.runtime(runtime).runtime().createNode(name, Optional.of("vn"));
        return grid.runtime("a").nodeOf(grid.runtime(runtime), name);
    }

    private Counter counterOn(Node node) {
        return grid.runtime("a").objects().newActive(Counter.class).on(node).start();
    }

    @Test
    public void objectsOnOtherRuntimesAreCalledOverRealConnections() {
        grid.runtime("a");
        Counter counter = counterOn(nodeOn("b", "far"));

        counter.add(3);

        assertThat(counter.count()).isEqualTo(3);
        assertThat(counter.node()).isEqualTo("far");
        assertThat(grid.runtime("b").objects().objects()).hasSize(1);
    }

    @Test
    public void whoAsksANodeThatIsGoneIsToldSo() {
        Node far = nodeOn("b", "far");
        far.setProperty("colour", "red");
        grid.runtime("b").runtime().removeNode("far");

        assertThatThrownBy(() -> far.property("colour"))
                .isInstanceOf(NoSuchRemoteObjectException.class)
                .hasMessage("runtime b has no node 'far' (any more)");
    }

    @Test
    public void aGridThatIsNoRuleSaysSo() {
        assertThatThrownBy(() -> new EmbeddedGrid().objects())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("public field with @Rule");
    }

    @Test
    public void whatNeedsNoOtherRuntimeThanTheFirstIsShort() {
        Counter counter =
                grid.objects().newActive(Counter.class).on(grid.node("b")).start();
        Count later = counter.later();

        grid.futures().waitFor(later);

        assertThat(grid.futures().isAwaited(later)).isFalse();
        assertThat(grid.runtime("test").links().all()).hasSize(1);
        assertThat(grid.runtime("b").objects().objects()).hasSize(1);
    }

    @Test
    public void runtimesThatJoinedTheSameRootReachEachOther() {
        grid.runtime("a");
        Counter onB = counterOn(nodeOn("b", "nodeB"));
        Counter onC = counterOn(nodeOn("c", "nodeC"));
        onC.add(7);

        assertThat(onB.of(onC).value()).isEqualTo(7);
        assertThat(grid.runtime("b").links().all()).hasSize(2);
    }

    @Test
    public void propertiesOfANodeAreReachedFromElsewhere() {
        grid.runtime("a");
        Node node = nodeOn("b", "far");

        node.setProperty("colour", "green");

        assertThat(node.property("colour")).contains("green");
        assertThat(grid.runtime("b").runtime().node("far").orElseThrow().property("colour"))
                .contains("green");
        node.removeProperty("colour");
        assertThat(node.properties()).isEmpty();
    }

    @Test
    public void whatIsTooLongForALinkIsSaidAndLeavesTheCallerFree() {
        grid.runtime("a");
        Counter counter = counterOn(nodeOn("b", "far"));

        assertThatThrownBy(() -> counter.length(new byte[Link.MAX_FRAME_BYTES]))
                .isInstanceOf(RequestNotSentException.class)
                .hasMessageContaining("is too long");
        assertThatThrownBy(() -> counter.bytes(Link.MAX_FRAME_BYTES))
                .isInstanceOf(CallRefusedException.class)
                .hasMessageContaining("its result cannot be passed on");

        assertThat(counter.length(new byte[1 << 20])).isEqualTo(1 << 20);
        assertThat(counterOn(grid.runtime("a").runtime().defaultNode()).count()).isZero();
    }

    /** Refusals are answers too: if readers sent them themselves, both sides would soon wait for each other. */
    @Test
    public void bothSidesCanFloodEndedObjectsOfTheOther() throws InterruptedException {
        grid.runtime("a");
        Counter onB = counterOn(nodeOn("b", "far"));
        Node nodeOfA = grid.runtime("b").nodeOf(grid.runtime("a"), "default");
        Counter onA =
                grid.runtime("b").objects().newActive(Counter.class).on(nodeOfA).start();
        grid.runtime("a").objects().terminate(onB, Termination.NOW);
        grid.runtime("b").objects().terminate(onA, Termination.NOW);
        List<Thread> callers = new ArrayList<>();
        for (Counter ended : List.of(onA, onB, onA, onB, onA, onB)) {
            callers.add(Thread.ofPlatform().start(() -> flood(ended)));
        }

        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(counterOn(nodeOn("b", "again")).count()).isZero();
    }

    private static void flood(Counter ended) {
        for (int i = 0; i < 400; i++) {
            ended.echo(new byte[8 << 10]); // so that what cannot be buffered is soon under way
        }
    }

    @Test
    public void closingARuntimeFailsCallsToIt() {
        grid.runtime("a");
        Counter counter = counterOn(nodeOn("b", "far"));

        grid.runtime("b").close();

        assertThatThrownBy(counter::count)
                .isInstanceOfAny(RequestNotSentException.class, OutcomeUnknownException.class);
    }

    /** Calls another one, which calls it. */
    public static class Caller {
        private Caller other;

        public void know(Caller known) {
            other = known;
        }

        public int callAround() {
            return other.callBack(ActiveContext.current().self(Caller.class));
        }

        public int callBack(Caller caller) {
            return caller.answer();
        }

        public int answer() {
            return 1;
        }
    }

    @Test
    public void objectsThatWaitForEachOtherFailTheTest() {
        Caller caller = grid.objects().newActive(Caller.class).start();
        caller.know(grid.objects().newActive(Caller.class).on(grid.node("b")).start());

        assertThatThrownBy(caller::callAround).hasStackTraceContaining(DeadlockException.class.getName());
    }

    @Test
    public void objectsThatComputeHoldUpNobodyElse() {
        Node there = grid.node("there");
        int computing = 2 * Runtime.getRuntime().availableProcessors() + 1;
        List<Count> results = new ArrayList<>();
        Computer.ENOUGH.set(false);
        try {
            for (int i = 0; i < computing; i++) {
                results.add(grid.objects()
                        .newActive(Computer.class)
                        .on(there)
                        .start()
                        .compute());
            }
            Counter other = grid.objects().newActive(Counter.class).on(there).start();
            for (int i = 0; i < 100; i++) {
                other.add(1);
            }
            assertThat(grid.objects().withLimit(other, Duration.ofSeconds(10)).count())
                    .isEqualTo(100);
            assertThat(results).allMatch(grid.futures()::isAwaited);
        } finally {
            Computer.ENOUGH.set(true);
        }
        assertThat(results).allMatch(result -> result.value() > 0);
    }
}
