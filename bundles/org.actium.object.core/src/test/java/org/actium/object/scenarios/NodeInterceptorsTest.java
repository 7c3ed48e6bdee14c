package org.actium.object.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.actium.object.api.BodyId;
import org.actium.object.api.Termination;
import org.actium.object.spi.InterceptorSource;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.ReplyView;
import org.actium.object.spi.RequestView;
import org.actium.object.spi.Verdict;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Interceptors that all objects of a node have, and that change. */
public class NodeInterceptorsTest {

    private static final int ROUNDS = 1_000;
    private static final int CALLS = 20_000;
    private static final int BATCH = 1_000;
    private static final int CHANGES = 200;

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    private final MemoryNetwork network = new MemoryNetwork();
    private final TestRuntime runtime = new TestRuntime("here", network);
    private final Node one = runtime.runtime.createNode("one", Optional.empty());
    private final Node two = runtime.runtime.createNode("two", Optional.empty());
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private final Changing changing = new Changing();

    /** An active class. */
    public static class Notebook {
        private final List<Integer> lines = new ArrayList<>();

        public Notebook() {}

        public void write(int line) {
            lines.add(line);
        }

        public List<Integer> read() {
            return List.copyOf(lines);
        }
    }

    /** An active class that calls others. */
    public static class Writer {
        public Writer() {}

        public int write(Notebook to, int from, int until) {
            for (int i = from; i < until; i++) {
                to.write(i);
            }
            return to.read().size();
        }
    }

    /** Says what the interceptors of nodes are. */
    private static final class Changing implements InterceptorSource {

        private final Map<Node, List<MessageInterceptor>> present = new ConcurrentHashMap<>();
        private final List<Consumer<Node>> listeners = new CopyOnWriteArrayList<>();
        private volatile Optional<Runnable> afterNextAnswer = Optional.empty();

        @Override
        public Optional<MessageInterceptor> interceptorFor(BodyId body, Class<?> type, Node node) {
            return Optional.empty();
        }

        @Override
        public List<MessageInterceptor> interceptorsOn(Node node) {
            List<MessageInterceptor> answer = present.getOrDefault(node, List.of());
            Optional<Runnable> action = afterNextAnswer;
            afterNextAnswer = Optional.empty();
            action.ifPresent(Runnable::run);
            return answer;
        }

        @Override
        public Registration whenChanged(Consumer<Node> action) {
            listeners.add(action);
            return () -> listeners.remove(action);
        }

        void set(Node node, MessageInterceptor... outermostFirst) {
            present.put(node, List.of(outermostFirst));
            listeners.forEach(listener -> listener.accept(node));
        }
    }

    /** Notes what passes it. */
    private final class Noting implements MessageInterceptor {
        private final String name;

        Noting(String name) {
            this.name = name;
        }

        private void note(String hook, RequestView request) {
            seen.add(name + " " + hook + " " + request.signature().replaceAll("\\(.*", ""));
        }

        @Override
        public void departing(RequestView request) {
            note("departing", request);
        }

        @Override
        public Verdict arriving(RequestView request) {
            note("arriving", request);
            return Verdict.DELIVER;
        }

        @Override
        public void serving(RequestView request) {
            note("serving", request);
        }

        @Override
        public void served(RequestView request, boolean normally) {
            note("served", request);
        }

        @Override
        public void replying(ReplyView reply) {
            note("replying", reply.request());
        }

        @Override
        public Verdict answered(ReplyView reply) {
            note("answered", reply.request());
            return Verdict.DELIVER;
        }
    }

    @After
    public void stop() {
        runtime.close();
    }

    private <T> T start(Class<T> type, Node node) {
        return runtime.objects.newActive(type).on(node).start();
    }

    private List<String> taken() {
        List<String> all = List.copyOf(seen);
        seen.clear();
        return all;
    }

    @Test
    public void objectsThereAndToComePassThoseOfTheirNode() {
        runtime.objects.withInterceptors(changing);
        Notebook before = start(Notebook.class, one);
        Notebook elsewhere = start(Notebook.class, two);
        changing.set(one, new Noting("a"));
        Notebook after = start(Notebook.class, one);

        for (Notebook notebook : List.of(before, after)) {
            assertThat(notebook.read()).isEmpty();
            assertThat(taken())
                    .containsExactly("a arriving read", "a serving read", "a served read", "a replying read");
        }
        assertThat(elsewhere.read()).isEmpty();
        assertThat(taken()).isEmpty();

        changing.set(one);

        assertThat(before.read()).isEmpty();
        assertThat(after.read()).isEmpty();
        assertThat(taken()).isEmpty();
    }

