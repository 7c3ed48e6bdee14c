package org.actium.launcher.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class StateRootTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void whatLivesNoLongerThanAProcessMayBeElsewhere() throws IOException {
        Path run = folder.getRoot().toPath().resolve("run");
        var root = StateRoot.of(
                Map.of("ACTIUM_RUN", run.toString()), folder.getRoot().toPath());

        assertThat(root.processDirectory().path()).hasParent(run);
        assertThat(root.directory()).isEqualTo(folder.getRoot().toPath().resolve(".actium"));
    }

    @Test
    public void isInTheHomeOfTheUserUnlessTheEnvironmentSaysOtherwise() {
        Path home = Path.of("/home/ada");

        assertThat(StateRoot.of(Map.of(), home).directory()).isEqualTo(Path.of("/home/ada/.actium"));
        assertThat(StateRoot.of(Map.of("ACTIUM_STATE", ""), home).directory()).isEqualTo(Path.of("/home/ada/.actium"));
        assertThat(StateRoot.of(Map.of("ACTIUM_STATE", "/var/a"), home).directory())
                .isEqualTo(Path.of("/var/a"));
    }

    @Test
    public void refusesNamesThatLeadElsewhere() {
        assertThatThrownBy(() -> states().instance("../x")).hasMessageContaining("'../x'");
        assertThatThrownBy(() -> states().instance(".run")).hasMessageContaining("'.run'");
        assertThatThrownBy(() -> states().instance("")).hasMessageContaining("''");
    }

    @Test
    public void listsNothingBeforeTheFirstStart() throws IOException {
        assertThat(new StateRoot(folder.getRoot().toPath().resolve("none")).instances())
                .isEmpty();
    }

    @Test
    public void listsInstancesInOrderOfNameAndNotTheDirectoriesOfProcesses() throws IOException {
        states().instance("worker").create();
        states().instance("default").create();
        try (ProcessDirectory directory = states().processDirectory()) {
            assertThat(directory.path()).isDirectory();
            assertThat(states().instances()).extracting(Instance::name).containsExactly("default", "worker");
        }
    }

    @Test
    public void keepsOthersOut() throws IOException {
        Instance instance = new StateRoot(folder.getRoot().toPath().resolve("state")).instance("default");
        instance.create();

        assertThat(permissions(instance.directory())).isEqualTo("rwx------");
        assertThat(permissions(instance.directory().getParent())).isEqualTo("rwx------");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private StateRoot states() {
        return new StateRoot(folder.getRoot().toPath());
    }
}
