package org.actium.testkit;

import static org.actium.object.api.RequestFilter.method;
import static org.actium.object.api.RequestFilter.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.ActiveObjects;
import org.actium.object.api.BodyTerminatedException;
import org.actium.object.api.Immediate;
import org.actium.object.api.InboxFullException;
import org.actium.object.api.ReceivedRequest;
import org.actium.object.api.RequestFilter;
import org.actium.object.api.RunActive;
import org.actium.object.api.Service;
import org.actium.object.api.Termination;
import org.actium.runtime.api.Node;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.RuleChain;
import org.junit.rules.TestRule;
import org.junit.rules.Timeout;

/** What {@code docs/guide/serving.md} shows. */
public class ServingGuideTest {

    private final EmbeddedGrid grid = new EmbeddedGrid();

    @Rule
    public final TestRule rules = RuleChain.outerRule(grid).around(Timeout.seconds(30));

    public static class Buffer implements RunActive {
        private final Deque<String> content = new ArrayDeque<>();

        @Override
        public void runActivity(ActiveContext context) {
            Service service = context.service();
            while (service.isActive()) {
                service.blockingServeOldest(this::isPossible);
            }
        }

        private boolean isPossible(ReceivedRequest request) {
            return request.method().equals("put") ? content.size() < 2 : !content.isEmpty();
        }

        public void put(String thing) {
            content.add(thing);
        }

        public String take() {
            return content.remove();
        }
    }

    @Test
    public void aBufferServesWhatItCan() {
        Buffer buffer = grid.objects().newActive(Buffer.class).start();
        for (String thing : List.of("a", "b", "c", "d")) {
            buffer.put(thing);
        }

        assertThat(List.of(buffer.take(), buffer.take(), buffer.take(), buffer.take()))
                .containsExactly("a", "b", "c", "d");
    }

    /** Knows nothing of being served youngest first. */
    public static class Stack {
        private final List<String> heard = new ArrayList<>();
        private static final RequestFilter URGENT = urgent();

        private static RequestFilter urgent() {
            RequestFilter urgent =
                    named("put").and(request -> request.arguments().contains("urgent"));
            RequestFilter exactly = method("put", String.class);
            return urgent.and(exactly);
        }

        public void put(String thing) {
            heard.add(thing);
        }

        public String heard() {
            return String.join(" ", heard);
        }
    }

    /** Waits for the word {@code go}, then serves the urgent first, then the youngest. */
    public static class YoungestFirst implements RunActive, Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public void runActivity(ActiveContext context) {
            Service service = context.service();
            service.blockingServeOldest(
                    named("put").and(request -> request.arguments().contains("go")));
            service.serveAll(Stack.URGENT);
            while (service.serveYoungest(named("put"))) {}
            service.fifoServing();
        }
    }

    @Test
    public void anActivityGivenAtCreationDecides() {
        ActiveObjects objects = grid.objects();

        Stack stack =
                objects.newActive(Stack.class).activity(new YoungestFirst()).start();
        for (String thing : List.of("a", "b", "urgent", "go")) {
            stack.put(thing);
        }

        assertThat(stack.heard()).isEqualTo("go urgent b a");
        assertThatThrownBy(() -> objects.newActive(Stack.class).activity("nothing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.String is no activity");
    }

    /** Works until it is stopped. */
    public static class Worker {
        private static final BlockingQueue<String> STARTED = new LinkedBlockingQueue<>(); // one JVM runs all

        private final AtomicInteger progress = new AtomicInteger();

        @Immediate
        public int progress() {
            return progress.get();
        }

        public void work() throws InterruptedException {
            progress.incrementAndGet();
            STARTED.add("work");
            new CountDownLatch(1).await();
        }

        public void note(String what) {}

        public boolean idle() {
            return true;
        }
    }

    @Test
    public void aWorkerCanBeAskedAndInterrupted() throws InterruptedException {
        ActiveObjects objects = grid.objects();
        Worker worker = objects.newActive(Worker.class).start();
        Thread caller = Thread.startVirtualThread(() -> assertThatThrownBy(worker::work));
        Worker.STARTED.take();
        assertThat(worker.progress()).isEqualTo(1);

        objects.interrupt(worker); // the request being served, if there is one
        boolean alive = objects.ping(worker, Duration.ofSeconds(1));
        objects.terminate(worker, Termination.AFTER_QUEUE);

        assertThat(alive).isTrue();
        caller.join();
        assertThatThrownBy(worker::idle).isInstanceOf(BodyTerminatedException.class);
    }

    @Test
    public void aFullQueueFails() throws InterruptedException {
        Node node = grid.runtime("here").runtime().createNode("narrow", Optional.empty());

        node.setProperty("actium.inbox.capacity", "1000");
        node.setProperty("actium.inbox.whenFull", "fail");

        Worker worker =
                grid.runtime("here").objects().newActive(Worker.class).on(node).start();
        Thread caller = Thread.startVirtualThread(() -> assertThatThrownBy(worker::work));
        Worker.STARTED.take();
        assertThat(worker.progress()).isEqualTo(1);
        for (int i = 0; i < 1000; i++) {
            worker.note("more");
        }
        assertThatThrownBy(() -> worker.note("too much"))
                .isInstanceOf(InboxFullException.class)
                .hasMessageContaining("has 1000 requests in its queue");
        grid.runtime("here").objects().interrupt(worker);
        caller.join();
    }

    @Test
    public void everyLineOfTheGuideIsCompiledHere() throws IOException {
        List<String> compiled = lines(Path.of("src/test/java/org/actium/testkit/ServingGuideTest.java"));
        List<String> shown = new ArrayList<>();
        boolean code = false;
        for (String line : lines(Path.of("../../docs/guide/serving.md"))) {
            if (line.startsWith("```")) {
                code = line.equals("```java");
            } else if (code && !line.isEmpty()) {
                shown.add(line);
            }
        }

        assertThat(shown).hasSizeGreaterThan(25);
        assertThat(compiled).containsAll(shown);
    }

    /** Without indentation and comments. */
    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.replaceFirst("\\s*//.*", "").strip())
                .toList();
    }
}
