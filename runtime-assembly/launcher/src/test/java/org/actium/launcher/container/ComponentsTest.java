package org.actium.launcher.container;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.actium.launcher.Distribution;
import org.actium.launcher.state.StateRoot;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

public class ComponentsTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(50);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    private Distribution distribution;

    @Before
    public void assembleDistribution() throws IOException {
        distribution = new Distribution(folder.getRoot().toPath().resolve("home")).declarativeServices();
    }

    @After
    public void letPartsWork() {
        System.clearProperty("test.part.fails");
    }

    @Test
    public void isCompleteIfEveryComponentHasWhatItNeeds() throws IOException, InterruptedException {
        distribution
                .component("org.actium.user", component("user", "", reference("java.lang.Runnable", "")), Part.class)
                .component("org.actium.maker", component("maker", provide("java.lang.Runnable"), ""), Part.class);

        try (Container container = start()) {
            container.awaitComponents(LONG);
        }
    }

    @Test
    public void namesWhatAComponentWaitsFor() throws IOException {
        distribution.component(
                "org.actium.user", component("user", "", reference("java.lang.Runnable", "(colour=red)")), Part.class);

        try (Container container = start()) {
            assertThatThrownBy(() -> container.awaitComponents(SHORT))
                    .hasMessageContaining("component user waits for a service java.lang.Runnable with (colour=red)");
        }
    }

    @Test
    public void doesNotRepeatWhatOthersWouldOfferIfTheyCould() throws IOException {
        distribution
                .component("org.actium.user", component("user", "", reference("java.lang.Runnable", "")), Part.class)
                .component(
                        "org.actium.maker",
                        component(
                                "maker", provide("java.lang.Runnable"), reference("java.util.concurrent.Executor", "")),
                        Part.class);

        try (Container container = start()) {
            assertThatThrownBy(() -> container.awaitComponents(SHORT))
                    .message()
                    .contains("component maker waits for a service java.util.concurrent.Executor")
                    .doesNotContain("component user");
        }
    }

    @Test
    public void tellsWhyAComponentFailsWithoutWaiting() throws IOException {
        System.setProperty("test.part.fails", "true");
        distribution.component("org.actium.part", component("part", "", ""), Part.class);

        try (Container container = start()) {
            assertThatThrownBy(() -> container.awaitComponents(LONG))
                    .hasMessageContaining("component part: java.lang.IllegalStateException: no such queue");
        }
    }

    @Test
    public void namesTheComponentThatFailsAndNotThoseThatFailWithIt() throws IOException {
        System.setProperty("test.part.fails", "true");
        distribution
                .component("org.actium.user", component("user", "", reference("java.lang.Runnable", "")), Part.class)
                .component(
                        "org.actium.maker",
                        component("maker", provide("java.lang.Runnable"), "").replace(" immediate=\"true\"", ""),
                        Part.class);

        try (Container container = start()) {
            assertThatThrownBy(() -> container.awaitComponents(LONG))
                    .message()
                    .contains("component maker: java.lang.IllegalStateException: no such queue")
                    .doesNotContain("component user");
        }
    }

    @Test
    public void toleratesAComponentThatIsNotMeantToRunBecauseThereIsNoSecretForIt()
            throws IOException, InterruptedException {
        distribution.component(
                "org.actium.lease",
                component("lease", "", reference("java.lang.Runnable", "(actium.secret=join-token)")),
                Part.class);

        try (Container container = start()) {
            container.awaitComponents(SHORT);
        }
    }

    @Test
    public void leavesComponentsOfLibrariesToThem() throws IOException, InterruptedException {
        distribution.component(
                "com.example.library", component("user", "", reference("java.lang.Runnable", "")), Part.class);

        try (Container container = start()) {
            container.awaitComponents(SHORT);
        }
    }

    @Test
    public void goesOnAsSoonAsWhatWasMissingComes() throws IOException, InterruptedException {
        distribution.component(
                "org.actium.user", component("user", "", reference("java.lang.Runnable", "")), Part.class);

        try (Container container = start()) {
            Thread late = Thread.ofVirtual().start(() -> container.offer(Runnable.class, () -> {}, Map.of()));
            container.awaitComponents(LONG);
            late.join();
        }
    }

    private Container start() throws IOException {
        return new Containers(
                        distribution.home(),
                        new StateRoot(folder.getRoot().toPath().resolve("state")))
                .start("node", Map.of(), Optional.empty());
    }

    private static String component(String name, String service, String reference) {
        return "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.3.0\" name=\"" + name
                + "\" immediate=\"true\" activate=\"activate\"><implementation class=\"" + Part.class.getName() + "\"/>"
                + service + reference + "</scr:component>";
    }

    private static String provide(String type) {
        return "<service><provide interface=\"" + type + "\"/></service>";
    }

    private static String reference(String type, String target) {
        return "<reference name=\"other\" bind=\"bind\" interface=\"" + type + "\""
                + (target.isEmpty() ? "" : " target=\"" + target + "\"") + "/>";
    }
}
