package org.actium.launcher.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ProcessDirectoryTest {

    /** Linux and macOS give no pid above. */
    private static final long NOBODY = 99_999_999;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void recognisesWhatAProcessOfThisHostLeftBehind() {
        assertThat(ProcessDirectory.isAbandoned("node-7-" + NOBODY + "-123", "node-7"))
                .isTrue();
    }

    @Test
    public void leavesWhatBelongsToALivingProcess() {
        long self = ProcessHandle.current().pid();

        assertThat(ProcessDirectory.isAbandoned("node-" + self + "-123", "node"))
                .isFalse();
    }

    @Test
    public void leavesWhatBelongsToAnotherHostBecauseItsProcessesCannotBeSeen() {
        assertThat(ProcessDirectory.isAbandoned("other-" + NOBODY + "-123", "node"))
                .isFalse();
        assertThat(ProcessDirectory.isAbandoned("node-7-" + NOBODY + "-123", "node"))
                .isFalse();
    }

    @Test
    public void deletesWhatIsAbandonedWhenTheNextOneIsMade() throws IOException {
        Path abandoned = abandoned();

        try (var directory = ProcessDirectory.create(parent())) {
            assertThat(directory.path()).isDirectory();
            assertThat(abandoned).doesNotExist();
        }
    }

    @Test
    public void deletesWhatIsAbandonedMeanwhileWhenItIsClosed() throws IOException {
        var directory = ProcessDirectory.create(parent());
        Path abandoned = abandoned();

        directory.close();

        assertThat(abandoned).doesNotExist();
    }

    @Test
    public void mayBeClosedTwice() throws IOException {
        var directory = ProcessDirectory.create(parent());
        directory.close();
        directory.close();

        assertThat(parent()).isEmptyDirectory();
    }

    private Path abandoned() throws IOException {
        String own;
        try (var directory = ProcessDirectory.create(parent())) {
            own = directory.path().getFileName().toString();
        }
        Path abandoned =
                parent().resolve(own.replace("-" + ProcessHandle.current().pid() + "-", "-" + NOBODY + "-"));
        Files.createDirectories(abandoned.resolve("framework"));
        Files.writeString(abandoned.resolve("framework/file"), "");
        return abandoned;
    }

    private Path parent() {
        return folder.getRoot().toPath();
    }
}
