package org.actium.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class FeatureSetTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void readsTheFilesOfADirectory() throws IOException {
        write("ground.json", """
                {"name": "ground", "description": "links", "requires": [], "startLevel": 2,
                 "bundles": [{"id": "org.actium:org.actium.runtime.core"}]}""");

        Feature ground = FeatureSet.read(directory()).all().getFirst();

        assertThat(ground.startLevel()).isEqualTo(2);
        assertThat(ground.bundles()).containsExactly(new BundleId("org.actium:org.actium.runtime.core"));
    }

    @Test
    public void reportsEveryUnreadableFileWithItsPlace() throws IOException {
        write("a.json", "{\n  \"name\": \"a\",,\n}");
        write("b.json", """
                {"name": "b", "description": "", "requires": [], "startLevel": 1, "bundles": [], "bundels": []}""");

        assertThatThrownBy(() -> FeatureSet.read(directory()))
                .hasMessageContaining("a.json:2:")
                .hasMessageContaining("b.json:1:")
                .hasMessageContaining("\"bundels\"");
    }

    @Test
    public void refusesAFeatureThatLeavesSomethingOut() throws IOException {
        write("a.json", """
                {"name": "a", "description": "", "requires": [], "bundles": []}""");

        assertThatThrownBy(() -> FeatureSet.read(directory())).hasMessageContaining("startLevel");
    }

    @Test
    public void refusesABundleWithAVersion() throws IOException {
        write("a.json", """
                {"name": "a", "description": "", "requires": [], "startLevel": 1, "bundles": [{"id": "g:a:1.0"}]}""");

        assertThatThrownBy(() -> FeatureSet.read(directory()))
                .hasMessageContaining("'g:a:1.0' is not groupId:artifactId");
    }

    @Test
    public void refusesAFileNamedOtherwiseThanItsFeature() throws IOException {
        write("b.json", """
                {"name": "a", "description": "", "requires": [], "startLevel": 1, "bundles": []}""");

        assertThatThrownBy(() -> FeatureSet.read(directory())).hasMessageContaining("calls itself 'a'");
    }

    @Test
    public void refusesABundleThatTwoFeaturesName() {
        assertThatThrownBy(() ->
                        FeatureSet.of(List.of(feature("a", 1, List.of(), "g:x"), feature("b", 1, List.of(), "g:x"))))
                .hasMessageContaining("g:x is named twice: in feature 'a' and in feature 'b'");
    }

    @Test
    public void refusesABundleThatOneFeatureNamesTwice() {
        assertThatThrownBy(() -> FeatureSet.of(List.of(feature("a", 1, List.of(), "g:x", "g:x"))))
                .hasMessageContaining("named twice");
    }

    @Test
    public void refusesARequirementThatDoesNotExistAndNamesThoseThatDo() {
        assertThatThrownBy(() ->
                        FeatureSet.of(List.of(feature("a", 1, List.of("grond")), feature("ground", 1, List.of()))))
                .hasMessageContaining("requires 'grond', which does not exist; there are [a, ground]");
    }

    @Test
    public void refusesFeaturesThatRequireEachOther() {
        assertThatThrownBy(() -> FeatureSet.of(List.of(feature("a", 1, List.of("b")), feature("b", 1, List.of("a")))))
                .hasMessageContaining("feature 'a' requires itself")
                .hasMessageContaining("feature 'b' requires itself");
    }

    @Test
    public void acceptsAFeatureThatRequiresACycleOnlyByNamingTheCycle() {
        var features =
                List.of(feature("a", 1, List.of("b")), feature("b", 1, List.of("c")), feature("c", 1, List.of("b")));

        assertThatThrownBy(() -> FeatureSet.of(features))
                .isInstanceOfSatisfying(
                        FeatureException.class,
                        refused -> assertThat(refused.problems())
                                .hasSize(2)
                                .noneMatch(problem -> problem.contains("'a'")));
    }

    @Test
    public void refusesAFeatureThatStartsBeforeWhatItRequires() {
        assertThatThrownBy(() -> FeatureSet.of(List.of(feature("a", 1, List.of("b")), feature("b", 2, List.of()))))
                .hasMessageContaining(
                        "'a' starts at level 1, before 'b', which it requires and which starts at level 2");
    }

    @Test
    public void putsWhatIsRequiredFirstAndEachFeatureOnce() {
        var features = FeatureSet.of(
                List.of(feature("a", 3, List.of("b", "c")), feature("b", 2, List.of("c")), feature("c", 1, List.of())));

        assertThat(features.closure(List.of("a", "b")))
                .extracting(Feature::name)
                .containsExactly("c", "b", "a");
    }

    @Test
    public void refusesTheClosureOfAnUnknownName() {
        assertThatThrownBy(() -> FeatureSet.of(List.of()).closure(List.of("nodes")))
                .hasMessageContaining("there is no feature 'nodes'");
    }

    @Test
    public void tellsWhichArtifactsNoFeatureNames() {
        var features = FeatureSet.of(List.of(feature("a", 1, List.of(), "g:x")));

        assertThat(features.unnamed(List.of("x", "y")))
                .singleElement()
                .asString()
                .contains("bundle y is in no feature");
    }

    static Feature feature(String name, int startLevel, List<String> requires, String... bundles) {
        return new Feature(
                name,
                "",
                requires,
                startLevel,
                List.of(bundles).stream().map(BundleId::new).toList());
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(directory().resolve(name), content);
    }

    private Path directory() {
        return folder.getRoot().toPath();
    }
}
