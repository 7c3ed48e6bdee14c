package org.actium.object.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.actium.codec.api.CodecException;
import org.actium.future.api.FutureList;
import org.actium.future.api.Futures;
import org.actium.object.api.ActiveObjects;
import org.actium.object.api.BodyTerminatedException;
import org.actium.object.api.CallRefusedException;
import org.actium.object.api.CreationException;
import org.actium.object.api.OutcomeUnknownException;
import org.actium.object.api.RemoteFailureException;
import org.actium.object.api.Termination;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.RequestView;
import org.actium.object.spi.Verdict;
import org.actium.runtime.api.Node;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** What holds for every active object, wherever it is: run by one test class for each place. */
public abstract class CallScenarios {

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    final MemoryNetwork network = new MemoryNetwork();
    final TestRuntime caller = new TestRuntime("caller", network);

    /** The node on which the objects of this test are created. */
    abstract Node node();

    ActiveObjects objects() {
        return caller.objects;
    }

    Futures futures() {
        return caller.futures;
    }

    Counter counter(Object... arguments) {
        return objects().newActive(Counter.class, arguments).on(node()).start();
    }

    /** The runtimes of this test. */
    List<TestRuntime> runtimes() {
        return List.of(caller);
    }

    /** Acknowledgements and values come when they come, but all of them do. */
    void awaitSettled() {
        for (TestRuntime runtime : runtimes()) {
            while (runtime.objects.unsettled() > 0) {
                Thread.onSpinWait();
            }
        }
    }

    @After
    public void stop() {
        caller.close();
        network.close();
    }

    @Test
    public void whatIsCalledOftenGoesOnToDoTheSame() {
        Counter counter = counter();
        for (int i = 0; i < 3_000; i++) {
            counter.add(1);
        }

        assertThat(counter.value()).isEqualTo(3_000);
        assertThat(counter.echo(new ArrayList<>(List.of("a")))).containsExactly("a", "seen");
        assertThatThrownBy(counter::failChecked).isInstanceOf(IOException.class).hasMessage("planted, checked");
    }

    @Test
    public void aStubIsASubtypeWhoseCallsAreServedElsewhere() {
        Counter counter = counter(5);

        counter.add(2);

        assertThat(counter.value()).isEqualTo(7);
        assertThat(counter.whereAmI()).isEqualTo(node().name());
        assertThat(counter.getClass()).isNotSameAs(Counter.class);
        assertThat(objects().isActive(counter)).isTrue();
        assertThat(objects().isActive(new Counter())).isFalse();
    }

    @Test
    public void oneWayCallsOfOneCallerAreServedInTheOrderTheyWereMade() {
        Counter counter = counter();
        for (int i = 0; i < 500; i++) {
            counter.hear(Integer.toString(i));
        }

        assertThat(counter.heard().split(" "))
                .hasSize(500)
                .isSortedAccordingTo((a, b) -> Integer.parseInt(a) - Integer.parseInt(b));
    }

    @Test
    public void aResultThatCanBeStoodInForIsAFutureUntilItIsUsed() throws TimeoutException {
        Counter counter = counter(3);
        Counter.Gate.FIRST.shut();

        Counter.Count count = counter.countAfter(Counter.Gate.FIRST);

        assertThat(futures().isAwaited(count)).isTrue();
        assertThatThrownBy(() -> futures().waitFor(count, Duration.ofMillis(20)))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("Counter.countAfter on counter-")
                .hasMessageContaining("after 20 ms");
        Counter.Gate.FIRST.open();
        assertThat(count.value()).isEqualTo(3);
        assertThat(futures().isAwaited(count)).isFalse();
        futures().waitFor(count, Duration.ofSeconds(10));
    }

    @Test
    public void waitsForAllAndForAny() {
        Counter counter = counter(3);
        Counter other = counter(4);
        Counter.Gate.FIRST.shut();
        Counter.Count blocked = counter.countAfter(Counter.Gate.FIRST);
        Counter.Count ready = other.count();

        assertThat(futures().waitForAny(List.of(blocked, ready))).isEqualTo(1);
        Counter.Gate.FIRST.open();
        futures().waitForAll(List.of(blocked, ready, "no future"));

        assertThat(futures().isAwaited(blocked)).isFalse();
        assertThat(futures().value(blocked).getClass()).isSameAs(Counter.Count.class);
    }

