package org.actium.object.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.actium.codec.api.Immutable;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.BodyTerminatedException;
import org.actium.object.api.CallFailure;
import org.actium.object.api.EndActive;
import org.actium.object.api.Immediate;
import org.actium.object.api.Termination;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** On which threads an active object is served, and how long they live. */
public class ServiceThreadsTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    private final MemoryNetwork network = new MemoryNetwork();
    private final TestRuntime runtime = new TestRuntime("here", network);

    @After
    public void stop() {
        runtime.close();
        network.close();
    }

    /** Tells the test, which is in the same JVM, what it sees. */
    public static class Watched implements EndActive {
        private static final BlockingQueue<Thread> THREADS = new LinkedBlockingQueue<>();
        private static final BlockingQueue<ActiveContext> CONTEXTS = new LinkedBlockingQueue<>();
        private static final BlockingQueue<WeakReference<Object>> OBJECTS = new LinkedBlockingQueue<>();
        private static final BlockingQueue<String> ENDS = new LinkedBlockingQueue<>();

        @Immediate(perCaller = true)
        public void callPerCaller() {
            THREADS.add(Thread.currentThread());
        }

        public void giveAwayTheContext() {
            CONTEXTS.add(ActiveContext.current());
        }

        public void showItself() {
            OBJECTS.add(new WeakReference<>(this));
        }

        public void stopBefore(Counter.Gate gate) {
            gate.pass();
        }

        public void keep(Treasure treasure) {
            throw new AssertionError("it is to end before");
        }

        @Override
        public void endActivity(ActiveContext context) {
            ENDS.add(context.name());
        }
    }

    /** What calls within this runtime share. */
    @Immutable
    public static final class Treasure implements Serializable {
        private static final long serialVersionUID = 1;
    }

    /** Those that other tests have left end in between. */
    private static void awaitEnd(String name) throws InterruptedException {
        while (!Watched.ENDS.take().equals(name)) {
            continue;
        }
    }

    /** Tells what its thread is called. */
    public static class Named {
        public String thread() {
            return Thread.currentThread().getName();
        }
    }

    @Test
    public void theThreadThatServesAnObjectHasTheNameItWasGiven() {
        Named named = runtime.objects.newActive(Named.class).named("the one").start();
        Named nameless = runtime.objects.newActive(Named.class).start();

        assertThat(named.thread()).isEqualTo("the one");
        assertThat(nameless.thread()).isNotEqualTo("the one");
    }

    @Test
    public void aStubThatIsKeptDoesNotKeepTheObjectThatHasEnded() throws InterruptedException {
        Watched watched =
                runtime.objects.newActive(Watched.class).named("forgotten").start();
        watched.showItself();
        WeakReference<Object> object = Watched.OBJECTS.take();

        runtime.objects.terminate(watched, Termination.NOW);
        awaitEnd("forgotten");

        while (object.get() != null) { // until the deadline of the test
            System.gc();
        }
        assertThatThrownBy(watched::showItself).isInstanceOf(BodyTerminatedException.class);
    }

    @Test
    public void aStubThatIsKeptDoesNotKeepWhatWasNotServed() throws InterruptedException {
        Watched watched =
                runtime.objects.newActive(Watched.class).named("buried").start();
        Counter.Gate gate = Counter.Gate.FIRST;
        gate.shut();
        watched.stopBefore(gate);
        gate.awaitReached();
        List<WeakReference<Object>> treasures = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Treasure treasure = new Treasure();
            watched.keep(treasure);
            treasures.add(new WeakReference<>(treasure));
        }

        runtime.objects.terminate(watched, Termination.NOW);
        gate.open();
        awaitEnd("buried");

        while (treasures.stream().anyMatch(treasure -> treasure.get() != null)) { // until the deadline of the test
            System.gc();
        }
        assertThatThrownBy(() -> watched.keep(new Treasure())).isInstanceOf(BodyTerminatedException.class);
    }

    /** A listener that tells the object, which cannot hear it any more. */
    @Test
    public void aListenerWhoseOwnCallsFailIsNotToldOfThem() throws InterruptedException {
        Watched watched = runtime.objects.newActive(Watched.class).named("deaf").start();
        List<CallFailure> told = new CopyOnWriteArrayList<>();
        BlockingQueue<CallFailure> alsoTold = new LinkedBlockingQueue<>();
        runtime.objects.onFailure(failure -> {
            told.add(failure);
            watched.keep(new Treasure());
        });
        runtime.objects.onFailure(alsoTold::add);
        Counter.Gate gate = Counter.Gate.FIRST;
        gate.shut();
        watched.stopBefore(gate);
        gate.awaitReached();
        watched.keep(new Treasure());

        runtime.objects.terminate(watched, Termination.NOW); // it refuses what waits, and cannot end yet

        assertThat(alsoTold.take()).as("what the other listener called").isNotSameAs(told.getFirst());
        assertThat(alsoTold.take()).isSameAs(told.getFirst());
        assertThat(told).hasSize(1);
        gate.open();
        awaitEnd("deaf");
    }

    @Test // row 37
    public void theThreadOfACallerEndsWithTheObject() throws InterruptedException {
        Watched watched = runtime.objects.newActive(Watched.class).start();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            watched.callPerCaller();
            threads.add(Watched.THREADS.take());
        }
        assertThat(threads).as("one caller, one thread").containsOnly(threads.getFirst());

        runtime.objects.terminate(watched, Termination.NOW);

        threads.getFirst().join();
    }

    @Test
    public void onlyTheThreadOfServiceDecidesWhatIsServed() throws InterruptedException {
        Watched watched =
                runtime.objects.newActive(Watched.class).named("watched").start();
        watched.giveAwayTheContext();
        ActiveContext context = Watched.CONTEXTS.take();

        assertThatThrownBy(context::service)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not the thread of service of watched");
    }

    @Test
    public void anEndedObjectRefusesImmediateCallsToo() throws InterruptedException {
        Watched watched =
                runtime.objects.newActive(Watched.class).named("mortal").start();
        runtime.objects.terminate(watched, Termination.NOW);
        awaitEnd("mortal");

        assertThatThrownBy(watched::callPerCaller).isInstanceOf(BodyTerminatedException.class);
    }
}
