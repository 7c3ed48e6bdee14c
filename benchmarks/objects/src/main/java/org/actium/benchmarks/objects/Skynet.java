package org.actium.benchmarks.objects;

import java.io.Serializable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.Termination;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Props;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A tree of a million objects, ten below each; the leaves answer with their number, the others add up. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class Skynet {

    private static final int LEAVES = 1_000_000;
    private static final int BRANCHES = 10;
    private static final long SUM = (long) LEAVES * (LEAVES - 1) / 2;

    private static final CompletableFuture<?>[] RESULT = new CompletableFuture<?>[1];

    /** Grows the tree below itself and reports what it sums up to; ends then. */
    public static class Branch implements Serializable {
        private static final long serialVersionUID = 1;
        private Branch parent;
        private int missing;
        private long sum;

        public void grow(long number, int size, Branch newParent) {
            parent = newParent;
            if (size == 1) {
                report(number);
                return;
            }
            missing = BRANCHES;
            ActiveContext self = ActiveContext.current();
            Branch me = self.self(Branch.class);
            int below = size / BRANCHES;
            for (int i = 0; i < BRANCHES; i++) {
                self.objects().newActive(Branch.class).start().grow(number + (long) i * below, below, me);
            }
        }

        public void add(long value) {
            sum += value;
            if (--missing == 0) {
                report(sum);
            }
        }

        private void report(long value) {
            if (parent == null) {
                complete(value);
            } else {
                parent.add(value);
            }
            ActiveContext self = ActiveContext.current();
            self.objects().terminate(self.self(Branch.class), Termination.NOW);
        }
    }

    private record Grow(long number, int size) {}

    private static final class BranchActor extends AbstractActor {
        private int missing;
        private long sum;

        @Override
        public Receive createReceive() {
            return receiveBuilder()
                    .match(Grow.class, this::grow)
                    .match(Long.class, this::add)
                    .build();
        }

        private void grow(Grow grow) {
            if (grow.size() == 1) {
                report(grow.number());
                return;
            }
            missing = BRANCHES;
            int below = grow.size() / BRANCHES;
            for (int i = 0; i < BRANCHES; i++) {
                getContext()
                        .actorOf(Props.create(BranchActor.class, BranchActor::new))
                        .tell(new Grow(grow.number() + (long) i * below, below), getSelf());
            }
        }

        private void add(long value) {
            sum += value;
            if (--missing == 0) {
                report(sum);
            }
        }

        private void report(long value) {
            if (getContext().getParent().path().name().equals("user")) {
                complete(value);
            } else {
                getContext().getParent().tell(value, getSelf());
            }
            getContext().stop(getSelf());
        }
    }

    private Ours ours;
    private Pekko pekko;

    @Setup
    public void start() {
        ours = new Ours();
        pekko = new Pekko();
    }

    @TearDown
    public void end() throws Exception {
        ours.close();
        pekko.close();
    }

    @SuppressWarnings("unchecked") // an array of generics
    private static void complete(long sum) {
        ((CompletableFuture<Long>) RESULT[0]).complete(sum);
    }

    private static void await(Runnable run) {
        RESULT[0] = new CompletableFuture<Long>();
        run.run();
        if (!RESULT[0].join().equals(SUM)) {
            throw new AssertionError("the tree adds up to " + RESULT[0].join() + ", not " + SUM);
        }
    }

    @Benchmark
    public void skynetOurs() {
        await(() -> ours.newActive(Branch.class).grow(0, LEAVES, null));
    }

    @Benchmark
    public void skynetPekko() {
        await(() -> pekko.actorOf(Props.create(BranchActor.class, BranchActor::new))
                .tell(new Grow(0, LEAVES), ActorRef.noSender()));
    }
}
