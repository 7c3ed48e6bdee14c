package org.actium.object.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.BodyId;
import org.actium.runtime.api.Node;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Who creates is interrupted while the constructor runs: nobody will ever hold a stub of the object. */
public class AbandonedCreationTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    private final MemoryNetwork network = new MemoryNetwork();
    private final TestRuntime caller = new TestRuntime("caller", network);
    private final TestRuntime other = new TestRuntime("other", network);
    private final Node far = other.runtime.createNode("far", Optional.empty());
    private final BlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();

    @Before
    public void shut() {
        Counter.Gate.FIRST.shut();
    }

    @After
    public void stop() {
        Counter.Gate.FIRST.open();
        caller.close();
        other.close();
        network.close();
    }

    /** As deep as it is told, one within the constructor of the other; the innermost waits before the gate. */
    public static class Nest {

        public Nest() {
            this(0);
        }

        public Nest(int deeper) {
            if (deeper == 0) {
                Counter.Gate.FIRST.pass();
            } else {
                ActiveContext.current()
                        .objects()
                        .newActive(Nest.class, deeper - 1)
                        .start();
            }
        }
    }

    /** Of objects of that runtime, from now on. */
    private static BlockingQueue<BodyId> endsOf(TestRuntime runtime) {
        BlockingQueue<BodyId> ends = new LinkedBlockingQueue<>();
        runtime.objects.listen(ends::add);
        return ends;
    }

    private Thread creating(int depth, Node where) {
        return Thread.ofVirtual().start(() -> {
            try {
                caller.objects.newActive(Nest.class, depth).on(where).start();
            } catch (RuntimeException failed) {
                thrown.add(failed);
            }
        });
    }

    @Test
    public void anObjectElsewhereWhoseCreatorWasInterruptedEndsWhenItIsThere() throws InterruptedException {
        BlockingQueue<BodyId> ends = endsOf(other);
        Thread creator = creating(0, far);
        Counter.Gate.FIRST.awaitReached();

        creator.interrupt();

        assertThat(thrown.take()).isInstanceOf(CancellationException.class).hasMessageContaining("creation of");
        Counter.Gate.FIRST.open();
        assertThat(ends.take().birthplace()).isEqualTo(other.runtime.id());
        assertThat(other.objects.objects()).isEmpty();
    }

    /** So many constructors within each other that they run on threads of their own. */
    @Test
    public void anObjectMadeOnAnotherThreadEndsTooWhenItIsThere() throws InterruptedException {
        int depth = 16;
        BlockingQueue<BodyId> ends = endsOf(caller);
        Thread creator = creating(depth, caller.runtime.defaultNode());
        Counter.Gate.FIRST.awaitReached();

        creator.interrupt();

        assertThat(thrown.take())
                .as("of the outermost constructor")
                .hasRootCauseInstanceOf(CancellationException.class);
        for (int i = 0; i < depth; i++) {
            ends.take(); // of those that were not born
        }
        Counter.Gate.FIRST.open();
        assertThat(ends.take()).as("the innermost").isNotNull();
        assertThat(caller.objects.objects()).isEmpty();
    }
}
