package org.actium.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.ActiveObjectException;
import org.actium.object.api.Immediate;
import org.actium.object.api.OutcomeUnknownException;
import org.actium.object.api.RequestFilter;
import org.actium.object.api.RequestNotSentException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** The other side is gone, or the connection to it has broken: nobody waits for ever, and nobody is told wrong. */
@RunWith(Parameterized.class)
@NotIn(value = Setting.ONE_RUNTIME, because = "within one runtime there is no other side to lose")
public class LossTest {

    @Parameters(name = "{0}")
    public static Object[] settings() {
        return Setting.of(LossTest.class);
    }

    @Rule
    public final Grid grid;

    public LossTest(Setting setting) {
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

    /** Can be asked, directly or through others, and held meanwhile. */
    public static class Oracle {
        private final List<String> heard = new ArrayList<>();
        private final AtomicInteger sent = new AtomicInteger();
        private volatile boolean paused;

        /** Serves nothing but {@link #resume} from now on. */
        public void pause() {
            paused = true;
            ActiveContext.current().service().blockingServeOldest(RequestFilter.named("resume"));
        }

        public void resume() {}

        @Immediate
        public boolean isPaused() {
            return paused;
        }

        public Text say() {
            return new Text("word");
        }

        public Text ask(Oracle other) {
            return other.say();
        }

        public Text pass(Text text) {
            return text;
        }

        @Immediate
        public String textOf(Text text) {
            return text.text();
        }

        public void hear(String word) {
            heard.add(word);
        }

        public List<String> heard() {
            return heard;
        }

        /** @return how the waiting ended */
        public String flood(Oracle other, int calls) {
            try {
                for (int i = 0; i < calls; i++) {
                    other.hear("word " + i);
                    sent.incrementAndGet();
                }
                return "all sent";
            } catch (ActiveObjectException lost) {
                return lost.getClass().getSimpleName();
            }
        }

        @Immediate
        public int sent() {
            return sent.get();
        }
    }

    private Oracle oracle(int node) {
        return grid.objects().newActive(Oracle.class).on(grid.node(node)).start();
    }

    private Oracle paused(int node) {
        Oracle oracle = oracle(node);
        oracle.pause();
        grid.eventually("it is held", oracle::isPaused);
        return oracle;
    }

    @Test
    @Row(value = 34, named = "losses")
    public void theLossOfAProducerReachesEverybodyWhoWaits() {
        Oracle producer = paused(0);
        Oracle here = oracle(1);
        Text direct = producer.say();
        Text passed = here.pass(direct);
        Text asked = here.ask(producer);
        CompletableFuture<Text> explicit = grid.futures().async(producer::say);
        grid.futures().waitFor(here.say());

        grid.loseTheOtherSide();

        assertThatThrownBy(direct::text).as("asked itself").isInstanceOf(OutcomeUnknownException.class);
        assertThatThrownBy(passed::text).as("handed on").isInstanceOf(OutcomeUnknownException.class);
        assertThatThrownBy(asked::text).as("through another one").isInstanceOf(OutcomeUnknownException.class);
        assertThatThrownBy(explicit::join).hasCauseInstanceOf(OutcomeUnknownException.class);
        assertThatThrownBy(producer::say).isInstanceOf(RequestNotSentException.class);
    }

    @Test
    @Row(value = 34, named = "losses")
    public void theLossOfAMiddlemanReachesWhoGetsTheValueThroughIt() {
        Oracle producer = paused(1);
        Oracle middleman = oracle(0);
        Text direct = producer.say();
        Text through = middleman.pass(direct);
        grid.futures().waitFor(middleman.say());

        grid.loseTheOtherSide();
        assertThatThrownBy(through::text).isInstanceOf(OutcomeUnknownException.class);

        producer.resume();
        assertThat(direct.text()).as("what did not come through it").isEqualTo("word");
    }

    @Test
    @Row(value = 35, named = "losses")
    public void theLossOfAProducerReachesAnImmediateServiceThatWaits() {
        Oracle producer = paused(0);
        Oracle waiter = oracle(1);
        Text pending = producer.say();
        CompletableFuture<String> waits = grid.futures().async(() -> waiter.textOf(pending));
        grid.futures().waitFor(waiter.say());

        grid.loseTheOtherSide();

        assertThatThrownBy(waits::join).hasCauseInstanceOf(OutcomeUnknownException.class);
        assertThat(waiter.say().text()).as("it goes on").isEqualTo("word");
    }

    @Test
    @Row(named = "losses")
    public void whatIsLostTakesNoCallsAndNoObjects() {
        Oracle lost = oracle(0);
        assertThat(lost.heard()).isEmpty();

        grid.loseTheOtherSide();

        grid.eventually("the loss is noticed", () -> failsWith(RequestNotSentException.class, lost::heard));
        assertThatThrownBy(() -> oracle(0))
                .isInstanceOf(RequestNotSentException.class)
                .hasMessageContaining("creation of");
        assertThat(oracle(1).say().text()).as("here life goes on").isEqualTo("word");
    }

    /** Serves each caller on a thread of its own. */
    public static class Window {
        private final List<Thread> threads;

        Window(List<Thread> threads) {
            this.threads = threads;
        }

        @Immediate(perCaller = true)
        public int serve() {
            threads.add(Thread.currentThread());
            return threads.size();
        }
    }

    /** Goes to windows. */
    public static class Visitor {
        public int visit(Window window) {
            return window.serve();
        }
    }

    private Visitor visitor(int node) {
        return grid.objects().newActive(Visitor.class).on(grid.node(node)).start();
    }

    @Test
    @Row(value = 37, named = "losses")
    public void theThreadOfACallerThatIsLostEndsAndThoseOfOthersDoNot() {
        grid.node(1).setProperty("actium.immediate.callerCheckSeconds", "1");
        List<Thread> threads = new CopyOnWriteArrayList<>();
        Window window =
                grid.objects().turnActive(new Window(threads)).on(grid.node(1)).start();
        Visitor here = visitor(1);
        assertThat(visitor(0).visit(window)).isEqualTo(1);
        assertThat(visitor(2).visit(window)).isEqualTo(2);
        assertThat(here.visit(window)).isEqualTo(3);
        assertThat(threads).doesNotHaveDuplicates().allMatch(Thread::isAlive);

        grid.loseTheOtherSide();

        grid.eventually(
                "the threads of those that are lost end",
                () -> threads.stream().filter(Thread::isAlive).count() == 1);
        assertThat(here.visit(window)).isEqualTo(4);
        assertThat(threads.getLast()).as("his who lives").isSameAs(threads.get(2));
    }

    private static boolean failsWith(Class<? extends ActiveObjectException> expected, ThrowingCallable call) {
        try {
            call.call();
            return false;
        } catch (Throwable failed) {
            return expected.isInstance(failed);
        }
    }

    @Test
    @Row(named = {"losses", "bounded queues"})
    public void whoWaitsForRoomInALostQueueGoesOn() {
        grid.node(0).setProperty("actium.inbox.capacity", "5");
        Oracle full = paused(0);
        Oracle sender = oracle(1);
        List<String> failed = new CopyOnWriteArrayList<>();
        grid.objects().onFailure(failure -> failed.add(failure.call()));
        CompletableFuture<String> flood = grid.futures().async(() -> sender.flood(full, 3_000));
        grid.eventually("it waits for room", () -> sender.sent() >= 1_000);

        grid.loseTheOtherSide();

        assertThat(flood.join()).isEqualTo(RequestNotSentException.class.getSimpleName());
        grid.eventually("what was under way is told of", () -> !failed.isEmpty());
        assertThat(failed).as("by names").allMatch(call -> call.matches("hear on oracle-\\d+"));
        assertThat(sender.say().text()).isEqualTo("word");
    }

    @Test
    @Row(named = "broken links")
    public void aBrokenConnectionLosesNothing() {
        Oracle oracle = paused(0);
        oracle.hear("before");
        Text pending = oracle.say();

        grid.breakLinks();

        oracle.hear("meanwhile");
        oracle.resume();
        assertThat(pending.text()).as("what was under way").isEqualTo("word");
        oracle.hear("after");
        assertThat(oracle.heard()).as("once, and in order").containsExactly("before", "meanwhile", "after");
    }
}
