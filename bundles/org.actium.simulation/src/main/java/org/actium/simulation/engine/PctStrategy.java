package org.actium.simulation.engine;

import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Threads have random priorities, the highest one that can run runs; at depth-1 steps chosen beforehand the thread
 * that would run falls below all others. Different from the paper: threads are not known beforehand, so a thread
 * draws its priority when it first may run; and one that yields for long draws again, because it may spin until
 * somebody with a lower priority has done something.
 */
record PctStrategy(int depth, long steps) implements Strategy {

    private static final int LONG_SPIN = 1000;

    private static final Pattern NAME = Pattern.compile("pct:(\\d{1,9}):(\\d{1,18})");

    PctStrategy {
        if (depth < 1 || steps < 1) {
            throw new IllegalArgumentException(
                    "PCT with depth " + depth + " over " + steps + " steps: both are at least 1");
        }
    }

    /** Empty if that is not the name of one. */
    static Optional<Strategy> of(String text) {
        Matcher name = NAME.matcher(text);
        return name.matches()
                ? Optional.of(new PctStrategy(Integer.parseInt(name.group(1)), Long.parseLong(name.group(2))))
                : Optional.empty();
    }

    @Override
    public ReadyQueue queue(RandomGenerator random) {
        return new ByPriority(
                random, random.longs(depth - 1L, 1, steps + 1).sorted().toArray());
    }

    @Override
    public String toString() {
        return "pct:" + depth + ":" + steps;
    }

    private static final class ByPriority implements ReadyQueue {

        private final RandomGenerator random;
        private final long[] changePoints;
        private final Queue<ReadyThread> threads =
                new PriorityQueue<>(Comparator.<ReadyThread>comparingLong(ReadyThread::priority)
                        .reversed()
                        .thenComparingLong(ReadyThread::number));

        private int changes;
        private long steps;
        private ReadyThread running;
        private int turnsInARow;

        ByPriority(RandomGenerator random, long[] changePoints) {
            this.random = random;
            this.changePoints = changePoints;
        }

        @Override
        public void add(ReadyThread thread) {
            if (thread.priority() == 0 || spins(thread)) {
                thread.priority(random.nextLong(changePoints.length + 1L, Long.MAX_VALUE));
            }
            threads.add(thread);
        }

        @Override
        public ReadyThread next() {
            ReadyThread highest = threads.poll();
            if (highest == null) {
                return null;
            }
            steps++;
            while (changes < changePoints.length && changePoints[changes] <= steps) {
                highest.priority(changePoints.length - changes);
                changes++;
                threads.add(highest);
                highest = threads.poll();
            }
            turnsInARow = highest == running ? turnsInARow + 1 : 0;
            running = highest;
            return highest;
        }

        private boolean spins(ReadyThread thread) {
            return thread == running && turnsInARow > 0 && turnsInARow % LONG_SPIN == 0;
        }
    }
}
