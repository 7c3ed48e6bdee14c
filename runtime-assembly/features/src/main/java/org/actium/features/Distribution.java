package org.actium.features;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** An assembled distribution, for tests that start containers with some of its features. */
public final class Distribution {

    private final Path home;
    private final Map<String, AssembledFeature> features;
    private final FeatureSet set;

    private Distribution(Path home, Map<String, AssembledFeature> features) {
        this.home = home;
        this.features = features;
        this.set = FeatureSet.of(
                features.values().stream().map(AssembledFeature::feature).toList());
    }

    /** @param home the directory with {@code bundles} and {@code features} in it */
    public static Distribution at(Path home) {
        var features = new TreeMap<String, AssembledFeature>();
        try (Stream<Path> files = Files.list(home.resolve("features"))) {
            for (Path file : files.toList()) {
                var feature = new ObjectMapper().readValue(file.toFile(), AssembledFeature.class);
                features.put(feature.name(), feature);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(
                    "'" + home + "' holds no distribution; build it with mvn package: " + unreadable.getMessage(),
                    unreadable);
        }
        return new Distribution(home, features);
    }

    public Path home() {
        return home;
    }

    /**
     * The bundles of these features and of all they require, in the order in which they start.
     *
     * @throws FeatureException if there is no feature of a name
     */
    public List<AssembledBundle> bundles(String... featureNames) {
        return bundles(List.of(featureNames));
    }

    /** The bundles of an assembly, {@code node} or {@code admin}, in the order in which they start. */
    public List<AssembledBundle> assembly(String name) {
        try {
            Path file = home.resolve("assembly").resolve(name + ".json");
            return bundles(
                    new ObjectMapper().readValue(file.toFile(), Assembly.class).features());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private List<AssembledBundle> bundles(List<String> featureNames) {
        return set.closure(featureNames).stream()
                .map(feature -> features.get(feature.name()))
                .flatMap(this::bundlesOf)
                .sorted((one, other) -> Integer.compare(one.startLevel(), other.startLevel()))
                .toList();
    }

    private Stream<AssembledBundle> bundlesOf(AssembledFeature feature) {
        return feature.bundles().stream()
                .map(bundle -> new AssembledBundle(
                        bundle.bundle().artifactId(),
                        bundle.version(),
                        home.resolve(bundle.file()),
                        feature.startLevel(),
                        feature.name()));
    }
}
