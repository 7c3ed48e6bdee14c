package org.actium.remote.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.actium.runtime.spi.Threads;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/**
 * What becomes of an office that its reader has left for a task. Nobody watches here, and a thread that borrows the office
 * reads until something comes, however long that takes: nothing goes on because time has passed.
 */
public class VacantOfficeTest {

    private static final String ANSWER = "answer";

    @Rule
    public final Timeout deadline = Timeout.seconds(20);

    private final Frames frames = new Frames();
    private final Threads threads = new JvmThreads();
    private final Readers readers = new Readers("reader", frames, threads, new ReaderWatch(new NoThreads()));
    private final CountDownLatch away = new CountDownLatch(1);
    private final CountDownLatch back = new CountDownLatch(1);

    private static final class Frames implements Readers.Source {

        final BlockingQueue<Runnable> coming = new LinkedBlockingQueue<>();
        final CountDownLatch borrowed = new CountDownLatch(1);
        final List<Throwable> lacking = new CopyOnWriteArrayList<>();
        private volatile boolean open = true;

        @Override
        public boolean read(long millis) throws IOException {
            if (millis > 0) {
                borrowed.countDown();
            }
            try {
                coming.take().run();
            } catch (InterruptedException stopped) {
                throw new IOException(stopped);
            }
            return open;
        }

        @Override
        public void wake() {
            coming.add(() -> {});
        }

        @Override
        public boolean isDrained() {
            return coming.isEmpty();
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void lost(Exception why) {
            throw new AssertionError(why);
        }

        @Override
        public void failed(Throwable why) {
            throw new AssertionError(why);
        }

        @Override
        public void lacksThread(Throwable why) {
            lacking.add(why);
        }

        @Override
        public void end() {}

        void close() {
            open = false;
            wake();
        }
    }

    private static final class NoThreads implements Threads {
        @Override
        public void run(Runnable task) {}

        @Override
        public Thread start(String name, Runnable task) {
            return Thread.currentThread();
        }

        @Override
        public Thread startReader(String name, Runnable task) {
            return Thread.currentThread();
        }
    }

    @Before
    public void start() {
        threads.startReader("reader", readers::run);
    }

    @After
    public void close() {
        back.countDown();
        frames.close();
        readers.closed();
    }

    /** The reader does it, and the office is vacant meanwhile. */
    private void come(Runnable task) throws InterruptedException {
        frames.coming.add(() -> readers.serve(ANSWER, () -> {
            away.countDown();
            task.run();
        }));
        away.await();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    public void whoHasItsAnswerByThenReadsNothing() throws Exception {
        come(() -> await(back));

        readers.readUntil(ANSWER, () -> true);

        assertThat(frames.borrowed.getCount()).isEqualTo(1);
    }

    @Test
    public void whoReadsIsWokenByTheOneWhoBringsItsAnswer() throws Exception {
        AtomicBoolean there = new AtomicBoolean();
        come(() -> {
            await(frames.borrowed);
            there.set(true);
        });

        readers.readUntil(ANSWER, there::get);

        assertThat(there).isTrue();
    }

    @Test
    public void theSecondLookOfTheWatchHasAnotherReadWhileCodeOfAnApplicationBlocks() throws Exception {
        come(() -> await(back));
        CountDownLatch read = new CountDownLatch(1);
        frames.coming.add(read::countDown);

        assertThat(readers.look()).as("it may come back").isEqualTo(Readers.Look.THERE);
        assertThat(read.getCount()).as("nobody reads").isEqualTo(1);
        assertThat(readers.look()).isEqualTo(Readers.Look.MISSED);

        read.await();
    }

    @Test
    public void whoWaitsElsewhereHasAnotherRead() throws Exception {
        come(() -> await(back));
        CountDownLatch read = new CountDownLatch(1);
        frames.coming.add(read::countDown);

        readers.readSoon();

        read.await();
    }
}
