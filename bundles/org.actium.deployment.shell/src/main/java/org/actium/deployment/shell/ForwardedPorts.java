package org.actium.deployment.shell;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/**
 * Draws ports that other hosts forward, one after the other from a random one on: none comes again before all of them
 * have been drawn, and two deployers seldom draw the same.
 */
final class ForwardedPorts implements IntSupplier {

    /** Below those that systems choose for connections, above those of most servers. */
    static final int LOWEST = 20_000;

    static final int COUNT = 12_000;

    private final int first;
    private final AtomicInteger drawn = new AtomicInteger();

    ForwardedPorts(RandomGenerator random) {
        this.first = random.nextInt(COUNT);
    }

    @Override
    public int getAsInt() {
        return LOWEST + (first + drawn.getAndUpdate(before -> (before + 1) % COUNT)) % COUNT;
    }
}
