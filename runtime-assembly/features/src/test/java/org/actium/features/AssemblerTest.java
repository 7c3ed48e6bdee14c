package org.actium.features;

import static org.actium.features.FeatureSetTest.feature;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class AssemblerTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final FeatureSet features = FeatureSet.of(List.of(
            feature("ground", 2, List.of("framework"), "g:links", "g:codec"),
            feature("framework", 1, List.of(), "f:scr"),
            feature("examples", 3, List.of("ground"), "g:hello")));

    @Test
    public void writesWhatTheDistributionReads() throws IOException {
        assemble(Map.of("node", List.of("ground")));

        assertThat(Distribution.at(home()).assembly("node"))
                .extracting(AssembledBundle::artifactId, AssembledBundle::startLevel, AssembledBundle::feature)
                .containsExactly(
                        tuple("scr", 1, "framework"), tuple("links", 2, "ground"), tuple("codec", 2, "ground"));
        assertThat(Distribution.at(home()).bundles("examples"))
                .as("an application goes to apps, what it requires to bundles")
                .extracting(bundle -> home().relativize(bundle.file()).toString())
                .containsExactly(
                        "bundles/scr-1.0.jar", "bundles/links-1.0.jar", "bundles/codec-1.0.jar", "apps/hello-1.0.jar");
    }

    @Test
    public void copiesTheBundles() throws IOException {
        assemble(Map.of("node", List.of("ground")));

        assertThat(home().resolve("bundles/links-1.0.jar")).hasContent("links");
    }

    @Test
    public void removesABundleThatNoFeatureNamesAnyMoreAndKeepsWhatIsNotItsBusiness() throws IOException {
        assemble(Map.of("node", List.of("ground")));
        Files.writeString(home().resolve("bundles/old-1.0.jar"), "");
        Files.writeString(home().resolve("bundles/notes.txt"), "");

        assemble(Map.of("node", List.of("ground")));

        assertThat(home().resolve("bundles/old-1.0.jar")).doesNotExist();
        assertThat(home().resolve("bundles/notes.txt")).exists();
    }

    @Test
    public void leavesAFileThatIsRightAlreadyAlone() throws IOException {
        assemble(Map.of("node", List.of("ground")));
        Object before = Files.readAttributes(home().resolve("bundles/scr-1.0.jar"), "unix:ino")
                .get("ino");

        assemble(Map.of("node", List.of("ground")));

        assertThat(Files.readAttributes(home().resolve("bundles/scr-1.0.jar"), "unix:ino")
                        .get("ino"))
                .isEqualTo(before);
    }

    @Test
    public void refusesAFeatureThatIsInNothing() {
        assertThatThrownBy(() -> assemble(Map.of("node", List.of("framework")), List.of()))
                .hasMessageContaining("'ground' is in no assembly")
                .hasMessageContaining("'examples' is in no assembly");
        assertThat(home()).isEmptyDirectory();
    }

    @Test
    public void reportsEveryBundleThatCannotBeHad() {
        var assembler = new Assembler(features, bundle -> {
            throw new IllegalArgumentException("no version");
        });

        assertThatThrownBy(() ->
                        assembler.assemble(Map.of("node", List.of("ground")), List.of("examples"), new Mirror(home())))
                .isInstanceOfSatisfying(
                        FeatureException.class,
                        refused -> assertThat(refused.problems())
                                .hasSize(4)
                                .contains("feature 'ground': bundle g:links: no version"));
    }

    private void assemble(Map<String, List<String>> assemblies) throws IOException {
        assemble(assemblies, List.of("examples"));
    }

    private void assemble(Map<String, List<String>> assemblies, List<String> applications) throws IOException {
        var mirror = new Mirror(home());
        new Assembler(features, this::artifact).assemble(assemblies, applications, mirror);
        mirror.deleteStrays();
    }

    private Artifact artifact(BundleId bundle) {
        try {
            Path jar = folder.getRoot().toPath().resolve(bundle.artifactId());
            return new Artifact("1.0", Files.writeString(jar, bundle.artifactId()));
        } catch (IOException full) {
            throw new AssertionError(full);
        }
    }

    private Path home() {
        try {
            return Files.createDirectories(folder.getRoot().toPath().resolve("home"));
        } catch (IOException full) {
            throw new AssertionError(full);
        }
    }
}
