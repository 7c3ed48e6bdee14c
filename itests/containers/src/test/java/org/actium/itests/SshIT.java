package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actium.itests.support.Cli;
import org.actium.itests.support.Containers;
import org.actium.itests.support.Eventually;
import org.actium.itests.support.TestBed;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Runtimes on other hosts, over a real sshd. Each test ends with no process and no file left there. */
public class SshIT {

    /** The machines share the processors of this one: eight cold JVMs take their time. */
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private static final List<String> HOSTS = List.of("host1", "host2", "host3", "host4");

    @ClassRule
    public static final TestBed BED = new TestBed(HOSTS.size());

    @Rule
    public final Timeout deadline = Timeout.seconds(600);

    private final Cli cli = new Cli(Containers.privateDirectory(), LIMIT);
    private final Map<String, List<String>> filesBefore = new TreeMap<>();
    private String lost = "";

    @Before
    public void look() {
        HOSTS.forEach(host -> filesBefore.put(host, BED.filesOn(host)));
    }

    @After
    public void nothingIsLeft() {
        cli.run("stop");
        for (String host : HOSTS) {
            if (!host.equals(lost)) {
                Eventually.becomes(
                        "no container runs on " + host,
                        Duration.ofSeconds(30),
                        () -> BED.containersOn(host).isEmpty(),
                        () -> BED.containersOn(host));
                assertThat(BED.filesOn(host)).as("files on " + host).isEqualTo(filesBefore.get(host));
            }
        }
    }

    @Test
    public void nBodyRunsOnEightNodesOfFourHostsWithTheSameBits() throws IOException {
        Cli.Result here = cli.run("run", "nbody", "--nodes", "1", "--arg", "bodies=8", "--arg", "iterations=10");
        String descriptor = descriptor("bodies", """
                <processListbyHost hostlist="host[1-4]" repeat="2"><processReference refid="local"/></processListbyHost>""");
        String[] arguments = {
            "run",
            "nbody",
            "--listen",
            TestBed.HERE + ":0",
            "--descriptor",
            descriptor,
            "--arg",
            "bodies=8",
            "--arg",
            "iterations=10"
        };
        Cli.Result there = cli.run(arguments);

        assertThat(there.exitCode()).as(there.out() + there.err()).isZero();
        assertThat(there.out()).contains("ready with 8 nodes").contains("actium://10.77.0.1:", "actium://10.77.0.4:");
        assertThat(digest(there.out())).isEqualTo(digest(here.out()));
    }

    @Test
    public void aHostThatIsPoweredOffIsLostAndTheOthersGoOn() throws IOException {
        String id = deploy(descriptor("workers", """
                <processListbyHost hostlist="host1 host3"><processReference refid="local"/></processListbyHost>"""));
        lost = "host3";
        try {
            BED.hosts("kill", "host3");

            Eventually.becomes(
                    "the runtime on host3 is lost",
                    Duration.ofSeconds(60),
                    () -> cli.run("explain", id).out().contains("worker-2: LOST"),
                    () -> cli.run("explain", id).out());
            assertThat(cli.run("explain", id).out()).contains("worker-1: JOINED");
            assertThat(cli.run("undeploy", id).exitCode()).isZero();
            assertThat(BED.containersOn("host1")).isEmpty();
        } finally {
            BED.hosts("boot", "host3");
        }
    }

    @Test
    public void aDeployerThatIsKilledLeavesNothing() throws IOException {
        deploy(descriptor("workers", """
                <processListbyHost hostlist="host[1-2]"><processReference refid="local"/></processListbyHost>"""));
        assertThat(BED.containersOn("host2")).isNotEmpty();

        long pid = Long.parseLong(found("pid (\\d+)", cli.run("status").out()));
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    @Test
    public void theHostBehindAGatewayIsReachedThroughIt() throws IOException {
        String id = deploy(descriptor("workers", """
                <sshProcess hostname="host1"><processReference refid="inner"/></sshProcess></processDefinition>
                <processDefinition id="inner"><sshProcess hostname="host2"><processReference refid="local"/></sshProcess>"""));

        assertThat(cli.run("nodes").out()).contains("actium://10.77.0.2:");
        assertThat(cli.run("undeploy", id).exitCode()).isZero();
    }

    @Test
    public void aHostThatRefusesIsAFailureWithWhatSshSays() throws IOException {
        start();
        Cli.Result refused = cli.run("deploy", descriptor("workers", """
                <sshProcess hostname="host1" username="nobody"><processReference refid="local"/></sshProcess>"""));
        Cli.Result unknown = cli.run("deploy", descriptor("workers", """
                <sshProcess hostname="10.77.0.99"><processReference refid="local"/></sshProcess>"""));

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("ssh to nobody@host1").contains("Permission denied");
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.err()).contains("ssh to 10.77.0.99").contains("No route to host");
    }

    private void start() {
        Cli.Result started = cli.run("start", "--listen", TestBed.HERE + ":4117", "--http-port", "18117");
        assertThat(started.exitCode()).as(started.out() + started.err()).isZero();
    }

    private String deploy(String file) {
        start();
        Cli.Result deployed = cli.run("deploy", file);
        assertThat(deployed.exitCode()).as(deployed.out() + deployed.err()).isZero();
        return found("\\b(d\\d+) READY", deployed.out());
    }

    private static String digest(String out) {
        return found("sha-256 of all positions and velocities ([0-9a-f]{64})", out);
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern + " in: " + text).isTrue();
        return matcher.group(1);
    }

    /** @param process the process that starts the runtimes; it may define others */
    private String descriptor(String virtualNode, String process) throws IOException {
        Path file = cli.state().resolve(virtualNode + ".xml");
        Files.writeString(file, """
                <actium xmlns="urn:actium:deployment:1">
                  <virtualNode name="%s" timeout="200000"><vmName value="worker"/></virtualNode>
                  <jvm name="worker"><processReference refid="hosts"/></jvm>
                  <processDefinition id="hosts">%s</processDefinition>
                  <processDefinition id="local">
                    <jvmProcess><jvmParameters><parameter value="-Xmx96m"/></jvmParameters></jvmProcess>
                  </processDefinition>
                </actium>
                """.formatted(virtualNode, process));
        return file.toString();
    }
}
