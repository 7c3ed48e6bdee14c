package org.actium.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.actium.future.api.FutureList;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.BodyTerminatedException;
import org.actium.object.api.Bracket;
import org.actium.object.api.CallTimeoutException;
import org.actium.object.api.Immediate;
import org.actium.object.api.OutcomeUnknownException;
import org.actium.object.api.RequestFilter;
import org.actium.object.api.Termination;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

@RunWith(Parameterized.class)
public class FuturesTest {

    private static final Duration MOMENT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(60);

    @Parameters(name = "{0}")
    public static Object[] settings() {
        return Setting.values();
    }

    @Rule
    public final Grid grid;

    public FuturesTest(Setting setting) {
        grid = new Grid(setting);
    }

    /** A result that can be stood in for. */
    public static class Text implements Serializable {
        private static final long serialVersionUID = 1;
        private final String text;

        public Text(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** Answers, passes futures on, and can be made to wait in between. */
    public static class Speaker {
        private final String word;
        private final List<String> log = new ArrayList<>();
        private final CompletableFuture<Text> promise = new CompletableFuture<>();

        public Speaker(String word) {
            this.word = word;
        }

        /** Serves nothing but {@link #resume} from now on. */
        public void pause() {
            ActiveContext.current().service().blockingServeOldest(RequestFilter.named("resume"));
        }

        public void resume() {}

        public Text say() {
            return new Text(word);
        }

        public String sayNow() {
            return word;
        }

        public int size() {
            return log.size();
        }

        public void relay(Speaker other) {
            other.fail();
        }

        public Text ask(Speaker other) {
            return other.say();
        }

        public Text pass(Text text) {
            return text;
        }

        public Text join(Text first, Text second) {
            return new Text(first.text() + second.text());
        }

        public void note(Text text) {
            log.add(text.text());
        }

        public void noteWord(String text) {
            log.add(text);
        }

        public List<String> log() {
            return log;
        }

        public void tell(Speaker other, String text) {
            other.noteWord(text);
        }

        /** Slow to write: a thousand elements. */
        public void noteSize(List<String> words) {
            log.add(words.getFirst());
        }

        public void noteWhenKnown(Text pending) {
            ActiveContext context = ActiveContext.current();
            String me = context.name();
            context.futures()
                    .whenKnown(
                            pending,
                            known -> log.add(known.text()
                                    + (ActiveContext.current().name().equals(me) ? " served" : " astray")));
        }

        /** The same with what others explicitly promise, and with what comes of that. */
        public void noteWhenDone(Speaker other) {
            ActiveContext context = ActiveContext.current();
            CompletableFuture<String> word = context.futures().async(() -> other.sayNow());
            String me = context.name();
            for (CompletableFuture<?> future : List.of(word, word.thenApply(String::length))) {
                context.futures()
                        .whenKnown(
                                future,
                                known -> log.add(known.resultNow()
                                        + (ActiveContext.current().name().equals(me) ? " served" : " astray")));
            }
        }

        public void fail() {
            throw new IllegalStateException("planted in a one-way call");
        }

        public Text failLater() {
            throw new IllegalStateException("planted");
        }

        public void write(String text) throws IOException {
            if (text.isEmpty()) {
                throw new IOException("nothing to write");
            }
            log.add(text);
        }

        /** Notes the methods on the stacks of its failures. */
        public void noteStacks() {
            ActiveContext.current()
                    .onFailure(failure -> Arrays.stream(failure.cause().getStackTrace())
                            .map(StackTraceElement::getMethodName)
                            .forEach(log::add));
        }

        public void noteFailures() {
            ActiveContext.current().onFailure(failure -> log.add(failure.cause().getMessage()));
        }

        public CompletableFuture<Text> promise() {
            return promise;
        }

        public void keepPromise() {
            promise.complete(new Text(word));
        }
    }

    private Speaker speaker(String word, int node) {
        return grid.objects().newActive(Speaker.class, word).on(grid.node(node)).start();
    }

    @Test
    @Row(28)
    public void anySingleCallCanBeMadeAsynchronous() {
        Speaker speaker = speaker("a", 0);
        speaker.pause();

        CompletableFuture<String> word = grid.futures().async(() -> speaker.sayNow());
        CompletableFuture<Integer> size = grid.futures().async(() -> speaker.size());
        CompletableFuture<Void> noted = grid.futures().async(() -> speaker.noteWord("b"));
        assertThat(word).isNotDone();
        speaker.resume();

        assertThat(word.join()).isEqualTo("a");
        assertThat(size.join()).isZero();
        noted.join();
        assertThat(speaker.log()).containsExactly("b");
    }

    @Test
    @Row(named = "bad input")
    public void theLongestDurationThereIsLimitsNothing() throws TimeoutException {
        Duration forever = ChronoUnit.FOREVER.getDuration();
        Speaker speaker = speaker("a", 1);
        speaker.pause();
        Text word = speaker.say();
        speaker.resume();

        grid.futures().waitFor(word, forever);

        assertThat(grid.futures().isAwaited(word)).isFalse();
        assertThat(grid.objects().withLimit(speaker, forever).size()).isZero();
        assertThat(grid.objects().ping(speaker, forever)).isTrue();
    }

    @Test
    @Row(29)
    public void aFutureMayBePassedOnBeforeItsValueIsThere() {
        Speaker slow = speaker("a", 0);
        Speaker middle = speaker("b", 1);
        Speaker last = speaker("c", 2);
        slow.pause();

        Text byResult = last.ask(slow);
        Text byArgument = middle.pass(byResult);
        Text again = last.pass(byArgument);
        last.note(byArgument);

        assertThat(grid.futures().isAwaited(again)).isTrue();
        slow.resume();
        assertThat(again.text()).isEqualTo("a");
        assertThat(byResult.text()).isEqualTo("a");
        assertThat(last.log()).containsExactly("a");
    }

    @Test
    @Row(29)
    public void everyFutureOfAChainKeepsItsOwnValue() {
        List<Speaker> chain = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            chain.add(speaker(String.valueOf((char) ('a' + i)), i % 3));
        }
        chain.getLast().pause();
        chain.get(3).pause();
        Text last = chain.getLast().say();
        Text last1 = chain.get(3).say();
        for (Speaker passes : List.of(chain.get(0), chain.get(1), chain.get(2))) {
            last = passes.pass(last);
            last1 = passes.pass(last1);
        }
        Text both = chain.getFirst().join(last, last1);
        chain.get(3).resume();
        chain.getLast().resume();

        assertThat(both.text()).isEqualTo("ed");
        assertThat(last.text()).isEqualTo("e");
        assertThat(last1.text()).isEqualTo("d");
    }

