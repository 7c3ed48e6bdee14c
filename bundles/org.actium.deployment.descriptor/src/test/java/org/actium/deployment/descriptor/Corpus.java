package org.actium.deployment.descriptor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.model.Descriptor;

/** Descriptors of old, which are not part of this repository. */
final class Corpus {

    private static final List<String> FOLDERS = List.of("legacy", "gcm-application", "gcm-deployment");

    /** Listed once: mutated descriptors name files by the thousand. */
    private static final List<Path> NAMED_BY_OTHERS = Stream.of("gcm-deployment", "legacy")
            .flatMap(folder -> files(folder).stream())
            .toList();

    /** Files were flattened: what one calls {@code ../x/y.xml} is the first whose name ends in {@code __y.xml}. */
    private static final Includes BY_LAST_NAME = (from, location) -> {
        String path = location.replace('\\', '/');
        String end = "__" + path.substring(path.lastIndexOf('/') + 1);
        Path file = NAMED_BY_OTHERS.stream()
                .filter(candidate -> candidate.getFileName().toString().endsWith(end))
                .findFirst()
                .orElseThrow(() -> new IOException("there is no file " + location));
        return new Includes.Included(file.toString(), Files.readAllBytes(file));
    };

    private Corpus() {}

    static Path directory() {
        return Optional.ofNullable(System.getProperty("actium.corpus"))
                .map(Path::of)
                .orElseGet(() -> Repository.root().resolve("../shared/corpus"))
                .normalize();
    }

    /** Each with its folder. */
    static List<String> names() {
        var names = new ArrayList<String>();
        for (String folder : FOLDERS) {
            files(folder).forEach(file -> names.add(folder + "/" + file.getFileName()));
        }
        return names;
    }

    static List<Path> files() {
        return names().stream().map(directory()::resolve).toList();
    }

    private static List<Path> files(String folder) {
        try (Stream<Path> files = Files.list(directory().resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".xml"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    static Descriptor read(Path file) throws IOException {
        return read(file.toString(), Files.readAllBytes(file));
    }

    static Descriptor read(String name, byte[] xml) {
        return reader().read(new DescriptorSource(name, xml, Map.of()));
    }

    /** As on the host of somebody who has ProActive in {@code /opt}. */
    static XmlDescriptorReader reader() {
        return new XmlDescriptorReader(
                List.of(),
                name -> switch (name) {
                    case "user.name" -> "tester";
                    case "user.home", "user.dir", "proactive.home", "java.home" -> "/opt/" + name;
                    default -> null;
                },
                () -> Reading.PROCESSORS,
                BY_LAST_NAME,
                Reading.GRAMMAR);
    }
}