    @Test
    public void thoseOfANodeAreAroundThoseThatAnObjectKeepsTheFirstOutermost() {
        runtime.objects.withInterceptors(changing);
        runtime.objects.withInterceptors((body, type, node) -> Optional.of(new Noting("kept")));
        Writer writer = start(Writer.class, one);
        Notebook notebook = start(Notebook.class, two);
        changing.set(one, new Noting("outer"), new Noting("inner"));

        assertThat(writer.write(notebook, 0, 0)).isZero();

        assertThat(taken())
                .filteredOn(noted -> noted.endsWith("write") || !noted.startsWith("kept"))
                .containsExactly(
                        "outer arriving write",
                        "inner arriving write",
                        "kept arriving write",
                        "outer serving write",
                        "inner serving write",
                        "kept serving write",
                        "inner departing read",
                        "outer departing read",
                        "outer answered read",
                        "inner answered read",
                        "kept served write",
                        "inner served write",
                        "outer served write",
                        "kept replying write",
                        "inner replying write",
                        "outer replying write");
    }

    @Test
    public void aSourceThatComesAndGoesTakesThoseOfNodesAlong() {
        Notebook there = start(Notebook.class, one);
        changing.set(one, new Noting("a"));
        assertThat(there.read()).isEmpty();
        assertThat(taken()).isEmpty();

        runtime.objects.withInterceptors(changing);
        assertThat(there.read()).isEmpty();
        assertThat(taken()).contains("a arriving read");

        runtime.objects.withoutInterceptors(changing);
        assertThat(there.read()).isEmpty();
        assertThat(taken()).isEmpty();
        assertThat(changing.listeners).isEmpty();
    }

    @Test
    public void anObjectWhoseNodeChangesBeforeItIsListedHasThoseAfterTheChange() {
        runtime.objects.withInterceptors(changing);
        changing.set(one, new Noting("old"));
        changing.afterNextAnswer = Optional.of(() -> changing.set(one, new Noting("new")));

        Notebook made = start(Notebook.class, one);

        assertThat(made.read()).isEmpty();
        assertThat(taken())
                .containsExactly("new arriving read", "new serving read", "new served read", "new replying read");
    }

    @Test
    public void whoIsCreatedWhileANodeChangesHasThoseAfterTheChange() throws Exception {
        runtime.objects.withInterceptors(changing);
        CyclicBarrier together = new CyclicBarrier(2);
        for (int round = 0; round < ROUNDS; round++) {
            String version = "v" + round;
            List<Notebook> made = new ArrayList<>();
            Thread creator = Thread.ofPlatform().start(() -> {
                await(together);
                for (int i = 0; i < 3; i++) {
                    made.add(start(Notebook.class, one));
                }
            });
            await(together);
            changing.set(one, new Noting("between"));
            changing.set(one, new Noting(version));
            creator.join();

            for (Notebook notebook : made) {
                assertThat(notebook.read()).isEmpty();
                assertThat(taken())
                        .as("round %d", round)
                        .containsExactly(
                                version + " arriving read",
                                version + " serving read",
                                version + " served read",
                                version + " replying read");
            }
            made.forEach(notebook -> runtime.objects.terminate(notebook, Termination.NOW));
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception broken) {
            throw new AssertionError(broken);
        }
    }

    /** Which version of interceptors a message passed at which point of its way. */
    private record Passed(String hook, long sequence) {}

    /** One of two of a version. */
    private static final class Versioned implements MessageInterceptor {
        private final Map<Passed, Collection<Integer>> passed;
        private final int version;

        Versioned(Map<Passed, Collection<Integer>> passed, int version) {
            this.passed = passed;
            this.version = version;
        }

        private void note(String hook, RequestView request) {
            if (request.signature().startsWith("write") && request.sender().isPresent()) {
                passed.computeIfAbsent(new Passed(hook, request.sequence()), _ -> new ConcurrentLinkedQueue<>())
                        .add(version);
            }
        }

        @Override
        public void departing(RequestView request) {
            note("departing", request);
        }

        @Override
        public Verdict arriving(RequestView request) {
            note("arriving", request);
            return Verdict.DELIVER;
        }

        @Override
        public void serving(RequestView request) {
            note("serving", request);
        }

        @Override
        public void served(RequestView request, boolean normally) {
            note("served", request);
        }
    }

