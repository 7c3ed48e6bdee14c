package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actium.itests.support.Cli;
import org.actium.itests.support.Containers;
import org.actium.itests.support.Eventually;
import org.actium.itests.support.Processes;
import org.actium.itests.support.SharedContainer;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** The daemon of a host: command line, HTTP and console reach the same container; others join it. */
public class DaemonIT {

    @Rule
    public final Timeout deadline = Timeout.seconds(240);

    @ClassRule
    public static final SharedContainer CONTAINER = new SharedContainer(Containers.home(), "--http-port", "0");

    private final Cli cli = CONTAINER.cli();

    @Before
    public void start() {
        CONTAINER.start();
    }

    private static String example(String name) {
        return Containers.home().resolve("descriptors").resolve(name).toString();
    }

    @Test
    public void deploysListsAndUndeploysFromTheCommandLine() {
        Cli.Result deployed = cli.run("deploy", example("local.xml"), "--var", "NODES=2");
        assertThat(deployed.exitCode()).as(deployed.out() + deployed.err()).isZero();
        String id = idIn(deployed.out());

        assertThat(cli.run("deployments").out()).contains(id).contains("READY");
        assertThat(cli.run("nodes").out()).contains("workers");
        assertThat(cli.run("services").out()).contains("properties");
        assertThat(cli.run("status").exitCode()).isZero();

        Cli.Result undeployed = cli.run("undeploy", id);
        assertThat(undeployed.exitCode()).as(undeployed.err()).isZero();
        assertThat(cli.run("nodes").out()).doesNotContain("workers");
    }

    private static String idIn(String out) {
        Matcher id = Pattern.compile("\\b(d\\d+)\\b").matcher(out);
        assertThat(id.find()).as("an id in: " + out).isTrue();
        return id.group(1);
    }

