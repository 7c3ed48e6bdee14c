package org.actium.launcher.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.actium.launcher.Distribution;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.cli.ExitCode;
import org.actium.launcher.state.StateRoot;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

public class ContainerTest {

    private static final String IMPORTS = "org.osgi.framework";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    private Distribution distribution;
    private Path own;

    @Before
    public void createDirectories() throws IOException {
        distribution = new Distribution(folder.getRoot().toPath().resolve("home"));
        own = Files.createDirectories(folder.getRoot().toPath().resolve("own"));
    }

    @Test
    public void givesBundlesTheConfigurationOfTheDistributionAndTheToken() throws IOException {
        distribution.bundle("recording", activator(RecordingActivator.class), RecordingActivator.class);

        start(Optional.of("t1.secret")).close();

        assertThat(own.resolve("seen")).hasContent("blue node t1.secret");
    }

    @Test
    public void stopsBundlesWhenItIsClosedAndThenRunsWhatIsToComeAfter() throws IOException {
        distribution.bundle("recording", activator(RecordingActivator.class), RecordingActivator.class);
        var stoppedBefore = new boolean[1];
        Container container = start(Optional.empty());
        container.afterStop(() -> stoppedBefore[0] = Files.exists(own.resolve("stopped")));

        container.close();

        assertThat(stoppedBefore[0]).isTrue();
    }

    @Test
    public void leavesNoDirectoryBehind() throws IOException {
        start(Optional.empty()).close();

        assertThat(states().directory().resolve(".run")).isEmptyDirectory();
    }

    @Test
    public void findsTheCommandOfABundle() throws IOException {
        distribution.bundle("command", activator(CommandActivator.class), CommandActivator.class);

        try (Container container = start(Optional.empty())) {
            assertThat(container.command("count").applyAsInt(new String[] {"a", "b"}))
                    .isEqualTo(2);
        }
    }

    @Test
    public void refusesACommandThatNoBundleOffers() throws IOException {
        try (Container container = start(Optional.empty())) {
            assertThatThrownBy(() -> container.command("count"))
                    .hasMessage("no bundle of assembly 'node' offers the command");
        }
    }

    @Test
    public void namesTheBundleThatDoesNotResolveAndWhatItNeeds() throws IOException {
        distribution
                .bundle("needy", Map.of("Import-Package", "org.nowhere"))
                .bundle("follower", Map.of("Require-Bundle", "needy"));

        assertThatThrownBy(() -> start(Optional.empty()))
                .hasMessageContaining("assembly 'node' does not resolve")
                .hasMessageContaining("needy: ")
                .hasMessageContaining("(osgi.wiring.package=org.nowhere)")
                .hasMessageContaining("and for that reason 1 other")
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.ENVIRONMENT));
        assertThat(states().directory().resolve(".run")).isEmptyDirectory();
    }

    @Test
    public void namesEveryBundleThatDoesNotStart() throws IOException {
        distribution
                .bundle("broken", activator(FailingActivator.class), FailingActivator.class)
                .bundle("absent", Map.of("Bundle-Activator", "org.nowhere.Activator"));

        assertThatThrownBy(() -> start(Optional.empty()))
                .hasMessageContaining("broken: ")
                .hasMessageContaining("no disk")
                .hasMessageContaining("absent: ")
                .hasMessageContaining("org.nowhere.Activator");
    }

    @Test
    public void namesABundleThatIsDamaged() throws IOException {
        distribution.bundle("damaged", Map.of());
        Home home = distribution.home();
        Files.writeString(home.directory().resolve("bundles/damaged.jar"), "no jar");

        assertThatThrownBy(() -> new Containers(home, states()).start("node", Map.of(), Optional.empty()))
                .hasMessageContaining("damaged.jar: ");
    }

    @Test
    public void tellsWhoWaitsWhenItStops() throws Exception {
        Container container = start(Optional.empty());
        var waited = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            try {
                container.awaitStop();
                waited.countDown();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });

        container.close();

        waited.await();
    }

    private Container start(Optional<String> token) throws IOException {
        return new Containers(distribution.home(), states())
                .start("node", Map.of("actium.state", own.toString()), token);
    }

    private StateRoot states() {
        return new StateRoot(folder.getRoot().toPath().resolve("state"));
    }

    private static Map<String, String> activator(Class<?> type) {
        return Map.of("Bundle-Activator", type.getName(), "Import-Package", IMPORTS);
    }
}
