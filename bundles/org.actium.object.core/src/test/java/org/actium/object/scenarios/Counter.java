package org.actium.object.scenarios;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.actium.object.api.ActiveContext;
import org.actium.runtime.api.Node;

/** An ordinary class that tests make active: one method for each kind of call. */
public class Counter implements Serializable {

    private static final long serialVersionUID = 1;

    /** What futures failed with that counters held. */
    static final BlockingQueue<Throwable> HELD = new LinkedBlockingQueue<>();

    private int value;
    private final List<String> heard = new ArrayList<>();

    public Counter() {}

    public Counter(int value) {
        this.value = value;
    }

    public Counter(String text) {
        throw new IllegalArgumentException("no counter counts " + text);
    }

    /** A result that can be stood in for. */
    public static class Count implements Serializable {
        private static final long serialVersionUID = 1;
        private int value;

        public Count() {}

        public Count(int value) {
            this.value = value;
        }

        public int value() {
            return value;
        }
    }

    public void add(int amount) {
        value += amount;
    }

    public int value() {
        return value;
    }

    public Count count() {
        return new Count(value);
    }

    public Count nothing() {
        return null;
    }

    public Count countAfter(Gate gate) {
        gate.pass();
        return new Count(value);
    }

    public List<String> textsAfter(Gate gate) {
        gate.pass();
        return new ArrayList<>(List.of("slow"));
    }

    public void fail() {
        throw new IllegalStateException("planted, one-way");
    }

    public Count failLater() {
        throw new IllegalStateException("planted");
    }

    public Count countChecked() throws java.io.IOException {
        throw new java.io.IOException("planted, checked");
    }

    public int failChecked() throws java.io.IOException {
        throw new java.io.IOException("planted, checked");
    }

    public Count failStrangely() {
        throw new Strange(new Object());
    }

    public List<String> echo(List<String> texts) {
        texts.add("seen");
        return texts;
    }

    public Object unserializable() {
        return new Object();
    }

    public void addCount(Count count) {
        value += count.value();
    }

    public Count pass(Count count) {
        return count;
    }

    /** Shows what the future fails with. */
    public void hold(CompletableFuture<Count> later) {
        later.whenComplete((count, failure) -> HELD.add(failure));
    }

    public Count askAnother(Counter other) {
        return other.count();
    }

    public Count askAnotherAfter(Counter other, Gate gate) {
        return other.countAfter(gate);
    }

    /** Forgets to close it. */
    public Count leaveABracketOpen(Counter other) {
        ActiveContext.current().objects().bracket(java.io.IOException.class);
        tryChecked(other);
        return new Count(value);
    }

    /** Whether a call that may throw waits until it has. */
    public boolean tryChecked(Counter other) {
        try {
            other.countChecked();
            return false;
        } catch (java.io.IOException thrown) {
            return true;
        }
    }

    public void hear(String word) {
        heard.add(word);
    }

    public String heard() {
        return String.join(" ", heard);
    }

    public void tell(Counter other, String word) {
        other.hear(word);
    }

    public String whereAmI() {
        return ActiveContext.current().node().name();
    }

    /** What a thread knows that inherits what this one has bound, as the forks of a structured task scope do. */
    public boolean forkIsMyself() {
        AtomicBoolean found = new AtomicBoolean();
        Inheriting.run(() -> found.set(ActiveContext.find().isPresent()));
        return found.get();
    }

    public Counter self() {
        return ActiveContext.current().self(Counter.class);
    }

    public int askMyself() {
        return self().value();
    }

    public String nameOf(Node node) {
        return node.name();
    }

    public Counter createAnother(int start) {
        return ActiveContext.current().objects().newActive(Counter.class, start).start();
    }

    protected int hidden() {
        return value;
    }

    @Override
    public String toString() {
        return "counter at " + value;
    }

    /** Lets a test hold an active object in the middle of a call; the same one for all, since arguments are copied. */
    public enum Gate {
        FIRST,
        SECOND;

        private volatile CountDownLatch latch = new CountDownLatch(0);
        private volatile CountDownLatch reached = new CountDownLatch(1);

        public void shut() {
            reached = new CountDownLatch(1);
            latch = new CountDownLatch(1);
        }

        /** Waits until somebody stands before the gate. */
        public void awaitReached() throws InterruptedException {
            reached.await();
        }

        public void open() {
            latch.countDown();
        }

        void pass() {
            reached.countDown();
            try {
                latch.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A throwable that cannot be written. */
    public static class Strange extends RuntimeException {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("serial") // that is the point
        private final Object baggage;

        Strange(Object baggage) {
            super("strange");
            this.baggage = baggage;
        }
    }
}
