package org.actium.deployment.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.JvmDefinition.Acquisition;
import org.actium.deployment.model.Launch;
import org.actium.service.api.ServiceUse;
import org.junit.Test;

public class ExampleDescriptorsTest {

    @Test
    public void everyExampleLoadsAndIsListed() throws IOException {
        String readme = Files.readString(directory().resolve("README.md"));

        assertThat(files()).isNotEmpty().allSatisfy(file -> {
            assertThat(read(file).source()).isEqualTo(file.toString());
            assertThat(readme).contains("`" + file.getFileName() + "`");
        });
    }

    @Test
    public void localHasAsManyRuntimesAsAskedFor() throws IOException {
        Path local = directory().resolve("local.xml");

        assertThat(read(local).jvms().get("worker").runtimes()).isEqualTo(2);
        Descriptor seven = new Reading().variable("NODES", "7").read(Files.readAllBytes(local));
        assertThat(seven.jvms().get("worker").runtimes()).isEqualTo(7);
        assertThat(seven.jvms().get("worker").nodes()).as("nodes in each").isEqualTo(1);
        assertThat(seven.virtualNode("workers").orElseThrow().jvms()).containsExactly("worker");
    }

    @Test
    public void threeVirtualNodesAreOnFourJvms() throws IOException {
        Descriptor descriptor = read(directory().resolve("three-virtual-nodes.xml"));

        assertThat(descriptor.virtualNodes().values().stream()
                        .collect(Collectors.toMap(node -> node.name(), node -> node.jvms())))
                .isEqualTo(Map.of(
                        "NonFT-Workers", List.of("Jvm1"),
                        "FT-Workers", List.of("Jvm2"),
                        "Failed", List.of("JvmS1", "JvmS2")));
    }

    @Test
    public void eachVirtualNodeHasItsTechnicalService() throws IOException {
        Descriptor descriptor = read(directory().resolve("technical-services.xml"));

        assertThat(descriptor.virtualNode("vn1").orElseThrow().technicalServices())
                .containsExactly("service1");
        assertThat(descriptor.virtualNode("vn2").orElseThrow().technicalServices())
                .containsExactly("service2");
        assertThat(descriptor.technicalServices().get("service1").use())
                .isEqualTo(new ServiceUse("service1", "properties", Map.of("name1", "value1", "name2", "value2")));
    }

    @Test
    public void theGuideToTechnicalServicesShowsWhatIsValidOfAllThereAre() throws IOException {
        String guide = Files.readString(Path.of("../../docs/guide/technical-services.md"));
        List<String> shown = Pattern.compile("```xml\n(.*?)```", Pattern.DOTALL)
                .matcher(guide)
                .results()
                .map(block -> block.group(1).replace("…", ""))
                .toList();

        Descriptor first = shownFor("workers", shown.get(0));
        assertThat(first.virtualNode("workers").orElseThrow().technicalServices())
                .containsExactly("counted", "slow");
        assertThat(first.technicalServices().get("slow").use())
                .isEqualTo(new ServiceUse("slow", "rate-limit", Map.of("perSecond", "100", "burst", "10")));
        Descriptor second = shownFor("payers", shown.get(1));
        assertThat(second.virtualNode("payers").orElseThrow().technicalServices())
                .containsExactly("green", "traced", "logged", "patient");
        assertThat(Stream.of(first, second)
                        .flatMap(descriptor -> descriptor.technicalServices().values().stream())
                        .map(definition -> definition.use().service()))
                .as("those of the table")
                .containsExactlyInAnyOrderElementsOf(Pattern.compile("(?m)^\\| `([a-z-]+)` \\|")
                        .matcher(guide)
                        .results()
                        .map(row -> row.group(1))
                        .toList());
    }

    private static Descriptor shownFor(String virtualNode, String shown) {
        return new Reading()
                .read(Reading.around(shown + "<map virtualNode='" + virtualNode
                        + "'><jvmSet><vmName value='Jvm1'/></jvmSet></map>"));
    }

    @Test
    public void joinedAcquiresContainers() throws IOException {
        Descriptor descriptor = read(directory().resolve("joined.xml"));

        assertThat(descriptor.jvms().get("joined").origin()).isEqualTo(new Acquisition("pool"));
        assertThat(descriptor.services().get("pool").element())
                .isEqualTo(new Reading.Read("joinedContainers", Map.of("nodesAsked", "1")));
    }

    @Test
    public void currentJvmIsOneOfTwoPlaces() throws IOException {
        Descriptor descriptor = read(directory().resolve("currentjvm.xml"));

        assertThat(descriptor.virtualNode("here").orElseThrow().currentJvm()).isTrue();
        assertThat(descriptor.virtualNode("here").orElseThrow().jvms()).isEmpty();
        assertThat(descriptor.virtualNode("there").orElseThrow().currentJvm()).isFalse();
    }

    @Test
    public void nodesOfProvidersAreShared() throws IOException {
        for (String example : List.of("nodes-from-providers.xml", "gcm-application.xml")) {
            Descriptor descriptor = read(directory().resolve(example));

            assertThat(descriptor.obstacles()).as(example).isEmpty();
            assertThat(descriptor.jvms()).as(example).isNotEmpty();
        }
    }

    @Test
    public void launchesAreTreesWithAKnownNumberOfRuntimes() throws IOException {
        Descriptor descriptor = read(directory().resolve("remote-hosts.xml"));

        assertThat(((Launch) descriptor.processes().get("gateway").element()).runtimes())
                .hasValue(16);
        assertThat(((Launch) descriptor.processes().get("list").element()).runtimes())
                .hasValue(16);
    }

    @Test
    public void whatCanBeDeployedHasNothingInItsWay() throws IOException {
        for (String example : List.of(
                "registered.xml",
                "looked-up.xml",
                "waiting.xml",
                "main.xml",
                "fault-tolerance.xml",
                "players-ft.xml",
                "players-spares.xml")) {
            assertThat(read(directory().resolve(example)).obstacles())
                    .as(example)
                    .isEmpty();
        }
        assertThat(read(directory().resolve("application.xml")).obstacles())
                .extracting(obstacle -> obstacle.at().line())
                .as("files, and what the policy file says")
                .containsOnly(4, 2);
        assertThat(read(directory().resolve("executables.xml")).obstacles())
                .extracting(obstacle -> obstacle.at().line())
                .containsExactly(4);
        assertThat(read(directory().resolve("waiting.xml"))
                        .virtualNode("patient")
                        .orElseThrow()
                        .waitForTimeout())
                .isTrue();
    }

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory())) {
            return files.filter(file -> file.toString().endsWith(".xml"))
                    .sorted()
                    .toList();
        }
    }

    private static Path directory() {
        return Repository.root().resolve("descriptors");
    }

    private static Descriptor read(Path file) throws IOException {
        return new Reading().named(file.toString()).reader("joinedContainers").read(Files.readAllBytes(file));
    }
}
