package org.actium.object.scenarios;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.CallFailure;
import org.actium.object.api.Termination;
import org.actium.object.scenarios.Counter.Count;
import org.actium.object.scenarios.Counter.Gate;

/** An active class for what callers do with outcomes: fails, answers late, waits, passes futures on. */
public class Worker {

    private final List<String> log = new ArrayList<>();
    private Worker friend;
    private CompletableFuture<Count> promise = new CompletableFuture<>();
    private final Plain plain = new Plain();

    public Worker() {}

    public void note(String entry) {
        log.add(entry);
    }

    public List<String> log() {
        return log;
    }

    public int size() {
        return log.size();
    }

    public String textAfter(Gate gate) {
        gate.pass();
        return "late";
    }

    public void blockOn(Gate gate) {
        gate.pass();
    }

    public void endBehind(Gate gate) {
        gate.pass();
        ActiveContext self = ActiveContext.current();
        self.objects().terminate(self.self(Worker.class), Termination.NOW);
    }

    public void relay(Worker other) {
        other.fail();
    }

    // ---- failures

    public void fail() {
        throw new IllegalStateException("planted in a one-way call");
    }

    public void write(String entry) throws IOException {
        if (entry.isEmpty()) {
            throw new IOException("nothing to write to entry " + log.size());
        }
        log.add(entry);
    }

    public Count read(int position) throws IOException {
        if (position >= log.size()) {
            throw new IOException("no entry " + position);
        }
        return new Count(position);
    }

    public Count failLater() {
        throw new IllegalStateException("planted");
    }

    public void befriend(Worker other) {
        friend = other;
    }

    /** One-way, through the stub it was given. */
    public void failFriend() {
        friend.fail();
    }

    /** Has its own failures noted. */
    public void listen() {
        ActiveContext.current().onFailure(this::noteFailure);
    }

    private void noteFailure(CallFailure failure) {
        log.add(failure.call() + ": " + failure.cause().getMessage());
    }

    // ---- futures of the JDK

    public CompletableFuture<Count> promise() {
        return promise;
    }

    public void keepPromise(int value) {
        promise.complete(new Count(value));
    }

    public void breakPromise() {
        promise.completeExceptionally(new IOException("broken"));
    }

    /** A future that tells nobody when it is done, which it is when {@link #keepPlainPromise} is served. */
    public Future<Integer> promisePlainly() {
        return plain;
    }

    public void keepPlainPromise() {
        plain.run();
    }

    /** Knows who waits for it. */
    static final class Plain extends FutureTask<Integer> {
        static final BlockingQueue<Thread> WAITING = new LinkedBlockingQueue<>();

        Plain() {
            super(() -> 3);
        }

        @Override
        public Integer get() throws InterruptedException, ExecutionException {
            WAITING.add(Thread.currentThread());
            return super.get();
        }
    }

    public CompletionStage<Count> promiseOf(Worker other) {
        return other.promise();
    }

    public CompletionStage<Integer> sizeLater() {
        return CompletableFuture.completedFuture(log.size());
    }

    public Count valueOf(CompletableFuture<Count> future) {
        return future.join();
    }

    public List<CompletableFuture<Count>> twice(CompletableFuture<Count> future) {
        return new ArrayList<>(List.of(future, future.thenApply(count -> new Count(2 * count.value()))));
    }

    // ---- call-backs

    public Count three() {
        return new Count(3);
    }

    public void throwWhenKnown(Worker producer) {
        ActiveContext.current().futures().whenKnown(producer.failLater(), known -> {
            throw new IllegalStateException("planted in a call-back");
        });
    }

    public void noteWhenKnown(Worker producer) {
        log.add("asked");
        String mine = ActiveContext.current().name();
        ActiveContext.current().futures().whenKnown(producer.three(), count -> {
            boolean served = ActiveContext.current().name().equals(mine);
            log.add("known: " + count.value() + (served ? " in the thread of service" : " elsewhere"));
        });
    }
}
