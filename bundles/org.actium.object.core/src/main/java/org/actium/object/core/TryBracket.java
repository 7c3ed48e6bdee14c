package org.actium.object.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.actium.future.spi.Outcome;
import org.actium.object.api.Bracket;

/** A bracket of one thread, in those around it. */
final class TryBracket implements Bracket {

    private static final int FEW = 64;

    private final Brackets brackets;
    private final TryBracket around; // null if it is the outermost
    private final List<Class<?>> covered;
    private final Runnable looking; // refuses those who must not see what has arrived so far
    private final Thread owner = Thread.currentThread();
    private final List<ReplySlot> calls = new ArrayList<>();
    private int many = FEW; // so many, and those are dropped that are over without a failure

    TryBracket(Brackets brackets, TryBracket around, List<Class<?>> covered, Runnable looking) {
        this.brackets = brackets;
        this.around = around;
        this.covered = covered;
        this.looking = looking;
    }

    TryBracket around() {
        return around;
    }

    boolean covers(Class<?> exception) {
        return covered.stream().anyMatch(type -> type.isAssignableFrom(exception));
    }

    void add(ReplySlot call) {
        if (calls.size() >= many) {
            calls.removeIf(TryBracket::isOverWithoutFailure);
            many = Math.max(FEW, 2 * calls.size());
        }
        calls.add(call);
    }

    private static boolean isOverWithoutFailure(ReplySlot call) {
        return call.now().filter(Outcome.Value.class::isInstance).isPresent();
    }

    /** Calls that are under way, have failed, or are not forgotten yet. */
    int kept() {
        return calls.size();
    }

    @Override
    public int awaited() {
        looking.run();
        return (int) calls.stream().filter(call -> !call.isThere()).count();
    }

    @Override
    public void throwArrived() {
        refuseStrangers();
        looking.run();
        throwFirst(unseen());
    }

    @Override
    public void await() {
        refuseStrangers();
        calls.forEach(ReplySlot::await);
        throwFirst(unseen());
    }

    @Override
    public List<Throwable> failures() {
        refuseStrangers();
        calls.forEach(ReplySlot::await);
        return thrown(call -> true);
    }

    @Override
    public void close() {
        refuseStrangers();
        brackets.closed(this);
        calls.forEach(ReplySlot::await);
        List<Throwable> failures = thrown(call -> !call.seen());
        for (Throwable further : failures.stream().skip(1).toList()) {
            failures.getFirst().addSuppressed(further);
        }
        throwFirst(failures.stream().findFirst());
    }

    @Override
    public String toString() {
        return covered.stream().map(Class::getName).collect(Collectors.joining(", ", "a bracket of ", ""));
    }

    private void refuseStrangers() {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("a bracket of thread '" + owner.getName() + "' was used by thread '"
                    + Thread.currentThread().getName() + "'");
        }
    }

    private Optional<Throwable> unseen() {
        return calls.stream()
                .filter(call -> !call.seen())
                .flatMap(call -> failure(call).stream())
                .findFirst();
    }

    private List<Throwable> thrown(Predicate<ReplySlot> which) {
        return calls.stream()
                .filter(which)
                .flatMap(call -> failure(call).stream())
                .toList();
    }

    private static Optional<Throwable> failure(ReplySlot call) {
        return call.now()
                .filter(Outcome.Failure.class::isInstance)
                .map(outcome -> call.thrown((Outcome.Failure) outcome));
    }

    private static void throwFirst(Optional<Throwable> failure) {
        if (failure.isPresent()) {
            throw TryBracket.<RuntimeException>unchanged(failure.get());
        }
    }

    /** The methods called inside declare it, so the user is ready for it. */
    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X unchanged(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
