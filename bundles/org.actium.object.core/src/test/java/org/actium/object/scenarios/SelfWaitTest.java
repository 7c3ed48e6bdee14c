package org.actium.object.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.actium.object.api.ActiveContext;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** An object waits for a call of itself: refused if only its own thread of service could answer, and only then. */
public class SelfWaitTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    private final MemoryNetwork network = new MemoryNetwork();
    private final TestRuntime runtime = new TestRuntime("alone", network);
    private final Late late = runtime.objects.newActive(Late.class).start();

    /** Is written while {@code begun} and {@code end} say so. */
    public static class SlowToWrite implements Serializable {
        private static final long serialVersionUID = 1;

        private void writeObject(ObjectOutputStream out) throws IOException {
            Late.begun.countDown();
            Late.await(Late.end);
            out.defaultWriteObject();
        }
    }

    /** Waits for itself in many ways. */
    public static class Late {
        private static CountDownLatch begun;
        private static CountDownLatch end;

        private CompletableFuture<SlowToWrite> promise;
        private CompletableFuture<SlowToWrite> mine;

        static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }

        public CompletableFuture<SlowToWrite> promise() {
            promise = new CompletableFuture<>();
            return promise;
        }

        public boolean waitForANewPromise() {
            return ActiveContext.current().self(Late.class).promise().join() != null;
        }

        public int promiseMyself() {
            mine = ActiveContext.current().self(Late.class).promise();
            return 1;
        }

        public int keepItElsewhere() {
            CompletableFuture<SlowToWrite> promised = promise;
            Thread.startVirtualThread(() -> promised.complete(new SlowToWrite()));
            return 1;
        }

        public boolean waitForMyPromise() {
            return whileWaiting(() -> mine.join()) != null;
        }

        public int blocked() {
            begun.countDown();
            await(end);
            return 7;
        }

        public int waitForWhatIsUnderWay() {
            ActiveContext self = ActiveContext.current();
            self.service().immediate("blocked");
            CompletableFuture<Integer> underWay =
                    self.futures().async(() -> self.self(Late.class).blocked());
            await(begun);
            self.service().queued("blocked");
            return whileWaiting(underWay::join);
        }

        /** Ends what blocks when this thread waits, or need not. */
        private static <T> T whileWaiting(Supplier<T> wait) {
            Thread waiting = Thread.currentThread();
            CountDownLatch over = new CountDownLatch(1);
            Thread.startVirtualThread(() -> {
                while (over.getCount() > 0 && waiting.getState() != Thread.State.WAITING) {
                    Thread.yield();
                }
                end.countDown();
            });
            try {
                return wait.get();
            } finally {
                over.countDown();
            }
        }
    }

    @Before
    public void closeGates() {
        Late.begun = new CountDownLatch(1);
        Late.end = new CountDownLatch(1);
    }

    @After
    public void stop() {
        Late.end.countDown();
        runtime.close();
        network.close();
    }

    @Test
    public void anOpenPromiseToAnotherDoesNotHideThatANewCallIsQueuedBehindItself() {
        CompletableFuture<SlowToWrite> open = late.promise();

        assertThatThrownBy(() -> late.waitForANewPromise())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Late.promise on ")
                .hasMessageContaining("itself could serve it, after this");

        assertThat(open).isNotDone();
    }

    @Test
    public void aPromiseThatIsBeingKeptMayBeWaitedFor() {
        assertThat(late.promiseMyself()).isEqualTo(1);
        assertThat(late.keepItElsewhere()).isEqualTo(1);
        Late.await(Late.begun);

        assertThat(late.waitForMyPromise()).isTrue();
    }

    @Test
    public void whatIsServedOnAnotherThreadMayBeWaitedForEvenIfItsMethodQueuesAgain() {
        assertThat(late.waitForWhatIsUnderWay()).isEqualTo(7);
    }
}
