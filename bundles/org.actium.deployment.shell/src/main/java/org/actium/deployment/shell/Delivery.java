package org.actium.deployment.shell;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.deployment.shell.api.ProcessJob;
import org.actium.deployment.spi.LaunchRejectedException;

/**
 * One cargo on its way to a host, for all who want it there: {@code wanted → arrived | failed}, or {@code wanted → given up} when
 * the last of them has left.
 */
final class Delivery {

    private final String what;
    private final Duration limit;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock(); // guards the fields below
    private Optional<ProcessJob> program = Optional.empty();
    private int waiting;
    private boolean givenUp;

    /**
     * @param what is brought where, for people
     * @param limit how long each waits
     */
    Delivery(String what, Duration limit) {
        this.what = what;
        this.limit = limit;
    }

    /** Somebody wants it, and will {@link #leave}; false if it has been given up. */
    boolean join() {
        lock.lock();
        try {
            if (!givenUp) {
                waiting++;
            }
            return !givenUp;
        } finally {
            lock.unlock();
        }
    }

    /** Who has joined does not want it any more. Without any the program ends; this waits until it has. */
    void leave() {
        Optional<ProcessJob> unwanted;
        lock.lock();
        try {
            waiting--;
            givenUp = waiting == 0;
            unwanted = givenUp ? program : Optional.empty();
        } finally {
            lock.unlock();
        }
        if (givenUp()) {
            end.completeExceptionally(new LaunchRejectedException(what + " was given up, since nobody waits for it"));
        }
        unwanted.ifPresent(ProcessJob::close);
    }

    private boolean givenUp() {
        lock.lock();
        try {
            return givenUp;
        } finally {
            lock.unlock();
        }
    }

    /** What brings it has been started. */
    void under(ProcessJob started) {
        boolean late;
        lock.lock();
        try {
            program = Optional.of(started);
            late = givenUp;
        } finally {
            lock.unlock();
        }
        if (late) {
            started.close();
        }
    }

    /** Tells of the end, whatever it is; at once if it has ended. */
    void whenEnded(Runnable action) {
        end.whenComplete((arrived, failure) -> action.run());
    }

    void arrived() {
        end.complete(null);
    }

    void failed(RuntimeException reason) {
        end.completeExceptionally(reason);
    }

    /**
     * Waits until it is there.
     *
     * @throws LaunchRejectedException saying why it is not
     */
    void await() {
        try {
            end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            throw new LaunchRejectedException(what + " did not get there within " + limit.toMinutes() + " min", slow);
        } catch (ExecutionException failed) {
            throw new LaunchRejectedException(failed.getCause().getMessage(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LaunchRejectedException("interrupted while " + what + " was on its way", stopped);
        }
    }
}
