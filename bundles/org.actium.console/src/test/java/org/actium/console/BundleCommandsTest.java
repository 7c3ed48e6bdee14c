package org.actium.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.actium.service.api.BundleImpact;
import org.actium.service.api.BundleUpdates;
import org.actium.testkit.Fake;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What would lose an active object is asked for twice: without force it is refused by who does it. */
public class BundleCommandsTest {

    @Rule
    public final Gogo gogo = new Gogo();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static final BundleImpact IMPACT = new BundleImpact(
            List.of("label", "user"),
            List.of("clerk"),
            List.of("a (A) on n"),
            List.of("n: gold"),
            List.of(),
            List.of("d1", "d2"),
            List.of("d2"),
            List.of("n: gold, deployed by east"));

    private final List<String> asked = new ArrayList<>();

    @Before
    public void registerCommands() {
        BundleUpdates updates = Fake.of(
                BundleUpdates.class,
                Map.of(
                        "stop", guarded("stop"),
                        "uninstall", guarded("uninstall"),
                        "update", guarded("update"),
                        "preview", noted("preview", IMPACT),
                        "start", noted("start", "started"),
                        "install", noted("install", "label")));
        gogo.add(new BundlePreview(updates), List.of("bundle-preview"));
        gogo.add(new BundleStart(updates), List.of("bundle-start"));
        gogo.add(new BundleStop(updates), List.of("bundle-stop"));
        gogo.add(new BundleUninstall(updates), List.of("bundle-uninstall"));
        gogo.add(new BundleUpdate(updates), List.of("bundle-update"));
        gogo.add(new BundleInstall(updates), List.of("bundle-install"));
    }

    private Function<Object[], Object> noted(String what, Object answer) {
        return arguments -> {
            asked.add(what + " "
                    + Arrays.stream(arguments)
                            .filter(argument -> argument instanceof String || argument instanceof Boolean)
                            .map(String::valueOf)
                            .collect(Collectors.joining(" ")));
            return answer;
        };
    }

    private Function<Object[], Object> guarded(String what) {
        return arguments -> {
            noted(what, "").apply(arguments);
            if (Boolean.FALSE.equals(arguments[arguments.length - 1])) {
                throw new IllegalStateException("bundle label: 1 active objects would be lost: a (A) on n");
            }
            return IMPACT;
        };
    }

    @Test
    public void whatWouldLoseAnObjectIsRefusedUnlessForced() throws IOException {
        Path jar = folder.newFile("label.jar").toPath();

        for (String change : List.of("stop label", "uninstall label", "update label " + jar)) {
            assertThat(run("actium:bundle-" + change)).as(change).contains("would be lost: a (A) on n");
            assertThat(run("actium:bundle-" + change + " --force"))
                    .as(change)
                    .contains("active objects that this loses: a (A) on n");
            assertThat(run("actium:bundle-" + change + " --hard")).as(change).contains("[--force]");
        }

        assertThat(asked)
                .containsExactly(
                        "stop label false",
                        "stop label true",
                        "uninstall label false",
                        "uninstall label true",
                        "update label false",
                        "update label true");
    }

    @Test
    public void showsWhatAnUpdateWouldTouch() {
        assertThat(run("actium:bundle-preview label"))
                .contains("restarts: label; user")
                .contains("lack a service they need meanwhile: clerk")
                .contains("active objects that this loses: a (A) on n")
                .contains("technical services that are removed and applied again: n: gold")
                .contains("technical services that nodes lose for good: none")
                .contains("deployments that have any of these: d1; d2")
                .contains("deployments that this undeploys: d2")
                .contains("not updated while nodes that other runtimes deployed use it: n: gold, deployed by east");
        assertThat(run("actium:bundle-preview")).contains("bundle-preview <symbolic name or number>");
        assertThat(asked).containsExactly("preview label");
    }

    @Test
    public void saysOfEachChangeWhatItHasDone() throws IOException {
        Path jar = folder.newFile("label.jar").toPath();

        assertThat(run("actium:bundle-update label " + jar + " --force"))
                .contains("restarted: label; user")
                .contains("services that are removed and applied again: n: gold");
        assertThat(run("actium:bundle-stop label --force"))
                .contains("stops: label; user")
                .contains("services that are removed until it starts again: n: gold");
        assertThat(run("actium:bundle-uninstall label --force"))
                .contains("goes, and restarts what used it: label; user")
                .contains("services that are removed until it is installed again: n: gold");
    }

    @Test
    public void startsAndInstalls() throws IOException {
        Path jar = folder.newFile("label.jar").toPath();

        assertThat(run("actium:bundle-install " + jar)).contains("label is installed and started");
        assertThat(run("actium:bundle-start label")).contains("started");
        assertThat(run("actium:bundle-start")).contains("bundle-start <symbolic name or number>");
        assertThat(asked).containsExactly("install ", "start label");
    }

    private String run(String line) {
        var out = new ByteArrayOutputStream();
        try {
            new ConsoleSession(
                            gogo.processor(),
                            new ByteArrayInputStream((line + "\nexit\n").getBytes(StandardCharsets.UTF_8)),
                            out)
                    .run();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
