package org.actium.object.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The open brackets of each thread. */
final class Brackets {

    private final ThreadLocal<TryBracket> innermost = new ThreadLocal<>();
    private final AtomicInteger open = new AtomicInteger(); // zero nearly always: spares looking at the thread

    /** @param looking refuses to say what has arrived so far, by an exception, if the thread must not see that */
    TryBracket open(List<Class<?>> exceptions, Runnable looking) {
        for (Class<?> exception : exceptions) {
            if (!Throwable.class.isAssignableFrom(exception)) {
                throw new IllegalArgumentException(
                        "a bracket covers exceptions, but " + exception.getName() + " is none");
            }
        }
        for (TryBracket around = innermost.get(); around != null; around = around.around()) {
            around.throwArrived();
        }
        TryBracket bracket = new TryBracket(this, innermost.get(), List.copyOf(exceptions), looking);
        innermost.set(bracket);
        open.incrementAndGet();
        return bracket;
    }

    /** @throws IllegalStateException if it has been closed already, or one inside of it is still open */
    void closed(TryBracket bracket) {
        if (innermost.get() != bracket) {
            throw new IllegalStateException(
                    "brackets close once, the inner ones first; use them in try-with-resources statements");
        }
        innermost.set(bracket.around());
        open.decrementAndGet();
    }

    /** The innermost bracket that this thread has open now; {@code null} if there is none. */
    TryBracket mark() {
        return open.get() == 0 ? null : innermost.get();
    }

    /** Whether there is none on any thread. */
    boolean noneOpen() {
        return open.get() == 0;
    }

    /** Whether all that was opened since the mark is closed. */
    boolean noneSince(TryBracket mark) {
        return mark() == mark;
    }

    /** Runs the task as if none were open on this thread. */
    void apart(Runnable task) {
        TryBracket around = mark();
        if (around == null) {
            task.run();
            return;
        }
        innermost.remove();
        try {
            task.run();
        } finally {
            innermost.set(around);
        }
    }

    /**
     * Closes what was opened since the mark and left open, so that it covers nothing that comes later on this thread.
     *
     * @param by who left it, for the message
     * @return an error that names them, with what their calls threw as suppressed exceptions; empty if there are none
     */
    Optional<IllegalStateException> closeSince(TryBracket mark, Object by) {
        List<String> left = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (TryBracket last = innermost.get(); last != null && last != mark; last = innermost.get()) {
            left.add(last.toString());
            try {
                last.close();
            } catch (Throwable thrown) {
                failures.add(thrown);
            }
        }
        if (left.isEmpty()) {
            return Optional.empty();
        }
        IllegalStateException error = new IllegalStateException(
                by + " left " + String.join(" and ", left) + " open; use brackets in try-with-resources statements");
        failures.forEach(error::addSuppressed);
        return Optional.of(error);
    }

    /**
     * The innermost bracket that covers one of these exceptions, if all that are checked are covered by one or another.
     * Without checked ones: the innermost that covers all unchecked ones.
     */
    Optional<TryBracket> covering(List<Class<?>> exceptions) {
        if (open.get() == 0) {
            return Optional.empty();
        }
        List<Class<?>> checked = exceptions.stream().filter(Brackets::isChecked).toList();
        return checked.isEmpty()
                ? innermost(RuntimeException.class)
                : checked.stream().allMatch(exception -> innermost(exception).isPresent())
                        ? innermostOfAny(checked)
                        : Optional.empty();
    }

    private Optional<TryBracket> innermost(Class<?> exception) {
        return innermostOfAny(List.of(exception));
    }

    private Optional<TryBracket> innermostOfAny(List<Class<?>> exceptions) {
        for (TryBracket bracket = innermost.get(); bracket != null; bracket = bracket.around()) {
            if (exceptions.stream().anyMatch(bracket::covers)) {
                return Optional.of(bracket);
            }
        }
        return Optional.empty();
    }

    private static boolean isChecked(Class<?> exception) {
        return !RuntimeException.class.isAssignableFrom(exception) && !Error.class.isAssignableFrom(exception);
    }
}
