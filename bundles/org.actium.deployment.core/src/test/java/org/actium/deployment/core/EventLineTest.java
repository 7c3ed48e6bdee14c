package org.actium.deployment.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.actium.runtime.core.SystemThreads;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class EventLineTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(10);

    private final EventLine line = new EventLine("events", new SystemThreads());
    private final BlockingQueue<Integer> done = new LinkedBlockingQueue<>();

    @Test
    public void runsTasksInOrderAndOneAtATime() throws InterruptedException {
        AtomicInteger inside = new AtomicInteger();
        Set<Integer> together = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 1000; i++) {
            int number = i;
            line.add(() -> {
                together.add(inside.incrementAndGet());
                done.add(number);
                inside.decrementAndGet();
            });
        }

        assertThat(take(1000)).isEqualTo(IntStream.range(0, 1000).boxed().toList());
        assertThat(together).containsExactly(1);
    }

    @Test
    public void goesOnAfterATaskThatFails() throws InterruptedException {
        line.add(() -> {
            throw new IllegalStateException("task");
        });
        line.add(() -> done.add(1));

        assertThat(done.take()).isEqualTo(1);
    }

    @Test
    public void aTaskMayAddAnother() throws InterruptedException {
        line.add(() -> {
            line.add(() -> done.add(2));
            done.add(1);
        });

        assertThat(take(2)).containsExactly(1, 2);
    }

    @Test
    public void hasNoThreadWhileThereIsNothingToDo() throws InterruptedException {
        List<Thread> used = new ArrayList<>();
        CountDownLatch first = new CountDownLatch(1);
        line.add(() -> {
            used.add(Thread.currentThread());
            first.countDown();
        });
        first.await();

        used.getFirst().join();
    }

    private List<Integer> take(int count) throws InterruptedException {
        List<Integer> taken = new ArrayList<>();
        while (taken.size() < count) {
            taken.add(done.take());
        }
        return taken;
    }
}