    @Test
    public void underCallsNothingIsLostAndEachMessagePassesAllOrNoneOfAVersion() {
        runtime.objects.withInterceptors(changing);
        Map<Passed, Collection<Integer>> passed = new ConcurrentHashMap<>();
        Notebook notebook = start(Notebook.class, one);
        Writer writer = start(Writer.class, one);
        AtomicInteger written = new AtomicInteger();
        Thread calls = Thread.ofVirtual().start(() -> {
            while (written.get() < CALLS || passed.isEmpty()) { // until they have met a change
                int from = written.get();
                assertThat(writer.write(notebook, from, from + BATCH)).isEqualTo(from + BATCH);
                written.set(from + BATCH);
            }
        });
        int version = 0;
        while (calls.isAlive()) {
            version++;
            changing.set(one, new Versioned(passed, version), new Versioned(passed, version));
            changing.set(one);
        }

        assertThat(written.get()).isGreaterThanOrEqualTo(CALLS);
        assertThat(notebook.read())
                .isEqualTo(IntStream.range(0, written.get()).boxed().toList());
        assertThat(passed.values()).allSatisfy(versions -> {
            assertThat(versions).as("one of a version has the other beside it").hasSize(2);
            assertThat(versions)
                    .as("of one version")
                    .containsOnly(versions.iterator().next());
        });
    }

    /** What fails whoever uses it when it is closed, and looks at everything. */
    private static final class Component implements MessageInterceptor, AutoCloseable {
        private final AtomicInteger used;
        private volatile boolean closed;

        Component(AtomicInteger used) {
            this.used = used;
        }

        private void use() {
            for (int i = 0; i < 3; i++) {
                if (closed) {
                    used.incrementAndGet();
                    throw new IllegalStateException("used when it was closed");
                }
                Thread.yield(); // it may be closed meanwhile
            }
        }

        @Override
        public void departing(RequestView request) {
            use();
        }

        @Override
        public Verdict arriving(RequestView request) {
            use();
            return Verdict.DELIVER;
        }

        @Override
        public void serving(RequestView request) {
            use();
        }

        @Override
        public void served(RequestView request, boolean normally) {
            use();
        }

        @Override
        public void replying(ReplyView reply) {
            use();
        }

        @Override
        public Verdict answered(ReplyView reply) {
            use();
            return Verdict.DELIVER;
        }

        @Override
        public void acknowledged(RequestView request) {
            use();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    public void whatWasReplacedCanBeClosedUnderCalls() {
        runtime.objects.withInterceptors(changing);
        AtomicInteger used = new AtomicInteger();
        Notebook notebook = start(Notebook.class, one);
        Writer writer = start(Writer.class, one);
        AtomicInteger written = new AtomicInteger();
        AtomicInteger changes = new AtomicInteger();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        Thread calls = Thread.ofVirtual().start(() -> {
            while (written.get() < CALLS || changes.get() < CHANGES) {
                int from = written.get();
                assertThat(writer.write(notebook, from, from + BATCH)).isEqualTo(from + BATCH);
                written.set(from + BATCH);
            }
        });
        calls.setUncaughtExceptionHandler((_, failure) -> failures.add(failure));
        Component before = new Component(used);
        changing.set(one, before);
        while (calls.isAlive()) {
            Component after = new Component(used);
            if (changes.getAndIncrement() % 2 == 0) {
                changing.set(one, after);
            } else {
                changing.set(one);
                changing.set(one, after);
            }
            before.close();
            before = after;
        }

        assertThat(failures).isEmpty();
        assertThat(changes.get()).as("changes under calls").isGreaterThanOrEqualTo(CHANGES);
        assertThat(used).as("used after it was closed, in %s changes", changes).hasValue(0);
        assertThat(notebook.read())
                .isEqualTo(IntStream.range(0, written.get()).boxed().toList());
    }

    @Test
    public void aChangeWaitsForWhoIsInWhatLeavesAndMeanwhileMessagesPassTheOthers() throws Exception {
        runtime.objects.withInterceptors(changing);
        Notebook notebook = start(Notebook.class, one);
        CyclicBarrier in = new CyclicBarrier(2);
        CyclicBarrier out = new CyclicBarrier(2);
        changing.set(one, new MessageInterceptor() {
            @Override
            public Verdict arriving(RequestView request) {
                await(in);
                await(out);
                return Verdict.DELIVER;
            }
        });
        Thread caller = Thread.ofVirtual().start(() -> notebook.write(0));
        await(in);

        Thread change = Thread.ofPlatform().start(() -> changing.set(one, new Noting("new")));
        while (change.getState() != Thread.State.WAITING) {
            assertThat(change.isAlive()).as("it waits").isTrue();
            Thread.onSpinWait();
        }
        assertThat(notebook.read()).isEmpty();
        assertThat(taken()).contains("new arriving read");
        assertThat(change.isAlive()).isTrue();

        await(out);
        change.join();
        caller.join();
    }
}
