package org.actium.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actium.debug.api.DebuggedObject;
import org.actium.debug.api.Debugger;
import org.actium.debug.api.Stop;
import org.actium.object.api.ActiveObjects;
import org.actium.runtime.api.Node;
import org.junit.Rule;
import org.junit.Test;

/** Keeps docs/guide/debugging.md true: its lines are here, compiled and run. */
public class DebuggingGuideTest {

    @Rule
    public final EmbeddedGrid grid = new EmbeddedGrid();

    public static class Counter {
        private int count;

        public void add(int more) {
            count += more;
        }

        public void reset() {
            count = 0;
        }

        public int count() {
            return count;
        }
    }

    @Test
    public void anObjectStopsAndSteps() {
        Debugger debugger = grid.runtime("here").debugger();
        ActiveObjects objects = grid.runtime("here").objects();
        Node node = grid.runtime("here").runtime().defaultNode();

        node.setProperty(Debugger.NODE_PROPERTY, "true");
        Counter counter = objects.newActive(Counter.class).on(node).start();

        DebuggedObject debugged = debugger.of(counter);
        debugged.pause();
        counter.add(1);
        counter.add(2);
        counter.reset();
        grid.eventually("it stands", () -> debugged.stop().isPresent());
        debugged.stopBefore("reset");
        Optional<Stop> stop = debugged.stop();
        assertThat(stop)
                .hasValueSatisfying(standing -> assertThat(standing.method()).isEqualTo("add(int)"));
        debugged.step();
        grid.eventually("it stands again", () -> debugged.stop().isPresent());
        debugged.resume();
        grid.eventually(
                "it stands before reset",
                () -> debugged.stop()
                        .filter(standing -> standing.method().equals("reset()"))
                        .isPresent());
        debugged.release();
        assertThat(counter.count()).isZero();
    }

    @Test
    public void everyLineOfTheGuideIsCompiledHere() throws IOException {
        List<String> compiled = lines(Path.of("src/test/java/org/actium/testkit/DebuggingGuideTest.java"));
        List<String> shown = new ArrayList<>();
        boolean code = false;
        for (String line : lines(Path.of("../../docs/guide/debugging.md"))) {
            if (line.startsWith("```")) {
                code = line.equals("```java");
            } else if (code && !line.isEmpty()) {
                shown.add(line);
            }
        }

        assertThat(shown).hasSizeGreaterThan(8);
        assertThat(compiled).containsAll(shown);
    }

    /** Without indentation and comments. */
    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.replaceFirst("\\s*//.*", "").strip())
                .toList();
    }
}