    // row 31
    @Test
    public void whatIsNoFutureCountsAsThere() throws TimeoutException {
        Duration moment = Duration.ofMillis(1);

        assertThat(futures().isAwaited("text")).isFalse();
        assertThat(futures().isAwaited(null)).isFalse();
        assertThat(futures().allAwaited(List.of("text"))).isFalse();
        futures().waitFor("text");
        futures().waitFor("text", moment);
        futures().waitForAll(List.of("a", "b"));
        futures().waitForAll(List.of("a", "b"), moment);
        futures().waitForNth(List.of("a", "b"), 1, moment);
        assertThat(futures().waitForAny(List.of("a", "b"))).isZero();
        assertThat(futures().waitForAny(List.of("a", "b"), moment)).isZero();
        assertThat(futures().value("text", moment)).isEqualTo("text");
        assertThatThrownBy(() -> futures().waitForAny(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void waitsForManyEndAtTheirLimit() throws TimeoutException {
        Counter counter = counter(3);
        Counter.Gate.FIRST.shut();
        Counter.Count first = counter.countAfter(Counter.Gate.FIRST);
        Counter.Count second = counter.count();
        List<Counter.Count> both = List.of(first, second);
        Duration moment = Duration.ofMillis(5);

        assertThat(futures().allAwaited(both)).isTrue();
        assertThatThrownBy(() -> futures().waitForAny(both, moment))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("none of 2 results is there after 5 ms");
        assertThatThrownBy(() -> futures().waitForAll(both, moment)).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> futures().waitForNth(both, 1, moment)).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> futures().value(second, moment)).isInstanceOf(TimeoutException.class);
        Counter.Gate.FIRST.open();

        assertThat(futures().value(second, Duration.ofSeconds(10)).value()).isEqualTo(3);
        futures().waitFor(first); // its result was sent earlier and may be read later
        assertThat(futures().waitForAny(both, moment)).isZero();
    }

    @Test
    public void aListOfFuturesIsWatchedTogether() throws TimeoutException {
        Counter counter = counter(3);
        Counter.Gate.FIRST.shut();
        Counter.Count blocked = counter.countAfter(Counter.Gate.FIRST);
        Counter.Count ready = counter(4).count();
        FutureList<Counter.Count> list =
                futures().<Counter.Count>list().add(blocked).add(ready);

        list.waitFor(1);
        assertThat(list.awaited()).isEqualTo(1);
        assertThatThrownBy(() -> list.waitFor(2, Duration.ofMillis(5)))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("1 of 2 results are there after 5 ms, not 2");
        assertThatThrownBy(() -> list.waitFor(3)).isInstanceOf(IllegalArgumentException.class);
        assertThat(list.takeAny()).isSameAs(ready);
        assertThat(list.all()).hasSize(1);
        assertThat(list.remove(ready)).isFalse();

        Counter.Gate.FIRST.open();
        list.waitForAll(Duration.ofSeconds(10));
        assertThat(list.awaited()).isZero();
        assertThat(list.takeAny().value()).isEqualTo(3);
        assertThat(list.size()).isZero();
    }

    @Test
    public void aNullResultIsSaidByIsNullAndNamedWhenItIsUsed() {
        Counter.Count nothing = counter().nothing();

        assertThat(futures().isNull(nothing)).isTrue();
        assertThatThrownBy(nothing::value)
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("Count.value")
                .hasMessageContaining("Counter.nothing on counter-");
    }

    @Test
    public void argumentsAndResultsAreCopies() {
        List<String> mine = new ArrayList<>(List.of("a"));

        List<String> theirs = counter().echo(mine);

        assertThat(theirs).containsExactly("a", "seen");
        assertThat(mine).containsExactly("a");
    }

    @Test
    public void anExceptionReachesTheCallerWithBothStacks() {
        Counter counter = counter();
        Counter.Count failed = counter.failLater();

        assertThatThrownBy(failed::value)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("planted")
                .satisfies(thrown -> assertThat(thrown.getStackTrace())
                        .extracting(StackTraceElement::getMethodName)
                        .containsSubsequence("failLater", "through", "anExceptionReachesTheCallerWithBothStacks"));
        assertThatThrownBy(counter::failChecked).isInstanceOf(IOException.class).hasMessage("planted, checked");
    }

    @Test
    public void anExceptionThatCannotTravelIsDescribed() {
        Counter.Count failed = counter().failStrangely();

        assertThatThrownBy(failed::value)
                .isInstanceOf(RemoteFailureException.class)
                .hasMessageContaining(Counter.Strange.class.getName() + ": strange")
                .satisfies(thrown ->
                        assertThat(thrown.getStackTrace()[0].getMethodName()).isEqualTo("failStrangely"));
    }

    @Test
    public void aFailedOneWayCallDoesNotEndTheObject() {
        Counter counter = counter(1);

        counter.fail();

        assertThat(counter.value()).isEqualTo(1);
    }

    @Test
    public void aResultThatCannotTravelIsAnErrorAtTheCaller() {
        assertThatThrownBy(() -> counter().unserializable())
                .isInstanceOf(CallRefusedException.class)
                .hasMessageContaining("java.lang.Object");
    }

    @Test
    public void anArgumentThatCannotTravelIsAnErrorAtTheCallWithThePathToIt() {
        Counter counter = counter();
        List<Object> bad = new ArrayList<>(List.of(new Object()));

        assertThatThrownBy(
                        () -> objects().newActive(Holder.class, bad).on(node()).start())
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("constructor")
                .hasMessageContaining("java.lang.Object");
        assertThat(counter.value()).isZero();
    }

    /** Takes anything. */
    public static class Holder {
        public Holder(Object anything) {}
    }

    @Test
    public void aPendingFutureMayBeAnArgumentAndReachesTheObjectWhenItIsKnown() {
        Counter slow = counter(7);
        Counter sum = counter(1);
        Counter.Gate.FIRST.shut();

        sum.addCount(slow.countAfter(Counter.Gate.FIRST));
        Counter.Gate.FIRST.open();

        assertThat(sum.value()).isEqualTo(8);
    }

    @Test
    public void aPendingFutureMayBeAResultAndTravelsAlongAChain() {
        Counter slow = counter(7);
        Counter.Gate.FIRST.shut();
        Counter.Count count = slow.countAfter(Counter.Gate.FIRST);
        for (int i = 0; i < 5; i++) {
            count = counter().pass(count);
        }

        assertThat(futures().isAwaited(count)).isTrue();
        Counter.Gate.FIRST.open();

        assertThat(count.value()).isEqualTo(7);
    }

    @Test
    public void aChainMayBeLongerThanAnyStack() {
        Counter slow = counter(7);
        Counter first = counter();
        Counter second = counter();
        Counter.Gate.FIRST.shut();
        Counter.Count count = slow.countAfter(Counter.Gate.FIRST);
        for (int i = 0; i < 5_000; i++) {
            count = (i % 2 == 0 ? first : second).pass(count);
        }

        Counter.Gate.FIRST.open();

        assertThat(count.value()).isEqualTo(7);
    }

    @Test
    public void everyHolderOfAFutureGetsACopyOfItsOwn() {
        Counter slow = counter(7);
        Counter.Gate.FIRST.shut();
        List<String> mine = slow.textsAfter(Counter.Gate.FIRST);
        Counter holder = counter();
        List<String> theirs = holder.echo(mine);
        List<String> others = holder.echo(mine);
        Counter.Gate.FIRST.open();

        mine.add("mine");

        assertThat(theirs).containsExactly("slow", "seen");
        assertThat(others).containsExactly("slow", "seen");
        assertThat(mine).containsExactly("slow", "mine");
    }

    @Test
    public void nothingIsKeptOfFuturesThatAreKnown() throws InterruptedException {
        Counter slow = counter(7);
        Counter.Gate.FIRST.shut();
        Counter.Count count = slow.countAfter(Counter.Gate.FIRST);
        Counter.Count failed = slow.failLater();
        List<Counter.Count> all = new ArrayList<>(List.of(count, failed));
        for (int i = 0; i < 10; i++) {
            count = counter().pass(count);
            all.add(count);
            all.add(counter().pass(failed));
        }
        Counter.Gate.FIRST.awaitReached();
        Counter.Gate.FIRST.open();

        futures().waitForAll(all);

        awaitSettled();
    }

    // row 30
    @Test
    public void aValueArrivesAfterWhoeverPassedItsFutureOnHasEnded() throws InterruptedException {
        Counter slow = counter(7);
        Counter middleman = counter();
        Counter.Gate.FIRST.shut();
        List<Counter.Count> passed = new ArrayList<>();
        Thread caller =
                Thread.startVirtualThread(() -> passed.add(middleman.pass(slow.countAfter(Counter.Gate.FIRST))));
        caller.join();
        middleman.value();
        objects().terminate(middleman, Termination.NOW);
        assertThatThrownBy(() -> {
                    while (true) {
                        middleman.value();
                    }
                })
                .isInstanceOf(BodyTerminatedException.class);

        Counter.Gate.FIRST.open();

        assertThat(passed.getFirst().value()).isEqualTo(7);
    }

    @Test
    public void aFailureTravelsThroughAContinuationToo() {
        Counter.Count failed = counter().failLater();

        Counter.Count passed = counter().pass(failed);

        assertThatThrownBy(passed::value)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("planted");
    }

    @Test
    public void stubsTravelAsReferences() {
        Counter first = counter(1);
        Counter second = counter(2);

        assertThat(first.askAnother(second).value()).isEqualTo(2);
        assertThat(first.self()).isEqualTo(first).hasSameHashCodeAs(first).isNotEqualTo(second);
        assertThat(first.toString()).isEqualTo("counter at 1");
    }

    @Test
    public void nodesTravelAsReferences() {
        assertThat(counter().nameOf(node())).isEqualTo(node().name());
    }

    @Test
    public void anActiveObjectCreatesOthersWhereItIs() {
        Counter another = counter().createAnother(9);

        assertThat(another.value()).isEqualTo(9);
        assertThat(objects().isActive(another)).isTrue();
    }

    @Test
    public void whatHappenedBeforeIsReceivedBeforeThroughThirdObjectsToo() {
        for (int round = 0; round < 50; round++) {
            Counter target = counter();
            Counter messenger = counter();

            target.hear("first");
            messenger.tell(target, "second");
            messenger.value();

            assertThat(target.heard()).isEqualTo("first second");
        }
    }

    // row 47
    @Test
    public void tenThousandMixedCallsKeepTheirOrder() {
        Counter counter = counter();
        Counter another = counter();
        StringBuilder sent = new StringBuilder("start");
        counter.hear("start");
        for (int round = 0; round < 10_000; round++) {
            String word = Integer.toString(round % 7);
            counter.hear(word);
            sent.append(' ').append(word);
            switch (round % 5) {
                case 0 -> counter.count();
                case 1 -> another.add(1);
                case 2 -> another.count();
                default -> {}
            }
            if (round % 1_000 == 0) {
                assertThat(counter.value()).isZero();
            }
        }

        assertThat(counter.heard()).isEqualTo(sent.toString());
        assertThat(another.value()).isEqualTo(2_000);
    }

    @Test
    public void anObjectThatWaitsForItselfIsToldAtOnce() {
        assertThatThrownBy(() -> counter().askMyself())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("waits for Counter.value on counter-");
    }

    @Test
    public void afterTerminationCallsFailAndQueuedOnesAreAnswered() throws InterruptedException {
        Counter counter = counter(1);
        Counter.Gate.FIRST.shut();
        Counter.Count served = counter.countAfter(Counter.Gate.FIRST);
        Counter.Gate.FIRST.awaitReached();
        Counter.Count queued = counter.count();
        Counter witness = counter();

        objects().terminate(counter, Termination.NOW);
        witness.value(); // the order has arrived: it was sent before, over the same link
        Counter.Gate.FIRST.open();

        assertThat(served.value()).isEqualTo(1);
        assertThatThrownBy(queued::value)
                .isInstanceOf(BodyTerminatedException.class)
                .hasMessageContaining("count was not served");
        assertThatThrownBy(counter::value).isInstanceOf(BodyTerminatedException.class);
    }

    @Test
    public void terminationAfterTheQueueServesWhatIsThere() {
        Counter counter = counter(1);
        counter.add(1);
        Counter.Count count = counter.count();

        objects().terminate(counter, Termination.AFTER_QUEUE);

        assertThat(count.value()).isEqualTo(2);
        assertThatThrownBy(counter::value).isInstanceOf(BodyTerminatedException.class);
    }

    @Test
    public void creationFailsWithWhatTheConstructorThrew() {
        assertThatThrownBy(() -> counter("sheep"))
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("no counter counts sheep")
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void creationFailsWithTheRuleTheClassBreaks() {
        assertThatThrownBy(
                        () -> objects().newActive(String.class, "a").on(node()).start())
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("class java.lang.String cannot be active: it belongs to the JDK");
        assertThatThrownBy(() -> counter(1, 2, 3))
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("no constructor for (java.lang.Integer, java.lang.Integer, java.lang.Integer)")
                .hasMessageContaining("(), (int), (java.lang.String)");
    }

    /** Two threads hold the same future: what one of them is thrown must not change under the other. */
    @Test
    public void eachUserOfAFailedFutureIsThrownACopyOfItsOwn() {
        Counter.Count failed = counter().failLater();

        Throwable first = catchThrowable(failed::value);
        StackTraceElement[] stack = first.getStackTrace();
        Throwable second = useElsewhere(failed);

        assertThat(second)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("planted")
                .isNotSameAs(first);
        assertThat(first.getStackTrace()).isEqualTo(stack);
        assertThat(methods(first)).contains("failLater").doesNotContain("useElsewhere");
        assertThat(methods(second)).contains("failLater", "useElsewhere");
    }

    @Test
    public void whatOneCallerIsThrownTwiceShowsItsFramesOnce() {
        Counter.Count failed = counter().failLater();

        List<String> first = methods(useElsewhere(failed));
        List<String> second = methods(useElsewhere(failed));

        assertThat(first).containsOnlyOnce("failLater", "useElsewhere");
        assertThat(second).isEqualTo(first);
    }

    private static Throwable useElsewhere(Counter.Count failed) {
        return catchThrowable(failed::value);
    }

    private static List<String> methods(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .map(StackTraceElement::getMethodName)
                .toList();
    }

    @Test
    public void aBracketThatARequestLeavesOpenIsClosedWithAnErrorThatNamesIt() {
        Counter counter = counter(3);
        Counter other = counter();

        Counter.Count left = counter.leaveABracketOpen(other);

        assertThatThrownBy(left::value)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("leaveABracketOpen of counter-")
                .hasMessageContaining("left a bracket of java.io.IOException open")
                .satisfies(thrown -> assertThat(thrown.getSuppressed())
                        .hasOnlyElementsOfType(java.io.IOException.class)
                        .hasSize(1));
        assertThat(counter.tryChecked(other))
                .as("the next request waits for what may throw")
                .isTrue();
    }

    @Test
    public void whoeverWaitsForADiscardedRequestIsToldThatItMayHaveBeenServed() {
        runtimes()
                .getLast()
                .objects
                .withInterceptors((body, type, place) -> Optional.of(new MessageInterceptor() {
                    @Override
                    public Verdict arriving(RequestView request) {
                        return request.signature().startsWith("value(")
                                ? new Verdict.Discard("seen before")
                                : Verdict.DELIVER;
                    }
                }));

        assertThatThrownBy(() -> counter().value())
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("discards value")
                .hasMessageContaining("seen before");
    }

    @Test
    public void aThreadThatARequestForksServesNoObject() {
        assertThat(counter().forkIsMyself()).isFalse();
    }
}
