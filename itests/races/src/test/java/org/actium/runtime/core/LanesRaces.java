package org.actium.runtime.core;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.util.function.IntFunction;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** What threads of a crew do at once to its {@link Lanes}; each task counts when it is taken, by a digit of its own. */
public final class LanesRaces {

    private static final String EACH_ONCE = "1111";

    private LanesRaces() {}

    private record Weight(int weight) implements Runnable {
        @Override
        public void run() {}
    }

    /** A lane with three tasks: one on the stack is older than the other, and one is the latest. */
    private static Lanes withThree() {
        Lanes lanes = new Lanes(2);
        lanes.add(0, new Weight(1));
        lanes.add(0, new Weight(10));
        lanes.add(0, new Weight(100));
        return lanes;
    }

    private static int weight(Runnable task) {
        return task instanceof Weight known ? known.weight() : 0;
    }

    /** Of all that are left. */
    private static int weights(IntFunction<Runnable> next) {
        int sum = 0;
        for (Runnable task = next.apply(0); task != null; task = next.apply(0)) {
            sum += weight(task);
        }
        return sum;
    }

    @JCStressTest
    @Outcome(id = EACH_ONCE, expect = ACCEPTABLE, desc = "each task was taken once")
    @State
    public static class TwoAdd {
        private final Lanes lanes = new Lanes(2);

        @Actor
        public void one() {
            lanes.add(0, new Weight(1));
            lanes.add(0, new Weight(10));
        }

        @Actor
        public void other() {
            lanes.add(0, new Weight(100));
            lanes.add(0, new Weight(1000));
        }

        @Arbiter
        public void rest(I_Result r) {
            r.r1 = weights(lanes::oldest);
        }
    }

    @JCStressTest
    @Outcome(id = EACH_ONCE, expect = ACCEPTABLE, desc = "each task was taken once")
    @State
    public static class OneAddsWhileAnotherTakesOver {
        private final Lanes lanes = withThree();
        private int taken;

        @Actor
        public void add() {
            lanes.add(0, new Weight(1000));
        }

        @Actor
        public void takeOver() {
            taken = weight(lanes.oldest(1)) + weight(lanes.latest(1));
        }

        @Arbiter
        public void rest(I_Result r) {
            r.r1 = taken + weights(lanes::oldest);
        }
    }

    @JCStressTest
    @Outcome(id = "111", expect = ACCEPTABLE, desc = "each task was taken once")
    @State
    public static class OneTakesTheLatestWhileAnotherTakesOver {
        private final Lanes lanes = withThree();
        private int latest;
        private int taken;

        @Actor
        public void takeLatest() {
            latest = weight(lanes.latest(0)) + weight(lanes.latest(0));
        }

        @Actor
        public void takeOver() {
            taken = weight(lanes.oldest(1)) + weight(lanes.latest(1));
        }

        @Arbiter
        public void rest(I_Result r) {
            r.r1 = latest + taken + weights(lanes::oldest);
        }
    }

    @JCStressTest
    @Outcome(id = "111", expect = ACCEPTABLE, desc = "each task was taken once")
    @State
    public static class TwoTakeOver {
        private final Lanes lanes = withThree();
        private int one;
        private int other;

        @Actor
        public void one() {
            one = weight(lanes.oldest(0)) + weight(lanes.oldest(0));
        }

        @Actor
        public void other() {
            other = weight(lanes.oldest(1)) + weight(lanes.oldest(1));
        }

        @Arbiter
        public void rest(I_Result r) {
            r.r1 = one + other + weights(lanes::latest) + weights(lanes::oldest);
        }
    }
}
