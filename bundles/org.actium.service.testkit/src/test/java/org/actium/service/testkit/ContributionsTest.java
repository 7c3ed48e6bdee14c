package org.actium.service.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.actium.object.api.BodyId;
import org.actium.object.api.Termination;
import org.actium.object.spi.CallPolicy;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.ReplyView;
import org.actium.object.spi.RequestView;
import org.actium.object.spi.StubMethod;
import org.actium.object.spi.Verdict;
import org.actium.runtime.api.Node;
import org.actium.service.api.Contributions;
import org.actium.service.api.NodeWatcher;
import org.actium.service.api.Offer;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalService;
import org.actium.testkit.EmbeddedGrid;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.RuleChain;
import org.junit.rules.Timeout;

/** What technical services contribute, with real active objects and real calls. */
public class ContributionsTest {

    private final EmbeddedGrid grid = new EmbeddedGrid();

    @Rule
    public final RuleChain rules = RuleChain.outerRule(Timeout.seconds(60)).around(grid);

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final LongAdder passed = new LongAdder();

    @Test
    public void theFirstServiceIsTheOutermost() {
        TestServices services = services(Map.of("in", () -> new Seeing("in"), "out", () -> new SeeingFirst("out")));
        Node node = services.node("one");
        services.apply(node, use("in"), use("out"));
        assertThat(services.table().applied(node)).containsExactly(use("out"), use("in"));

        Notebook notebook = grid.objects().newActive(Notebook.class).on(node).start();
        notebook.write(1);
        assertThat(notebook.read()).containsExactly(1);

        assertThat(seen)
                .startsWith("out arriving write(I)V", "in arriving write(I)V")
                .containsSubsequence("out serving write(I)V", "in serving write(I)V")
                .containsSubsequence("in served write(I)V", "out served write(I)V");
    }

    @Test
    public void objectsThatAreThereAreSeenFromWhenAServiceIsAppliedUntilItIsRemoved() {
        TestServices services = services(Map.of("see", () -> new Seeing("see")));
        Node node = services.node("one");
        Notebook notebook = grid.objects().newActive(Notebook.class).on(node).start();
        notebook.write(1);
        assertThat(notebook.read()).containsExactly(1);
        assertThat(seen).isEmpty();

        services.apply(node, "see", Map.of());
        notebook.write(2);
        assertThat(notebook.read()).containsExactly(1, 2);
        assertThat(seen).contains("see arriving write(I)V", "see served read()Ljava/util/List;");
        services.remove(node, "see");
        seen.clear();
        notebook.write(3);
        assertThat(notebook.read()).containsExactly(1, 2, 3);
        assertThat(seen).isEmpty();
    }

    @Test
    public void whatAnObjectOfTheNodeSendsDepartsThroughTheInterceptor() {
        TestServices services = services(Map.of("see", () -> new Seeing("see")));
        Node node = services.node("one");
        services.apply(node, "see", Map.of());
        Notebook elsewhere =
                grid.objects().newActive(Notebook.class).on(grid.node("b")).start();
        Copyist copyist = grid.objects().newActive(Copyist.class).on(node).start();

        copyist.copy(elsewhere, 7);

        assertThat(elsewhere.read()).containsExactly(7);
        assertThat(seen).contains("see departing write(I)V");
    }

    @Test
    public void repliesPassTheInterceptorOnBothSides() {
        TestServices services = services(Map.of("see", () -> new Seeing("see")));
        Node node = services.node("one");
        services.apply(node, "see", Map.of());
        Notebook elsewhere =
                grid.objects().newActive(Notebook.class).on(grid.node("b")).start();
        Copyist copyist = grid.objects().newActive(Copyist.class).on(node).start();

        copyist.copy(elsewhere, 7);
        assertThat(copyist.count(elsewhere)).isEqualTo(1);

        grid.eventually(
                "the reply from elsewhere was seen", () -> seen.contains("see answered read()Ljava/util/List;"));
        grid.eventually(
                "so was that to here", () -> seen.stream().anyMatch(line -> line.startsWith("see replying count")));
        grid.eventually("and that it need not be kept", () -> seen.contains("see acknowledged write(I)V"));
    }

    @Test
    public void anotherNodeOfTheRuntimeIsLeftAlone() {
        TestServices services = services(Map.of("see", () -> new Seeing("see")));
        services.apply(services.node("one"), "see", Map.of());

        Notebook notebook = grid.objects()
                .newActive(Notebook.class)
                .on(services.node("two"))
                .start();
        notebook.write(1);
        assertThat(notebook.read()).containsExactly(1);

        assertThat(seen).isEmpty();
    }

