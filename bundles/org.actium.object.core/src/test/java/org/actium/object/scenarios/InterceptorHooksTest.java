package org.actium.object.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.actium.object.api.BodyId;
import org.actium.object.spi.Marks;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.ReplyView;
import org.actium.object.spi.RequestView;
import org.actium.object.spi.SenderId;
import org.actium.object.spi.Verdict;
import org.actium.object.spi.Watermarks;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** What protocols of fault tolerance are built on, used by a toy of one; within a runtime, and between two. */
@RunWith(Parameterized.class)
public class InterceptorHooksTest {

    private static final String CLOCK = "toy.clock";

    @Parameters(name = "{0}")
    public static Object[] places() {
        return new Object[] {"here", "elsewhere"};
    }

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    private final MemoryNetwork network = new MemoryNetwork();
    private final TestRuntime near = new TestRuntime("near", network);
    private final TestRuntime far = new TestRuntime("far", network);
    private final TestRuntime place;
    private final Map<Class<?>, Queue<Toy>> toys = new ConcurrentHashMap<>();

    public InterceptorHooksTest(String where) {
        this.place = where.equals("here") ? near : far;
    }

    /** An active class that calls others. */
    public static class Source {
        private final List<String> log = new ArrayList<>();

        public Source() {}

        public void tell(Sink sink, String word) {
            sink.take(word);
            NOTED.add("told " + word);
        }

        public void ask(Sink sink) {
            NOTED.add("size " + sink.size());
        }

        public List<String> logged(String word) {
            log.add(word);
            return log;
        }
    }

    /** An active class that is called. */
    public static class Sink {
        private final List<String> words = new ArrayList<>();

        public Sink() {}

        public void take(String word) {
            words.add(word);
            NOTED.add("took " + word);
        }

        public int size() {
            return words.size();
        }
    }

    /** What objects did, in order. */
    private static final BlockingQueue<String> NOTED = new LinkedBlockingQueue<>();

    /** A protocol of one body. */
    private static final class Toy implements MessageInterceptor {
        final BodyId body;
        volatile Marks own = Marks.NONE;
        volatile boolean holdsRequests;
        volatile boolean holdsReplies;
        volatile boolean logs;
        volatile Watermarks watermarks = new Watermarks();
        final BlockingQueue<Runnable> held = new LinkedBlockingQueue<>();
        final BlockingQueue<Runnable> unacknowledged = new LinkedBlockingQueue<>();
        final Queue<Long> outbox = new ConcurrentLinkedQueue<>();
        final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

        Toy(BodyId body) {
            this.body = body;
        }

        @Override
        public void departing(RequestView request) {
            request.mark(own);
            request.attach(CLOCK, ("at " + request.sequence()).getBytes(StandardCharsets.UTF_8));
            outbox.add(request.sequence());
            if (holdsRequests) {
                held.add(request.hold());
            }
        }

        @Override
        public Verdict arriving(RequestView request) {
            if (request.sender().isPresent() && request.marks().epoch() < own.epoch()) {
                return new Verdict.Discard("epoch " + request.marks().epoch() + " is over, this is " + own.epoch());
            }
            if (!watermarks.raise(request)) {
                return new Verdict.Discard("a copy of " + request.sequence());
            }
            request.attachment(CLOCK)
                    .ifPresent(clock -> heard.add(new String(clock, StandardCharsets.UTF_8) + " " + request.marks()));
            if (logs) {
                unacknowledged.add(request.withholdAcknowledgement());
            }
            return Verdict.DELIVER;
        }

        @Override
        public void replying(ReplyView reply) {
            reply.mark(own);
            reply.attach(CLOCK, ("served " + reply.request().sequence()).getBytes(StandardCharsets.UTF_8));
            if (holdsReplies) {
                held.add(reply.hold());
            }
        }

        @Override
        public Verdict answered(ReplyView reply) {
            reply.attachment(CLOCK)
                    .ifPresent(clock -> heard.add(new String(clock, StandardCharsets.UTF_8) + " " + reply.marks()
                            + (reply.normal() ? " normal" : " failed")));
            return reply.marks().epoch() < own.epoch() ? new Verdict.Refuse("of an epoch before") : Verdict.DELIVER;
        }

        @Override
        public void acknowledged(RequestView request) {
            outbox.remove(request.sequence());
            heard.add("acknowledged " + request.sequence());
        }

        void release() throws InterruptedException {
            held.take().run();
        }
    }

    @Before
    public void installToys() {
        NOTED.clear();
        for (TestRuntime runtime : List.of(near, far)) {
            runtime.objects.withInterceptors((body, type, node) -> {
                Toy toy = new Toy(body);
                toys.computeIfAbsent(type, _ -> new ConcurrentLinkedQueue<>()).add(toy);
                return Optional.of(toy);
            });
        }
    }

    @After
    public void stop() {
        near.close();
        far.close();
    }

    private <T> T start(Class<T> type, TestRuntime runtime) {
        return near.objects.newActive(type).on(runtime.runtime.defaultNode()).start();
    }

    private Toy toy(Class<?> type) {
        return toys.get(type).element();
    }

    @Test
    public void whatIsPutOnRequestsAndRepliesArrives() throws Exception {
        Source source = start(Source.class, near);
        Sink sink = start(Sink.class, place);
        toy(Source.class).own = new Marks(3, 5);
        toy(Sink.class).own = new Marks(300, 5);

        source.ask(sink);

        assertThat(NOTED.take()).isEqualTo("size 0");
        assertThat(toy(Sink.class).heard.take()).isEqualTo("at 1 Marks[incarnation=3, epoch=5]");
        List<String> back = new ArrayList<>();
        back.add(toy(Source.class).heard.take());
        back.add(toy(Source.class).heard.take());
        assertThat(back).containsExactlyInAnyOrder("acknowledged 1", "served 1 Marks[incarnation=300, epoch=5] normal");
        assertThat(toy(Source.class).outbox).isEmpty();
    }

