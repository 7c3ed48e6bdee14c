package org.actium.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.BodyTerminatedException;
import org.actium.object.api.EndActive;
import org.actium.object.api.Immediate;
import org.actium.object.api.InitActive;
import org.actium.object.api.OutcomeUnknownException;
import org.actium.object.api.RemoteFailureException;
import org.actium.object.api.RunActive;
import org.actium.object.api.Termination;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

@RunWith(Parameterized.class)
public class LifeCycleTest {

    @Parameters(name = "{0}")
    public static Object[] settings() {
        return Setting.values();
    }

    @Rule
    public final Grid grid;

    public LifeCycleTest(Setting setting) {
        grid = new Grid(setting);
    }

    private <T> T active(Class<T> type, Object... arguments) {
        return grid.objects().newActive(type, arguments).on(grid.node()).start();
    }

    /** Keeps what it is told. */
    public static class Witness implements Serializable {
        private static final long serialVersionUID = 1;
        private final List<String> heard = new ArrayList<>();

        public void hear(String word) {
            heard.add(word);
        }

        public String heard() {
            return String.join(" ", heard);
        }
    }

    /** Tells a witness what happens to it. */
    public static class Told implements Serializable, InitActive, RunActive, EndActive {
        private static final long serialVersionUID = 1;
        private final Witness witness;

        public Told(Witness witness) {
            this.witness = witness;
        }

        @Override
        public void initActivity(ActiveContext context) {
            witness.hear("init");
        }

        @Override
        public void runActivity(ActiveContext context) {
            witness.hear("run");
            context.service().blockingServeOldest();
            context.service().blockingServeOldest();
            witness.hear("enough");
        }

        @Override
        public void endActivity(ActiveContext context) {
            witness.hear("end");
        }

        public void say(String word) {
            witness.hear(word);
        }

        public int answer() {
            return 42;
        }
    }

    @Test
    public void anObjectBeginsRunsAndEndsAsItsActivitySays() {
        Witness witness = active(Witness.class);
        Told told = active(Told.class, witness);

        told.say("first");

        assertThat(told.answer()).isEqualTo(42);
        assertThatThrownBy(told::answer).isInstanceOf(BodyTerminatedException.class);
        grid.eventually("the end is told", () -> witness.heard().endsWith("end"));
        assertThat(witness.heard()).isEqualTo("init run first enough end");
    }

    @Test
    @Row(39)
    public void anOrderToEndUnwindsAnActivityThatWaitsForRequests() {
        Witness witness = active(Witness.class);
        Told told = active(Told.class, witness);
        grid.eventually("it runs", () -> witness.heard().endsWith("run"));

        grid.objects().terminate(told, Termination.NOW);

        assertThatThrownBy(told::answer).isInstanceOf(BodyTerminatedException.class);
        grid.eventually("the end is told", () -> witness.heard().endsWith("end"));
        assertThat(witness.heard()).isEqualTo("init run end");
    }

    /** Serves one request, whatever the class would do. */
    public static class OneOnly implements Serializable, RunActive {
        private static final long serialVersionUID = 1;
        private final String word;

        public OneOnly(String word) {
            this.word = word;
        }

        @Override
        public void runActivity(ActiveContext context) {
            context.self(Told.class).say(word);
            context.service().blockingServeOldest();
        }
    }

    @Test
    public void whatAnActivityGivenAtCreationDoesGoesBeforeWhatTheClassDoes() {
        Witness witness = active(Witness.class);
        Told told = grid.objects()
                .newActive(Told.class, witness)
                .activity(new OneOnly("given"))
                .on(grid.node())
                .start();

        assertThatThrownBy(() -> {
                    told.answer();
                    told.answer();
                })
                .isInstanceOf(BodyTerminatedException.class);
        grid.eventually("the end is told", () -> witness.heard().endsWith("end"));
        assertThat(witness.heard()).as("the rest is that of the class").startsWith("init");
    }

    @Test
    public void whatIsTurnedActiveCanBeGivenAnActivityToo() {
        Witness witness = active(Witness.class);
        Told told = grid.objects()
                .turnActive(new Told(witness))
                .activity(new OneOnly("turned"))
                .on(grid.node())
                .start();

        grid.eventually("one request was served", () -> witness.heard().endsWith("end"));
        assertThat(witness.heard()).isEqualTo("init turned end");
        assertThatThrownBy(told::answer).isInstanceOf(BodyTerminatedException.class);
    }

