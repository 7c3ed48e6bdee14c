package org.actium.deployment.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.actium.deployment.model.JvmProcess;
import org.actium.deployment.spi.LaunchRejectedException;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class NodeCommandTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path home;
    private NodeCommand command;

    @Before
    public void installDistribution() throws IOException {
        home = folder.getRoot().toPath();
        write("lib/org.actium.launcher.jar", "");
        command = new NodeCommand(home, Path.of("/usr/bin/env"));
    }

    @Test
    public void startsTheLauncherAsANodeThatReadsWhatToJoin() {
        assertThat(command.line(jvm("-Xmx64m", "-Da=b c")))
                .containsExactly(
                        "/usr/bin/env",
                        "-Xmx64m",
                        "-Da=b c",
                        "-cp",
                        home + "/lib/org.actium.launcher.jar",
                        "org.actium.launcher.Main",
                        "node",
                        "--boot",
                        "-");
    }

    @Test
    public void oneOfLowPriorityIsNice() {
        assertThat(command.line(new JvmProcess(Optional.empty(), List.of("-Xmx64m"), List.of(), true)))
                .startsWith("nice", "-n", "19", "/usr/bin/env", "-Xmx64m");
    }

    @Test
    public void optionsOfTheDistributionComeFirstSoThatThoseOfTheDescriptorWin() throws IOException {
        write("conf/node.jvm", "# for nodes\n\n  -Xms16m\n-XX:+UseSerialGC\n");

        assertThat(command.line(jvm("-Xms32m")))
                .startsWith("/usr/bin/env", "-Xms16m", "-XX:+UseSerialGC", "-Xms32m", "-cp");
    }

    @Test
    public void aCollectorOfTheDescriptorReplacesOurs() throws IOException {
        write("conf/node.jvm", "-XX:+UseSerialGC\n-XX:-UsePerfData\n");

        assertThat(command.line(jvm("-XX:+UseG1GC")))
                .startsWith("/usr/bin/env", "-XX:-UsePerfData", "-XX:+UseG1GC", "-cp");
    }

    @Test
    public void preparedClassesAreUsedIfTheyAreThere() throws IOException {
        write("lib/node.aot", "");

        assertThat(command.line(jvm())).startsWith("/usr/bin/env", "-XX:AOTCache=" + home + "/lib/node.aot", "-cp");
        assertThat(command.line(jvm("-XX:AOTCache=mine"))).startsWith("/usr/bin/env", "-XX:AOTCache=mine", "-cp");
    }

    @Test
    public void whatCannotBeRunIsRefusedWithItsReason() throws IOException {
        Path plain = write("plain.txt", "no program");

        command.check(jvm());
        assertRefused(
                withJava("/no/such/java"), "there is no file /no/such/java, which the descriptor names in javaPath");
        assertRefused(
                withJava(plain.toString()),
                "the file " + plain + ", which the descriptor names in javaPath, is not executable for this user");
        assertRefused(withJava(home.toString()), "there is no file " + home);
        assertThatThrownBy(() -> new NodeCommand(home, home.resolve("java")).check(jvm()))
                .hasMessage("there is no file " + home.resolve("java") + ", which this runtime runs on");
        assertThatThrownBy(() -> new NodeCommand(home.resolve("conf"), Path.of("/usr/bin/env")).check(jvm()))
                .isInstanceOf(LaunchRejectedException.class)
                .hasMessage("there is no launcher " + home + "/conf/lib/org.actium.launcher.jar; actium.home is '"
                        + home + "/conf' and must be the directory of a distribution");
    }

    @Test
    public void aJavaTooOldIsRefusedWithItsVersion() throws IOException {
        for (String version : List.of("17.0.15", "24", "1.8.0_412")) {
            Path java = jdk("JAVA_VERSION=\"" + version + "\"\nIMPLEMENTOR=\"Nobody\"\n");

            assertRefused(
                    withJava(java.toString()),
                    "javaPath '" + java + "' is Java " + version + "; Actium needs 25 or newer");
        }
        Path link = Files.createSymbolicLink(home.resolve("java"), home.resolve("jdk/bin/java"));
        assertRefused(withJava(link.toString()), "javaPath '" + link + "' is Java 1.8.0_412;");
    }

    @Test
    public void aJavaNewEnoughOrWithoutAVersionIsTried() throws IOException {
        for (String release : List.of(
                "JAVA_VERSION=\"25\"\n",
                "JAVA_VERSION=\"25.0.1\"\n",
                "JAVA_VERSION=\"26-ea\"\n",
                "JAVA_VERSION=\"next\"\n",
                "IMPLEMENTOR=\"Nobody\"\n")) {
            command.check(withJava(jdk(release).toString()));
        }
        Path java = jdk("");
        Files.delete(home.resolve("jdk/release"));
        command.check(withJava(java.toString()));
    }

    @Test
    public void optionsThatCannotBeReadAreAReasonToRefuse() throws IOException {
        Files.createDirectories(home.resolve("conf"));
        Files.write(home.resolve("conf/node.jvm"), "# é".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> command.line(jvm()))
                .isInstanceOf(LaunchRejectedException.class)
                .hasMessage("the JVM options in " + home + "/conf/node.jvm cannot be read");
    }

    private void assertRefused(JvmProcess jvm, String message) {
        assertThatThrownBy(() -> command.check(jvm))
                .isInstanceOf(LaunchRejectedException.class)
                .hasMessageStartingWith(message);
    }

    private static JvmProcess jvm(String... options) {
        return new JvmProcess(Optional.empty(), List.of(options), List.of());
    }

    private static JvmProcess withJava(String java) {
        return new JvmProcess(Optional.of(java), List.of(), List.of());
    }

    /** The {@code java} of a JDK that says this about itself. */
    private Path jdk(String release) throws IOException {
        write("jdk/release", release);
        Path java = write("jdk/bin/java", "");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return java;
    }

    private Path write(String file, String content) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, content);
    }
}
