package org.actium.simulation.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

record RandomStrategy() implements Strategy {

    @Override
    public ReadyQueue queue(RandomGenerator random) {
        return new Bag(random);
    }

    @Override
    public String toString() {
        return "random";
    }

    private static final class Bag implements ReadyQueue {

        private final RandomGenerator random;
        private final List<ReadyThread> threads = new ArrayList<>();

        Bag(RandomGenerator random) {
            this.random = random;
        }

        @Override
        public void add(ReadyThread thread) {
            threads.add(thread);
        }

        @Override
        public ReadyThread next() {
            int size = threads.size();
            if (size <= 1) {
                return size == 0 ? null : threads.removeLast();
            }
            int chosen = random.nextInt(size);
            ReadyThread last = threads.removeLast();
            return chosen == size - 1 ? last : threads.set(chosen, last);
        }
    }
}
