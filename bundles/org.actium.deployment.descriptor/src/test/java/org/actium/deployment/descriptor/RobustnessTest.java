package org.actium.deployment.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.model.Branch;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.model.Launch;
import org.actium.deployment.spi.ElementReader;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.XmlElement;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class RobustnessTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void everythingThatIsWrongIsReportedInOneGo() {
        List<String> problems = new Reading().includes(RobustnessTest::nothing).problems("""
                <actium xmlns="urn:actium:deployment:1">
                <variables><includePropertyFile location="lost.properties"/></variables>
                <virtualNode name="one" property="unique"><vmName value="first"/><vmName value="second"/></virtualNode>
                <virtualNode name="one"><vmName value="first"/></virtualNode>
                <virtualNode name="dangling"><vmName value="nowhere"/></virtualNode>
                <jvm name="first"><processReference refid="a"/></jvm>
                <jvm name="second"><processReference refid="strange"/></jvm>
                <processDefinition id="a"><sshProcess hostname="h"><processReference refid="b"/></sshProcess></processDefinition>
                <processDefinition id="b"><sshProcess hostname="h"><processReference refid="a"/></sshProcess></processDefinition>
                <processDefinition id="strange"><teleportProcess/></processDefinition>
                <virtualNode name="protected" ftServiceId="ft"><vmName value="first"/></virtualNode>
                <serviceDefinition id="ft"><faultTolerance><protocol type="prayer"/></faultTolerance></serviceDefinition>
                </actium>
                """);

        assertThat(problems)
                .as("an unreadable include")
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("2:12: includePropertyFile: ")
                        .contains("lost"))
                .as("unique with several JVMs")
                .anySatisfy(
                        problem -> assertThat(problem).startsWith("3:1: ").contains("'unique' but mapped to 2 JVMs"))
                .as("a duplicate")
                .anySatisfy(problem -> assertThat(problem).startsWith("4:1: ").contains("'one' is defined twice"))
                .as("a dangling reference")
                .anySatisfy(
                        problem -> assertThat(problem).startsWith("5:30: ").contains("'nowhere', which is not there"))
                .as("a cycle")
                .anySatisfy(problem -> assertThat(problem).contains("in a cycle: 'a' → 'b' → 'a'"))
                .as("an unknown launch protocol")
                .anySatisfy(problem -> assertThat(problem).startsWith("10:33: ").contains("'teleportProcess'"))
                .as("an unknown fault-tolerance protocol")
                .anySatisfy(problem -> assertThat(problem).startsWith("12:").contains("'prayer'"));
    }

    @Test
    public void oneUrlReadTwiceGivesDescriptorsWithVariablesOfTheirOwn() throws IOException {
        Path file = folder.newFile("grid.xml").toPath();
        Files.writeString(file, """
                <actium xmlns="urn:actium:deployment:1">
                <variables><descriptorDefaultVariable name="NODES" value="1"/></variables>
                <virtualNode name="vn"><vmName value="jvm"/></virtualNode>
                <jvm name="jvm" runtimes="${NODES}"><processReference refid="local"/></jvm>
                <processDefinition id="local"><jvmProcess/></processDefinition>
                </actium>
                """);
        URL url = file.toUri().toURL();
        var reader = new XmlDescriptorReader(List.of(), name -> null);

        Descriptor three = reader.read(DescriptorSource.of(url).with("NODES", "3"));
        Descriptor five = reader.read(DescriptorSource.of(url).with("NODES", "5"));
        Descriptor one = reader.read(DescriptorSource.of(url));

        assertThat(List.of(three, five, one))
                .extracting(read -> read.jvms().get("jvm").runtimes())
                .containsExactly(3, 5, 1);
        assertThat(three.variables()).containsEntry("NODES", "3");
    }

    @Test
    public void groupsAndBridgesOfOtherBundlesHaveAsManyHostsAsTheirReaderSays() {
        Descriptor descriptor =
                new Reading().reader(new Clouds()).read(CLOUDS.formatted("<cloudGroup id='cloud' zone='north'/>"));

        Branch branch = descriptor.infrastructure().orElseThrow().branches().getFirst();
        Launch launch = branch.through().getFirst();
        assertThat(launch.elementName()).isEqualTo("cloudGroup");
        assertThat(launch.settings()).containsExactly(new Launch.Setting("zone", "north"));
        assertThat(branch.hosts()).hasValue(5);
    }

    @Test
    public void stepsOfOtherBundlesLeadToWhatTheyReferTo() {
        Descriptor descriptor = new Reading().reader(new Clouds()).read(Reading.around("""
                <virtualNode name="sky"/>
                <map virtualNode="sky"><jvmSet><vmName value="Machines"/></jvmSet></map>
                <jvm name="Machines"><creation><processReference refid="cloud"/></creation></jvm>
                <processDefinition id="cloud">
                <cloudGroup zone="south"><processReference refid="localJVM"/></cloudGroup></processDefinition>"""));

        Launch launch = (Launch) descriptor.processes().get("cloud").element();
        assertThat(launch.text()).isEqualTo("cloudGroup(zone=south) → jvmProcess");
        assertThat(launch.runtimes()).hasValue(5);
    }

    @Test
    public void readersOfOtherBundlesReportWhatIsWrongInTheirGroups() {
        assertThat(new Reading().reader(new Clouds()).problems(CLOUDS.formatted("<cloudGroup id='cloud'/>")))
                .containsExactly("3:1: a cloud needs a zone");
        assertThat(new Reading().problems(CLOUDS.formatted("<cloudGroup id='cloud'/>")))
                .as("without their bundle")
                .anySatisfy(problem -> assertThat(problem).startsWith("3:1: ").contains("'cloudGroup'"));
    }

    private static final String CLOUDS = """
            <actium xmlns="urn:actium:deployment:1">
            <host id="host" os="unix"/>
            %s
            <resources><group refid="cloud"><host refid="host"/></group></resources>
            </actium>
            """;

    private static Includes.Included nothing(String from, String location) throws IOException {
        throw new IOException("there is no file " + location);
    }

    /** Stands in for a bundle that starts machines of a cloud. */
    private static final class Clouds implements ElementReader {

        @Override
        public Set<String> elements() {
            return Set.of("cloudGroup");
        }

        @Override
        public Optional<DescriptorElement> read(XmlElement element, Problems problems) {
            if (element.attribute("zone").isEmpty()) {
                problems.report(element.at(), "a cloud needs a zone");
                return Optional.empty();
            }
            return Optional.of(new Launch(
                    element.name(),
                    element.settings("id"),
                    List.of(),
                    OptionalInt.of(5),
                    Optional.of("org.example.clouds"),
                    element.at()));
        }
    }

    @Test
    public void filesBesideAUrlWithABlankAreIncluded() throws Exception {
        Path directory = Files.createDirectory(folder.getRoot().toPath().resolve("a b"));
        Files.writeString(directory.resolve("x.properties"), "A=found");
        for (String name : List.of(
                directory.resolve("main.xml").toString(),
                directory.resolve("main.xml").toUri().toString())) {
            Descriptor descriptor = new Reading()
                    .named(name)
                    .read(Reading.around("<variables><includePropertyFile location='x.properties'/></variables>"));

            assertThat(descriptor.variables()).as(name).containsEntry("A", "found");
        }
    }
}
