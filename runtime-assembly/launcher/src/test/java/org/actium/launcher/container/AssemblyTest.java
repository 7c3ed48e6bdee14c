package org.actium.launcher.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.actium.launcher.Distribution;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.cli.ExitCode;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class AssemblyTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void readsTheBundlesInOrderWithTheirStartLevels() throws IOException {
        Home home = new Distribution(folder.getRoot().toPath())
                .bundle("a", Map.of())
                .bundle("b", Map.of())
                .home();

        assertThat(Assembly.read(home, "node").bundles())
                .containsExactly(
                        new Assembly.InstalledFile(home.directory().resolve("bundles/a.jar"), 1),
                        new Assembly.InstalledFile(home.directory().resolve("bundles/b.jar"), 2));
    }

    @Test
    public void refusesAnAssemblyThatTheDistributionDoesNotHave() throws IOException {
        Home home = new Distribution(folder.getRoot().toPath()).home();

        assertThatThrownBy(() -> Assembly.read(home, "nodes"))
                .hasMessageContaining("no assembly 'nodes'")
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.ENVIRONMENT));
    }

    @Test
    public void refusesAFileThatNamesNoBundles() throws IOException {
        Home home = new Distribution(folder.getRoot().toPath()).home();
        Files.writeString(home.directory().resolve("assembly/admin.json"), "{\"name\": \"admin\"}");

        assertThatThrownBy(() -> Assembly.read(home, "admin"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("names no bundles");
    }
}
