package org.actium.benchmarks.objects;

import java.io.Serializable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Props;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Many objects: made, in a ring, as fan-out and fan-in, and as a tree of a million. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class Populations {

    private static final int CREATED = 1_000;
    private static final int RING = 1_000;
    private static final int TOKENS = 100;
    private static final int ROUNDS = 10;
    private static final int WORKERS = 1_000;

    // ---- ours

    /** Does nothing but answer. */
    public static class Idle implements Serializable {
        private static final long serialVersionUID = 1;

        public int touch() {
            return 1;
        }
    }

    /** Passes a token on until it has made its rounds. */
    public static class Link implements Serializable {
        private static final long serialVersionUID = 1;
        private Link next;

        public void next(Link newNext) {
            next = newNext;
        }

        public void pass(int hops, Goal goal) {
            if (hops == 0) {
                goal.reached(1);
            } else {
                next.pass(hops - 1, goal);
            }
        }

        public int ready() {
            return 1;
        }
    }

    /** Counts arrivals; whoever waits for it calls {@link #awaited} and is answered when all are there. */
    public static class Goal implements Serializable {
        private static final long serialVersionUID = 1;
        private static final CountDownLatch[] AT_GOAL = new CountDownLatch[1];
        private final long expected;
        private long sum;
        private int arrived;

        public Goal(int expected) {
            this.expected = expected;
        }

        static CountDownLatch begin() {
            AT_GOAL[0] = new CountDownLatch(1);
            return AT_GOAL[0];
        }

        public void reached(long value) {
            sum += value;
            if (++arrived == expected) {
                arrived = 0;
                sum = 0;
                AT_GOAL[0].countDown();
            }
        }
    }

    /** Answers to whom it is told. */
    public static class Worker implements Serializable {
        private static final long serialVersionUID = 1;

        public void work(long value, Goal goal) {
            goal.reached(value + 1);
        }
    }

    // ---- Pekko's

    private static final class IdleActor extends AbstractActor {
        @Override
        public Receive createReceive() {
            return receiveBuilder()
                    .matchAny(_ -> getSender().tell(1, getSelf()))
                    .build();
        }
    }

    private record Token(int hops) {}

    private static final class LinkActor extends AbstractActor {
        private final CountDownLatch[] goal;
        private ActorRef next;

        LinkActor(CountDownLatch[] goal) {
            this.goal = goal;
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder()
                    .match(Token.class, token -> {
                        if (token.hops() == 0) {
                            goal[0].countDown();
                        } else {
                            next.tell(new Token(token.hops() - 1), getSelf());
                        }
                    })
                    .match(ActorRef.class, ref -> next = ref)
                    .build();
        }
    }

    private static final class WorkerActor extends AbstractActor {
        @Override
        public Receive createReceive() {
            return receiveBuilder()
                    .match(Long.class, value -> getSender().tell(value + 1, getSelf()))
                    .build();
        }
    }

    private record Start(ActorRef[] workers) {}

    private static final class GoalActor extends AbstractActor {
        private final CountDownLatch[] goal;
        private int arrived;

        GoalActor(CountDownLatch[] goal) {
            this.goal = goal;
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder()
                    .match(Start.class, start -> {
                        for (ActorRef worker : start.workers()) {
                            worker.tell(1L, getSelf());
                        }
                    })
                    .match(Long.class, _ -> {
                        if (++arrived == WORKERS) {
                            arrived = 0;
                            goal[0].countDown();
                        }
                    })
                    .build();
        }
    }

    private final CountDownLatch[] atGoal = new CountDownLatch[1];
    private Ours ours;
    private Pekko pekko;
    private Link ring;
    private Goal ringGoal;
    private Worker[] workers;
    private Goal workersGoal;
    private ActorRef ringActor;
    private ActorRef[] workerActors;
    private ActorRef goalActor;

    @Setup
    public void start() {
        ours = new Ours();
        pekko = new Pekko();
        ring = ringOfOurs();
        ringGoal = ours.newActive(Goal.class, TOKENS);
        workers = new Worker[WORKERS];
        workerActors = new ActorRef[WORKERS];
        for (int i = 0; i < WORKERS; i++) {
            workers[i] = ours.newActive(Worker.class);
            workerActors[i] = pekko.actorOf(Props.create(WorkerActor.class, WorkerActor::new));
        }
        workersGoal = ours.newActive(Goal.class, WORKERS);
        ringActor = ringOfActors();
        goalActor = pekko.actorOf(Props.create(GoalActor.class, () -> new GoalActor(atGoal)));
    }

    @TearDown
    public void end() throws Exception {
        ours.close();
        pekko.close();
    }

    private Link ringOfOurs() {
        Link first = ours.newActive(Link.class);
        Link last = first;
        for (int i = 1; i < RING; i++) {
            Link link = ours.newActive(Link.class);
            link.next(last);
            last = link;
        }
        first.next(last);
        first.ready();
        return first;
    }

    private ActorRef ringOfActors() {
        Props props = Props.create(LinkActor.class, () -> new LinkActor(atGoal));
        ActorRef first = pekko.actorOf(props);
        ActorRef last = first;
        for (int i = 1; i < RING; i++) {
            ActorRef link = pekko.actorOf(props);
            link.tell(last, ActorRef.noSender());
            last = link;
        }
        first.tell(last, ActorRef.noSender());
        return first;
    }

    /** Objects are answered by once and ended. */
    @Benchmark
    @OperationsPerInvocation(CREATED)
    public int creationOurs() {
        int answers = 0;
        Idle[] made = new Idle[CREATED];
        for (int i = 0; i < CREATED; i++) {
            made[i] = ours.newActive(Idle.class);
        }
        answers += made[CREATED - 1].touch();
        for (Idle idle : made) {
            ours.end(idle);
        }
        return answers;
    }

    @Benchmark
    @OperationsPerInvocation(CREATED)
    public Object creationPekko() throws Exception {
        ActorRef[] made = new ActorRef[CREATED];
        for (int i = 0; i < CREATED; i++) {
            made[i] = pekko.actorOf(Props.create(IdleActor.class, IdleActor::new));
        }
        Object answer = org.apache.pekko.pattern.Patterns.ask(made[CREATED - 1], 1, Pekko.PATIENCE)
                .result(scala.concurrent.duration.Duration.create(1, TimeUnit.MINUTES), null);
        for (ActorRef actor : made) {
            pekko.end(actor);
        }
        return answer;
    }

    /** Hops per second of a hundred tokens, ten rounds each. */
    @Benchmark
    @OperationsPerInvocation(TOKENS * RING * ROUNDS)
    public void ringOurs() throws InterruptedException {
        CountDownLatch done = Goal.begin();
        for (int i = 0; i < TOKENS; i++) {
            ring.pass(RING * ROUNDS, ringGoal);
        }
        done.await();
    }

    @Benchmark
    @OperationsPerInvocation(TOKENS * RING * ROUNDS)
    public void ringPekko() throws InterruptedException {
        atGoal[0] = new CountDownLatch(TOKENS);
        for (int i = 0; i < TOKENS; i++) {
            ringActor.tell(new Token(RING * ROUNDS), ActorRef.noSender());
        }
        atGoal[0].await();
    }

    @Benchmark
    @OperationsPerInvocation(WORKERS)
    public void fanOurs() throws InterruptedException {
        CountDownLatch done = Goal.begin();
        for (Worker worker : workers) {
            worker.work(1, workersGoal);
        }
        done.await();
    }

    @Benchmark
    @OperationsPerInvocation(WORKERS)
    public void fanPekko() throws InterruptedException {
        atGoal[0] = new CountDownLatch(1);
        goalActor.tell(new Start(workerActors), ActorRef.noSender());
        atGoal[0].await();
    }
}
