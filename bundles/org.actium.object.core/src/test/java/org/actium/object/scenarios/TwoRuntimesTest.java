package org.actium.object.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.actium.object.api.CallFailure;
import org.actium.object.api.CallRefusedException;
import org.actium.object.api.CreationException;
import org.actium.object.api.InboxFullException;
import org.actium.object.api.OutcomeUnknownException;
import org.actium.object.api.RequestNotSentException;
import org.actium.object.api.Termination;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.RequestView;
import org.actium.object.spi.Verdict;
import org.actium.runtime.api.Node;
import org.junit.After;
import org.junit.Test;

/** Caller and active object are in two runtimes of one JVM; every message is encoded. */
public class TwoRuntimesTest extends CallScenarios {

    private final TestRuntime other = new TestRuntime("other", network);
    private final Node node = other.runtime.createNode("far", Optional.empty());

    @Override
    Node node() {
        return node;
    }

    @Override
    List<TestRuntime> runtimes() {
        return List.of(caller, other);
    }

    @After
    public void stopOther() {
        other.close();
    }

    @Test
    public void objectsAreWhereTheyWereCreated() {
        counter();

        assertThat(other.objects.objects()).hasSize(1);
        assertThat(caller.objects.objects()).isEmpty();
    }

    @Test
    public void losingTheRuntimeFailsWhatIsAwaitedAndWhatIsCalledLater() {
        Counter counter = counter();
        Counter.Gate.SECOND.shut();
        Counter.Count pending = counter.countAfter(Counter.Gate.SECOND);
        Counter.Count passed = objects()
                .newActive(Counter.class)
                .on(caller.runtime.defaultNode())
                .start()
                .pass(pending);

        network.kill(other.runtime.id());

        assertThatThrownBy(pending::value)
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("Counter.countAfter on counter-")
                .hasMessageContaining("killed");
        assertThatThrownBy(passed::value).isInstanceOf(OutcomeUnknownException.class);
        assertThatThrownBy(counter::value).isInstanceOf(RequestNotSentException.class);
        Counter.Gate.SECOND.open();
    }

    @Test
    public void nothingIsKeptForARuntimeThatIsLost() throws InterruptedException {
        Counter slow = objects()
                .newActive(Counter.class)
                .on(caller.runtime.defaultNode())
                .start();
        Counter.Gate.SECOND.shut();
        Counter.Count pending = slow.countAfter(Counter.Gate.SECOND);
        Counter holder = counter();
        Counter.Count passed = holder.pass(pending);
        futures().waitFor(holder.count());
        Counter.Count hanging = holder.countAfter(Counter.Gate.SECOND);

        network.kill(other.runtime.id());

        assertThatThrownBy(passed::value).isInstanceOf(OutcomeUnknownException.class);
        assertThatThrownBy(hanging::value).isInstanceOf(OutcomeUnknownException.class);
        awaitSettled();
        Counter.Gate.SECOND.open();
        assertThat(pending.value()).isZero();
    }

    /** The value comes from elsewhere, but through a runtime that is lost. */
    @Test
    public void losingTheMiddlemanReachesWhoeverWaitsBehindIt() {
        try (TestRuntime third = new TestRuntime("third", network)) {
            Node beyond = third.runtime.createNode("beyond", Optional.empty());
            Counter producer = objects().newActive(Counter.class).on(beyond).start();
            Counter middleman = counter();
            Counter.Gate.SECOND.shut();
            Counter.Count passed = middleman.askAnotherAfter(producer, Counter.Gate.SECOND);
            Counter.Count again = objects()
                    .newActive(Counter.class)
                    .on(caller.runtime.defaultNode())
                    .start()
                    .pass(passed);
            futures().waitFor(middleman.count());

            network.kill(other.runtime.id());

            assertThatThrownBy(passed::value)
                    .isInstanceOf(OutcomeUnknownException.class)
                    .hasMessageContaining("killed");
            assertThatThrownBy(again::value).isInstanceOf(OutcomeUnknownException.class);
            Counter.Gate.SECOND.open();
            assertThat(third.objects.objects()).hasSize(1);
        }
    }

    @Test
    public void losingTheProducerReachesWhoeverWaitsBehindAMiddleman() {
        try (TestRuntime third = new TestRuntime("third", network)) {
            Node beyond = third.runtime.createNode("beyond", Optional.empty());
            Counter producer = objects().newActive(Counter.class).on(beyond).start();
            Counter.Gate.SECOND.shut();
            Counter middleman = counter();
            Counter.Count passed = middleman.askAnotherAfter(producer, Counter.Gate.SECOND);
            futures().waitFor(middleman.count());

            network.kill(third.runtime.id());

            assertThatThrownBy(passed::value)
                    .isInstanceOf(OutcomeUnknownException.class)
                    .hasMessageContaining("Counter.countAfter on counter-1")
                    .hasMessageContaining("killed");
            Counter.Gate.SECOND.open();
        }
    }

    @Test
    public void creationOnANodeThatIsGoneSaysSo() {
        other.runtime.removeNode("far");

        assertThatThrownBy(this::counter)
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("runtime other has no node 'far'");
    }

    @Test
    public void callsToARuntimeWithoutActiveObjectsAreToldSo() {
        Counter counter = counter();
        other.objects.close();

        assertThatThrownBy(counter::value)
                .isInstanceOf(RequestNotSentException.class)
                .hasMessageContaining("other")
                .hasMessageContaining("runs no active objects");
        assertThatThrownBy(this::counter).isInstanceOf(RequestNotSentException.class);
    }

