package org.actium.deadlock;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.actium.deadlock.api.Deadlock;
import org.actium.object.api.BodyId;
import org.actium.object.spi.Need;
import org.actium.object.spi.Wait;
import org.actium.object.spi.WaitGraph;
import org.actium.runtime.api.RuntimeId;

/**
 * The waits of this runtime that could be part of a circle: of threads of service, without limit, for one thing. Those who
 * wait add and remove them on their way, without a lock and without looking at a clock: age is counted in looks.
 */
final class WaitTable implements LocalWaits {

    private static final int OFTEN = 16;

    private final String runtime;
    private final WaitGraph graph;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<BodyId, Entry> entries = new ConcurrentHashMap<>();
    private volatile long looks; // written by who looks

    /**
     * A wait as it was told of.
     *
     * @param bornAt how often had been looked when it began
     */
    private record Entry(WaitId id, Wait said, long bornAt) {}

    WaitTable(String runtime, WaitGraph graph) {
        this.runtime = runtime;
        this.graph = graph;
    }

    /** @return whether it counts */
    boolean add(Wait wait) {
        boolean counts = !wait.timed() && wait.kind() != Wait.Kind.ANY_FUTURE;
        if (counts) {
            WaitId id = new WaitId(wait.waiting(), numbers.incrementAndGet());
            entries.put(wait.waiting(), new Entry(id, wait, looks));
        }
        return counts;
    }

    void remove(Wait wait) {
        Entry entry = entries.get(wait.waiting());
        if (entry != null && entry.said() == wait) {
            entries.remove(wait.waiting(), entry);
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /**
     * Looks once more.
     *
     * @return those that have been there for one, two, four, eight, sixteen full periods between looks, and from then on
     *     every sixteenth time, in order of their objects
     */
    List<WaitId> look() {
        long now = looks + 1;
        looks = now;
        return entries.values().stream()
                .filter(entry -> isDue(now - entry.bornAt() - 1))
                .map(Entry::id)
                .sorted()
                .toList();
    }

    private static boolean isDue(long age) {
        return age > 0 && (Long.bitCount(age) == 1 || age % OFTEN == 0);
    }

    /** Ends the wait with the exception, which gets its stack. @return whether it will end so */
    boolean fail(WaitId id, RuntimeException cause) {
        return entry(id)
                .map(entry -> {
                    cause.setStackTrace(entry.said().stack());
                    return entry.said().fail(cause);
                })
                .orElse(false);
    }

    private Optional<Entry> entry(WaitId id) {
        return Optional.ofNullable(entries.get(id.waiting()))
                .filter(entry -> entry.id().equals(id));
    }

    @Override
    public Optional<WaitId> waitOf(BodyId body) {
        return Optional.ofNullable(entries.get(body)).map(Entry::id);
    }

    @Override
    public Need need(WaitId id) {
        return entry(id).map(entry -> entry.said().need()).orElse(Need.NONE);
    }

    @Override
    public Need need(RuntimeId holder, long future) {
        return graph.need(holder, future);
    }

    @Override
    public boolean isServedInTurn(BodyId producer, String signature, RuntimeId caller, long call) {
        return graph.isServedInTurn(producer, signature, caller, call);
    }

    @Override
    public boolean holdsBack(BodyId owner, BodyId sender, long sequence) {
        return graph.holdsBack(owner, sender, sequence);
    }

    @Override
    public boolean canFail(WaitId id) {
        return entry(id).map(entry -> entry.said().canFail()).orElse(false);
    }

    @Override
    public Deadlock.Member describe(WaitId id) {
        return entry(id)
                .map(Entry::said)
                .map(wait -> new Deadlock.Member(
                        id.waiting(),
                        wait.name(),
                        runtime,
                        wait.serving(),
                        wait.what(),
                        wait.future(),
                        place(wait.stack())))
                .orElseGet(() -> new Deadlock.Member(
                        id.waiting(), id.waiting().toString(), runtime, "", "nothing any more", "", ""));
    }

    /** The innermost line that is neither ours nor the JDK's. */
    private static String place(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(WaitTable::isOfUser)
                .findFirst()
                .map(frame -> {
                    String type = frame.getClassName();
                    return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1) + "."
                            + frame.getMethodName() + "(" + frame.getFileName() + ":" + frame.getLineNumber() + ")";
                })
                .orElse("");
    }

    private static boolean isOfUser(StackTraceElement frame) {
        String name = frame.getClassName();
        return !(name.startsWith("org.actium.object.core.")
                || name.startsWith("org.actium.object.stubs.")
                || name.startsWith("org.actium.object.api.")
                || name.startsWith("org.actium.future.")
                || name.startsWith("java.")
                || name.startsWith("jdk."));
    }
}
