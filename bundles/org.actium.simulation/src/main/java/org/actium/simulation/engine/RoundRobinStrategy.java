package org.actium.simulation.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.random.RandomGenerator;

record RoundRobinStrategy() implements Strategy {

    @Override
    public ReadyQueue queue(RandomGenerator random) {
        Queue<ReadyThread> threads = new ArrayDeque<>();
        return new ReadyQueue() {
            @Override
            public void add(ReadyThread thread) {
                threads.add(thread);
            }

            @Override
            public ReadyThread next() {
                return threads.poll();
            }
        };
    }

    @Override
    public String toString() {
        return "round-robin";
    }
}
