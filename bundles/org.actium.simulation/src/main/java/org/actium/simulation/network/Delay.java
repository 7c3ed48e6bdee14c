package org.actium.simulation.network;

import java.time.Duration;

/** How long a packet is on its way. */
public sealed interface Delay {

    /**
     * @param fraction a random number from 0 (inclusive) to 1 (exclusive), uniformly distributed
     * @return nanoseconds
     */
    long nanos(double fraction);

    /** What a packet takes that nothing happens to, in nanoseconds. */
    long usualNanos();

    /** Always the same. */
    record Fixed(Duration delay) implements Delay {
        public Fixed {
            requirePositive(delay);
        }

        @Override
        public long nanos(double fraction) {
            return delay.toNanos();
        }

        @Override
        public long usualNanos() {
            return delay.toNanos();
        }
    }

    /** Anything between the two equally likely. */
    record Uniform(Duration least, Duration most) implements Delay {
        public Uniform {
            requirePositive(least);
            if (most.compareTo(least) < 0) {
                throw new IllegalArgumentException("a delay between " + least + " and " + most + " is none");
            }
        }

        @Override
        public long nanos(double fraction) {
            return least.toNanos() + (long) (fraction * (most.toNanos() - least.toNanos()));
        }

        @Override
        public long usualNanos() {
            return least.toNanos();
        }
    }

    /**
     * Many short ones and a few very long ones, as measured on real networks: the log-logistic distribution, which
     * looks much like the log-normal one and is simple to compute.
     *
     * @param p99 one packet of a hundred takes longer
     */
    record HeavyTail(Duration median, Duration p99) implements Delay {

        private static final double MOST = 0.999_999;

        public HeavyTail {
            requirePositive(median);
            if (median.isZero() || p99.compareTo(median) < 0) {
                throw new IllegalArgumentException("a delay with median " + median + " and 99th percentile " + p99
                        + ": the median must be positive and the smaller one");
            }
        }

        @Override
        public long nanos(double fraction) {
            double odds = Math.min(fraction, MOST) / (1 - Math.min(fraction, MOST));
            double exponent = StrictMath.log((double) p99.toNanos() / median.toNanos()) / StrictMath.log(99);
            return (long) (median.toNanos() * StrictMath.pow(odds, exponent));
        }

        @Override
        public long usualNanos() {
            return median.toNanos();
        }
    }

    private static void requirePositive(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("a delay of " + delay + " is in the past");
        }
    }
}