    @Test
    public void aRequestOfAnEpochThatIsOverIsNotServed() throws Exception {
        Source source = start(Source.class, near);
        Sink sink = start(Sink.class, place);
        toy(Sink.class).own = new Marks(0, 2);
        toy(Source.class).own = new Marks(0, 1);

        source.tell(sink, "old");
        assertThat(NOTED.take()).isEqualTo("told old");
        toy(Source.class).own = new Marks(1, 2);
        source.tell(sink, "new");

        List<String> noted = List.of(NOTED.take(), NOTED.take());
        assertThat(noted).containsExactlyInAnyOrder("told new", "took new");
        assertThat(sink.size()).isEqualTo(1);
    }

    @Test
    public void aReplyOfAnEpochThatIsOverReachesNobody() throws Exception {
        Source source = start(Source.class, near);
        Sink sink = start(Sink.class, place);
        toy(Source.class).own = new Marks(0, 2);

        source.ask(sink);

        assertThat(toy(Source.class).heard.take())
                .isIn("acknowledged 1", "served 1 Marks[incarnation=0, epoch=0] normal");
        source.logged("still there").size();
        assertThat(NOTED).as("the call threw").isEmpty();
    }

    @Test
    public void whatIsHeldLeavesInItsOrderAndTheObjectGoesOn() throws Exception {
        Source source = start(Source.class, near);
        Sink sink = start(Sink.class, place);
        Sink another = start(Sink.class, near);
        Toy toy = toy(Source.class);
        toy.holdsRequests = true;
        source.tell(sink, "first");
        assertThat(NOTED.take()).isEqualTo("told first");
        toy.holdsRequests = false;
        source.tell(sink, "second");
        source.tell(another, "third");
        assertThat(NOTED.take()).isEqualTo("told second");
        assertThat(NOTED.take()).isEqualTo("told third");
        List<String> logged = source.logged("reply");
        assertThat(sink.size()).isZero();
        assertThat(another.size()).isZero();
        assertThat(near.futures.isAwaited(logged)).as("the reply waits, too").isTrue();

        toy.release();

        assertThat(List.of(NOTED.take(), NOTED.take(), NOTED.take()))
                .contains("took third")
                .containsSubsequence("took first", "took second");
        assertThat(logged).containsExactly("reply");
        source.tell(sink, "fourth");
        assertThat(List.of(NOTED.take(), NOTED.take())).containsExactlyInAnyOrder("told fourth", "took fourth");
        assertThat(sink.size()).isEqualTo(3);
    }

    @Test
    public void aHeldReplyIsWhatItWas() throws Exception {
        Source source = start(Source.class, place);
        Toy toy = toy(Source.class);
        toy.holdsReplies = true;
        List<String> before = source.logged("one");
        Runnable release = toy.held.take();
        toy.holdsReplies = false;
        List<String> after = source.logged("two");
        assertThat(near.futures.isAwaited(before)).isTrue();

        release.run();
        release.run(); // once is enough

        assertThat(before).containsExactly("one");
        assertThat(after).containsExactly("one", "two");
    }

    @Test
    public void aWithheldAcknowledgementKeepsTheSenderWaitingAndNotTheService() throws Exception {
        Source source = start(Source.class, near);
        Sink sink = start(Sink.class, place);
        toy(Sink.class).logs = true;

        source.tell(sink, "logged");
        assertThat(List.of(NOTED.take(), NOTED.take())).containsExactlyInAnyOrder("told logged", "took logged");

        assertThat(toy(Source.class).outbox).containsExactly(1L);
        assertThat(toy(Source.class).heard).isEmpty();
        toy(Sink.class).unacknowledged.take().run();
        assertThat(toy(Source.class).heard.take()).isEqualTo("acknowledged 1");
        assertThat(toy(Source.class).outbox).isEmpty();
    }

    @Test
    public void watermarksTellCopiesBySenderAndNumber() throws Exception {
        Source source = start(Source.class, near);
        Sink sink = start(Sink.class, place);
        for (int i = 1; i <= 3; i++) {
            source.tell(sink, "word " + i);
        }
        for (int i = 0; i < 6; i++) {
            NOTED.take();
        }
        Toy toy = toy(Sink.class);
        SenderId sender = new SenderId.OfBody(toy(Source.class).body);
        assertThat(toy.watermarks.of(sender)).isEqualTo(3);
        assertThat(sink.size()).isEqualTo(3);
        assertThat(toy.watermarks.all().keySet())
                .anySatisfy(thread -> assertThat(thread).isInstanceOfSatisfying(SenderId.OfThread.class, of -> {
                    assertThat(of.runtime()).isEqualTo(near.runtime.id());
                    assertThat(of.number()).isPositive();
                }));

        toy.watermarks = new Watermarks(Map.of(sender, 5L)); // as if 4 and 5 had come already
        source.ask(sink);

        for (int i = 5; i <= 6; i++) {
            source.tell(sink, "word " + i);
        }
        assertThat(List.of(NOTED.take(), NOTED.take(), NOTED.take()))
                .as("only the sixth is new")
                .containsExactlyInAnyOrder("told word 5", "told word 6", "took word 6");
    }
}
