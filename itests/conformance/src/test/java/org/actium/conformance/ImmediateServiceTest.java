package org.actium.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.BodyTerminatedException;
import org.actium.object.api.Immediate;
import org.actium.object.api.InitActive;
import org.actium.object.api.RequestFilter;
import org.actium.object.api.Service;
import org.actium.object.api.ServiceInterruptedException;
import org.actium.object.api.Termination;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

@RunWith(Parameterized.class)
public class ImmediateServiceTest {

    @Parameters(name = "{0}")
    public static Object[] settings() {
        return Setting.values();
    }

    @Rule
    public final Grid grid;

    public ImmediateServiceTest(Setting setting) {
        grid = new Grid(setting);
    }

    private <T> T active(Class<T> type, Object... arguments) {
        return grid.objects().newActive(type, arguments).on(grid.node()).start();
    }

    public static class Number implements Serializable {
        private static final long serialVersionUID = 1;
        private final long value;

        public Number(long value) {
            this.value = value;
        }

        public long value() {
            return value;
        }
    }

    /** Can be held in a request, and asked meanwhile. */
    public static class Worker {
        private final CountDownLatch released = new CountDownLatch(1);
        private final AtomicInteger held = new AtomicInteger();

        public Number hold() throws InterruptedException {
            held.incrementAndGet();
            released.await();
            return new Number(held.get());
        }

        public Number holdUnchecked() {
            try {
                return hold();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("stopped half-way", interrupted);
            }
        }

        @Immediate
        public int held() {
            return held.get();
        }

        @Immediate
        public void release() {
            released.countDown();
        }

        @Immediate
        public Number fail() {
            throw new IllegalStateException("planted in an immediate service");
        }

        @Immediate
        public int askMyself() {
            return ActiveContext.current().self(Worker.class).queued();
        }

        @Immediate
        public boolean decide() {
            return ActiveContext.current().service().serveOldest();
        }

        public int queued() {
            return 7;
        }

        /** In turn, through a stub of itself: nobody needs to wait for anybody. */
        public int heldAsSeenByMyself() {
            return ActiveContext.current().self(Worker.class).held();
        }
    }

    @Test
    @Row(36)
    public void anObjectMayCallItsOwnImmediateMethodsWhileItServes() {
        Worker worker = active(Worker.class);

        assertThat(worker.heldAsSeenByMyself()).isZero();
    }

    @Test
    @Row(36)
    public void anImmediateMethodIsServedWhileARequestIs() {
        Worker worker = active(Worker.class);
        Number number = worker.holdUnchecked();
        grid.eventually("it is held", () -> worker.held() == 1);

        worker.release();

        assertThat(number.value()).isEqualTo(1);
    }

    @Test
    @Row(36)
    public void anExceptionOfAnImmediateMethodReachesItsCaller() {
        Number failed = active(Worker.class).fail();

        assertThatThrownBy(failed::value)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("planted in an immediate service");
    }

    @Test
    @Row(24)
    public void anImmediateServiceHasAContextOfItsOwn() {
        Worker worker = active(Worker.class);

        assertThat(worker.askMyself())
                .as("it may wait for the thread of service")
                .isEqualTo(7);
        assertThatThrownBy(worker::decide)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not the thread of service of worker-");
    }

    /** Declares its immediate methods itself. */
    public static class Declaring implements InitActive {
        private final String method;
        private final Class<?>[] types;
        private final CountDownLatch released = new CountDownLatch(1);

        public Declaring(String method, Class<?>[] types) {
            this.method = method;
            this.types = types;
        }

        @Override
        public void initActivity(ActiveContext context) {
            context.service().waitForRequest();
            if (types == null) {
                context.service().immediate(method);
            } else {
                context.service().immediate(method, types);
            }
            try {
                released.await();
            } catch (InterruptedException unexpected) {
                throw new IllegalStateException(unexpected);
            }
        }

        public Number release() {
            released.countDown();
            return new Number(1);
        }

        public Number release(String way) {
            released.countDown();
            return new Number(way.length());
        }
    }

