package org.actium.deployment.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.actium.deployment.shell.api.BootRequest;
import org.actium.deployment.shell.api.ProcessJob;
import org.actium.deployment.shell.api.ProcessStarter;
import org.actium.deployment.shell.api.RemoteScripts.Cargo;
import org.actium.deployment.spi.LaunchRejectedException;
import org.actium.runtime.spi.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One runtime on another host, as long as the program runs that leads there:
 *
 * <pre>
 * RUNNING → PUSHING → RUNNING → ENDED | CLOSED      the host lacked the runtime; the same once more for a Java
 * RUNNING → ENDED | CLOSED
 * </pre>
 */
final class RemoteRuntime {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteRuntime.class);

    /** The container may take 15 s to end, and the answer has a way to go. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String name;
    private final Route route;
    private final List<String> command;
    private final BootRequest boot;
    private final ProcessStarter processes;
    private final Threads threads;
    private final BiFunction<Cargo, Route, Delivery> deliveries;
    private final Map<Integer, Cargo> remedies;
    private final Consumer<String> ended;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<ProcessJob> current = Optional.empty(); // guarded by lock
    private final Set<Cargo> pushed = EnumSet.noneOf(Cargo.class); // guarded by lock
    private Optional<Delivery> delivery = Optional.empty(); // that it waits for; guarded by lock
    private boolean closed; // guarded by lock

    /**
     * @param command runs it, from here
     * @param deliveries brings something to a host, and returns at once
     * @param remedies what it may bring, by the exit code that says that the host lacks it
     * @param ended hears why it has ended by itself
     */
    RemoteRuntime(
            String name,
            Route route,
            List<String> command,
            BootRequest boot,
            ProcessStarter processes,
            Threads threads,
            BiFunction<Cargo, Route, Delivery> deliveries,
            Map<Integer, Cargo> remedies,
            Consumer<String> ended) {
        this.name = name;
        this.route = route;
        this.command = command;
        this.boot = boot;
        this.processes = processes;
        this.threads = threads;
        this.deliveries = deliveries;
        this.remedies = remedies;
        this.ended = ended;
    }

    /** @throws LaunchRejectedException if there is no such program */
    void start() {
        Process process;
        ProcessJob job;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            process = processes.start(command);
            job = new ProcessJob(name, process, threads, PATIENCE, this::endInput);
            current = Optional.of(job);
        } catch (IOException noSuchCommand) {
            throw new LaunchRejectedException(
                    "'" + command.getFirst() + "' cannot be started: " + noSuchCommand.getMessage(), noSuchCommand);
        } finally {
            lock.unlock();
        }
        tell(process);
        job.whenEnded(reason -> ended(job, reason));
    }

    private void tell(Process process) {
        try {
            process.getOutputStream().write((boot.text() + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException hasEnded) {
            // its job tells why, better than we could here
            LOG.debug("{} does not read what to join: {}", name, hasEnded.getMessage());
        }
    }

    /**
     * The script at the other end takes the end of its input for the end of what it runs, unless that outlives this runtime: then
     * it wants a word.
     */
    private void endInput(Process process) {
        try {
            if (boot.outlivesParent()) {
                process.getOutputStream().write("actium-end\n".getBytes(StandardCharsets.UTF_8));
            }
            process.getOutputStream().close();
        } catch (IOException hasEnded) {
            LOG.debug("process {} has ended before it was told: {}", process.pid(), hasEnded.getMessage());
        }
    }

    private void ended(ProcessJob job, String reason) {
        OptionalInt exitCode = job.exitCode();
        Optional<Cargo> lacking =
                exitCode.isPresent() ? Optional.ofNullable(remedies.get(exitCode.getAsInt())) : Optional.empty();
        boolean push;
        lock.lock();
        try {
            push = lacking.filter(pushed::add).isPresent();
        } finally {
            lock.unlock();
        }
        if (push) {
            threads.run(() -> pushAndStart(lacking.get()));
        } else if (job.ranContainer()) {
            tellEnded(reason, "");
        } else {
            tellEnded(reason, remedy(reason));
        }
    }

    private void pushAndStart(Cargo cargo) {
        Delivery wanted;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            wanted = deliveries.apply(cargo, route);
            delivery = Optional.of(wanted);
        } finally {
            lock.unlock();
        }
        try {
            try {
                wanted.await();
            } finally {
                leaveDelivery();
            }
            start();
        } catch (LaunchRejectedException failed) {
            tellEnded(
                    "the " + cargo + " could not be brought there: " + failed.getMessage(),
                    remedy(failed.getMessage()));
        }
    }

    /** @param words what the shell or a script of ours said; a container may say the same of anything */
    private String remedy(String words) {
        return Remedies.known(words, route.hops().getLast())
                .map(remedy -> route.hops().size() == 1 ? remedy : "see at which of these hosts that is: actium doctor")
                .map(remedy -> "\nto mend that, " + remedy)
                .orElse("");
    }

    private void tellEnded(String reason, String remedy) {
        ended.accept(route.shells() + " to " + route + ": " + reason + remedy);
    }

    private void leaveDelivery() {
        Optional<Delivery> left;
        lock.lock();
        try {
            left = delivery;
            delivery = Optional.empty();
        } finally {
            lock.unlock();
        }
        left.ifPresent(Delivery::leave);
    }

    Optional<ProcessJob> process() {
        lock.lock();
        try {
            return current;
        } finally {
            lock.unlock();
        }
    }

    Route route() {
        return route;
    }

    String name() {
        return name;
    }

    /** Returns when that program has ended, and what was brought for this one alone is not brought any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        leaveDelivery();
        process().ifPresent(ProcessJob::close);
    }
}
