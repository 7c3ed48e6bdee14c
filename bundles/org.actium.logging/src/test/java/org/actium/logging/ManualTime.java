package org.actium.logging;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.Time;

/** Time that a test moves, for one thread. */
final class ManualTime implements Time {

    private record Task(long due, Runnable action) {}

    private final List<Task> tasks = new ArrayList<>();
    private long nanos;

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochSecond(0, nanos);
    }

    @Override
    public Registration after(Duration delay, Runnable action) {
        Task task = new Task(nanos + delay.toNanos(), action);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    void pass(Duration duration) {
        long end = nanos + duration.toNanos();
        Optional<Task> next = next(end);
        while (next.isPresent()) {
            nanos = next.get().due();
            tasks.remove(next.get());
            next.get().action().run();
            next = next(end);
        }
        nanos = end;
    }

    private Optional<Task> next(long end) {
        return tasks.stream().filter(task -> task.due() <= end).min(Comparator.comparingLong(Task::due));
    }
}
