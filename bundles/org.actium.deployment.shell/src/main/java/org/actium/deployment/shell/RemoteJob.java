package org.actium.deployment.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.actium.deployment.spi.Job;
import org.actium.runtime.spi.Threads;

/** The runtimes of one launch, each with a program of its own that leads there. It has ended when all of them have. */
final class RemoteJob implements Job {

    private static final int SHOWN = 4;

    private final Threads threads;
    private final List<RemoteRuntime> runtimes = new ArrayList<>(); // filled before it is handed out
    private final ReentrantLock lock = new ReentrantLock(); // guards the fields below
    private final Map<String, String> reasons = new LinkedHashMap<>(); // of those that have ended, by name
    private final List<BiConsumer<String, String>> ofOne = new ArrayList<>();
    private final List<Consumer<String>> ofAll = new ArrayList<>();
    private boolean closed;

    RemoteJob(Threads threads) {
        this.threads = threads;
    }

    void add(RemoteRuntime runtime) {
        runtimes.add(runtime);
    }

    /** A runtime has ended by itself. */
    void ended(String runtime, String reason) {
        List<BiConsumer<String, String>> hearOne;
        List<Consumer<String>> hearAll;
        lock.lock();
        try {
            if (closed || reasons.putIfAbsent(runtime, reason) != null) {
                return;
            }
            hearOne = List.copyOf(ofOne);
            hearAll = reasons.size() == runtimes.size() ? List.copyOf(ofAll) : List.of();
        } finally {
            lock.unlock();
        }
        hearOne.forEach(action -> action.accept(runtime, reason));
        hearAll.forEach(action -> action.accept(reason));
    }

    @Override
    public String description() {
        if (runtimes.size() == 1) {
            return description(runtimes.getFirst());
        }
        return runtimes.getFirst().route().shells()
                + " to "
                + runtimes.stream()
                        .map(runtime -> runtime.route().toString())
                        .distinct()
                        .limit(SHOWN)
                        .collect(Collectors.joining(", "))
                + (runtimes.size() > SHOWN ? " …" : "");
    }

    @Override
    public String description(String runtime) {
        return runtimes.stream()
                .filter(each -> each.name().equals(runtime))
                .findFirst()
                .map(RemoteJob::description)
                .orElseGet(this::description);
    }

    private static String description(RemoteRuntime runtime) {
        return runtime.route().shells() + " to " + runtime.route()
                + runtime.process().map(job -> ", " + job.description()).orElse("");
    }

    @Override
    public Optional<String> failure() {
        lock.lock();
        try {
            return reasons.size() < runtimes.size()
                    ? Optional.empty()
                    : reasons.values().stream().findFirst();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void whenEnded(Consumer<String> action) {
        Optional<String> reason;
        lock.lock();
        try {
            ofAll.add(action);
            reason = failure();
        } finally {
            lock.unlock();
        }
        reason.ifPresent(action);
    }

    @Override
    public void whenRuntimeEnded(BiConsumer<String, String> action) {
        Map<String, String> before;
        lock.lock();
        try {
            ofOne.add(action);
            before = new LinkedHashMap<>(reasons);
        } finally {
            lock.unlock();
        }
        before.forEach(action);
    }

    /** All at the same time: each has its own way to end. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        var open = new CountDownLatch(runtimes.size());
        runtimes.forEach(runtime -> threads.run(() -> {
            try {
                runtime.close();
            } finally {
                open.countDown();
            }
        }));
        try {
            open.await();
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
