package org.actium.deployment.descriptor.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The commands as the shell runs them, without a container. */
public class CommandsTest {

    private static final String VALID = """
            <ProActiveDescriptor>
              <virtualNode name="vn"/><map virtualNode="vn"><jvmSet><currentJVM/></jvmSet></map>
              <register virtualNode="vn"/>
            </ProActiveDescriptor>
            """;
    private static final String WRONG = """
            <ProActiveDescriptor>
              <virtualNode name="vn"/><map virtualNode="vn"><jvmSet><vmName value="no"/></jvmSet></map>
              <register virtualNode="who"/>
            </ProActiveDescriptor>
            """;
    private static final String NOTED = """
            <actium xmlns="urn:actium:deployment:1">
              <virtualNode name="vn"><vmName value="j"/></virtualNode>
              <jvm name="j"><processReference refid="p"/></jvm>
              <processDefinition id="p"><jvmProcess><classname>my.Main</classname></jvmProcess></processDefinition>
              <data/>
            </actium>
            """;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String valid;
    private String wrong;
    private String noted;

    @Before
    public void writeDescriptors() throws IOException {
        valid = write("valid.xml", VALID);
        wrong = write("wrong.xml", WRONG);
        noted = write("noted.xml", NOTED);
    }

    @Test
    public void validateTellsAboutEveryFileAlsoIfSomeCannotBeRead() {
        String missing = folder.getRoot() + "/missing.xml";
        String directory = folder.getRoot().toString();

        assertThat(run("validate", missing, wrong, directory, valid)).isEqualTo(DescriptorCommand.USAGE);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                %s: there is no file %s
                %s: 1 problem
                %s:2:57: 'vmName' refers to jvm 'no', which is not there; the descriptor has no jvm
                %s:3:3: 'register' refers to virtualNode 'who', which is not there; there is only 'vn'
                %s: 2 problems
                %s: %s is a directory, not a descriptor
                %s: 1 problem
                %s: valid, a ProActive descriptor
                """.formatted(
                        missing, missing, missing, wrong, wrong, wrong, directory, directory, directory, valid));
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    public void theExitCodeSaysWhetherAllAreValid() {
        assertThat(run("validate", valid)).isEqualTo(DescriptorCommand.OK);
        assertThat(run("validate", valid, wrong)).isEqualTo(DescriptorCommand.INVALID);
        assertThat(run("validate")).isEqualTo(DescriptorCommand.USAGE);
        assertThat(run("validate", "--format", "yaml", valid)).isEqualTo(DescriptorCommand.USAGE);
    }

    @Test
    public void notesAndObstaclesAreToldApart() {
        assertThat(run("validate", noted)).isEqualTo(DescriptorCommand.OK);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                %s:4:3: note: process 'p': classname: a JVM always runs Actium's launcher
                %s:5:3: obstacle: 'data' asks for data spaces, which no bundle offers yet; remove it, and pass the data otherwise
                %s: valid, a descriptor of Actium
                """.formatted(noted, noted, noted));
    }

    @Test
    public void machinesGetTheSameAsJson() {
        String missing = folder.getRoot() + "/\"odd\".xml";

        assertThat(run("validate", "--format=json", missing, valid, noted)).isEqualTo(DescriptorCommand.USAGE);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("[{\"file\":\"" + missing.replace("\"", "\\\"")
                        + "\",\"valid\":false,\"dialect\":\"\",\"problems\":[{\"source\":")
                .contains("\"line\":0,\"column\":0,\"message\":\"there is no file")
                .contains("{\"file\":\"" + valid + "\",\"valid\":true,\"dialect\":\"a ProActive descriptor\","
                        + "\"problems\":[],\"notes\":[],\"obstacles\":[]}")
                .contains("\"obstacles\":[{\"source\":\"" + noted + "\",\"line\":5,\"column\":3,")
                .endsWith("}]\n");
    }

    @Test
    public void convertRefusesValuesThatItWouldNotUse() {
        assertThat(run("convert", valid)).isEqualTo(DescriptorCommand.OK);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("<actium xmlns=\"urn:actium:deployment:1\">");
        assertThat(run("convert", valid, "--var", "A=1")).isEqualTo(DescriptorCommand.USAGE);
        assertThat(run("convert", valid, "-DA=1")).isEqualTo(DescriptorCommand.USAGE);
        assertThat(run("convert", valid, "--format", "json")).isEqualTo(DescriptorCommand.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("""
                actium convert: option --var has no effect here: variables stay what they are, with their defaults
                actium convert: option -D has no effect here: variables stay what they are, with their defaults
                actium convert: format 'json' is none of text
                """);
    }

    @Test
    public void explainNamesElementsAndIds() {
        assertThat(run("explain", "processList")).isEqualTo(DescriptorCommand.OK);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("<processList> since ")
                .contains("@padding");
        assertThat(run("explain", "vn", valid)).isEqualTo(DescriptorCommand.OK);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("virtual node vn, ");
        assertThat(run("explain", "nobody", valid)).isEqualTo(DescriptorCommand.USAGE);
        assertThat(run("explain", "nobody", folder.getRoot() + "/missing.xml")).isEqualTo(DescriptorCommand.USAGE);
        assertThat(run("explain", "vn", wrong)).isEqualTo(DescriptorCommand.INVALID);
        assertThat(run("explain", "nobody")).as("it may be a deployment").isEqualTo(Main.NEEDS_CONTAINER);
    }

    private int run(String... arguments) {
        return Main.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String write(String name, String descriptor) throws IOException {
        Path file = folder.getRoot().toPath().resolve(name);
        Files.writeString(file, descriptor);
        return file.toString();
    }
}
