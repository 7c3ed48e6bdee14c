package org.actium.object.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.actium.object.api.ActiveContext;
import org.actium.runtime.api.Node;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Callers that wait for room in a queue, and what may end that. */
public class WaitingForRoomTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    private final MemoryNetwork network = new MemoryNetwork();
    private final TestRuntime runtime = new TestRuntime("alone", network);

    @Before
    public void closeGates() {
        Sleeper.busy = new CountDownLatch(1);
        Sleeper.mayDeclare = new CountDownLatch(1);
        Sleeper.resumed = new CountDownLatch(1);
    }

    @After
    public void stop() {
        Sleeper.mayDeclare.countDown();
        Sleeper.resumed.countDown();
        runtime.close();
        network.close();
    }

    /** Sleeps until it is called. */
    public static class Sleeper {
        private static CountDownLatch busy;
        private static CountDownLatch mayDeclare;
        private static CountDownLatch resumed;

        public void sleep() throws InterruptedException {
            busy.countDown();
            mayDeclare.await();
            ActiveContext.current().service().immediate("resume");
            resumed.await();
        }

        public void note() {}

        public void resume() {
            resumed.countDown();
        }
    }

    @Test
    public void aMethodThatBecomesImmediateNeedsNoRoomAnyMore() throws InterruptedException {
        Node node = runtime.runtime.defaultNode();
        node.setProperty("actium.inbox.capacity", "1");
        Sleeper sleeper = runtime.objects.newActive(Sleeper.class).on(node).start();
        CompletableFuture<Void> sleeping = runtime.futures.async(() -> sleeper.sleep());
        Sleeper.busy.await();
        sleeper.note();

        Thread caller = Thread.ofPlatform().start(sleeper::resume);
        while (caller.getState() != Thread.State.WAITING) {
            Thread.yield();
        }
        Sleeper.mayDeclare.countDown();

        caller.join();
        assertThat(sleeping.join()).isNull();
    }
}
