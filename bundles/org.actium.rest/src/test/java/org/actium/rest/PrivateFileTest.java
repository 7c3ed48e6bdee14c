package org.actium.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class PrivateFileTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path path;
    private PrivateFile file;

    @Before
    public void inFolder() {
        path = folder.getRoot().toPath().resolve("secret");
        file = new PrivateFile(path);
    }

    @Test
    public void onlyTheOwnerMayReadItAlsoIfItWasThereWithOtherRights() throws IOException {
        Files.writeString(path, "old and longer");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));

        file.write("new");

        assertThat(path).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(folder.getRoot().list()).as("nothing is left beside it").containsExactly("secret");
    }

    @Test
    public void canBeDeletedTwice() {
        file.write("new");
        file.delete();
        file.delete();

        assertThat(path).doesNotExist();
    }
}