    @Test
    @Row({21, 22})
    public void aCallThatCameBeforeItsMethodWasDeclaredImmediateIsServedAtOnceToo() {
        Declaring declaring = active(Declaring.class, "release", null);

        Number early = declaring.release();

        assertThat(early.value()).as("the initialisation itself waits for it").isEqualTo(1);
        assertThat(declaring.release("late").value()).isEqualTo(4);
    }

    /** Serves a method at once until it wants it queued. */
    public static class Switching implements InitActive {
        private final AtomicInteger looks = new AtomicInteger();

        @Override
        public void initActivity(ActiveContext context) {
            context.service().immediatePerCaller("look");
        }

        public Number look() {
            return new Number(looks.incrementAndGet());
        }

        public String lookTwice() {
            Service service = ActiveContext.current().service();
            Switching self = ActiveContext.current().self(Switching.class);
            long first = self.look().value();
            service.queued("look");
            Number second = self.look();
            boolean queued = service.serveOldest(RequestFilter.named("look"));
            return first + " at once, " + second.value() + (queued ? " in turn" : " at once too");
        }
    }

    @Test
    @Row({36, 37})
    public void whatIsImmediateCanBeQueuedAgain() {
        assertThat(active(Switching.class).lookTwice()).isEqualTo("1 at once, 2 in turn");
    }

    @Test
    @Row(36)
    public void oneOfSeveralMethodsOfANameCanBeImmediate() {
        Declaring declaring = active(Declaring.class, "release", new Class<?>[] {String.class});
        Number queued = declaring.release();

        assertThat(declaring.release("way").value()).isEqualTo(3);
        assertThat(queued.value()).isEqualTo(1);
    }

    @Test
    @Row(36)
    public void declaringAMethodThatDoesNotExistIsAnErrorThatListsThoseThatDo() {
        Declaring byName = active(Declaring.class, "relaese", null);
        Declaring byTypes = active(Declaring.class, "release", new Class<?>[] {int.class});

        assertThatThrownBy(byName.release()::value)
                .isInstanceOf(BodyTerminatedException.class)
                .hasMessageContaining("has no method relaese")
                .hasMessageContaining("release(), release(java.lang.String)");
        assertThatThrownBy(byTypes.release()::value)
                .isInstanceOf(BodyTerminatedException.class)
                .hasMessageContaining("has no method release(int)");
    }

    /** Serves each caller in a thread of its own, and notes the threads. */
    public static class Counter {
        private final List<Thread> threads;
        private final ConcurrentHashMap<Long, AtomicInteger> calls = new ConcurrentHashMap<>();
        private final AtomicInteger others = new AtomicInteger();

        public Counter(List<Thread> threads) {
            this.threads = threads;
        }

        /** @return the thread, and how many calls it has served */
        @Immediate(perCaller = true)
        public long[] call() {
            Thread thread = Thread.currentThread();
            AtomicInteger served = calls.computeIfAbsent(thread.threadId(), _ -> {
                threads.add(thread);
                return new AtomicInteger();
            });
            return new long[] {thread.threadId(), served.incrementAndGet()};
        }

        @Immediate(perCaller = true)
        public long[] call(int number) {
            return call();
        }

        @Immediate(perCaller = true)
        public long[] call(String text) {
            return call();
        }

        @Immediate
        public int beside() {
            return others.incrementAndGet();
        }
    }

    /** Makes counters where it is, and sees their threads also when they have ended. */
    public static class Nursery {
        private final List<Thread> threads = new CopyOnWriteArrayList<>();

        public Counter counter() {
            return ActiveContext.current()
                    .objects()
                    .turnActive(new Counter(threads))
                    .start();
        }

        public int alive() {
            return (int) threads.stream().filter(Thread::isAlive).count();
        }

        public int all() {
            return threads.size();
        }
    }

    /** Calls in a thread of service of its own. */
    public static class Caller {
        private final Counter counter;

        public Caller(Counter counter) {
            this.counter = counter;
        }

