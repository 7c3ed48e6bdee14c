package org.actium.deployment.shell.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.actium.deployment.spi.LaunchRejectedException;

/** The options that a distribution gives to the JVMs of its node containers, {@code conf/node.jvm}. */
public final class NodeOptions {

    private NodeOptions() {}

    /**
     * Those that stand before the options that a descriptor asks for, which come later and so win; a garbage collector of
     * theirs replaces ours, since a JVM refuses two.
     *
     * @param home directory of the distribution
     * @throws LaunchRejectedException if the file cannot be read
     */
    public static List<String> besides(List<String> asked, Path home) {
        boolean collector = asked.stream().anyMatch(NodeOptions::isCollector);
        return options(home.resolve("conf").resolve("node.jvm")).stream()
                .filter(option -> !collector || !isCollector(option))
                .toList();
    }

    /** One option a line; {@code #} begins a comment. */
    private static List<String> options(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException | UncheckedIOException unreadable) {
            throw new LaunchRejectedException("the JVM options in " + file + " cannot be read", unreadable);
        }
    }

    private static boolean isCollector(String option) {
        return option.startsWith("-XX:+Use") && option.endsWith("GC");
    }
}
