package org.actium.deployment.shell.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

/** With a script in the place of jlink; {@code PushJavaIT} has the real one. */
public class JavaImageTest {

    private static final String FROM_ITSELF = "[ \"$1\" != --help ] || echo '   Linking from run-time image enabled'\n";
    private static final String LINKS = """
            while [ $# -gt 1 ]; do shift; done
            mkdir -p "$1/bin" "$1/lib"
            echo tool >"$1/bin/java"
            chmod 700 "$1/bin/java"
            echo base >"$1/lib/modules"
            """;

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path jdk;

    @Before
    public void writeJdk() throws IOException {
        jdk = folder.newFolder("jdk").toPath();
        Files.createDirectory(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
    }

    @Test
    public void equalJdksHaveEqualImages() throws IOException {
        JavaImage image = JavaImage.of(jdk);

        assertThat(image.digest()).hasSize(64).isEqualTo(JavaImage.of(jdk).digest());
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.4\"\n");
        assertThat(JavaImage.of(jdk).digest()).isNotEqualTo(image.digest());
    }

    @Test
    public void isLinkedFromTheRuntimeImageOrFromPackagedModules() throws Exception {
        jlink(FROM_ITSELF + LINKS);
        assertThat(unpacked()).containsExactly("-rwx------ bin/java", "-rw------- lib/modules");

        jlink("[ \"$1\" != --help ] || exit 3\n" + LINKS);
        Files.createDirectory(jdk.resolve("jmods"));
        assertThat(unpacked()).hasSize(2);
    }

    private List<String> unpacked() throws Exception {
        Path archive = folder.getRoot().toPath().resolve("java.tar.gz");
        JavaImage.of(jdk).writeTo(archive, new SystemProcesses());
        Process tar = new SystemProcesses().start(List.of("tar", "-tvzf", archive.toString()));
        List<String> files = tar.inputReader()
                .lines()
                .map(line -> line.replaceAll("^(\\S+) .* (\\S+)$", "$1 $2"))
                .toList();
        assertThat(tar.waitFor()).isZero();
        assertThat(folder.getRoot().list()).as("what it was linked in is gone").containsOnly("jdk", "java.tar.gz");
        return files;
    }

    @Test
    public void aJdkThatCannotLinkSaysWhatItLacks() throws IOException {
        assertThatThrownBy(this::write)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the Java in " + jdk + " has no jlink")
                .hasMessageContaining("run Actium on a full JDK");

        jlink(LINKS);
        assertThatThrownBy(this::write)
                .hasMessageContaining("has no packaged modules (" + jdk.resolve("jmods") + ")")
                .hasMessageContaining("nor was it built to link from its run-time image");

        jlink(FROM_ITSELF + "echo 'Error: java.base has been modified'; exit 1");
        assertThatThrownBy(this::write)
                .hasMessageContaining("makes no Java for other hosts: Error: java.base has been modified");
    }

    @Test
    public void aDirectoryWithoutReleaseIsNoJdk() throws IOException {
        Files.delete(jdk.resolve("release"));

        assertThatThrownBy(() -> JavaImage.of(jdk)).hasMessageContaining("so that is no JDK");
    }

    private void write() throws IOException {
        JavaImage.of(jdk).writeTo(folder.getRoot().toPath().resolve("java.tar.gz"), new SystemProcesses());
    }

    private void jlink(String body) throws IOException {
        Path jlink = jdk.resolve("bin/jlink");
        Files.writeString(jlink, "#!/bin/sh\n" + body);
        Files.setPosixFilePermissions(jlink, PosixFilePermissions.fromString("rwx------"));
    }
}