        /** @return the threads that served it, with how many calls each of them has served */
        public Map<Long, Long> call(int rounds) {
            Map<Long, Long> threads = new TreeMap<>();
            for (int i = 0; i < rounds; i++) {
                for (long[] served : List.of(counter.call(), counter.call(i), counter.call("text"))) {
                    threads.put(served[0], served[1]);
                }
            }
            return threads;
        }
    }

    private Nursery nursery() {
        return grid.objects().newActive(Nursery.class).on(grid.node()).start();
    }

    private List<Caller> callers(int count, Counter counter) {
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            callers.add(grid.objects()
                    .newActive(Caller.class, counter)
                    .on(grid.node(i % 3))
                    .start());
        }
        return callers;
    }

    @Test
    @Row(37)
    public void allCallsOfOneCallerAreServedByOneThreadThatEndsWithTheCaller() {
        grid.node().setProperty("actium.immediate.callerCheckSeconds", "1");
        Nursery nursery = nursery();
        Counter counter = nursery.counter();
        List<Caller> callers = callers(10, counter);

        List<Map<Long, Long>> served =
                callers.stream().map(caller -> caller.call(10)).toList();

        assertThat(served).allSatisfy(ofOne -> assertThat(ofOne).hasSize(1).containsValue(30L));
        assertThat(served.stream().flatMap(ofOne -> ofOne.keySet().stream()))
                .as("each caller has a thread of its own")
                .doesNotHaveDuplicates();
        assertThat(callers.getFirst().call(1).keySet())
                .as("also later")
                .isEqualTo(served.getFirst().keySet());
        assertThat(nursery.alive()).isEqualTo(10);

        callers.subList(0, 5).forEach(caller -> grid.objects().terminate(caller, Termination.NOW));
        grid.eventually("the threads of dead callers end", () -> nursery.alive() == 5);
        assertThat(callers.getLast().call(1).keySet())
                .as("those of the living do not")
                .isEqualTo(served.getLast().keySet());
    }

    @Test
    @Row(37)
    public void theThreadsOfItsCallersEndWithTheObject() {
        Nursery nursery = nursery();
        Counter counter = nursery.counter();
        callers(3, counter).forEach(caller -> assertThat(caller.call(1)).hasSize(1));
        assertThat(nursery.alive()).isEqualTo(3);

        grid.objects().terminate(counter, Termination.NOW);

        grid.eventually("the threads end", () -> nursery.alive() == 0);
        assertThat(nursery.all()).isEqualTo(3);
        assertThatThrownBy(counter::beside).isInstanceOf(BodyTerminatedException.class);
    }

    @Test
    @Row(43)
    public void theRequestBeingServedCanBeInterruptedAndTheNextIsServed() {
        Worker worker = active(Worker.class);
        Number number = worker.holdUnchecked();
        grid.eventually("it is held", () -> worker.held() == 1);

        grid.objects().interrupt(worker);

        assertThatThrownBy(number::value)
                .isInstanceOf(ServiceInterruptedException.class)
                .hasMessageContaining("was interrupted while it served holdUnchecked")
                .hasRootCauseInstanceOf(InterruptedException.class);
        grid.objects().interrupt(worker);
        assertThat(worker.queued())
                .as("nothing was served, so nothing is interrupted")
                .isEqualTo(7);
        worker.release();
        assertThat(worker.holdUnchecked().value()).isEqualTo(2);
    }

    @Test
    public void aBusyObjectAnswersForItsLifeAndADeadOneDoesNot() {
        Worker worker = active(Worker.class);
        Number number = worker.holdUnchecked();
        grid.eventually("it is held", () -> worker.held() == 1);

        assertThat(grid.objects().ping(worker, Duration.ofSeconds(20))).isTrue();
        worker.release();
        assertThat(number.value()).isEqualTo(1);
        grid.objects().terminate(worker, Termination.NOW);
        grid.eventually("it is found dead", () -> !grid.objects().ping(worker, Duration.ofSeconds(20)));
    }
}