    @Test
    @Row(30)
    public void aValueArrivesAfterTheThreadThatAskedForItHasEnded() {
        Speaker slow = speaker("a", 0);
        Speaker keeper = speaker("b", 2);
        slow.pause();
        Thread asking = grid.threads().start("asking", () -> keeper.note(slow.say()));
        grid.eventually("it has ended", () -> !asking.isAlive());

        slow.resume();

        assertThat(keeper.log()).containsExactly("a");
    }

    @Test
    @Row(31)
    public void whatIsNoFutureIsNotAwaited() throws TimeoutException {
        assertThat(grid.futures().isAwaited("text")).isFalse();
        grid.futures().waitFor("text");
        grid.futures().waitFor("text", MOMENT);
        grid.futures().waitForAll(List.of("a", "b"));
        grid.futures().waitForAll(List.of("a", "b"), MOMENT);
        assertThat(grid.futures().waitForAny(List.of("a", "b"))).isZero();
        assertThat(grid.futures().waitForAny(List.of("a", "b"), MOMENT)).isZero();
    }

    @Test
    @Row({28, 31})
    public void explicitFuturesAreAskedAndWaitedForAsTransparentOnesAre() throws TimeoutException {
        Speaker speaker = speaker("a", 0);
        speaker.pause();
        CompletableFuture<String> word = grid.futures().async(() -> speaker.sayNow());
        CompletableFuture<Text> promise = grid.futures().async(() -> speaker.say());
        CompletableFuture<Integer> length = word.thenApply(String::length);
        CompletableFuture<Void> all = CompletableFuture.allOf(word, promise);
        CompletableFuture<String> own = new CompletableFuture<>();
        List<CompletableFuture<?>> futures = List.of(own, word, promise, length, all);

        assertThat(futures).allMatch(grid.futures()::isAwaited);
        assertThat(grid.futures().allAwaited(futures)).isTrue();
        for (CompletableFuture<?> future : futures) {
            assertThatThrownBy(() -> grid.futures().waitFor(future, MOMENT)).isInstanceOf(TimeoutException.class);
        }
        assertThatThrownBy(() -> grid.futures().waitForAny(futures, MOMENT)).isInstanceOf(TimeoutException.class);
        assertThat(grid.futures().value(own)).isSameAs(own);
        assertThat(grid.futures().value(own, MOMENT)).isSameAs(own);
        FutureList<CompletableFuture<?>> list = grid.futures().list();
        futures.forEach(list::add);
        assertThat(list.awaited()).isEqualTo(futures.size());
        speaker.resume();

        assertThat(futures.get(grid.futures().waitForAny(futures)).isDone()).isTrue();
        list.waitFor(4);
        assertThat(list.awaited()).isOne();
        grid.futures().waitForAll(List.of(word, promise, length, all));
        assertThat(word.resultNow()).as("what has been waited for is done").isEqualTo("a");
        assertThat(promise.resultNow().text()).isEqualTo("a");
        assertThat(length.resultNow()).isOne();
        assertThat(all).isDone();
        assertThat(grid.futures().isNull(all)).isTrue();
        assertThat(grid.futures().isNull(word)).isFalse();
        assertThat(grid.futures().isAwaited(own)).isTrue();
    }

