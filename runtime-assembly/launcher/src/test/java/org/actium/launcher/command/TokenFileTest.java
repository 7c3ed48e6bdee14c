package org.actium.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class TokenFileTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path ownFile() throws IOException {
        Path file = folder.newFile().toPath();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    @Test
    public void ofSeveralTokensEachStartTakesOne() throws IOException {
        Path file = ownFile();
        Files.writeString(file, "\n a.1 \nb.2\n\nc.3\n");
        var tokens = new TokenFile(file);

        assertThat(tokens.first()).isEqualTo("a.1");
        tokens.drop();
        assertThat(tokens.first()).isEqualTo("b.2");
        tokens.drop();
        assertThat(Files.readString(file)).isEqualTo("c.3\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder.getRoot().list()).hasSize(1);
    }

    @Test
    public void aSingleOneStays() throws IOException {
        Path file = ownFile();
        Files.writeString(file, "a.1");

        new TokenFile(file).drop();

        assertThat(new TokenFile(file).first()).isEqualTo("a.1");
    }

    @Test
    public void whatIsNoTokenIsRefusedAndNotShown() throws IOException {
        Path file = ownFile();
        Files.writeString(file, "s3cret\n");

        assertThatThrownBy(() -> new TokenFile(file).required())
                .hasMessageContaining("what came from '" + file + "' has not")
                .hasMessageNotContaining("s3cret");
        Files.writeString(file, "a.1\n");
        assertThat(new TokenFile(file).required()).isEqualTo("a.1");
    }

    @Test
    public void aMissingFileIsNamed() {
        Path missing = folder.getRoot().toPath().resolve("none");

        assertThatThrownBy(() -> new TokenFile(missing).first()).hasMessageContaining("there is no file '" + missing);
    }

    @Test
    public void whatOthersMayReadIsRefused() throws IOException {
        Path file = ownFile();
        Files.writeString(file, "a.s3cret\n");
        for (String mode : new String[] {"rw-r-----", "rw----r--", "rw-r--r--"}) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

            assertThatThrownBy(() -> new TokenFile(file).required())
                    .hasMessageContaining("'" + file + "' has the mode " + mode)
                    .hasMessageContaining("chmod 600")
                    .hasMessageNotContaining("s3cret");
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        assertThat(new TokenFile(file).required()).isEqualTo("a.s3cret");
    }
}
