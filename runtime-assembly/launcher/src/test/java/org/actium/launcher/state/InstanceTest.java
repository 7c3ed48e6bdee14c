package org.actium.launcher.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class InstanceTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Instance instance;

    @Before
    public void createInstance() throws IOException {
        instance = new StateRoot(folder.getRoot().toPath()).instance("default");
        instance.create();
    }

    @Test
    public void isNotRunningBeforeItSaysSo() throws IOException {
        assertThat(instance.running()).isEmpty();
    }

    @Test
    public void readsBackWhatWasPublished() throws IOException {
        DaemonRecord self =
                DaemonRecord.ofThisProcess("default", "admin", Optional.of("http://127.0.0.1:1"), Optional.empty());

        instance.publish(self);

        assertThat(instance.running()).contains(self);
    }

    @Test
    public void publishesForItsOwnerOnlyAndLeavesNoOtherFile() throws IOException {
        instance.publish(DaemonRecord.ofThisProcess("default", "admin", Optional.empty(), Optional.empty()));

        Path file = instance.directory().resolve("daemon.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(instance.directory()).isDirectoryContaining("glob:**/daemon.json");
        assertThat(instance.directory().toFile().list()).hasSize(1);
    }

    @Test
    public void isNotRunningAfterItsProcessHasEnded() throws IOException {
        long nobody = 99_999_999;
        instance.publish(new DaemonRecord("default", nobody, Instant.now().toString(), "admin", null, null));

        assertThat(instance.running()).isEmpty();
    }

    @Test
    public void isNotRunningIfAnotherProcessHasItsPidNow() throws IOException {
        DaemonRecord self = DaemonRecord.ofThisProcess("default", "admin", Optional.empty(), Optional.empty());
        Instant earlier = Instant.parse(self.started()).minusSeconds(60);
        instance.publish(new DaemonRecord("default", self.pid(), earlier.toString(), "admin", null, null));

        assertThat(instance.running()).isEmpty();
    }

    @Test
    public void toleratesThatTheSystemCorrectsItsClock() throws IOException {
        DaemonRecord self = DaemonRecord.ofThisProcess("default", "admin", Optional.empty(), Optional.empty());
        Instant corrected = Instant.parse(self.started()).plusMillis(900);
        instance.publish(new DaemonRecord("default", self.pid(), corrected.toString(), "admin", null, null));

        assertThat(instance.running()).isPresent();
    }

    @Test
    public void namesADamagedFile() throws IOException {
        Files.writeString(instance.directory().resolve("daemon.json"), "{\"name\":");

        assertThatThrownBy(instance::running).hasMessageContaining("daemon.json' is damaged");
    }

    @Test
    public void retractsWhatOnlyARunningContainerHasAndKeepsItsLog() throws IOException {
        instance.publish(DaemonRecord.ofThisProcess("default", "admin", Optional.empty(), Optional.empty()));
        Files.writeString(instance.restToken(), "");
        Files.writeString(instance.restPort(), "");
        Files.writeString(instance.consoleSocket(), "");
        Files.writeString(instance.log(), "");

        instance.retract();

        assertThat(instance.directory().toFile().list()).containsExactly("daemon.log");
    }

    @Test
    public void canBeLockedAgainAfterTheLockWasGivenBack() throws IOException {
        instance.lock().orElseThrow().close();

        assertThat(instance.lock()).isPresent();
    }
}
