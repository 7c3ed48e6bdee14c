package org.actium.features;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All features of a directory. They are consistent: whatever breaks a rule is reported when the set is read. */
public final class FeatureSet {

    private final Map<String, Feature> features;

    private FeatureSet(Map<String, Feature> features) {
        this.features = features;
    }

    /**
     * Reads every {@code .json} file of the directory.
     *
     * @throws FeatureException with every problem of every file: no JSON, an unknown key, a name that is not that of
     *     the file, a bundle named twice, a required feature that is missing, requires itself or starts later
     */
    public static FeatureSet read(Path directory) {
        var problems = new ArrayList<String>();
        var features = new TreeMap<String, Feature>();
        for (Path file : jsonFiles(directory)) {
            try {
                Feature feature = new ObjectMapper().readValue(file.toFile(), Feature.class);
                if (!file.getFileName().toString().equals(feature.name() + ".json")) {
                    problems.add(file + ": the feature calls itself '" + feature.name()
                            + "'; give file and feature one name");
                }
                features.put(feature.name(), feature);
            } catch (JacksonException unreadable) {
                var at = unreadable.getLocation();
                problems.add(file + ":" + (at == null ? "" : at.getLineNr() + ":" + at.getColumnNr() + ":") + " "
                        + unreadable.getOriginalMessage());
            } catch (IOException unreadable) {
                problems.add(file + ": " + unreadable.getMessage());
            }
        }
        return of(features, problems);
    }

    /** @throws FeatureException as {@link #read} */
    public static FeatureSet of(Collection<Feature> features) {
        var byName = new TreeMap<String, Feature>();
        features.forEach(feature -> byName.put(feature.name(), feature));
        return of(byName, new ArrayList<>());
    }

    private static FeatureSet of(Map<String, Feature> features, List<String> problems) {
        problems.addAll(repeatedBundles(features.values()));
        for (Feature feature : features.values()) {
            problems.addAll(brokenRequirements(feature, features));
        }
        if (!problems.isEmpty()) {
            throw new FeatureException(problems);
        }
        return new FeatureSet(features);
    }

    private static List<String> repeatedBundles(Collection<Feature> features) {
        var problems = new ArrayList<String>();
        var owners = new LinkedHashMap<BundleId, String>();
        for (Feature feature : features) {
            for (BundleId bundle : feature.bundles()) {
                String owner = owners.putIfAbsent(bundle, feature.name());
                if (owner != null) {
                    problems.add("bundle " + bundle + " is named twice: in feature '" + owner + "' and in feature '"
                            + feature.name() + "'; a bundle belongs to one feature, others require it");
                }
            }
        }
        return problems;
    }

    private static List<String> brokenRequirements(Feature feature, Map<String, Feature> features) {
        var problems = new ArrayList<String>();
        for (String name : feature.requires()) {
            Feature required = features.get(name);
            if (required == null) {
                problems.add("feature '" + feature.name() + "' requires '" + name
                        + "', which does not exist; there are " + features.keySet());
            } else if (required.startLevel() > feature.startLevel()) {
                problems.add("feature '" + feature.name() + "' starts at level " + feature.startLevel()
                        + ", before '" + name + "', which it requires and which starts at level "
                        + required.startLevel());
            }
        }
        if (reaches(feature, feature.name(), features, new LinkedHashSet<>())) {
            problems.add("feature '" + feature.name() + "' requires itself, directly or through others");
        }
        return problems;
    }

    private static boolean reaches(
            Feature from, String target, Map<String, Feature> features, SequencedSet<String> visited) {
        return from.requires().stream()
                .anyMatch(name -> name.equals(target)
                        || (visited.add(name)
                                && features.containsKey(name)
                                && reaches(features.get(name), target, features, visited)));
    }

    /** In order of name. */
    public List<Feature> all() {
        return List.copyOf(features.values());
    }

    /**
     * The named features with all they require, each once, what is required first.
     *
     * @throws FeatureException if there is no feature of a name
     */
    public List<Feature> closure(Collection<String> names) {
        var unknown = names.stream()
                .filter(name -> !features.containsKey(name))
                .map(name -> "there is no feature '" + name + "'; there are " + features.keySet())
                .toList();
        if (!unknown.isEmpty()) {
            throw new FeatureException(unknown);
        }
        var closure = new LinkedHashSet<Feature>();
        names.forEach(name -> collect(features.get(name), closure));
        return List.copyOf(closure);
    }

    private void collect(Feature feature, SequencedSet<Feature> closure) {
        feature.requires().forEach(name -> collect(features.get(name), closure));
        closure.add(feature);
    }

    /** Those of the artifacts that no feature names, as sentences. */
    public List<String> unnamed(Collection<String> artifactIds) {
        var named = features.values().stream()
                .flatMap(feature -> feature.bundles().stream())
                .map(BundleId::artifactId)
                .toList();
        return artifactIds.stream()
                .filter(artifact -> !named.contains(artifact))
                .map(artifact ->
                        "bundle " + artifact + " is in no feature; name it in one of features/*.json, or, if no "
                                + "container has it, under notInstalled in the pom.xml of the distribution")
                .toList();
    }

    private static List<Path> jsonFiles(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
