package org.actium.simulation;

import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.actium.simulation.engine.Strategy;

/**
 * Which strategy a seed gets. PCT has to know about how long a run is: it is told by the first run there was, and by one
 * more if there was none. The length is rounded up to a power of two, for names that can be remembered.
 *
 * <p>Threading: for one thread at a time.
 */
public final class Turns {

    private static final int DEPTH = 3;

    private final List<Choice> inTurns;

    /** How many steps a run takes; 0 until that is known. */
    private long length;

    /** @param strategy for runs of so many steps */
    private record Choice(boolean wantsLength, LongFunction<Strategy> strategy) {}

    private Turns(List<Choice> inTurns) {
        this.inTurns = List.copyOf(inTurns);
    }

    /** Random scheduling for even seeds, PCT of depth three for odd ones. */
    public static Turns usual() {
        return new Turns(List.of(given(Strategy.random()), pctOfDepth(DEPTH)));
    }

    /** PCT for all seeds. */
    public static Turns pct(int depth) {
        return new Turns(List.of(pctOfDepth(depth)));
    }

    /** The seed decides which one of them it gets. */
    public static Turns of(Strategy... strategies) {
        return new Turns(Stream.of(strategies).map(Turns::given).toList());
    }

    private static Choice given(Strategy strategy) {
        Objects.requireNonNull(strategy, "strategy");
        return new Choice(false, length -> strategy);
    }

    private static Choice pctOfDepth(int depth) {
        return new Choice(true, length -> Strategy.pct(depth, length));
    }

    /** @param measure runs a seed with random scheduling, and says how many steps that took */
    public Strategy strategy(long seed, LongUnaryOperator measure) {
        Choice choice = inTurns.get((int) Math.floorMod(seed, (long) inTurns.size()));
        if (choice.wantsLength() && length == 0) {
            ran(measure.applyAsLong(seed));
        }
        return choice.strategy().apply(length);
    }

    /** Tells that there was a run of so many steps. */
    public void ran(long steps) {
        if (length == 0) {
            length = roundedUp(Math.max(1, steps));
        }
    }

    private static long roundedUp(long steps) {
        long below = Long.highestOneBit(steps);
        return below == steps ? steps : below << 1;
    }
}
