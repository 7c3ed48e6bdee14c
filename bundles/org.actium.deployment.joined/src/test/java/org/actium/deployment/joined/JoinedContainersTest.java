package org.actium.deployment.joined;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.actium.deployment.joined.JoinedContainers.Wanted;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.model.SourcePosition;
import org.actium.deployment.spi.JoinedRuntimes;
import org.actium.deployment.spi.XmlElement;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.core.SystemThreads;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class JoinedContainersTest {

    private static final SourcePosition AT = new SourcePosition("grid.xml", 7, 3);

    @Rule
    public final Timeout deadline = Timeout.seconds(10);

    private final Gate gate = new Gate();
    private final JoinedContainers containers = new JoinedContainers(gate, new SystemThreads());
    private final BlockingQueue<String> handedOut = new LinkedBlockingQueue<>();
    private final List<String> problems = new ArrayList<>();

    @Test
    public void readsHowManyContainersAreAsked() {
        assertThat(read(Map.of("nodesAsked", "3"))).containsExactly(new Wanted(OptionalInt.of(3)));
        assertThat(read(Map.of("nodesAsked", "MAX"))).containsExactly(new Wanted(OptionalInt.empty()));
        assertThat(problems).isEmpty();
    }

    @Test
    public void reportsWhatItCannotRead() {
        assertThat(read(Map.of("nodesAsked", "many"))).isEmpty();
        assertThat(read(Map.of("nodesAsked", "0"))).isEmpty();
        assertThat(read(Map.of())).isEmpty();

        assertThat(problems)
                .hasSize(3)
                .allSatisfy(problem ->
                        assertThat(problem).startsWith("grid.xml:7:3: ").contains("nodesAsked"));
    }

    @Test
    public void aMisspeltAttributeIsReported() {
        read(Map.of("nodesAsked", "3", "nodeAsked", "4"));

        assertThat(problems).hasSize(1).first().asString().contains("unknown attribute 'nodeAsked'");
    }

    @Test
    public void knowsItsOwnElementOnly() {
        DescriptorElement other = () -> "poolService";

        assertThat(containers.acquires(new Wanted(OptionalInt.of(1)))).isTrue();
        assertThat(containers.acquires(other)).isFalse();
        assertThat(containers.expected(new Wanted(OptionalInt.of(2)))).hasValue(2);
        assertThat(containers.expected(new Wanted(OptionalInt.empty()))).isEmpty();
    }

    @Test
    public void handsOutThoseThereAreThenOthersAsTheyAppear() throws InterruptedException {
        gate.arrive("a");

        take("first", 2);
        assertThat(handedOut.take()).isEqualTo("a to first");
        gate.arrive("b");
        assertThat(handedOut.take()).isEqualTo("b to first");
    }

    @Test
    public void handsOutNoMoreThanWereAsked() throws InterruptedException {
        take("first", 1);
        gate.arrive("a");
        gate.arrive("b");
        take("second", 1);

        assertThat(List.of(handedOut.take(), handedOut.take())).containsExactlyInAnyOrder("a to first", "b to second");
    }

    @Test
    public void servesThoseWhoWaitInTheOrderInWhichTheyCame() throws InterruptedException {
        take("first", 1);
        take("second", 1);

        gate.arrive("a");
        assertThat(handedOut.take()).isEqualTo("a to first");
        gate.arrive("b");
        assertThat(handedOut.take()).isEqualTo("b to second");
    }

    @Test
    public void eachContainerHasOneTakerAtATime() throws InterruptedException {
        gate.arrive("a");
        Registration first = take("first", 1);
        assertThat(handedOut.take()).isEqualTo("a to first");
        take("second", 1);

        first.close();
        first.close();

        assertThat(handedOut.take()).isEqualTo("a to second");
        assertThat(handedOut).isEmpty();
    }

    @Test
    public void whoeverTakesAllGetsAllThatCome() throws InterruptedException {
        gate.arrive("a");
        containers.acquire(new Wanted(OptionalInt.empty()), container -> handedOut.add(container.name() + " to all"));
        assertThat(handedOut.take()).isEqualTo("a to all");

        gate.arrive("b");
        assertThat(handedOut.take()).isEqualTo("b to all");
    }

    @Test
    public void oneThatDepartsIsNotHandedOut() throws InterruptedException {
        RuntimeAddress a = gate.arrive("a");
        gate.arrive("b");
        gate.depart(a);

        take("first", 1);

        assertThat(handedOut.take()).isEqualTo("b to first");
    }

    @Test
    public void oneThatDepartsWhileItIsLentIsFreeWhenItArrivesAgain() throws InterruptedException {
        RuntimeAddress a = gate.arrive("a");
        Registration first = take("first", 1);
        assertThat(handedOut.take()).isEqualTo("a to first");
        take("second", 1);

        gate.depart(a);
        gate.arrive(a);
        assertThat(handedOut.take()).isEqualTo("a to second");
        first.close();
        take("third", 1);

        gate.arrive("b");
        assertThat(handedOut.take())
                .as("closing the first gave nothing back that was the second's")
                .isEqualTo("b to third");
    }

    @Test
    public void anotherTakesThePlaceOfOneThatCannotBeUsed() throws InterruptedException {
        gate.arrive("a");
        takeUnless("first", 2, "a");
        assertThat(handedOut.take()).isEqualTo("a refused by first");

        gate.arrive("b");
        gate.arrive("c");

        assertThat(List.of(handedOut.take(), handedOut.take())).containsExactlyInAnyOrder("b to first", "c to first");
        take("second", 1);
        assertThat(handedOut.take()).as("others may have it").isEqualTo("a to second");
    }

    @Test
    public void oneThatWasRefusedIsHandedToTheSameTakerAfterItHasComeAnew() throws InterruptedException {
        RuntimeAddress a = gate.arrive("a");
        takeUnless("first", 1, "a");
        assertThat(handedOut.take()).isEqualTo("a refused by first");

        gate.depart(a);
        gate.arrive(a);

        assertThat(handedOut.take()).isEqualTo("a refused by first");
    }

    @Test
    public void oneThatDepartsBeforeItIsRefusedIsNotLentAgain() throws InterruptedException {
        RuntimeAddress a = gate.arrive("a");
        containers.acquire(new Wanted(OptionalInt.of(1)), container -> {
            if (container.equals(a)) {
                gate.depart(a);
                handedOut.add("a has departed");
                return false;
            }
            return handedOut.add(container.name() + " to first");
        });
        assertThat(handedOut.take()).isEqualTo("a has departed");

        gate.arrive("b");
        gate.arrive("c");
        assertThat(handedOut.take()).isEqualTo("b to first");
        take("second", 1);

        assertThat(handedOut.take()).isEqualTo("c to second");
    }

    @Test
    public void hearsNoMoreAfterClosing() {
        containers.close();

        assertThat(gate.listener).isNull();
    }

    private Registration take(String taker, int wanted) {
        return containers.acquire(
                new Wanted(OptionalInt.of(wanted)), container -> handedOut.add(container.name() + " to " + taker));
    }

    private Registration takeUnless(String taker, int wanted, String refused) {
        return containers.acquire(new Wanted(OptionalInt.of(wanted)), container -> {
            boolean usable = !container.name().equals(refused);
            handedOut.add(container.name() + (usable ? " to " : " refused by ") + taker);
            return usable;
        });
    }

    private List<DescriptorElement> read(Map<String, String> attributes) {
        return containers
                .read(
                        new XmlElement("joinedContainers", attributes, List.of(), "", AT),
                        (at, message) -> problems.add(at + ": " + message))
                .stream()
                .toList();
    }

    /** Where containers come in and go out as the test says. */
    private static final class Gate implements JoinedRuntimes {

        private Listener listener;
        private long ids;

        @Override
        public Registration watch(Listener watcher) {
            listener = watcher;
            return () -> listener = null;
        }

        @Override
        public void guest(String tokenId, Duration validFor) {
            throw new UnsupportedOperationException();
        }

        RuntimeAddress arrive(String name) {
            return arrive(new RuntimeAddress(new RuntimeId(++ids, 0), name, List.of()));
        }

        RuntimeAddress arrive(RuntimeAddress runtime) {
            listener.arrived(runtime);
            return runtime;
        }

        void depart(RuntimeAddress runtime) {
            listener.departed(runtime, "test");
        }
    }
}