    @Test
    public void anInterceptorThatFailsFailsTheCallAndNotTheObject() {
        other.objects.withInterceptors((body, type, place) -> Optional.of(new MessageInterceptor() {
            @Override
            public void served(RequestView request, boolean normally) {
                if (request.signature().startsWith("count(")) {
                    throw new IllegalStateException("planted in an interceptor");
                }
            }
        }));
        Counter counter = counter(4);

        Counter.Count count = counter.count();

        assertThatThrownBy(count::value)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("planted in an interceptor");
        assertThat(counter.value()).isEqualTo(4);
    }

    @Test
    public void anInterceptorCanRefuseARequestWithAReason() {
        other.objects.withInterceptors((body, type, place) -> Optional.of(new MessageInterceptor() {
            @Override
            public Verdict arriving(RequestView request) {
                return request.signature().startsWith("value(") ? new Verdict.Refuse("closed today") : Verdict.DELIVER;
            }
        }));

        assertThatThrownBy(() -> counter().value())
                .isInstanceOf(CallRefusedException.class)
                .hasMessageContaining("refuses value: closed today");
    }

    /** The thread that reads from the link calls it. */
    @Test
    public void anInterceptorThatCannotSayWhetherToDeliverRefusesAndTheLinkStays() {
        other.objects.withInterceptors((body, type, place) -> Optional.of(new MessageInterceptor() {
            @Override
            public Verdict arriving(RequestView request) {
                if (request.signature().startsWith("count(")) {
                    throw new NoClassDefFoundError("org/example/Optional");
                }
                return request.signature().startsWith("failChecked(") ? null : Verdict.DELIVER;
            }
        }));
        Counter counter = counter(4);

        assertThatThrownBy(() -> counter.count().value())
                .isInstanceOf(CallRefusedException.class)
                .hasMessageContaining("NoClassDefFoundError: org/example/Optional");
        assertThatThrownBy(counter::failChecked)
                .isInstanceOf(CallRefusedException.class)
                .hasMessageContaining("has given no verdict");
        assertThat(counter.value()).isEqualTo(4);
    }

    @Test
    public void whoeverWaitsIsToldWhenItsOwnRuntimeStops() {
        Counter.Gate.SECOND.shut();
        Counter.Count pending = counter().countAfter(Counter.Gate.SECOND);

        caller.objects.close();

        assertThatThrownBy(pending::value)
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("runs no active objects any more");
        assertThatThrownBy(this::counter).isInstanceOf(RequestNotSentException.class);
        Counter.Gate.SECOND.open();
    }

    @Test
    public void removingANodeEndsItsObjects() {
        Counter counter = counter();

        other.runtime.removeNode("far");

        assertThatThrownBy(() -> {
                    while (true) { // ends with the object: its node told it so before this test went on
                        counter.value();
                    }
                })
                .hasMessageContaining("has ended");
    }

    /** The link stays: nothing but a message can tell them. */
    @Test
    public void whoeverHoldsAFutureElsewhereIsToldWhenTheRuntimeStopsThatItCameFrom() throws InterruptedException {
        Counter counter = counter();
        CompletableFuture<Counter.Count> never = new CompletableFuture<>();
        counter.hold(never);
        counter.value(); // by now it holds the future

        caller.objects.close();

        assertThat(Counter.HELD.take())
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("runs no active objects any more");
    }

    @Test
    public void aSenderElsewhereHearsThatItsOneWayCallFoundNoRoom() throws InterruptedException {
        node.setProperty("actium.inbox.capacity", "1");
        node.setProperty("actium.inbox.whenFull", "fail");
        BlockingQueue<CallFailure> here = new LinkedBlockingQueue<>();
        BlockingQueue<CallFailure> there = new LinkedBlockingQueue<>();
        caller.objects.onFailure(here::add);
        other.objects.onFailure(there::add);
        Counter counter = counter();
        Counter.Gate.SECOND.shut();
        Counter.Count held = counter.countAfter(Counter.Gate.SECOND);
        Counter.Gate.SECOND.awaitReached();

        counter.add(1);
        counter.add(2);

        CallFailure failure = here.take();
        assertThat(failure.call()).startsWith("add on ");
        assertThat(failure.cause())
                .isInstanceOf(InboxFullException.class)
                .hasMessageContaining("1 requests in its queue, which holds 1 on node far: add is not queued");
        Counter.Gate.SECOND.open();
        assertThat(held.value()).isZero();
        while (other.objects.objects().getFirst().queued()
                > 0) { // until the deadline: or there is no room for the next
            Thread.onSpinWait();
        }
        assertThat(counter.value()).isEqualTo(1);
        assertThat(here).isEmpty();
        assertThat(there).isEmpty();
        awaitSettled();
    }

    @Test
    public void ordersToARuntimeWhoseLinkBreaksFailAsCallsDo() {
        Counter counter = counter();
        network.breakWhileSending();

        assertThatThrownBy(() -> objects().terminate(counter, Termination.NOW))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("termination of counter-1: the link to ")
                .hasMessageContaining("other");
        assertThatThrownBy(() -> objects().interrupt(counter))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("interruption of counter-1: the link to ");
    }
}
