package org.actium.object.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.actium.object.api.BodyId;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class ImmediateServicesTest {

    private static final BodyId TARGET = new BodyId(new RuntimeId(1, 1), 1);
    private static final BodyId CALLER = new BodyId(new RuntimeId(1, 1), 2);

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    private final HandMoved time = new HandMoved();
    private final Waits waits = new Waits(time, new RuntimeId(1, 2));
    private final Recording server = new Recording();
    private final Set<BodyId> dead = ConcurrentHashMap.newKeySet();
    private final ImmediateServices services = services(new AskingAtOnce(), (caller, home) -> !dead.contains(caller));

    private ImmediateServices services(Threads threads, ImmediateServices.Callers callers) {
        ImmediateServices made = new ImmediateServices(
                server, threads, time, () -> new Outbox(waits, Ordering.CAUSAL), callers, Duration.ofSeconds(1));
        made.declare(List.of("m()V"), Optional.of(ImmediateServices.Mode.THREAD_OF_CALLER), () -> null);
        return made;
    }

    /** Lanes have threads; who is asked whether he lives has answered when the look returns. */
    private record AskingAtOnce(Threads threads) implements Threads {
        AskingAtOnce() {
            this(new SystemThreads());
        }

        @Override
        public void run(Runnable task) {
            task.run();
        }

        @Override
        public Thread start(String name, Runnable task) {
            return threads.start(name, task);
        }

        @Override
        public Thread startReader(String name, Runnable task) {
            return threads.startReader(name, task);
        }
    }

    @After
    public void endLanes() {
        services.close();
    }

    /** Keeps the one timer there is. */
    private static final class HandMoved implements Time {
        private final BlockingQueue<Runnable> due = new LinkedBlockingQueue<>();

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH;
        }

        @Override
        public Registration after(Duration delay, Runnable task) {
            due.add(task);
            return () -> due.remove(task);
        }

        void look() throws InterruptedException {
            due.take().run();
        }

        /** Whether there was anything to look at. */
        boolean lookIfDue() {
            Runnable next = due.poll();
            if (next != null) {
                next.run();
            }
            return next != null;
        }
    }

    /** Says which thread serves, and may be held. */
    private static final class Recording implements ImmediateServices.Server {
        private final BlockingQueue<Thread> serving = new LinkedBlockingQueue<>();
        private final BlockingQueue<Request> served = new LinkedBlockingQueue<>();
        private final Semaphore permits = new Semaphore(0);

        @Override
        public String name() {
            return "worker-1";
        }

        @Override
        public void serveImmediately(Request request, Outbox sent) {
            serving.add(Thread.currentThread());
            served.add(request);
            permits.acquireUninterruptibly();
        }

        @Override
        public void refuse(Request request) {
            throw new AssertionError(request.method() + " is refused");
        }
    }

    private static Request from(Optional<BodyId> sender, long thread, RuntimeId runtime) {
        Request request = new Request(TARGET, sender, 1, "m()V", () -> new Object[0], null);
        request.cameFrom(new RuntimeAddress(runtime, "r", List.of()), 1);
        request.cameFromThread(thread);
        return request;
    }

    private static Request ofCaller() {
        return from(Optional.of(CALLER), 0, new RuntimeId(1, 1));
    }

    private static Request ofThread(long thread, long runtime) {
        return from(Optional.empty(), thread, new RuntimeId(runtime, 0));
    }

    @Test
    public void aCallerWhoWasTakenForDeadAndCallsAgainKeepsItsOneLane() throws InterruptedException {
        services.serve(ofCaller());
        Thread lane = server.serving.take();
        dead.add(CALLER);
        time.look();

        services.serve(ofCaller());
        server.permits.release();

        assertThat(server.serving.take())
                .as("after the first call, by the same thread")
                .isSameAs(lane);
        server.permits.release();
    }

    @Test
    public void whatIsQueuedWhenItsMethodBecomesImmediateGoesBeforeWhatArrivesThen() throws InterruptedException {
        List<String> methods = List.of("m()V");
        services.declare(methods, Optional.empty(), () -> null);
        Request first = ofCaller();
        Request second = ofCaller();
        Queue<Request> queued = new ArrayDeque<>(List.of(first));
        Thread sender = Thread.ofPlatform().unstarted(() -> services.serve(second));

        services.declare(methods, Optional.of(ImmediateServices.Mode.THREAD_OF_CALLER), () -> {
            if (sender.getState() == Thread.State.NEW) {
                sender.start();
                while (sender.isAlive() && sender.getState() != Thread.State.WAITING) {
                    Thread.yield();
                }
            }
            return queued.poll();
        });

        server.permits.release(2);
        assertThat(server.served.take()).isSameAs(first);
        assertThat(server.served.take()).isSameAs(second);
    }

    @Test
    public void aLaneEndsAfterItsCallerAndWhatItServes() throws InterruptedException {
        services.serve(ofCaller());
        Thread lane = server.serving.take();
        dead.add(CALLER);
        time.look();
        server.permits.release();

        lane.join();
        time.look();
        assertThat(time.due).as("nobody is looked for any more").isEmpty();
    }

    /** One in a runtime that does not answer must not keep the others waiting. */
    @Test
    public void allCallersAreAskedAtOnceWhetherTheyLive() throws InterruptedException {
        CyclicBarrier all = new CyclicBarrier(3);
        try (ImmediateServices waiting = services(new SystemThreads(), (caller, home) -> {
            try {
                return all.await() < 0; // passes when three ask
            } catch (InterruptedException | BrokenBarrierException odd) {
                throw new AssertionError(odd);
            }
        })) {
            for (long caller = 2; caller < 5; caller++) {
                waiting.serve(from(Optional.of(new BodyId(new RuntimeId(1, 1), caller)), 0, new RuntimeId(1, 1)));
            }
            List<Thread> lanes = List.of(server.serving.take(), server.serving.take(), server.serving.take());
            server.permits.release(3);

            time.look();

            for (Thread lane : lanes) {
                lane.join();
            }
        }
    }

    @Test
    public void eachThreadThatServesNoObjectHasALaneOfItsOwn() throws InterruptedException {
        services.serve(ofThread(1, 7));
        services.serve(ofThread(2, 7));
        services.serve(ofThread(1, 8));
        services.serve(ofThread(1, 7));

        List<Thread> lanes = List.of(server.serving.take(), server.serving.take(), server.serving.take());
        assertThat(lanes).doesNotHaveDuplicates();
        assertThat(server.serving)
                .as("the fourth waits in the lane of the first")
                .isEmpty();
        server.permits.release(4);
        assertThat(lanes).contains(server.serving.take());
    }

    @Test
    public void theLaneOfAThreadEndsWhenItWasNotUsedFromOneLookToTheNext() throws InterruptedException {
        services.serve(ofThread(1, 7));
        Thread lane = server.serving.take();
        time.look();
        time.look();
        assertThat(lane.isAlive()).as("it is serving").isTrue();
        server.permits.release();

        while (time.lookIfDue()) {
            Thread.onSpinWait();
        }
        lane.join();
    }
}