    @Test
    public void aWatcherHearsOfEachObjectThatItBeginsAndThatItEnds() {
        List<BodyId> begun = new CopyOnWriteArrayList<>();
        List<BodyId> ended = new CopyOnWriteArrayList<>();
        AtomicBoolean left = new AtomicBoolean();
        TestServices services = services(Map.of("watch", () -> new TechnicalService() {
            @Override
            public void apply(Node node, Contributions contributions) {
                contributions.watch(new NodeWatcher() {
                    @Override
                    public void began(BodyId object, Class<?> type) {
                        begun.add(object);
                    }

                    @Override
                    public void ended(BodyId object) {
                        ended.add(object);
                    }

                    @Override
                    public void leaving() {
                        left.set(true);
                    }
                });
            }
        }));
        Node node = services.node("one");
        Notebook before = grid.objects().newActive(Notebook.class).on(node).start();
        services.apply(node, "watch", Map.of());
        Notebook after = grid.objects().newActive(Notebook.class).on(node).start();
        grid.objects().newActive(Notebook.class).on(services.node("two")).start();
        assertThat(begun)
                .containsExactly(grid.objects().id(before), grid.objects().id(after));

        grid.objects().terminate(before, Termination.NOW);
        grid.eventually("the end of the first is told", () -> ended.size() == 1);
        grid.runtime("test").runtime().removeNode("one");

        grid.eventually("leaving is told", left::get);
        assertThat(ended).startsWith(grid.objects().id(before));
    }

    /** Interceptors that come and go while calls are under way lose none, and change no order. */
    @Test
    public void servicesComeAndGoUnderLoadAndNoCallIsLostOrReordered() throws InterruptedException {
        TestServices services = services(Map.of("pass", Passing::new, "too", Passing::new));
        Node node = services.node("one");
        Notebook notebook = grid.objects().newActive(Notebook.class).on(node).start();
        int calls = 20_000;
        Thread writer = Thread.ofVirtual().start(() -> IntStream.range(0, calls).forEach(notebook::write));
        int changes = 0;
        while (writer.isAlive() || changes < 50) {
            services.apply(node, "pass", Map.of());
            services.apply(node, "too", Map.of());
            services.remove(node, "pass");
            services.remove(node, "too");
            changes++;
        }
        writer.join();

        assertThat(notebook.read()).isEqualTo(IntStream.range(0, calls).boxed().toList());
        assertThat(passed.sum()).as("messages that passed an interceptor").isPositive();
    }

    private TestServices services(Map<String, Supplier<TechnicalService>> services) {
        return new TestServices(grid.runtime("test"), services);
    }

    private static ServiceUse use(String id) {
        return new ServiceUse(id, id, Map.of());
    }

    /** Keeps what is written. */
    public static class Notebook {

        private final List<Integer> lines = new ArrayList<>();

        public void write(int line) {
            lines.add(line);
        }

        public List<Integer> read() {
            return List.copyOf(lines);
        }
    }

    /** Writes into the notebooks of others. */
    public static class Copyist {

        public boolean copy(Notebook to, int line) {
            to.write(line);
            return true;
        }

        public int count(Notebook of) {
            return of.read().size();
        }
    }

    /** Lets everything pass, on every way there is: what overrides nothing is not asked. */
    private final class Passing implements TechnicalService {
        @Override
        public void apply(Node node, Contributions contributions) {
            contributions.intercept(new MessageInterceptor() {
                @Override
                public CallPolicy calling(StubMethod method) {
                    return CallPolicy.NONE;
                }

                @Override
                public void departing(RequestView request) {
                    passed.increment();
                }

                @Override
                public Verdict arriving(RequestView request) {
                    passed.increment();
                    return Verdict.DELIVER;
                }

                @Override
                public void serving(RequestView request) {
                    passed.increment();
                }

                @Override
                public void served(RequestView request, boolean normally) {
                    passed.increment();
                }

                @Override
                public void replying(ReplyView reply) {
                    passed.increment();
                }

                @Override
                public Verdict answered(ReplyView reply) {
                    passed.increment();
                    return Verdict.DELIVER;
                }

                @Override
                public void acknowledged(RequestView request) {
                    passed.increment();
                }
            });
        }
    }

    /** Writes down what it sees. */
    private class Seeing implements TechnicalService {

        private final String name;

        Seeing(String name) {
            this.name = name;
        }

        @Override
        public void apply(Node node, Contributions contributions) {
            contributions.intercept(new MessageInterceptor() {
                @Override
                public void departing(RequestView request) {
                    seen.add(name + " departing " + request.signature());
                }

                @Override
                public Verdict arriving(RequestView request) {
                    seen.add(name + " arriving " + request.signature());
                    return Verdict.DELIVER;
                }

                @Override
                public void serving(RequestView request) {
                    seen.add(name + " serving " + request.signature());
                }

                @Override
                public void served(RequestView request, boolean normally) {
                    seen.add(name + " served " + request.signature());
                }

                @Override
                public void replying(ReplyView reply) {
                    seen.add(name + " replying " + reply.request().signature());
                }

                @Override
                public Verdict answered(ReplyView reply) {
                    seen.add(name + " answered " + reply.request().signature());
                    return Verdict.DELIVER;
                }

                @Override
                public void acknowledged(RequestView request) {
                    seen.add(name + " acknowledged " + request.signature());
                }
            });
        }
    }

    @Offer(id = "out", before = "in")
    private final class SeeingFirst extends Seeing {
        SeeingFirst(String name) {
            super(name);
        }
    }
}
