package org.actium.benchmarks.objects;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Sums up a flight recording: the methods in which processors were found, and where memory is allocated. */
final class Profiles {

    private static final int SHOWN = 8;

    private final Map<String, Double> methods = new HashMap<>();
    private final Map<String, Double> sites = new HashMap<>();

    private Profiles() {}

    /** Of the recordings below the directory. */
    static String summary(Path directory) throws IOException {
        Profiles profiles = new Profiles();
        List<Path> recordings;
        try (Stream<Path> files = Files.walk(directory)) {
            recordings = files.filter(file -> file.toString().endsWith(".jfr")).toList();
        }
        for (Path recording : recordings) {
            try (RecordingFile events = new RecordingFile(recording)) {
                while (events.hasMoreEvents()) {
                    RecordedEvent event = events.readEvent();
                    if (isOurs(event)) {
                        profiles.count(event);
                    }
                }
            }
        }
        return "methods on processors:\n" + top(profiles.methods) + "allocation, by class and site:\n"
                + top(profiles.sites);
    }

    /** The benchmark harness and the peer, which is started as well, are of no interest. */
    private static boolean isOurs(RecordedEvent event) {
        List<String> types = event.getStackTrace() == null
                ? List.of()
                : event.getStackTrace().getFrames().stream()
                        .map(frame -> frame.getMethod().getType().getName())
                        .toList();
        return types.stream().anyMatch(type -> type.startsWith("org.actium."))
                && types.stream().noneMatch(type -> type.startsWith("org.apache.pekko."));
    }

    private void count(RecordedEvent event) {
        switch (event.getEventType().getName()) {
            case "jdk.ExecutionSample" ->
                frame(event, 0).ifPresent(frame -> methods.merge(name(frame), 1.0, Double::sum));
            case "jdk.ObjectAllocationSample" -> {
                RecordedClass type = event.getClass("objectClass");
                sites.merge(
                        Types.name(type.getName()) + "  at  " + site(event),
                        (double) event.getLong("weight"),
                        Double::sum);
            }
            default -> {}
        }
    }

    private static Optional<RecordedFrame> frame(RecordedEvent event, int index) {
        return event.getStackTrace() == null
                        || event.getStackTrace().getFrames().size() <= index
                ? Optional.empty()
                : Optional.of(event.getStackTrace().getFrames().get(index));
    }

    /** The first frame that is not of the JDK. */
    private static String site(RecordedEvent event) {
        for (int i = 0; frame(event, i).isPresent(); i++) {
            RecordedFrame frame = frame(event, i).get();
            if (!frame.getMethod().getType().getName().startsWith("java")) {
                return name(frame);
            }
        }
        return frame(event, 0).map(Profiles::name).orElse("?");
    }

    private static String name(RecordedFrame frame) {
        return Types.name(frame.getMethod().getType().getName()) + "."
                + frame.getMethod().getName();
    }

    private static String top(Map<String, Double> counted) {
        double all = counted.values().stream().mapToDouble(Double::doubleValue).sum();
        StringBuilder text = new StringBuilder();
        counted.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(SHOWN)
                .forEach(entry ->
                        text.append("  %4.1f %%  %s%n".formatted(100 * entry.getValue() / all, entry.getKey())));
        return text.toString();
    }

    /** Names of classes as people read them. */
    private static final class Types {

        /** Without package, lambda numbers, and the notation of arrays. */
        static String name(String full) {
            if (full.startsWith("[")) {
                int dimensions = full.lastIndexOf('[') + 1;
                return element(full.substring(dimensions)) + "[]".repeat(dimensions);
            }
            String plain = full.replaceAll("\\$\\$Lambda.*", "\\$\\$Lambda").replaceAll("[/.+]0x\\p{XDigit}+$", "");
            return plain.substring(plain.lastIndexOf('.') + 1);
        }

        private static String element(String descriptor) {
            return switch (descriptor.charAt(0)) {
                case 'B' -> "byte";
                case 'Z' -> "boolean";
                case 'C' -> "char";
                case 'S' -> "short";
                case 'I' -> "int";
                case 'J' -> "long";
                case 'F' -> "float";
                case 'D' -> "double";
                default -> name(descriptor.substring(1, descriptor.length() - 1));
            };
        }
    }
}
