package org.actium.object.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.actium.future.api.Futures;
import org.actium.object.api.Bracket;
import org.actium.object.api.CallFailure;
import org.actium.object.api.CallTimeoutException;
import org.actium.object.api.OutcomeUnknownException;
import org.actium.object.api.Termination;
import org.actium.object.scenarios.Counter.Count;
import org.actium.object.scenarios.Counter.Gate;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameter;
import org.junit.runners.Parameterized.Parameters;

/** What callers do with outcomes, whether the object is in their runtime or in another one. */
@RunWith(Parameterized.class)
public class FuturesTest {

    @Parameters(name = "far: {0}")
    public static Object[] places() {
        return new Object[] {false, true};
    }

    @Parameter
    public boolean far;

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    private final MemoryNetwork network = new MemoryNetwork();
    private final TestRuntime caller = new TestRuntime("caller", network);
    private final TestRuntime other = new TestRuntime("other", network);
    private final Node farNode = other.runtime.createNode("far", Optional.empty());

    @After
    public void stop() {
        Gate.FIRST.open();
        other.close();
        caller.close();
        network.close();
    }

    private Worker worker() {
        return worker(far ? farNode : caller.runtime.defaultNode());
    }

    private Worker worker(Node node) {
        return caller.objects.newActive(Worker.class).on(node).start();
    }

    private Futures futures() {
        return caller.futures;
    }

    private TestRuntime home() {
        return far ? other : caller;
    }

    private void awaitSettled() {
        while (caller.objects.unsettled() + other.objects.unsettled() > 0) {
            Thread.onSpinWait();
        }
    }

    // ---- explicit futures

