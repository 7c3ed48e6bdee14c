package org.actium.features.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ContentsTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void tellsARenamedFileFromTheSameBytesUnderTheOldName() throws IOException {
        Path one = Files.writeString(folder.getRoot().toPath().resolve("one"), "bytes");
        Path two = Files.writeString(folder.getRoot().toPath().resolve("two"), "bytes");

        assertThat(digest(one)).isNotEqualTo(digest(two));
    }

    @Test
    public void doesNotDependOnTheTimeOfAFile() throws IOException {
        Path one = Files.writeString(folder.getRoot().toPath().resolve("one"), "bytes");
        byte[] before = digest(one);

        Files.setLastModifiedTime(one, java.nio.file.attribute.FileTime.fromMillis(0));

        assertThat(digest(one)).isEqualTo(before);
    }

    private byte[] digest(Path file) throws IOException {
        return Contents.digest(folder.getRoot().toPath(), List.of(file));
    }
}