    @Test
    @Row({28, 33})
    public void aCallBackForAnExplicitFutureIsServedByTheObjectThatAskedForIt() {
        Speaker producer = speaker("a", 0);
        Speaker owner = speaker("b", 2);
        producer.pause();
        owner.noteWhenDone(producer);
        assertThat(owner.log()).isEmpty();

        producer.resume();

        grid.eventually("both call-backs", () -> owner.log().size() == 2);
        assertThat(owner.log()).containsExactlyInAnyOrder("a served", "1 served");
    }

    @Test
    @Row(32)
    public void aTimedWaitEndsInTimeAndTheValueStillComes() throws TimeoutException {
        Speaker speaker = speaker("a", 0);
        grid.futures().waitFor(speaker.say(), LONG);
        speaker.pause();
        Text late = speaker.say();

        assertThatThrownBy(() -> grid.futures().waitFor(late, MOMENT)).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> grid.futures().waitForAny(List.of(late), MOMENT))
                .isInstanceOf(TimeoutException.class);
        speaker.resume();

        grid.futures().waitFor(late, LONG);
        assertThat(late.text()).isEqualTo("a");
    }

    @Test
    @Row(33)
    public void aCallBackIsServedOnceByTheObjectThatAskedForIt() {
        Speaker producer = speaker("a", 0);
        Speaker owner = speaker("b", 2);
        Speaker middleman = speaker("c", 1);
        producer.pause();
        Text pending = producer.say();
        owner.noteWhenKnown(pending);
        owner.noteWhenKnown(middleman.pass(pending));
        assertThat(owner.log()).isEmpty();

        producer.resume();
        grid.eventually("both call-backs", () -> owner.log().size() == 2);
        owner.noteWhenKnown(pending);
        grid.eventually("the call-back for what is there", () -> owner.log().size() == 3);

        assertThat(owner.log()).containsExactly("a served", "a served", "a served");
    }

    @Test
    @Row(34)
    public void theEndOfTheProducerReachesEverybodyWhoWaits() {
        Speaker producer = speaker("a", 0);
        Speaker middleman = speaker("b", 2);
        producer.pause();
        Text direct = producer.say();
        Text passed = middleman.pass(direct);
        Text asked = middleman.ask(producer);
        CompletableFuture<Text> explicit = grid.futures().async(() -> producer.say());
        grid.futures().waitFor(middleman.say());

        grid.objects().terminate(producer, Termination.NOW);

        assertThatThrownBy(direct::text).isInstanceOf(BodyTerminatedException.class);
        assertThatThrownBy(passed::text).isInstanceOf(BodyTerminatedException.class);
        assertThatThrownBy(asked::text).isInstanceOf(BodyTerminatedException.class);
        assertThatThrownBy(explicit::join).hasCauseInstanceOf(BodyTerminatedException.class);
    }

    @Test
    @Row(34)
    public void aMiddlemanThatEndsKeepsNobodyFromTheValueItPassedOn() {
        Speaker producer = speaker("a", 0);
        Speaker middleman = speaker("b", 2);
        producer.pause();
        Text passed = middleman.ask(producer);
        Text again = speaker("c", 1).pass(passed);
        grid.futures().waitFor(middleman.say());

        grid.objects().terminate(middleman, Termination.NOW);
        grid.eventually("the end of the middleman", () -> hasEnded(middleman));
        producer.resume();

        assertThat(passed.text()).isEqualTo("a");
        assertThat(again.text()).isEqualTo("a");
    }

