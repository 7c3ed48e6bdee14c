package org.actium.examples.hello;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.actium.codec.api.Immutable;
import org.actium.object.api.ActiveObject;
import org.actium.object.api.ActiveObjects;
import org.actium.object.api.Cache;
import org.actium.object.api.CreationException;
import org.actium.runtime.api.Node;
import org.actium.testkit.EmbeddedGrid;
import org.junit.Rule;
import org.junit.Test;

/** Keeps docs/guide/active-objects.md true: its examples are here, compiled and run. */
public class ActiveObjectsGuideTest {

    @Rule
    public final EmbeddedGrid grid = new EmbeddedGrid();

    public interface Greeter {
        String greet(String whom);
    }

    public record Politely(String word) implements Greeter, Serializable {
        @Override
        public String greet(String whom) {
            return word + ", dear " + whom;
        }
    }

    @ActiveObject
    public class Catalogue {

        public Count size() {
            return new Count(3);
        }

        public CompletableFuture<Integer> price(String article) {
            return CompletableFuture.supplyAsync(() -> article.length());
        }

        @Cache
        public String currency() {
            return "EUR";
        }
    }

    public static final class Report {

        private Report() {}

        public static void main(String... arguments) {
            if (arguments.length == 0) {
                throw new IllegalArgumentException("usage: report <year>");
            }
        }
    }

    public class Launch {
        public CompletableFuture<Void> run(String... arguments) {
            Report.main(arguments);
            return CompletableFuture.completedFuture(null);
        }
    }

    @Immutable
    public final class Matrix implements Serializable {
        private final double[] cells;

        Matrix(double... cells) {
            this.cells = cells;
        }
    }

    public static class Keeper {
        private final List<Object> kept = new ArrayList<>();

        public void keep(Object value) {
            kept.add(value);
        }

        public boolean keeps(Object value) {
            return kept.stream().anyMatch(one -> one == value);
        }
    }

    @Test
    public void sharesWhatIsCalledImmutable() {
        Keeper keeper = grid.objects().newActive(Keeper.class).start();
        Matrix matrix = new Matrix(1, 0);
        double[] row = {1, 0};
        keeper.keep(matrix);
        keeper.keep(row);

        assertThat(keeper.keeps(matrix)).isTrue();
        assertThat(keeper.keeps(row)).isFalse();
    }

    @Test
    public void creates() {
        ActiveObjects objects = grid.objects();
        Node node = grid.node("b");

        Counter counter =
                objects.newActive(Counter.class, 3).on(node).named("apples").start();
        counter.add(1);

        assertThat(counter.count().value()).isEqualTo(4);
    }

    @Test
    public void createsOnManyNodes() {
        ActiveObjects objects = grid.objects();
        List<Node> nodes = List.of(grid.node("b"), grid.node("c"));

        List<Counter> counters = objects.newActiveOnEach(nodes, Counter.class, new Object[] {1}, new Object[] {2});

        assertThat(counters).extracting(counter -> counter.count().value()).containsExactly(1, 2);
    }

    public static class Holder<T extends Serializable> {
        private final T held;

        public Holder(T held) {
            this.held = held;
        }

        public T held() {
            return held;
        }
    }

    @Test
    public void createsObjectsOfGenericClasses() {
        ActiveObjects objects = grid.objects();

        @SuppressWarnings("unchecked") // there is one class for Holders of anything
        Holder<String> holder = objects.newActive(Holder.class, "tea").start();

        String held = holder.held();
        assertThat(held).isEqualTo("tea");
    }

    @Test
    public void asksForFifoOnly() {
        ActiveObjects objects = grid.objects();
        Node node = grid.node("b");

        node.setProperty("actium.ordering", "fifo");

        assertThat(objects.newActive(Counter.class, 3).on(node).start().count().value())
                .isEqualTo(3);
    }

    @Test
    public void callsThroughInterfaces() {
        ActiveObjects objects = grid.objects();
        Node node = grid.node("b");

        Greeter there = objects.newActive(Politely.class, "Good morning")
                .as(Greeter.class)
                .on(node)
                .start();
        Greeter here =
                objects.turnActive(new Politely("Hello")).as(Greeter.class).start();

        assertThat(there.greet("Ada")).isEqualTo("Good morning, dear Ada");
        assertThat(here.greet("Ada")).isEqualTo("Hello, dear Ada");
    }

    @Test
    public void explainsCalls() throws NoSuchMethodException {
        ActiveObjects objects = grid.objects();

        String why = objects.explain(Counter.class, Counter.class.getMethod("place"));

        assertThat(why).isEqualTo("Counter.place is synchronous, because class java.lang.String is final");
    }

    @Test
    public void answersWithFutures() {
        Catalogue catalogue = grid.objects().turnActive(new Catalogue()).start();

        CompletableFuture<Integer> price = catalogue.price("apple");

        assertThat(price.join()).isEqualTo(5);
        assertThat(catalogue.currency()).isSameAs(catalogue.currency());
    }

    @Test
    public void runsAMainProgram() {
        Launch launch = grid.objects().turnActive(new Launch()).start();

        launch.run("2026").join();
        assertThatThrownBy(() -> launch.run().join()).hasRootCauseMessage("usage: report <year>");
    }

    @Test
    public void refusesClassesOfTheJdkInTheWordsOfThePage() throws IOException {
        assertThatThrownBy(() -> grid.objects().newActive(ArrayList.class).start())
                .isInstanceOf(CreationException.class)
                .satisfies(refused -> assertThat(page()).contains("```\n" + refused.getMessage() + "\n```"));
        assertThatThrownBy(() ->
                        grid.objects().newActive(ArrayList.class).as(List.class).start())
                .as("behind an interface neither")
                .isInstanceOf(CreationException.class);
    }

    @Test
    public void theJavaOfThePageIsInThisClass() throws IOException {
        String own = indentedAlike(
                Files.readString(Path.of("src/test/java/org/actium/examples/hello/ActiveObjectsGuideTest.java")));

        assertThat(blocks()).hasSize(9).allSatisfy(block -> assertThat(own).contains(block));
    }

    private static List<String> blocks() throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher fences = Pattern.compile("^```java\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(page());
        while (fences.find()) {
            blocks.add(indentedAlike(fences.group(1)));
        }
        return blocks;
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "..", "docs", "guide", "active-objects.md"));
    }

    private static String indentedAlike(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n")).strip();
    }
}