    @Test
    public void httpWantsTheTokenOfAFileThatOnlyItsOwnerReads() throws Exception {
        Path token = cli.state().resolve("default").resolve("rest.token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                .isEqualTo("rw-------");
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> refused = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + CONTAINER.httpPort() + "/api/nodes"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(401);

            HttpResponse<String> bad = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + CONTAINER.httpPort() + "/api/deployments"))
                            .header(
                                    "Authorization",
                                    "Bearer " + Files.readString(token).strip())
                            .header("Content-Type", "application/xml")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "<ProActiveDescriptor><wrong/></ProActiveDescriptor>"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(bad.statusCode()).as(bad.body()).isBetween(400, 422);
            assertThat(bad.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
            assertThat(bad.body()).contains("\"problems\"").contains("\"line\"").contains("wrong");
        }
    }

    @Test
    public void theConsoleRunsCommandsInTheDaemon() {
        Cli.Result console = cli.run("console", "-c", "actium:services");

        assertThat(console.exitCode()).as(console.err()).isZero();
        assertThat(console.out()).contains("properties");
        assertThat(cli.run("console", "-c", "actium:stops").out()).contains("no active object stands");
        assertThat(cli.runWithInput("actium:deployments\nexit\n", "console").exitCode())
                .isZero();
    }

    @Test
    public void aSecondStartAndAPortInUseAreRefusedAndLeaveNothing() {
        String port = Integer.toString(CONTAINER.httpPort());
        Cli.Result again = cli.run("start", "--http-port", port);
        assertThat(again.exitCode()).isEqualTo(3);
        assertThat(again.err()).contains("running");

        Cli.Result taken = cli.run("start", "--name", "w1", "--http-port", port);
        assertThat(taken.exitCode()).isEqualTo(3);
        assertThat(taken.err()).contains(port);
        assertThat(cli.run("status", "--name", "w1").exitCode()).isEqualTo(4);
    }

    @Test
    public void containersStartedByHandJoinWithATokenEachAndServeAVirtualNode() {
        String endpoint = endpoint();
        List<String> names = List.of("w1", "w2", "w3");
        try {
            String used = "";
            for (String name : names) {
                Cli.Result token = cli.run("token");
                assertThat(token.exitCode()).as(token.err()).isZero();
                used = token.out();
                Cli.Result joined =
                        cli.runWithInput(used, "start", "--name", name, "--join", endpoint, "--listen", "127.0.0.1:0");
                assertThat(joined.exitCode()).as(joined.out() + joined.err()).isZero();
            }
            Cli.Result reused = cli.runWithInput(used, "start", "--name", "w4", "--join", endpoint);
            assertThat(reused.exitCode()).isNotZero();
            assertThat(reused.err()).contains("token");
            assertThat(cli.run("status", "--name", "w4").exitCode()).isEqualTo(4);

            Cli.Result deployed = cli.run("deploy", example("joined.xml"), "--var", "CONTAINERS=3");
            assertThat(deployed.exitCode()).as(deployed.out() + deployed.err()).isZero();
            assertThat(cli.run("nodes").out().lines().filter(line -> line.contains("workers")))
                    .hasSize(3);
            assertThat(cli.run("undeploy", idIn(deployed.out())).exitCode()).isZero();
            assertThat(cli.run("status", "--name", "w1").exitCode())
                    .as("given back, not stopped")
                    .isZero();

            Cli.Result again = cli.run("deploy", example("joined.xml"), "--var", "CONTAINERS=3");
            assertThat(again.exitCode()).as(again.out() + again.err()).isZero();
            assertThat(cli.run("undeploy", idIn(again.out())).exitCode()).isZero();
        } finally {
            names.forEach(name -> cli.run("stop", "--name", name));
        }
    }

    private String endpoint() {
        Matcher endpoint = Pattern.compile("(127\\.0\\.0\\.1:\\d+)")
                .matcher(cli.run("status").out().replace("127.0.0.1:" + CONTAINER.httpPort(), ""));
        assertThat(endpoint.find()).as("an endpoint in the status").isTrue();
        return endpoint.group(1);
    }

    @Test
    public void aDaemonThatIsKilledWhileItDeploysLeavesNoChildBehind() throws Exception {
        Cli.Result begun = cli.run("deploy", "--no-wait", example("local.xml"), "--var", "NODES=4");
        assertThat(begun.exitCode()).as(begun.err()).isZero();
        Eventually.becomes(
                "all are started", Duration.ofSeconds(30), () -> children().size() == 4, DaemonIT::children);
        List<Long> children = children();

        CONTAINER.kill();

        awaitNone(children);
    }

    @Test
    public void aDaemonThatIsKilledWhileItUndeploysLeavesNoChildBehind() throws Exception {
        Cli.Result deployed = cli.run("deploy", example("local.xml"), "--var", "NODES=2");
        assertThat(deployed.exitCode()).as(deployed.err()).isZero();
        String id = idIn(deployed.out());
        List<Long> children = children();
        // it does not answer, so undeploying goes on until that is killed
        assertThat(signal("STOP", children.getFirst())).isZero();
        Process undeploying =
                cli.start(cli.state().resolve("undeploy.out"), cli.state().resolve("undeploy.err"), "undeploy", id);
        try {
            Eventually.becomes(
                    "it undeploys",
                    Duration.ofSeconds(30),
                    () -> cli.run("explain", id).out().contains("UNDEPLOYING"),
                    () -> cli.run("explain", id).out());

            CONTAINER.kill();
        } finally {
            undeploying.destroyForcibly();
            signal("CONT", children.getFirst()); // in vain on a machine so slow that undeploying has killed it by now
        }

        awaitNone(children);
    }

    /** The exit code: 0 if that process was there. */
    private static int signal(String name, long process) throws IOException, InterruptedException {
        return new ProcessBuilder("kill", "-" + name, Long.toString(process))
                .start()
                .waitFor();
    }

    private static List<Long> children() {
        return ProcessHandle.of(CONTAINER.pid())
                .orElseThrow()
                .children()
                .map(ProcessHandle::pid)
                .toList();
    }

    /** Some have yet to start when their lease begins to count. */
    private static void awaitNone(List<Long> processes) {
        Eventually.becomes(
                "no child is left",
                Duration.ofSeconds(60),
                () -> processes.stream().noneMatch(DaemonIT::isAlive),
                () -> processes.stream().filter(DaemonIT::isAlive).toList());
    }

    private static boolean isAlive(long process) {
        return ProcessHandle.of(process).filter(ProcessHandle::isAlive).isPresent();
    }

    @Test
    public void aKilledDaemonLeavesNoChildBehind() throws Exception {
        Cli.Result deployed = cli.run("deploy", example("local.xml"), "--var", "NODES=2");
        assertThat(deployed.exitCode()).as(deployed.err()).isZero();
        List<Long> children = ProcessHandle.of(CONTAINER.pid())
                .orElseThrow()
                .descendants()
                .map(ProcessHandle::pid)
                .toList();
        assertThat(children).hasSize(2);

        CONTAINER.kill();

        Processes.awaitNone(children);
        CONTAINER.start(); // a stale record does not keep it from starting
    }
}