    private static boolean hasEnded(Speaker speaker) {
        try {
            return speaker.sayNow().isEmpty();
        } catch (BodyTerminatedException ended) {
            return true;
        }
    }

    @Test
    @Row(34)
    public void anObjectThatEndsBeforeItKeepsItsPromiseLetsNobodyWait() {
        Speaker producer = speaker("a", 0);
        CompletableFuture<Text> promise = producer.promise();
        assertThat(producer.sayNow()).isEqualTo("a");

        grid.objects().terminate(producer, Termination.AFTER_QUEUE);

        assertThatThrownBy(promise::join).hasCauseInstanceOf(OutcomeUnknownException.class);
    }

    /** Waits in an immediate service for what comes through others. */
    public static class Impatient {
        private final AtomicInteger waiting = new AtomicInteger();

        @Immediate
        public String textOf(Text text) {
            waiting.incrementAndGet();
            return text.text();
        }

        @Immediate
        public String askThrough(Speaker middleman, Speaker producer) {
            Text asked = middleman.ask(producer);
            waiting.incrementAndGet();
            return asked.text();
        }

        @Immediate
        public int waiting() {
            return waiting.get();
        }

        public String name() {
            return ActiveContext.current().name();
        }
    }

    @Test
    @Row(35)
    public void theEndOfTheProducerReachesAnImmediateServiceThatWaitsAlsoThroughAMiddleman() {
        Speaker producer = speaker("a", 0);
        Impatient waiter =
                grid.objects().newActive(Impatient.class).on(grid.node(2)).start();
        producer.pause();
        Text pending = producer.say();
        List<CompletableFuture<String>> waits = List.of(
                grid.futures().async(() -> waiter.textOf(pending)),
                grid.futures().async(() -> waiter.askThrough(speaker("b", 0), producer)),
                grid.futures().async(() -> waiter.askThrough(speaker("c", 1), producer)));
        grid.eventually("all of them wait", () -> waiter.waiting() == waits.size());
        assertThat(waits).allSatisfy(wait -> assertThat(wait).isNotDone());

        grid.objects().terminate(producer, Termination.NOW);

        assertThat(waits)
                .allSatisfy(wait -> assertThatThrownBy(wait::join).hasCauseInstanceOf(BodyTerminatedException.class));
        assertThat(waiter.name()).as("it goes on").startsWith("impatient");
    }

    @Test
    @Row(40)
    public void aSynchronousCallEndsAtItsLimit() {
        Speaker speaker = speaker("a", 0);
        speaker.pause();

        assertThatThrownBy(() -> grid.objects().withLimit(speaker, MOMENT).sayNow())
                .isInstanceOf(CallTimeoutException.class);
        assertThatThrownBy(() -> grid.objects().within(MOMENT, speaker::sayNow))
                .isInstanceOf(CallTimeoutException.class);
        speaker.resume();

        assertThat(grid.objects().withLimit(speaker, LONG).sayNow()).isEqualTo("a");
    }

    @Test
    @Row(45)
    public void ifAskedForAnExceptionShowsHowItsRequestCameToBe() {
        grid.node(0).setProperty("actium.calls.callerStacks", "true");
        Speaker caller = speaker("a", 0);
        Speaker target = speaker("b", 2);
        target.noteStacks();

        caller.relay(target);
        grid.eventually("the failure", () -> !target.log().isEmpty());

        assertThat(target.log()).containsSubsequence("fail", "from", "relay");
    }

    /** What is one-way and what is answered, mixed: the target sees the order of the caller. */
    @Test
    @Row(47)
    public void callsOfOneCallerArriveInOrderWhateverTheirKind() {
        Speaker target = speaker("a", 0);
        List<String> sent = new ArrayList<>();
        for (int round = 0; round < 100; round++) {
            for (String letter : List.of("a", "b", "c")) {
                target.noteWord(letter);
                sent.add(letter);
            }
            target.say();
            if (round % 10 == 0) {
                target.sayNow();
            }
        }

        assertThat(target.log()).isEqualTo(sent);
    }

    /** First to the target, then through another object: however slow the first is to write, it is there first. */
    @Test
    @Row(47)
    public void aSlowMessageIsNotOvertakenThroughAThirdObject() {
        List<String> big = new ArrayList<>(List.of("first"));
        for (int i = 0; i < 1_000; i++) {
            big.add("word " + i);
        }
        for (int round = 0; round < 5; round++) {
            Speaker target = speaker("a", round % 3);
            Speaker messenger = speaker("b", (round + 1) % 3);

            target.noteSize(big);
            messenger.tell(target, "second");
            messenger.sayNow();

            assertThat(target.log()).containsExactly("first", "second");
        }
    }