    /** Serves for ever, youngest first. */
    public static class Patient implements Serializable, RunActive {
        private static final long serialVersionUID = 1;

        @Override
        public void runActivity(ActiveContext context) {
            context.service().lifoServing();
        }

        public int answer() {
            return 42;
        }

        public Witness later() {
            return new Witness();
        }
    }

    @Test
    @Row(38)
    public void whatIsQueuedBeforeAnEndAfterTheQueueIsServedByAnActivityToo() {
        Patient patient = active(Patient.class);
        List<Witness> earlier = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            earlier.add(patient.later());
        }

        grid.objects().terminate(patient, Termination.AFTER_QUEUE);

        grid.futures().waitForAll(earlier);
        assertThat(earlier).allSatisfy(result -> assertThat(result.heard()).isEmpty());
        assertThatThrownBy(patient::answer).isInstanceOf(BodyTerminatedException.class);
    }

    /** Serves oldest first, when nothing holds it. */
    public static class Held {
        private final CountDownLatch released = new CountDownLatch(1);
        private volatile boolean holds;

        public Witness hold() {
            holds = true;
            try {
                released.await();
            } catch (InterruptedException unexpected) {
                throw new IllegalStateException(unexpected);
            }
            return new Witness();
        }

        public Witness later() {
            return new Witness();
        }

        public int now() {
            return 42;
        }

        @Immediate
        public boolean holds() {
            return holds;
        }

        @Immediate
        public void release() {
            released.countDown();
        }
    }

    private Held held() {
        return active(Held.class);
    }

    private static Witness holding(Held held, Grid grid) {
        Witness served = held.hold();
        grid.eventually("it is served", held::holds);
        return served;
    }

    @Test
    @Row(38)
    public void anEndAfterTheQueueAnswersWhatCameBeforeItAndRefusesWhatComesLater() {
        Held held = held();
        Witness served = holding(held, grid);
        Witness earlier = held.later();
        CompletableFuture<Integer> earlierToo = grid.futures().async(held::now);

        grid.objects().terminate(held, Termination.AFTER_QUEUE);
        Witness later = held.later();
        CompletableFuture<Integer> laterToo = grid.futures().async(held::now);
        assertThat(grid.futures().isAwaited(earlier))
                .as("nothing is served yet")
                .isTrue();
        held.release();

        assertThat(served.heard()).isEmpty();
        assertThat(earlier.heard()).isEmpty();
        assertThat(earlierToo.join()).isEqualTo(42);
        assertThatThrownBy(later::heard).isInstanceOf(BodyTerminatedException.class);
        assertThatThrownBy(laterToo::join).hasCauseInstanceOf(BodyTerminatedException.class);
        assertThatThrownBy(held::now).isInstanceOf(BodyTerminatedException.class);
    }

    @Test
    @Row(39)
    public void anEndAtOnceAnswersTheRequestBeingServedAndRefusesAllOthers() {
        Held held = held();
        Witness served = holding(held, grid);
        List<Witness> queued = List.of(held.later(), held.later());
        CompletableFuture<Integer> queuedToo = grid.futures().async(held::now);

        grid.objects().terminate(held, Termination.NOW);
        assertThat(queued)
                .as("nobody waits until it has been served")
                .allSatisfy(waiting -> assertThatThrownBy(waiting::heard).isInstanceOf(BodyTerminatedException.class));
        assertThatThrownBy(queuedToo::join).hasCauseInstanceOf(BodyTerminatedException.class);
        assertThatThrownBy(held::now).as("the next call").isInstanceOf(BodyTerminatedException.class);
        assertThat(grid.futures().isAwaited(served)).as("it goes on").isTrue();
        held.release();

        assertThat(served.heard()).as("it was being served").isEmpty();
        grid.eventually("it has ended", () -> !grid.objects().ping(held, Duration.ofSeconds(20)));
    }

    /** Serves one request after the other, each until it is let go. */
    public static class Turnstile {
        private final Semaphore tickets = new Semaphore(0);
        private volatile int entered;

        public Witness enter() {
            entered++;
            tickets.acquireUninterruptibly();
            return new Witness();
        }

        @Immediate
        public int entered() {
            return entered;
        }

        @Immediate
        public void letIn() {
            tickets.release();
        }
    }

    /** Chooses what to serve. */
    public static class Choosy implements Serializable, RunActive {
        private static final long serialVersionUID = 1;

        @Override
        public void runActivity(ActiveContext context) {
            while (context.service().isActive()) {
                context.service().blockingServeOldest();
            }
        }
    }

    /** Is busy with something of its own while requests wait. */
    public static class Absorbed implements RunActive {
        private final Semaphore woken = new Semaphore(0);
        private volatile int waiting;

        @Override
        public void runActivity(ActiveContext context) {
            woken.acquireUninterruptibly();
            context.service().hasRequest(request -> false);
            waiting = context.service().requestCount();
            woken.acquireUninterruptibly();
        }

        public Witness later() {
            return new Witness();
        }

        @Immediate
        public void wake() {
            woken.release();
        }

        @Immediate
        public int waiting() {
            return waiting;
        }
    }

    @Test
    @Row(39)
    public void anEndAtOnceAnswersWhatWaitsWhileItsActivityIsBusy() {
        Absorbed absorbed = active(Absorbed.class);
        List<Witness> queued = List.of(absorbed.later(), absorbed.later());
        absorbed.wake();
        grid.eventually("it has seen both", () -> absorbed.waiting() == 2);
        Witness late = absorbed.later();

        grid.objects().terminate(absorbed, Termination.NOW);

        for (Witness waiting : List.of(queued.get(0), queued.get(1), late)) {
            assertThatThrownBy(waiting::heard).isInstanceOf(BodyTerminatedException.class);
        }
        assertThat(grid.objects().ping(absorbed, Duration.ofSeconds(20)))
                .as("it goes on")
                .isTrue();
        absorbed.wake();
        grid.eventually("it ends", () -> !grid.objects().ping(absorbed, Duration.ofSeconds(20)));
    }

    private void assertThatAnEndAtOnceAnswersAllThatWait(Turnstile turnstile) {
        Witness first = turnstile.enter();
        grid.eventually("the first is served", () -> turnstile.entered() == 1);
        List<Witness> taken = List.of(turnstile.enter(), turnstile.enter(), turnstile.enter());
        turnstile.letIn();
        assertThat(first.heard()).isEmpty();
        grid.eventually("the second is served, which came with the others", () -> turnstile.entered() == 2);
        Witness late = turnstile.enter();

        grid.objects().terminate(turnstile, Termination.NOW);

        for (Witness waiting : List.of(taken.get(1), taken.get(2), late)) {
            assertThatThrownBy(waiting::heard).isInstanceOf(BodyTerminatedException.class);
        }
        assertThat(grid.futures().isAwaited(taken.getFirst())).as("it goes on").isTrue();
        turnstile.letIn();
        assertThat(taken.getFirst().heard()).isEmpty();
        grid.eventually("it ends", () -> !grid.objects().ping(turnstile, Duration.ofSeconds(20)));
    }

    @Test
    @Row(39)
    public void anEndAtOnceAnswersAlsoWhatCameWithTheRequestBeingServed() {
        assertThatAnEndAtOnceAnswersAllThatWait(active(Turnstile.class));
    }

    @Test
    @Row(39)
    public void anEndAtOnceAnswersWhatWaitsForAnObjectThatChooses() {
        assertThatAnEndAtOnceAnswersAllThatWait(grid.objects()
                .newActive(Turnstile.class)
                .activity(new Choosy())
                .on(grid.node())
                .start());
    }

    /** Hands out what it was given; waits until it has something. */
    public static class Buffer implements RunActive {
        private final Deque<Witness> content = new ArrayDeque<>();

        @Override
        public void runActivity(ActiveContext context) {
            while (context.service().isActive()) {
                context.service()
                        .blockingServeOldest(request -> request.method().equals("put") || !content.isEmpty());
            }
        }

        public void put(Witness witness) {
            content.add(witness);
        }

        public Witness take() {
            return content.remove();
        }
    }

    @Test
    @Row(38)
    public void anEndAfterTheQueueComesAlsoIfWhatIsQueuedCanNeverBeServed() {
        Buffer buffer = active(Buffer.class);
        Witness taken = buffer.take();

        grid.objects().terminate(buffer, Termination.AFTER_QUEUE);

        assertThatThrownBy(taken::heard).isInstanceOf(BodyTerminatedException.class);
        grid.eventually(
                "the buffer has ended",
                () -> grid.objects().objectsOn(grid.node()).isEmpty());
    }

    /** Serves others within a request. */
    public static class Host {
        private volatile boolean waiting;

        public Witness waitForGuest() {
            waiting = true;
            ActiveContext.current()
                    .service()
                    .blockingServeOldest(request -> request.method().equals("guest"));
            return new Witness();
        }

        public void guest() {}

        @Immediate
        public boolean isWaiting() {
            return waiting;
        }
    }

    @Test
    @Row({38, 39})
    public void aRequestThatAnEndFindsHalfServedIsNotSaidToBeUnserved() {
        for (Termination when : Termination.values()) {
            Host host = active(Host.class);
            Witness waiting = host.waitForGuest();
            grid.eventually("it is served", host::isWaiting);

            grid.objects().terminate(host, when);

            assertThatThrownBy(waiting::heard).as("%s", when).isInstanceOf(OutcomeUnknownException.class);
        }
    }

    @Test
    @Row({38, 39})
    public void whoeverEndedIsNamedInTheSameWordsWhereverItWas() {
        Held named = grid.objects()
                .newActive(Held.class)
                .on(grid.node())
                .named("the held one")
                .start();
        Held nameless = held();
        String number = grid.objects().id(nameless).number() + "";
        for (Held held : List.of(named, nameless)) {
            grid.objects().terminate(held, Termination.NOW);
            grid.eventually("it ends", () -> !grid.objects().ping(held, Duration.ofSeconds(20)));
        }

        assertThatThrownBy(named::now).hasMessage("active object the held one has ended; now was not served");
        assertThatThrownBy(nameless::now).hasMessage("active object held-" + number + " has ended; now was not served");
        assertThatThrownBy(() -> named.later().heard())
                .hasMessage("active object the held one has ended; later was not served");
    }

    @Test
    @Row({38, 39})
    public void anyCallToOneThatHasEndedFailsAtOnceInItsOwnRuntimeAndElsewhereWhenItIsUsed() {
        Held near = grid.objects().newActive(Held.class).on(grid.node(1)).start();
        Held far = held();
        boolean isFar = !grid.objects()
                .id(far)
                .birthplace()
                .equals(grid.objects().id(near).birthplace());
        for (Held held : List.of(near, far)) {
            grid.objects().terminate(held, Termination.NOW);
            grid.eventually("it ends", () -> !grid.objects().ping(held, Duration.ofSeconds(20)));
        }

        assertThatThrownBy(near::later).as("asynchronous").isInstanceOf(BodyTerminatedException.class);
        assertThatThrownBy(near::release).as("one-way").isInstanceOf(BodyTerminatedException.class);
        if (isFar) {
            Witness later = far.later();
            far.release();

            assertThatThrownBy(later::heard).isInstanceOf(BodyTerminatedException.class);
        }
    }

    /** Fails at its start. */
    public static class Stillborn implements Serializable, InitActive, EndActive {
        private static final long serialVersionUID = 1;
        private final Witness witness;

        public Stillborn(Witness witness) {
            this.witness = witness;
        }

        @Override
        public void initActivity(ActiveContext context) {
            throw new IllegalStateException("planted in initActivity");
        }

        @Override
        public void endActivity(ActiveContext context) {
            witness.hear("end");
        }

        public int answer() {
            return 42;
        }
    }

    @Test
    @Row(23)
    public void anExceptionInInitActivityEndsTheObjectAndIsTheCauseItsCallersGet() {
        Witness witness = active(Witness.class);
        Stillborn stillborn = active(Stillborn.class, witness);

        for (int call = 0; call < 2; call++) {
            assertThatThrownBy(stillborn::answer)
                    .isInstanceOf(BodyTerminatedException.class)
                    .hasMessageContaining("planted in initActivity")
                    .cause()
                    .isInstanceOf(RemoteFailureException.class)
                    .hasMessage("java.lang.IllegalStateException: planted in initActivity")
                    .satisfies(cause ->
                            assertThat(cause.getStackTrace()[0].getMethodName()).isEqualTo("initActivity"));
        }
        assertThat(witness.heard()).as("nothing began, so nothing ends").isEmpty();
    }
}
