package org.actium.benchmarks.objects;

import java.io.Serializable;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.actium.runtime.api.Node;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One caller, a thread of the benchmark, and one object. Throughput in calls per second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class Calls {

    private static final int BATCH = 10_000;
    private static final int OUTSTANDING = 100;

    /** A hundred bytes that cannot change. */
    private static final String TEXT = "x".repeat(100);

    /** A hundred bytes that can. */
    private final byte[] bytes = new byte[100];

    /** What every call goes to. */
    public static class Target implements Serializable {
        private static final long serialVersionUID = 1;
        private long count;

        public void take(String text) {
            count += text.length();
        }

        public void take(byte[] copied) {
            count += copied.length;
        }

        public long count() {
            return count;
        }

        public Answer answer() {
            return new Answer(count++);
        }
    }

    /** A result that can be stood in for. */
    public static class Answer implements Serializable {
        private static final long serialVersionUID = 1;
        private final long value;

        public Answer(long value) {
            this.value = value;
        }

        public long value() {
            return value;
        }
    }

    private static final class TargetActor extends AbstractActor {
        private long count;

        @Override
        public Receive createReceive() {
            return receiveBuilder()
                    .match(String.class, text -> count += text.length())
                    .matchEquals(Ask.COUNT, _ -> getSender().tell(count, getSelf()))
                    .matchEquals(Ask.ANSWER, _ -> getSender().tell(new Answer(count++), getSelf()))
                    .build();
        }
    }

    private enum Ask {
        COUNT,
        ANSWER
    }

    /** A virtual thread behind a queue: no reply, no order between objects, no bound, no copies. */
    private static final class Floor implements AutoCloseable {
        private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
        private final Thread thread = Thread.ofVirtual().start(this::serve);
        private long count;

        private void serve() {
            try {
                while (true) {
                    queue.take().run();
                }
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        }

        void take(String text) {
            queue.add(() -> count += text.length());
        }

        void await() throws InterruptedException {
            CountDownLatch done = new CountDownLatch(1);
            queue.add(done::countDown);
            done.await();
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }

    private Ours ours;
    private Ours loose;
    private Pekko pekko;
    private Floor floor;
    private Target direct;
    private Target target;
    private Target looseTarget;
    private ActorRef actor;

    @Setup
    public void start() {
        ours = new Ours();
        loose = new Ours();
        Node node = loose.runtime().defaultNode();
        node.setProperty("actium.ordering", "fifo");
        node.setProperty("actium.inbox.capacity", String.valueOf(Integer.MAX_VALUE));
        pekko = new Pekko();
        floor = new Floor();
        direct = new Target();
        target = ours.newActive(Target.class);
        looseTarget = loose.newActive(Target.class);
        actor = pekko.actorOf(Props.create(TargetActor.class, TargetActor::new));
    }

    @TearDown
    public void end() throws Exception {
        ours.close();
        loose.close();
        pekko.close();
        floor.close();
    }

    private Object ask(Ask what) throws Exception {
        return Patterns.ask(actor, what, Pekko.PATIENCE)
                .result(scala.concurrent.duration.Duration.create(1, TimeUnit.MINUTES), null);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long oneWayOurs() {
        for (int i = 0; i < BATCH; i++) {
            target.take(TEXT);
        }
        return target.count();
    }

    /** With what can be turned off turned off: each pair keeps its order, and the queue takes all there is. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long oneWayLooseOurs() {
        for (int i = 0; i < BATCH; i++) {
            looseTarget.take(TEXT);
        }
        return looseTarget.count();
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long oneWayCopiedOurs() {
        for (int i = 0; i < BATCH; i++) {
            target.take(bytes);
        }
        return target.count();
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Object oneWayPekko() throws Exception {
        for (int i = 0; i < BATCH; i++) {
            actor.tell(TEXT, ActorRef.noSender());
        }
        return ask(Ask.COUNT);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void oneWayQueue() throws InterruptedException {
        for (int i = 0; i < BATCH; i++) {
            floor.take(TEXT);
        }
        floor.await();
    }

    @Benchmark
    public long callOurs() {
        return target.count();
    }

    @Benchmark
    public Object callPekko() throws Exception {
        return ask(Ask.COUNT);
    }

    @Benchmark
    public void callQueue() throws InterruptedException {
        floor.await();
    }

    @Benchmark
    public long callDirect() {
        return direct.count();
    }

    @Benchmark
    @OperationsPerInvocation(OUTSTANDING)
    public long outstandingOurs() {
        Answer[] answers = new Answer[OUTSTANDING];
        for (int i = 0; i < OUTSTANDING; i++) {
            answers[i] = target.answer();
        }
        long sum = 0;
        for (Answer answer : answers) {
            sum += answer.value();
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(OUTSTANDING)
    @SuppressWarnings("unchecked") // an array of generics
    public long outstandingPekko() throws Exception {
        CompletionStage<Object>[] answers = new CompletionStage[OUTSTANDING];
        for (int i = 0; i < OUTSTANDING; i++) {
            answers[i] = Patterns.ask(actor, Ask.ANSWER, java.time.Duration.ofMinutes(1));
        }
        long sum = 0;
        for (CompletionStage<Object> answer : answers) {
            sum += ((Answer) answer.toCompletableFuture().get()).value();
        }
        return sum;
    }
}