    /** Says how much of what it was told to send has left. */
    public static class Courier {
        private final AtomicInteger sent = new AtomicInteger();

        public void send(int words, Speaker target, Speaker other) {
            for (int i = 0; i < words; i++) {
                target.noteWord("word " + i);
                sent.incrementAndGet();
            }
            other.noteWord("after " + words);
        }

        @Immediate
        public int sent() {
            return sent.get();
        }
    }

    /** Can be held in a request without help of its queue. */
    public static class Gated extends Speaker {
        private final CountDownLatch opened = new CountDownLatch(1);

        public Gated() {
            super("gated");
        }

        public void hold() throws InterruptedException {
            opened.await();
        }

        @Immediate
        public void open() {
            opened.countDown();
        }
    }

    private Courier courier(int node) {
        return grid.objects().newActive(Courier.class).on(grid.node(node)).start();
    }

    @Test
    @Row(48)
    public void aOneWayCallWaitsUntilWhatWentElsewhereIsQueuedAndNotUntilItIsServed() {
        Speaker target = speaker("a", 0);
        Speaker other = speaker("b", 2);
        target.pause();
        Courier courier = courier(1);

        courier.send(50, target, other);

        grid.eventually("it went on", () -> other.log().contains("after 50"));
        target.resume();
        assertThat(target.log()).hasSize(50).startsWith("word 0").endsWith("word 49");
    }

    @Test
    @Row(48)
    public void aOneWayCallWaitsForWhatItsOwnSenderHasUnderWayAndForNobodyElses() {
        grid.node(0).setProperty("actium.inbox.capacity", "3");
        Gated full = grid.objects().newActive(Gated.class).on(grid.node(0)).start();
        Speaker other = speaker("b", 2);
        grid.futures().async(() -> {
            full.hold();
            return null;
        });
        Courier held = courier(1);
        Courier free = courier(1);

        held.send(10, full, other);
        grid.eventually("it has begun", () -> held.sent() >= 2);
        free.send(0, full, other);

        grid.eventually("the other one goes on", () -> other.log().contains("after 0"));
        for (int i = 0; i < 10; i++) {
            assertThat(other.log()).as("not all of its requests are queued").containsExactly("after 0");
        }
        full.open();
        grid.eventually("all are queued", () -> other.log().contains("after 10"));
        assertThat(full.log()).hasSize(10).startsWith("word 0").endsWith("word 9");
    }

    @Test
    @Row(54)
    public void aFailureIsThrownWhereTheResultIsUsedOrToldToTheListenersOfTheObject() {
        Speaker speaker = speaker("a", 0);
        speaker.noteFailures();

        speaker.fail();
        Text failed = speaker.failLater();

        assertThatThrownBy(failed::text)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("planted");
        assertThatThrownBy(() -> speaker.write("")).isInstanceOf(IOException.class);
        assertThat(speaker.log()).containsExactly("planted in a one-way call");
    }

    @Test
    @Row(55)
    public void insideABracketCallsGoOnAndTheirFailuresComeOutAtItsEnd() throws IOException {
        Speaker speaker = speaker("a", 0);
        speaker.pause();
        assertThatThrownBy(() -> {
                    try (Bracket bracket = grid.objects().bracket(IOException.class)) {
                        speaker.write("");
                        speaker.write("fine");
                        assertThat(bracket.awaited()).isEqualTo(2);
                        speaker.resume();
                        assertThatThrownBy(bracket::await).isInstanceOf(IOException.class);
                        speaker.write("");
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessage("nothing to write");

        try (Bracket bracket = grid.objects().bracket(IOException.class)) {
            speaker.write("");
            speaker.write("");
            assertThat(bracket.failures()).hasSize(2);
        }
        assertThat(speaker.log()).containsExactly("fine");
    }

    @Test
    @Row(55)
    public void openingANestedBracketThrowsWhatHasArrived() {
        Speaker speaker = speaker("a", 0);

        assertThatThrownBy(() -> {
                    try (Bracket outer = grid.objects().bracket(IOException.class)) {
                        speaker.write("");
                        grid.eventually("the failure", () -> outer.awaited() == 0);
                        try (Bracket inner = grid.objects().bracket(IllegalStateException.class)) {
                            throw new AssertionError(inner + " was opened");
                        }
                    }
                })
                .isInstanceOf(IOException.class);
    }
}
