package org.actium.deployment.shell.api;

import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.actium.deployment.spi.Job;
import org.actium.runtime.spi.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process of this host, and what runs as long as it does: {@code running → ended} by itself, or {@code running →
 * closed}.
 *
 * <p>What the process writes is read all the time, so that it never waits for us, and its end is kept for the message
 * about a failure.
 */
public final class ProcessJob implements Job {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessJob.class);

    /** How long a process may take to end by itself once it was asked to, before it is killed. */
    public static final Duration PATIENCE = Duration.ofSeconds(8);

    /** How long a killed process may take; longer only if the operating system is in trouble. */
    private static final Duration KILLED = Duration.ofSeconds(10);

    /** How long output is waited for after the end: a process that outlives this one may hold the stream open. */
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(1);

    private static final int SIGNALS = 128;
    private static final int MOST_SIGNALS = 64;

    private final String runtime;
    private final Process process;
    private final Duration patience;
    private final Consumer<Process> ending;
    private final LastLines output;
    private final CountDownLatch outputRead = new CountDownLatch(1);

    private final ReentrantLock lock = new ReentrantLock(); // guards the fields below
    private final List<Consumer<String>> actions = new ArrayList<>();
    private boolean closed;
    private String failure;

    /**
     * A process that ends when it is told by the signal TERM.
     *
     * @param runtime its name, for the log
     * @param patience how long it may take to end before it is killed
     */
    public ProcessJob(String runtime, Process process, Threads threads, Duration patience) {
        // not process.destroy(), which also closes the stream of its last words
        this(runtime, process, threads, patience, told -> told.toHandle().destroy());
    }

    /** @param ending tells the process to end */
    public ProcessJob(String runtime, Process process, Threads threads, Duration patience, Consumer<Process> ending) {
        this.runtime = runtime;
        this.process = process;
        this.patience = patience;
        this.ending = ending;
        this.output = new LastLines(line -> LOG.debug("{}: {}", runtime, line));
        threads.startReader("output-" + runtime, this::readOutput);
        threads.start("end-of-" + runtime, this::awaitEnd);
    }

    @Override
    public String description() {
        return "process " + process.pid();
    }

    @Override
    public Optional<String> failure() {
        lock.lock();
        try {
            return Optional.ofNullable(failure);
        } finally {
            lock.unlock();
        }
    }

    /** With what it ended, or what the script of ours that it ran elsewhere did; empty while it runs. */
    public OptionalInt exitCode() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(code());
    }

    /** Whether a container was run elsewhere by the script of ours: what was written since is not what a shell says. */
    public boolean ranContainer() {
        return output.ran();
    }

    private int code() {
        return output.exitCode().orElseGet(process::exitValue);
    }

    @Override
    public void whenEnded(Consumer<String> action) {
        String reason;
        lock.lock();
        try {
            reason = failure;
            if (reason == null) {
                actions.add(action);
            }
        } finally {
            lock.unlock();
        }
        if (reason != null) {
            action.accept(reason);
        }
    }

    /**
     * Asks the process to end, waits for it, and kills it and what it started if it does not. An interrupt makes it
     * kill at once.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        // before the process ends: afterwards nobody knows whose children they were
        Set<ProcessHandle> started = process.descendants().collect(Collectors.toCollection(LinkedHashSet::new));
        boolean interrupted = false;
        ending.accept(process);
        try {
            if (!process.waitFor(patience)) {
                LOG.warn("{}: process {} has not ended within {}; it is killed", runtime, process.pid(), patience);
                process.descendants().forEach(started::add);
            }
        } catch (InterruptedException impatient) {
            interrupted = true;
        }
        process.toHandle().destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
        try {
            if (!process.waitFor(KILLED) || !ended(started)) {
                LOG.error("{}: process {} or what it started was killed and is still there", runtime, process.pid());
            }
            awaitOutput();
        } catch (InterruptedException impatient) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Whether all of these have ended in time. Not for the process itself: after {@code onExit} of a child the JDK
     * may wait on the common pool for its output stream, which a child of the child can hold open.
     */
    private static boolean ended(Set<ProcessHandle> processes) throws InterruptedException {
        try {
            CompletableFuture.allOf(
                            processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(KILLED.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void readOutput() {
        try (Reader reader = process.inputReader()) {
            char[] buffer = new char[4096];
            for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
                output.append(buffer, read);
            }
        } catch (IOException closedStream) {
            LOG.debug("{}: output ends: {}", runtime, closedStream.getMessage());
        } finally {
            output.end();
            outputRead.countDown();
        }
    }

    private void awaitOutput() throws InterruptedException {
        if (!outputRead.await(LAST_OUTPUT.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.debug("{}: the output of process {} is still held open", runtime, process.pid());
        }
    }

    private void awaitEnd() {
        try {
            process.waitFor();
            awaitOutput();
        } catch (InterruptedException stopped) {
            LOG.debug("{}: nobody waits for the end of process {} any more", runtime, process.pid());
            return;
        }
        String lines = output.indented();
        String reason = description() + " " + endingOf(code())
                + (lines.isEmpty() ? "; it wrote nothing" : "; its last lines:\n" + lines);
        List<Consumer<String>> told;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            failure = reason;
            told = List.copyOf(actions);
        } finally {
            lock.unlock();
        }
        told.forEach(action -> action.accept(reason));
    }

    /** Shells and Java add this to a signal; ssh says 255 for an error of its own. */
    private static String endingOf(int exitCode) {
        return exitCode > SIGNALS && exitCode <= SIGNALS + MOST_SIGNALS
                ? "was ended by signal " + (exitCode - SIGNALS) + " (exit code " + exitCode + ")"
                : "ended with exit code " + exitCode;
    }
}
