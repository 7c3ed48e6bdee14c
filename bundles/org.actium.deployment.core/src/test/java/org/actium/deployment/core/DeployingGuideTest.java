package org.actium.deployment.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentEvent;
import org.actium.deployment.api.DeploymentsListener;
import org.actium.deployment.api.DescriptorBuilder;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.descriptor.XmlDescriptorReader;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.Variable;
import org.actium.deployment.spi.DeploymentProtocol;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

/** Keeps docs/guide/deploying.md true: its lines are here, compiled and run. */
public class DeployingGuideTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(20);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final InMemoryDomain domain = new InMemoryDomain();
    private final InMemoryDomain.Peer here = domain.runtime("here");
    private final Extensions extensions = new Extensions();
    private final Deployer deployments = here.deployer(extensions);

    @Before
    public void install() {
        extensions.addReader(new XmlDescriptorReader(List.of(), name -> null));
        FakeProtocol fork = new FakeProtocol(domain);
        fork.startsProcesses = true;
        extensions.addDeploymentProtocol(fork, Map.of(DeploymentProtocol.NAME, "fork"));
    }

    @Test
    public void descriptorsComeFromFilesAndFromJava() throws IOException {
        Path directory = written();
        DescriptorSource file = DescriptorSource.of(directory.resolve("grid.xml")); // or of(url), of(name, text)
        DescriptorSource eight = file.with("NODES", "8"); // as --var NODES=8 on the command line
        DescriptorSource typed = file.with("NODES", "8", Variable.Kind.DESCRIPTOR_DEFAULT); // must be declared as such

        DescriptorSource built = new DescriptorBuilder()
                .variable("NODES", "4")
                .virtualNode("workers", node -> node.on("worker").minimum(2).timeout(Duration.ofSeconds(30)))
                .jvm("worker", jvm -> jvm.attribute("runtimes", "${NODES}").startedBy("local"))
                .process("local", "jvmProcess")
                .build();

        assertThat(List.of(file, eight, typed, built))
                .extracting(
                        source -> deployments.read(source).jvms().get("worker").runtimes())
                .containsExactly(1, 8, 8, 4);
    }

    @Test
    public void virtualNodesAreActivatedTogetherOrApart() throws IOException {
        DescriptorSource file = DescriptorSource.of(written().resolve("grid.xml"));
        Deployment all = deployments.deploy(file, event -> System.out.println(event));

        Descriptor grid = deployments.read(file);
        Deployment workers = deployments.deploy(grid.only("workers"), event -> {});
        Deployment viewers = deployments.deploy(grid.only("viewers"), event -> {}); // later, and undeployed alone

        Deployment both = deployments.prepare(grid, event -> {}); // starts nothing
        both.activate("workers");
        both.activate("viewers"); // where a runtime of the workers is to have a viewer, it gets another node
        assertThat(both.virtualNode("viewers").waitReady(Duration.ofSeconds(10)))
                .hasSize(1);
        both.virtualNode("workers").waitReady(Duration.ofSeconds(10));
        assertThat(both.runtimes()).hasSize(1);
        both.undeploy();

        for (Deployment deployment : List.of(all, workers, viewers)) {
            deployment
                    .virtualNodes()
                    .forEach(node ->
                            assertThat(node.waitReady(Duration.ofSeconds(10))).isNotEmpty());
        }
        viewers.undeploy();
        assertThat(workers.virtualNode("workers").nodes()).hasSize(1);
    }

    @Test
    public void aServiceHearsOfAllDeployments() {
        DeploymentsListener watch = (deployment, event) -> {
            if (event instanceof DeploymentEvent.Lost lost) {
                System.err.println(deployment.id() + " has lost " + lost.runtime());
            }
        };
        deployments.addListener(watch); // as the framework does for a service
        deployments.removeListener(watch);
    }

    @Test
    public void everyLineOfTheGuideIsCompiledHere() throws IOException {
        List<String> compiled = lines(Path.of("src/test/java/org/actium/deployment/core/DeployingGuideTest.java"));
        List<String> shown = new ArrayList<>();
        boolean code = false;
        for (String line : lines(Path.of("../../docs/guide/deploying.md"))) {
            if (line.startsWith("```")) {
                code = line.equals("```java");
            } else if (code && !line.isEmpty()) {
                shown.add(line);
            }
        }

        assertThat(shown).hasSizeGreaterThan(10);
        assertThat(compiled).containsAll(shown);
    }

    private Path written() throws IOException {
        Path directory = folder.getRoot().toPath();
        Files.writeString(directory.resolve("grid.xml"), """
                <actium xmlns="urn:actium:deployment:1">
                  <variables><descriptorDefaultVariable name="NODES" value="1"/></variables>
                  <virtualNode name="workers"><vmName value="worker"/></virtualNode>
                  <virtualNode name="viewers"><vmName value="worker"/></virtualNode>
                  <jvm name="worker" runtimes="${NODES}"><processReference refid="local"/></jvm>
                  <processDefinition id="local"><jvmProcess/></processDefinition>
                </actium>
                """);
        return directory;
    }

    /** Without indentation and comments. */
    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.replaceFirst("\\s*//.*", "").strip())
                .toList();
    }
}
