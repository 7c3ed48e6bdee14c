package org.actium.examples.hello;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.actium.object.api.ActiveObject;
import org.actium.object.api.ActiveObjects;
import org.actium.object.api.Cache;
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
    public void theJavaOfThePageIsInThisClass() throws IOException {
        String own = indentedAlike(
                Files.readString(Path.of("src/test/java/org/actium/examples/hello/ActiveObjectsGuideTest.java")));

        assertThat(blocks()).hasSize(5).allSatisfy(block -> assertThat(own).contains(block));
    }

    private static List<String> blocks() throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher fences = Pattern.compile("^```java\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("..", "..", "docs", "guide", "active-objects.md")));
        while (fences.find()) {
            blocks.add(indentedAlike(fences.group(1)));
        }
        return blocks;
    }

    private static String indentedAlike(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n")).strip();
    }
}