    @Test
    public void anySingleCallCanBeMadeAsynchronous() {
        Worker worker = worker();
        Gate.FIRST.shut();

        CompletableFuture<String> text = futures().async(() -> worker.textAfter(Gate.FIRST));
        CompletableFuture<Integer> size = futures().async(() -> worker.size());
        CompletableFuture<Void> noted = futures().async(() -> worker.note("a"));
        CompletableFuture<Void> failed = futures().async(() -> worker.fail());
        CompletableFuture<Void> checked = futures().async(() -> worker.write(""));

        assertThat(text).isNotDone();
        assertThat(size).isNotDone();
        Gate.FIRST.open();
        assertThat(text.join()).isEqualTo("late");
        assertThat(size.join()).isZero();
        assertThat(noted.join()).isNull();
        assertThatThrownBy(failed::join)
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("planted in a one-way call");
        assertThatThrownBy(checked::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(IOException.class);
        assertThat(worker.log()).containsExactly("a");
        awaitSettled();
    }

    @Test
    public void asyncTakesOneCallAndNothingElse() {
        Worker worker = worker();

        assertThatThrownBy(() -> futures().async(() -> "no call"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("async takes the call of a method");
        assertThatThrownBy(() -> futures().async(() -> worker.size() + worker.size()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("async takes one call: Worker.size came after Worker.size");
        assertThatThrownBy(() -> futures().async(() -> worker.promise()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "async is for calls that would wait: Worker.promise returns a CompletableFuture at once; call"
                                + " it without async");
        assertThatThrownBy(() ->
                        futures().async(() -> worker.textAfter(Gate.SECOND).length()))
                .isInstanceOf(IllegalStateException.class)
                .hasCauseInstanceOf(NullPointerException.class);
        assertThat(worker.size()).isZero();
    }

    @Test
    public void anExplicitFutureWaitsNoLongerThanItIsTold() throws Exception {
        Worker worker = worker();
        Gate.FIRST.shut();
        CompletableFuture<String> text = futures().async(() -> worker.textAfter(Gate.FIRST));
        CompletableFuture<Integer> length = text.thenApplyAsync(String::length);

        assertThatThrownBy(() -> text.get(5, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("Worker.textAfter on worker-")
                .hasMessageContaining("no result after 5 ms");
        assertThatThrownBy(() -> length.get(5, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        CompletableFuture<String> limited = text.copy().orTimeout(5, TimeUnit.MILLISECONDS);
        assertThatThrownBy(limited::join).hasCauseInstanceOf(TimeoutException.class);
        assertThat(text.copy()
                        .completeOnTimeout("instead", 5, TimeUnit.MILLISECONDS)
                        .join())
                .isEqualTo("instead");

        Gate.FIRST.open();
        assertThat(length.get(10, TimeUnit.SECONDS)).isEqualTo(4);
        assertThat(text.get(10, TimeUnit.SECONDS)).isEqualTo("late");
    }

    @Test
    public void whoeverWaitsForAnExplicitFutureHearsThatItWasCancelledOrCompleted() throws Exception {
        Worker worker = worker();
        Gate.FIRST.shut();
        CompletableFuture<String> cancelled = futures().async(() -> worker.textAfter(Gate.FIRST));
        CompletableFuture<Integer> completed = futures().async(() -> worker.size());
        BlockingQueue<Object> told = new LinkedBlockingQueue<>();
        Thread.startVirtualThread(() -> {
            try {
                cancelled.join();
            } catch (CancellationException expected) {
                told.add("cancelled");
            }
        });
        Thread.startVirtualThread(() -> told.add(completed.join()));

        cancelled.cancel(true);
        completed.complete(-1);

        assertThat(List.of(told.take(), told.take())).containsExactlyInAnyOrder("cancelled", -1);
        Gate.FIRST.open();
        assertThat(worker.size()).isZero();
        assertThat(cancelled).isCancelled();
        assertThat(completed.join()).isEqualTo(-1);
    }

    @Test
    public void anInterruptEndsTheWaitForAnExplicitFuture() throws InterruptedException {
        Worker worker = worker();
        Gate.FIRST.shut();
        CompletableFuture<String> text = futures().async(() -> worker.textAfter(Gate.FIRST));
        BlockingQueue<Object> told = new LinkedBlockingQueue<>();
        Thread waiting = Thread.startVirtualThread(() -> {
            try {
                text.get();
            } catch (InterruptedException | ExecutionException ended) {
                told.add(ended.getClass());
            }
        });

        waiting.interrupt();

        assertThat(told.take()).isEqualTo(InterruptedException.class);
    }

    @Test
    public void aMethodThatReturnsAFutureAnswersWhenItIsCompletedAndServesMeanwhile() {
        Worker worker = worker();

        CompletableFuture<Count> promise = worker.promise();
        CompletableFuture<Count> again = worker.promise();
        assertThat(worker.size()).isZero(); // it serves
        assertThat(promise).isNotDone();
        worker.keepPromise(4);

        assertThat(promise.join().value()).isEqualTo(4);
        assertThat(again.join().value()).isEqualTo(4);
        assertThat(again.join()).isNotSameAs(promise.join());
        assertThat(worker.sizeLater().toCompletableFuture().join()).isZero();
        awaitSettled();
    }

    @Test
    public void aReturnedFutureThatFailsFailsAtTheCaller() {
        Worker worker = worker();
        CompletableFuture<Count> promise = worker.promise();

        worker.breakPromise();

        assertThatThrownBy(promise::join).hasCauseInstanceOf(IOException.class).hasRootCauseMessage("broken");
    }

    @Test
    public void futuresOfTheJdkTravelAlongChains() {
        Worker producer = worker();
        Worker middleman = worker(caller.runtime.defaultNode());
        Worker user = worker();

        CompletionStage<Count> passed = middleman.promiseOf(producer);
        Count used = user.valueOf(passed.toCompletableFuture());
        List<CompletableFuture<Count>> both = middleman.twice(passed.toCompletableFuture());
        producer.keepPromise(4);

        assertThat(used.value()).isEqualTo(4);
        assertThat(both).extracting(future -> future.join().value()).containsExactly(4, 8);
        awaitSettled();
    }

    @Test
    public void anObjectThatEndsBeforeItCompletedItsFutureLetsNobodyWait() {
        Worker worker = worker();
        CompletableFuture<Count> promise = worker.promise();
        Worker middleman = worker(caller.runtime.defaultNode());
        CompletionStage<Count> passed = middleman.promiseOf(worker);
        assertThat(middleman.size()).as("served after it has asked").isZero();
        assertThat(worker.size()).as("served after it has promised").isZero();

        caller.objects.terminate(worker, Termination.AFTER_QUEUE);

        assertThatThrownBy(promise::join)
                .hasCauseInstanceOf(OutcomeUnknownException.class)
                .hasRootCauseMessage(
                        "promise on worker-1 was served, but worker-1 ended before it completed the future it returned");
        assertThatThrownBy(() -> passed.toCompletableFuture().join())
                .hasRootCauseInstanceOf(OutcomeUnknownException.class);
        awaitSettled();
    }

    /** It tells nobody when it is done, so a thread waits for it: as long as the object lives, and no longer. */
    @Test
    public void aPlainFutureIsWaitedForByAThreadThatEndsWithTheObject() throws Exception {
        Worker keeps = worker();
        Worker forgets = worker();
        Worker.Plain.WAITING.clear();

        Future<Integer> kept = keeps.promisePlainly();
        keeps.keepPlainPromise();
        assertThat(kept.get()).isEqualTo(3);
        Worker.Plain.WAITING.take().join();
        Future<Integer> forgotten = forgets.promisePlainly();
        Thread waiting = Worker.Plain.WAITING.take();
        assertThat(waiting.getName()).contains("promisePlainly", "worker-2");
        caller.objects.terminate(forgets, Termination.NOW);

        assertThatThrownBy(forgotten::get).hasCauseInstanceOf(OutcomeUnknownException.class);
        waiting.join();
        awaitSettled();
    }

    @Test
    public void nothingIsLeftAtAnExplicitFutureOfWaitsThatAreOver() {
        Worker worker = worker();
        Gate.FIRST.shut();
        worker.blockOn(Gate.FIRST);
        CompletableFuture<Integer> call = futures().async(() -> worker.size());
        CompletableFuture<Integer> derived = call.thenApply(size -> size + 1);
        CompletableFuture<String> own = new CompletableFuture<>();
        int before = call.getNumberOfDependents();

        for (CompletableFuture<?> future : List.of(call, derived, own)) {
            assertThatThrownBy(() -> futures().waitFor(future, Duration.ofMillis(5)))
                    .isInstanceOf(TimeoutException.class);
            assertThatThrownBy(() -> future.get(5, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            assertThatThrownBy(() -> futures().waitForAny(List.of(future), Duration.ofMillis(5)))
                    .isInstanceOf(TimeoutException.class);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> futures().waitFor(future)).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(call.getNumberOfDependents()).isEqualTo(before);
        assertThat(derived.getNumberOfDependents()).isZero();
        assertThat(own.getNumberOfDependents()).isZero();
        Gate.FIRST.open();
        assertThat(derived.join()).isOne();
    }

    // ---- call-backs (row 33)

    @Test
    public void anActionRunsOnceWhenTheValueComesAndAlsoIfItIsThere() throws InterruptedException {
        Worker worker = worker();
        Gate.FIRST.shut();
        worker.blockOn(Gate.FIRST);
        Count pending = worker.failLater();
        BlockingQueue<Object> told = new LinkedBlockingQueue<>();

        futures().whenKnown(pending, future -> told.add(futures().isAwaited(future)));
        assertThat(told).isEmpty();
        Gate.FIRST.open();
        assertThat(told.take()).isEqualTo(false);
        futures().whenKnown(pending, future -> told.add("there"));
        assertThat(told.take()).isEqualTo("there");
        futures().whenKnown("no future", told::add);
        assertThat(told.take()).isEqualTo("no future");
        assertThatThrownBy(pending::value).hasMessage("planted");
        assertThat(told).isEmpty();
    }

    /** A call-back is served by the object that asked for it, between its requests. */
    @Test
    public void anActiveObjectServesItsCallBacksItself() {
        Worker producer = worker();
        Worker owner = worker();
        Gate.FIRST.shut();
        producer.blockOn(Gate.FIRST);

        owner.noteWhenKnown(producer);
        assertThat(owner.log()).containsExactly("asked");
        Gate.FIRST.open();

        assertThat(producer.size()).isZero();
        List<String> log = owner.log();
        while (log.size() < 2) { // the call-back is on its way
            log = owner.log();
        }
        assertThat(log).containsExactly("asked", "known: 3 in the thread of service");
    }

    /** Whoever asked for it does not hear of it, so the log does. */
    @Test
    public void aCallBackThatThrowsIsLoggedWithTheCallAndWhoServedIt() {
        PrintStream before = System.err;
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
        try {
            Worker worker = worker();
            Worker owner = worker();

            owner.throwWhenKnown(worker);
            futures().whenKnown(worker.failLater(), known -> {
                throw new IllegalStateException("planted outside");
            });

            awaitLine(logged, "the call-back for Worker.failLater on worker-1 threw, on worker-2; what it did before");
            awaitLine(logged, "the call-back for Worker.failLater on worker-1 threw, on a thread of its own");
            awaitLine(logged, "java.lang.IllegalStateException: planted outside");
            assertThat(owner.size()).as("it goes on").isZero();
        } finally {
            System.setErr(before);
        }
    }

    private static void awaitLine(ByteArrayOutputStream logged, String line) {
        while (!logged.toString(StandardCharsets.UTF_8).contains(line)) {
            Thread.onSpinWait();
        }
    }

    @Test
    public void anInterruptEndsEveryKindOfWaitAndStays() {
        Worker worker = worker();
        Gate.FIRST.shut();
        worker.blockOn(Gate.FIRST);
        Count pending = worker.failLater();
        List<ThrowingCallable> waits = List.of(
                () -> pending.value(),
                () -> worker.size(),
                () -> worker.write("a"),
                () -> futures().waitFor(pending),
                () -> futures().waitForAll(List.of(pending)),
                () -> futures().waitForAny(List.of(pending, worker.failLater())),
                () -> futures().value(pending));

        for (ThrowingCallable wait : waits) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(wait)
                    .isInstanceOf(CancellationException.class)
                    .hasMessageContaining("interrupted while waiting for ")
                    .hasMessageContaining("worker-1");
            assertThat(Thread.interrupted()).as("it stays for others to see").isTrue();
        }

        assertThat(futures().isAwaited(pending))
                .as("the future is as good as before")
                .isTrue();
        Gate.FIRST.open();
        assertThatThrownBy(pending::value).hasMessage("planted");
        assertThat(worker.log()).as("what was sent is served").containsExactly("a");
    }

    // ---- limits (row 40)

    @Test
    public void aSynchronousCallEndsAtItsLimitAndTheLateReplyIsDropped() {
        Worker worker = worker();
        Worker limited = caller.objects.withLimit(worker, Duration.ofMillis(20));
        Gate.FIRST.shut();

        assertThatThrownBy(() -> limited.textAfter(Gate.FIRST))
                .isInstanceOf(CallTimeoutException.class)
                .hasMessageContaining("Worker.textAfter on worker-1: no result within 20 ms; it may have been served");
        assertThatThrownBy(() -> caller.objects.within(Duration.ofMillis(5), () -> worker.textAfter(Gate.FIRST)))
                .isInstanceOf(CallTimeoutException.class)
                .hasMessageContaining("no result within 5 ms");
        Gate.FIRST.open();

        assertThat(worker.textAfter(Gate.FIRST)).isEqualTo("late");
        assertThat(caller.objects.<String, RuntimeException>within(
                        Duration.ofSeconds(10), () -> limited.textAfter(Gate.FIRST)))
                .isEqualTo("late");
        assertThat(limited).isEqualTo(worker);
        assertThatThrownBy(() -> caller.objects.withLimit(worker, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        awaitSettled();
    }

    /** The reply says at the same time that the request was in its queue, which its sender has to know. */
    @Test
    public void aLateReplyThatIsDroppedAcknowledgesItsRequest() {
        Worker worker = worker();
        for (int i = 0; i < 20; i++) {
            Gate.FIRST.shut();
            assertThatThrownBy(() -> caller.objects.within(Duration.ofMillis(1), () -> worker.textAfter(Gate.FIRST)))
                    .isInstanceOf(CallTimeoutException.class);
            Gate.FIRST.open();
            awaitSettled();
        }
    }

    // ---- brackets (row 55)

    @Test
    public void insideABracketCallsThatItCoversDoNotWait() throws IOException {
        Worker worker = worker();
        Gate.FIRST.shut();
        worker.blockOn(Gate.FIRST);
        try (Bracket bracket = caller.objects.bracket(IOException.class)) {
            worker.write("a");
            Count read = worker.read(0);

            assertThat(futures().isAwaited(read)).isTrue();
            assertThat(bracket.awaited()).isEqualTo(2);
            bracket.throwArrived();
            Gate.FIRST.open();
            bracket.await();
            assertThat(bracket.awaited()).isZero();
            assertThat(bracket.failures()).isEmpty();
            assertThat(read.value()).isZero();
        }
        assertThat(worker.log()).containsExactly("a");
    }

    @Test
    public void withoutABracketACheckedExceptionIsThrownByTheCall() {
        Worker worker = worker();

        assertThatThrownBy(() -> worker.write("")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> {
                    try (Bracket bracket = caller.objects.bracket(InterruptedException.class)) {
                        worker.write("");
                        throw new AssertionError(bracket + " does not cover it, so the call had to wait");
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    public void theEndOfABracketThrowsWhatNobodySaw() {
        Worker worker = worker();

        assertThatThrownBy(() -> {
                    try (Bracket bracket = caller.objects.bracket(IOException.class)) {
                        worker.write("");
                        worker.write("fine");
                        worker.write("");
                        assertThat(bracket.awaited()).isLessThanOrEqualTo(3);
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessage("nothing to write to entry 0")
                .satisfies(thrown -> assertThat(thrown.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("nothing to write to entry 1"));
    }

    @Test
    public void whatTheUserOfAFutureSawDoesNotComeOutAgain() throws IOException {
        Worker worker = worker();

        try (Bracket bracket = caller.objects.bracket(Exception.class)) {
            Count read = worker.read(7);
            assertThatThrownBy(read::value).isInstanceOf(IOException.class).hasMessage("no entry 7");
            bracket.await();
            worker.write("");
            assertThatThrownBy(bracket::await).hasMessage("nothing to write to entry 0");
        }
    }

    @Test
    public void allFailuresOfABracketCanBeAskedFor() throws IOException {
        Worker worker = worker();

        try (Bracket bracket = caller.objects.bracket(IOException.class)) {
            worker.write("");
            worker.read(7);

            assertThat(bracket.failures())
                    .extracting(Throwable::getMessage)
                    .containsExactly("nothing to write to entry 0", "no entry 7");
        }
    }

    @Test
    public void openingANestedBracketThrowsWhatHasFailedAround() {
        Worker worker = worker();

        assertThatThrownBy(() -> {
                    try (Bracket outer = caller.objects.bracket(IOException.class)) {
                        worker.write("");
                        while (outer.awaited() > 0) {
                            Thread.onSpinWait();
                        }
                        try (Bracket inner = caller.objects.bracket(InterruptedException.class)) {
                            throw new AssertionError(inner + " was opened");
                        }
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessage("nothing to write to entry 0");
    }

    @Test
    public void aCallBelongsToTheInnermostBracketThatCoversIt() throws IOException {
        Worker worker = worker();

        try (Bracket outer = caller.objects.bracket(IOException.class)) {
            try (Bracket inner = caller.objects.bracket(InterruptedException.class)) {
                worker.write("");
                assertThat(inner.failures()).isEmpty();
            }
            assertThat(outer.failures()).hasSize(1);
        }
    }

    @Test
    public void aBracketForUncheckedExceptionsHearsOfOneWayCalls() {
        Worker worker = worker();

        assertThatThrownBy(() -> {
                    try (Bracket bracket = caller.objects.bracket(RuntimeException.class)) {
                        worker.fail();
                        assertThat(bracket.awaited()).isLessThanOrEqualTo(1);
                    }
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("planted in a one-way call");
    }

    @Test
    public void bracketsAreClosedOnceAndByTheirThread() throws InterruptedException {
        Bracket bracket = caller.objects.bracket(IOException.class);
        BlockingQueue<Object> told = new LinkedBlockingQueue<>();
        Thread.startVirtualThread(() -> {
            try {
                bracket.close();
            } catch (IllegalStateException refused) {
                told.add(refused.getMessage());
            }
        });

        assertThat(told.take().toString()).startsWith("a bracket of thread '");
        bracket.close();
        assertThatThrownBy(bracket::close).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> caller.objects.bracket(String.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.String is none");
    }

    // ---- failures that nobody waits for (row 54)

    @Test
    public void aFailedOneWayCallGoesToTheListenersOfItsStubOnly() throws InterruptedException {
        Worker worker = worker();
        BlockingQueue<CallFailure> told = new LinkedBlockingQueue<>();
        BlockingQueue<CallFailure> atHome = new LinkedBlockingQueue<>();
        home().objects.onFailure(atHome::add);

        Registration listening = caller.objects.onFailure(worker, told::add);
        worker.note("fine");
        worker.fail();

        CallFailure failure = told.take();
        assertThat(failure.call()).isEqualTo("Worker.fail on worker-1");
        assertThat(failure.target()).isEqualTo(caller.objects.id(worker));
        assertThat(failure.caller()).isEmpty();
        assertThat(failure.cause()).hasMessage("planted in a one-way call");
        assertThat(atHome).isEmpty();
        listening.close();
        worker.fail();
        assertThat(atHome.take().call()).isEqualTo("fail on worker-1");
        assertThat(told).isEmpty();
    }

    @Test
    public void aListenerOfAStubHearsNothingOfOthersWhoHoldThatStub() throws InterruptedException {
        Worker worker = worker();
        Worker other = worker();
        other.befriend(worker);
        other.log(); // by now it holds the stub
        BlockingQueue<CallFailure> told = new LinkedBlockingQueue<>();
        BlockingQueue<CallFailure> atHome = new LinkedBlockingQueue<>();
        home().objects.onFailure(atHome::add);
        caller.objects.onFailure(worker, told::add);

        other.failFriend();

        assertThat(atHome.take().caller()).contains(caller.objects.id(other));
        assertThat(told).isEmpty();
        worker.fail();
        assertThat(told.take().caller()).isEmpty();
    }

    @Test
    public void aFailedOneWayCallGoesToTheListenersOfTheObject() {
        Worker worker = worker();
        BlockingQueue<CallFailure> atHome = new LinkedBlockingQueue<>();
        home().objects.onFailure(atHome::add);

        worker.listen();
        worker.fail();

        assertThat(worker.log()).containsExactly("fail on worker-1: planted in a one-way call");
        assertThat(atHome).isEmpty();
    }

    @Test
    public void aOneWayCallThatIsNotServedGoesToTheListenersOfTheRuntime() throws InterruptedException {
        Worker worker = worker();
        BlockingQueue<CallFailure> told = new LinkedBlockingQueue<>();
        home().objects.onFailure(told::add);
        home().objects.onFailure(failure -> {
            throw new IllegalStateException("a listener that fails");
        });
        Gate.FIRST.shut();
        worker.endBehind(Gate.FIRST);
        worker.note("never");
        awaitSettled(); // both are in the queue

        Gate.FIRST.open();

        assertThat(told.take().cause()).hasMessageContaining("note was not served");
    }

    @Test
    public void aOneWayCallThatIsLostWithItsLinkGoesToTheListenersOfTheCaller() throws InterruptedException {
        Worker worker = worker(farNode);
        BlockingQueue<CallFailure> told = new LinkedBlockingQueue<>();
        caller.objects.onFailure(told::add);
        network.hold();
        worker.note("lost");

        network.kill(other.runtime.id());

        CallFailure failure = told.take();
        assertThat(failure.call()).startsWith("note on ");
        assertThat(failure.cause()).isInstanceOf(OutcomeUnknownException.class).hasMessageContaining("killed");
    }

    // ---- stacks of callers (row 45)

    @Test
    public void ifAskedForAnExceptionShowsHowItsRequestCameToBe() throws InterruptedException {
        caller.runtime.defaultNode().setProperty("actium.calls.callerStacks", "true");
        farNode.setProperty("actium.calls.callerStacks", "true");
        BlockingQueue<CallFailure> told = new LinkedBlockingQueue<>();
        home().objects.onFailure(told::add);

        worker().relay(worker());

        assertThat(told.take().cause().getStackTrace())
                .extracting(StackTraceElement::getMethodName)
                .containsSubsequence(
                        "fail", "from", "relay", "from", "ifAskedForAnExceptionShowsHowItsRequestCameToBe");
    }
}
