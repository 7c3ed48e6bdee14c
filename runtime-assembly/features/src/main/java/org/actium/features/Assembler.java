package org.actium.features;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Writes features as the directories {@code bundles}, {@code apps}, {@code features} and {@code assembly} of a distribution. */
public final class Assembler {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final FeatureSet features;
    private final Function<BundleId, Artifact> artifacts;

    /** @param artifacts throws an {@link IllegalArgumentException} that says why if a bundle cannot be had */
    public Assembler(FeatureSet features, Function<BundleId, Artifact> artifacts) {
        this.features = features;
        this.artifacts = artifacts;
    }

    /**
     * @param assemblies name of each assembly, with the features it is composed from
     * @param applications features whose bundles are installed on demand, and so go to {@code apps}
     * @throws FeatureException if a feature is unknown, in nothing, or names a bundle that cannot be had; nothing was written then
     */
    public void assemble(Map<String, List<String>> assemblies, Collection<String> applications, Mirror target)
            throws IOException {
        var problems = new ArrayList<String>();
        problems.addAll(unused(assemblies, applications));
        var found = new HashMap<BundleId, Artifact>();
        for (Feature feature : features.all()) {
            for (BundleId bundle : feature.bundles()) {
                try {
                    found.put(bundle, artifacts.apply(bundle));
                } catch (IllegalArgumentException missing) {
                    problems.add("feature '" + feature.name() + "': bundle " + bundle + ": " + missing.getMessage());
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new FeatureException(problems);
        }
        var assembled = new HashMap<String, AssembledFeature>();
        for (Feature feature : features.all()) {
            String directory = applications.contains(feature.name()) ? "apps" : "bundles";
            AssembledFeature result = assembled(feature, directory, found);
            assembled.put(feature.name(), result);
            target.text(Path.of("features", feature.name() + ".json"), JSON.writeValueAsString(result) + "\n");
            for (var bundle : result.bundles()) {
                target.copy(found.get(bundle.bundle()).file(), Path.of(bundle.file()));
            }
        }
        for (var assembly : assemblies.entrySet()) {
            target.text(
                    Path.of("assembly", assembly.getKey() + ".json"),
                    JSON.writeValueAsString(composed(assembly.getKey(), assembly.getValue(), assembled)) + "\n");
        }
    }

    private List<String> unused(Map<String, List<String>> assemblies, Collection<String> applications) {
        var named = new ArrayList<>(applications);
        assemblies.values().forEach(named::addAll);
        List<Feature> used = features.closure(named);
        return features.all().stream()
                .filter(feature -> !used.contains(feature))
                .map(feature -> "feature '" + feature.name() + "' is in no assembly and not among the applications")
                .toList();
    }

    private static AssembledFeature assembled(Feature feature, String directory, Map<BundleId, Artifact> found) {
        var files = feature.bundles().stream()
                .map(bundle -> {
                    String version = found.get(bundle).version();
                    return new AssembledFeature.BundleFile(
                            bundle.id() + ":" + version,
                            directory + "/" + bundle.artifactId() + "-" + version + ".jar");
                })
                .toList();
        return new AssembledFeature(
                feature.name(), feature.description(), feature.requires(), feature.startLevel(), files);
    }

    private Assembly composed(String name, List<String> featureNames, Map<String, AssembledFeature> assembled) {
        List<AssembledFeature> parts = features.closure(featureNames).stream()
                .map(feature -> assembled.get(feature.name()))
                .sorted(Comparator.comparing(AssembledFeature::startLevel))
                .toList();
        var bundles = parts.stream()
                .flatMap(feature -> feature.bundles().stream()
                        .map(bundle -> new Assembly.StartedBundle(bundle.file(), feature.startLevel())))
                .toList();
        return new Assembly(name, parts.stream().map(AssembledFeature::name).toList(), bundles);
    }
}
