package org.actium.object.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.actium.object.api.BodyId;
import org.actium.object.spi.InterceptorSource;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.RequestView;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.actium.runtime.core.LocalRuntime;
import org.actium.runtime.spi.Time;
import org.junit.Test;

public class InterceptionTest {

    private final LocalRuntime runtime = new LocalRuntime("here", new Random(1));
    private final Node node = runtime.createNode("one", Optional.empty());
    private final Impatient time = new Impatient();
    private final Interception interception = new Interception(new Bodies(), time);
    private final List<MessageInterceptor> onNode = new ArrayList<>();
    private final MessageInterceptor looking = new Looking();
    private final MessageInterceptor elsewhere = new Looking();
    private final Request request =
            new Request(new BodyId(runtime.id(), 2), Optional.empty(), 1, "m()V", new Object[0], null);

    private static final class Looking implements MessageInterceptor {
        @Override
        public void departing(RequestView request) {}
    }

    /** Notes what it sees leave. */
    private record Seeing(List<MessageInterceptor> seen) implements MessageInterceptor {
        @Override
        public void departing(RequestView request) {
            seen.add(this);
        }

        @Override
        public void serving(RequestView request) {
            seen.add(this);
        }

        @Override
        public void served(RequestView request, boolean normally) {
            seen.add(this);
        }
    }

    /** Where each delay is over at once. */
    private static final class Impatient implements Time {
        private final AtomicLong passed = new AtomicLong();

        @Override
        public Instant instant() {
            return Instant.ofEpochSecond(0, passed.get());
        }

        @Override
        public long nanos() {
            return passed.get();
        }

        @Override
        public Registration after(Duration delay, Runnable task) {
            passed.addAndGet(delay.toNanos());
            Thread.ofVirtual().start(task);
            return () -> {};
        }
    }

    /** Whose node has some that change. */
    private final class OfNodes implements InterceptorSource {
        private Consumer<Node> changed;

        @Override
        public Optional<MessageInterceptor> interceptorFor(BodyId body, Class<?> type, Node where) {
            return Optional.empty();
        }

        @Override
        public List<MessageInterceptor> interceptorsOn(Node where) {
            return where.equals(node) ? List.copyOf(onNode) : List.of(elsewhere);
        }

        @Override
        public Registration whenChanged(Consumer<Node> action) {
            changed = action;
            return () -> {};
        }
    }

    private Interceptors next() {
        return nextOn(node);
    }

    private Interceptors nextOn(Node which) {
        return interception.of(new BodyId(runtime.id(), 1), Object.class, which);
    }

    @Test
    public void aBodyOnANodeThatHasNoneAsksNobody() {
        interception.add(new OfNodes());
        assertThat(next()).isSameAs(Interceptors.NONE);

        onNode.add(looking);
        assertThat(next()).isNotSameAs(Interceptors.NONE);

        onNode.clear();
        assertThat(next()).as("after it had some").isSameAs(Interceptors.NONE);
    }

    @Test
    public void bodiesThatHaveTheSameShareThem() {
        interception.add((body, type, where) -> Optional.of(looking));
        Interceptors kept = next();
        assertThat(next()).isSameAs(kept);

        interception.add(new OfNodes());
        assertThat(next()).as("its node has none").isSameAs(kept);
        onNode.add(looking);
        Interceptors more = next();
        assertThat(more).isNotSameAs(kept);
        assertThat(next()).isSameAs(more);
        assertThat(more.kept()).containsExactly(looking);
    }

    @Test
    public void bodiesOfSeveralNodesMadeInTurnShareThoseOfTheirs() {
        Node other = runtime.createNode("other", Optional.empty());
        interception.add(new OfNodes());
        onNode.add(looking);
        Interceptors here = next();
        Interceptors there = nextOn(other);

        assertThat(there).isNotSameAs(here);
        assertThat(next()).isSameAs(here);
        assertThat(nextOn(other)).isSameAs(there);
    }

    @Test
    public void nothingIsKeptOfThoseBeforeAChange() throws InterruptedException {
        OfNodes source = new OfNodes();
        interception.add(source);
        WeakReference<MessageInterceptor> gone = passOne();
        onNode.clear();

        source.changed.accept(node);

        for (int i = 0; i < 100 && gone.get() != null; i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(gone.get()).as("of a service whose bundle may be gone").isNull();
    }

    /** In a frame of its own, which holds nothing when it is left. */
    private WeakReference<MessageInterceptor> passOne() {
        onNode.add(new Looking());
        assertThat(next()).isNotSameAs(Interceptors.NONE);
        return new WeakReference<>(onNode.getFirst());
    }

    @Test
    public void whoReadThoseOfBeforeAndComesAfterTheChangePassesThoseOfNow() {
        OfNodes source = new OfNodes();
        interception.add(source);
        List<MessageInterceptor> seen = new ArrayList<>();
        onNode.add(new Seeing(seen));
        Interceptors read = next();
        Seeing other = new Seeing(seen);
        onNode.set(0, other);
        source.changed.accept(node);

        read.departing(request);
        Interceptors told = read.serving(request);
        told.served(request, true, read);

        assertThat(seen).hasSize(3).allMatch(one -> one == other);

        onNode.clear();
        source.changed.accept(node);
        read.departing(request);
        read.serving(request);

        assertThat(seen).as("there are none now").hasSize(3);
    }

    @Test
    public void whoHangsInOneThatLeavesHoldsUpTheChangeForAWhileOnly() throws InterruptedException {
        OfNodes source = new OfNodes();
        interception.add(source);
        CountDownLatch in = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        onNode.add(new Hanging(in, release));
        Interceptors read = next();
        Thread hangs = Thread.ofVirtual().start(() -> read.departing(request));
        in.await();
        onNode.clear();

        source.changed.accept(node);
        source.changed.accept(node);

        assertThat(time.passed.get())
                .as("it was waited for once")
                .isEqualTo(Duration.ofSeconds(10).toNanos());
        release.countDown();
        hangs.join();
    }

    /** Stays where it is. */
    private record Hanging(CountDownLatch in, CountDownLatch release) implements MessageInterceptor {
        @Override
        public void departing(RequestView leaving) {
            in.countDown();
            try {
                release.await();
            } catch (InterruptedException ended) {
                throw new AssertionError(ended);
            }
        }
    }

    @Test
    public void aChangeThatLeavesThemThereWaitsForNobody() throws InterruptedException {
        OfNodes source = new OfNodes();
        interception.add(source);
        CountDownLatch in = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        onNode.add(new Hanging(in, release));
        Interceptors read = next();
        Thread hangs = Thread.ofVirtual().start(() -> read.departing(request));
        in.await();

        onNode.add(looking);
        source.changed.accept(node);
        assertThat(time.passed.get()).isZero();

        onNode.removeFirst();
        source.changed.accept(node);
        assertThat(time.passed.get()).as("in what it has read before both").isPositive();
        release.countDown();
        hangs.join();
    }

    @Test
    public void aThreadOutsideHasNoneOfANode() {
        interception.add(new OfNodes());
        onNode.add(looking);

        assertThat(interception.outside(node)).isSameAs(Interceptors.NONE);
    }
}
