package org.actium.service.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.actium.object.api.CallRefusedException;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.RequestView;
import org.actium.runtime.api.Node;
import org.actium.service.api.Begun;
import org.actium.service.api.Contributions;
import org.actium.service.api.TechnicalService;
import org.actium.testkit.EmbeddedGrid;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.RuleChain;
import org.junit.rules.Timeout;

/** What {@code docs/guide/technical-services.md} shows. */
public class ServicesGuideTest {

    private final EmbeddedGrid grid = new EmbeddedGrid();

    @Rule
    public final RuleChain rules = RuleChain.outerRule(Timeout.seconds(60)).around(grid);

    @Test
    public void refusesWhatIsForbidden() {
        TestServices services = new TestServices(grid.runtime("test"), Map.of("fire-guard", FireGuard::new));
        Node node = services.node("one");
        services.apply(node, "fire-guard", Map.of("forbidden", "burn"));
        Library library = grid.objects().newActive(Library.class).on(node).start();

        assertThat(library.lend()).isTrue();
        assertThatThrownBy(library::burn).isInstanceOf(CallRefusedException.class);
        services.remove(node, "fire-guard");
        assertThat(library.burn()).isTrue();
    }

    @Test
    public void notesWhenAServiceBegins() {
        Map<String, Long> took = new ConcurrentHashMap<>();
        TechnicalService stopwatch = new TechnicalService() {
            @Override
            public void apply(Node node, Contributions contributions) {
                contributions.intercept(new Stopwatch(took));
            }
        };
        TestServices services = new TestServices(grid.runtime("test"), Map.of("stopwatch", () -> stopwatch));
        Node node = services.node("one");
        services.apply(node, "stopwatch", Map.of());

        assertThat(grid.objects().newActive(Library.class).on(node).start().lend())
                .isTrue();

        assertThat(took).containsOnlyKeys("lend()Z");
        assertThat(took.get("lend()Z")).isNotNegative();
    }

    private static final class Stopwatch implements MessageInterceptor {

        private final Map<String, Long> took;
        private final Begun<Long> begun = new Begun<>(); // when

        Stopwatch(Map<String, Long> took) {
            this.took = took;
        }

        @Override
        public void serving(RequestView request) {
            begun.begin(request, System.nanoTime());
        }

        @Override
        public void served(RequestView request, boolean normally) {
            begun.end(request).ifPresent(since -> took.put(request.signature(), System.nanoTime() - since));
        }
    }

    /** Has something to lose. */
    public static class Library {
        public boolean lend() {
            return true;
        }

        public boolean burn() {
            return true;
        }
    }

    @Test
    public void everyLineOfCodeInTheGuideIsCompiled() throws IOException {
        List<String> compiled = new ArrayList<>();
        for (String source : List.of("FireGuard", "ServicesGuideTest")) {
            compiled.addAll(lines(Path.of("src/test/java/org/actium/service/testkit", source + ".java")));
        }
        List<String> shown = new ArrayList<>();
        boolean code = false;
        for (String line : lines(Path.of("../../docs/guide/technical-services.md"))) {
            if (line.startsWith("```")) {
                code = line.equals("```java");
            } else if (code && !line.isEmpty()) {
                shown.add(line);
            }
        }

        assertThat(shown).hasSizeGreaterThan(25);
        assertThat(compiled).containsAll(shown);
    }

    /** Without indentation. */
    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(String::strip).toList();
    }
}
