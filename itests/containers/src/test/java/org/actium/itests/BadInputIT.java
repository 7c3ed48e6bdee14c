package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.actium.itests.support.Cli;
import org.actium.itests.support.Containers;
import org.actium.itests.support.Processes;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** What users get wrong: one clear message that names the place, a non-zero exit, nothing left running. */
public class BadInputIT {

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    private final Cli cli = new Cli(Containers.privateDirectory());

    @After
    public void noContainerIsLeft() {
        assertThat(Processes.children()).isEmpty();
    }

    @Test
    public void everyProblemOfADescriptorIsNamedWithItsPlaceAtOnce() throws IOException {
        Path file = descriptor("""
                <ProActiveDescriptor>
                  <virtualNodesDefinition>
                    <virtualNode name="workers" serviceRefid="nobody"/>
                    <virtualNode name="unmapped"/>
                  </virtualNodesDefinition>
                  <deployment>
                    <mapping><map virtualNode="workers"><jvmSet><vmName value="worker"/></jvmSet></map></mapping>
                    <jvms>
                      <jvm name="worker"><creation><processReference refid="nowhere"/></creation></jvm>
                    </jvms>
                  </deployment>
                  <infrastructure><nonsense/></infrastructure>
                </ProActiveDescriptor>
                """);

        Cli.Result result = cli.run("run", "nbody", "--descriptor", file.toString());

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains(file.getFileName() + ":3:")
                .contains("'nobody'")
                .contains(file.getFileName() + ":4:")
                .contains("'unmapped'")
                .contains("'nowhere'")
                .contains("'nonsense'");
    }

    @Test
    public void aTechnicalServiceNobodyProvidesIsNamedWithItsPlace() throws IOException {
        Path file = descriptor("""
                <ProActiveDescriptor>
                  <virtualNodesDefinition><virtualNode name="workers" serviceRefid="s"/></virtualNodesDefinition>
                  <technicalServiceDefinitions><service id="s" class="no.such.Service"/></technicalServiceDefinitions>
                  <deployment>
                    <mapping><map virtualNode="workers"><jvmSet><vmName value="worker"/></jvmSet></map></mapping>
                    <jvms>
                      <jvm name="worker"><creation><processReference refid="p"/></creation></jvm>
                    </jvms>
                  </deployment>
                  <infrastructure>
                    <processes><processDefinition id="p"><jvmProcess/></processDefinition></processes>
                  </infrastructure>
                </ProActiveDescriptor>
                """);

        Cli.Result result = cli.run("plan", file.toString());

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(file.getFileName() + ":").contains("no.such.Service");
    }

    @Test
    public void aMissingFileAndAnUnknownApplicationAreNamed() {
        Cli.Result missing = cli.run("run", "nbody", "--descriptor", "no-such-file.xml");
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).contains("no-such-file.xml");

        Cli.Result unknown = cli.run("run", "no-such-application");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("no-such-application").contains("nbody");
    }

    @Test
    public void aRuntimeThatCannotStartFailsTheRunWithItsErrorOutput() throws IOException {
        Path file = descriptor("""
                <ProActiveDescriptor>
                  <virtualNodesDefinition><virtualNode name="bodies"/></virtualNodesDefinition>
                  <deployment>
                    <mapping><map virtualNode="bodies"><jvmSet><vmName value="worker"/></jvmSet></map></mapping>
                    <jvms>
                      <jvm name="worker"><creation><processReference refid="p"/></creation></jvm>
                    </jvms>
                  </deployment>
                  <infrastructure>
                    <processes>
                      <processDefinition id="p">
                        <jvmProcess><jvmParameters><parameter value="-Xnonsense"/></jvmParameters></jvmProcess>
                      </processDefinition>
                    </processes>
                  </infrastructure>
                </ProActiveDescriptor>
                """);

        Cli.Result result = cli.run("run", "nbody", "--descriptor", file.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("bodies").contains("-Xnonsense");
    }

    @Test
    public void aClassThatIsMissingIsNamedWithWhatNeedsIt() throws IOException {
        Path hello;
        try (Stream<Path> apps = Files.list(Containers.home().resolve("apps"))) {
            hello = apps.filter(app -> app.getFileName().toString().contains("hello"))
                    .findFirst()
                    .orElseThrow();
        }
        Path incomplete = cli.state().resolve("incomplete.jar");
        try (JarInputStream in = new JarInputStream(Files.newInputStream(hello));
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(incomplete), in.getManifest())) {
            for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                if (!entry.getName().endsWith("/Count.class")) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    in.transferTo(out);
                }
            }
        }

        Cli.Result result = cli.run("run", incomplete.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .contains("class org.actium.examples.hello.Counter of org.actium.examples.hello")
                .contains("it needs org.actium.examples.hello.Count, which is missing");
    }

    @Test
    public void unknownCommandsAndOptionsPrintTheUsage() {
        Cli.Result command = cli.run("dance");
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.err()).contains("'dance'").contains("usage: actium");

        Cli.Result option = cli.run("run", "nbody", "--no-such-option");
        assertThat(option.exitCode()).isEqualTo(2);
        assertThat(option.err()).contains("--no-such-option");
    }

    @Test
    public void commandsThatNeedADaemonSayThatThereIsNone() {
        for (String command : new String[] {"stop", "deployments", "token"}) {
            Cli.Result result = cli.run(command);

            assertThat(result.exitCode()).as(command).isEqualTo(4);
            assertThat(result.err()).as(command).contains("actium start");
        }
    }

    private Path descriptor(String xml) throws IOException {
        Path file = Files.createTempFile(cli.state(), "bad", ".xml");
        return Files.writeString(file, xml);
    }
}
