package org.actium.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentState;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.DescriptorException;
import org.actium.deployment.model.Problem;
import org.actium.deployment.model.SourcePosition;
import org.actium.deployment.spi.DescriptorLanguage;
import org.actium.deployment.spi.DescriptorReader;
import org.actium.testkit.Fake;
import org.apache.felix.service.command.CommandSession;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class DescriptorCommandsTest {

    private final Deployment deployment = Fake.of(
            Deployment.class,
            Map.of(
                    "id",
                    "d1",
                    "state",
                    DeploymentState.FAILED,
                    "source",
                    "grid.xml",
                    "failure",
                    Optional.of("virtual node 'w' has no nodes"),
                    "virtualNodes",
                    List.of(),
                    "runtimes",
                    List.of()));
    private final Deployments deployments = Fake.of(Deployments.class, Map.of("deployment", (Function<Object[], Object>)
            arguments -> Optional.of(deployment).filter(d -> arguments[0].equals("d1"))));
    private final DescriptorLanguage language = Fake.of(
            DescriptorLanguage.class,
            Map.of(
                    "explain",
                    (Function<Object[], Object>)
                            arguments -> Optional.of("a set of runtimes\n").filter(text -> arguments[0].equals("jvm")),
                    "convert",
                    (Function<Object[], Object>)
                            arguments -> new String(((DescriptorSource) arguments[0]).xml(), StandardCharsets.UTF_8)
                                    + " converted\n"));
    private final List<DescriptorSource> sources = new ArrayList<>();
    private final DescriptorReader reader =
            Fake.of(DescriptorReader.class, Map.of("read", (Function<Object[], Object>) arguments -> {
                DescriptorSource source = (DescriptorSource) arguments[0];
                sources.add(source);
                if (source.variables().containsKey("WRONG")) {
                    throw new DescriptorException(List.of(
                            new Problem(new SourcePosition("grid.xml", 2, 3), "no such jvm"),
                            new Problem(new SourcePosition("grid.xml", 4, 5), "no such process")));
                }
                return new Descriptor(source.name(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
            }));
    private final DescriptorCommands commands = new DescriptorCommands(reader, language, deployments);
    private CommandSession session;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Before
    public void open() throws IOException {
        Files.writeString(folder.newFile("grid.xml").toPath(), "<a/>");
        session = Fake.of(
                CommandSession.class, Map.of("currentDir", folder.getRoot().toPath()));
    }

    @Test
    public void validateSaysThatAllIsWellOrShowsEveryProblem() {
        String file = folder.getRoot().toPath().resolve("grid.xml").toString();

        assertThat(commands.validate(session, "grid.xml")).isEqualTo(file + ": valid, a descriptor of Actium");
        assertThat(commands.validate(session, "grid.xml", "WRONG=1"))
                .isEqualTo("grid.xml:2:3: no such jvm\ngrid.xml:4:5: no such process");
    }

    @Test
    public void validateGoesOnAfterAFileThatIsNotThere() {
        Path directory = folder.getRoot().toPath();

        assertThat(commands.validate(session, "lost.xml", "A=1", "grid.xml"))
                .isEqualTo("lost.xml: there is no file " + directory.resolve("lost.xml") + "\n"
                        + directory.resolve("grid.xml") + ": valid, a descriptor of Actium");
        assertThat(sources.getFirst().variables()).isEqualTo(Map.of("A", "1"));
    }

    @Test
    public void variablesAndJavaPropertiesAreTyped() {
        commands.validate(session, "grid.xml", "NODES=2", "-Duser.home=/home/ann");

        assertThat(sources.getFirst().variables()).isEqualTo(Map.of("NODES", "2"));
        assertThat(sources.getFirst().properties()).isEqualTo(Map.of("user.home", "/home/ann"));
        assertThatThrownBy(() -> commands.validate(session, "grid.xml", "-DNODES"))
                .hasMessage("variables are name=value, Java properties -Dname=value, not '-DNODES'");
    }

    @Test
    public void convertsAFileOfTheDirectoryOfTheSession() {
        assertThat(commands.convert(session, "grid.xml")).isEqualTo("<a/> converted");
        assertThatThrownBy(() -> commands.convert(session, "lost.xml")).hasMessageStartingWith("there is no file ");
    }

    @Test
    public void explainsAnIdOfADescriptor() {
        assertThat(commands.explain(session, "jvm", "grid.xml")).isEqualTo("a set of runtimes");
        assertThatThrownBy(() -> commands.explain(session, "jmv", "grid.xml"))
                .hasMessage("nothing in grid.xml is called 'jmv'");
    }

    @Test
    public void anIdIsADeploymentOrAnElement() {
        assertThat(commands.explain("d1")).isEqualTo("d1: FAILED, from grid.xml\n  virtual node 'w' has no nodes");
        assertThat(commands.explain("jvm")).isEqualTo("a set of runtimes");
        assertThatThrownBy(() -> commands.explain("x")).hasMessageContaining("'x' is neither");
    }
}
