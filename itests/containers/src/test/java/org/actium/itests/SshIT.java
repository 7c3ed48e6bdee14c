package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.actium.itests.support.Cli;
import org.actium.itests.support.Containers;
import org.actium.itests.support.Eventually;
import org.actium.itests.support.OnHosts;
import org.actium.itests.support.SharedContainer;
import org.actium.itests.support.TestBed;
import org.junit.ClassRule;
import org.junit.Test;

/** Runtimes on other hosts, over a real sshd. */
public class SshIT extends OnHosts {

    private static final String SSHD = "/etc/ssh/sshd_config";

    /** A firewall that lets nothing in but ssh, and nothing out. */
    private static final String LONELY = """
            nft -f - <<'END'
            table inet lonely {
              chain in {
                type filter hook input priority 0; policy drop;
                iif lo accept
                ct state established,related accept
                tcp dport 22 accept
              }
              chain out {
                type filter hook output priority 0; policy drop;
                oif lo accept
                ct state established,related accept
              }
            }
            END""";

    @ClassRule
    public static final TestBed BED = new TestBed(4);

    @ClassRule
    public static final SharedContainer CONTAINER = container(Containers.home());

    public SshIT() {
        super(BED, CONTAINER);
    }

    @Test
    public void nBodyRunsOnEightNodesOfFourHostsWithTheSameBits() throws IOException {
        Cli.Result there = nBody("--listen", TestBed.HERE + ":0", "--descriptor", descriptor("bodies", """
                <processListbyHost hostlist="host[1-4]" repeat="2"><processReference refid="local"/></processListbyHost>"""));

        assertThat(there.out()).contains("ready with 8 nodes").contains("actium://10.77.0.1:", "actium://10.77.0.4:");
        assertThat(digest(there)).isEqualTo(digestHere());
    }

    @Test
    public void nBodyRunsOnEightNodesBehindAGateway() throws IOException {
        Cli.Result there = nBody("--listen", TestBed.HERE + ":0", "--descriptor", descriptor("bodies", """
                <hierarchicalProcess hostname="host1"><hierarchicalReference refid="inner"/></hierarchicalProcess>
                </processDefinition>
                <processDefinition id="inner"><processListbyHost hostlist="host[1-4]" repeat="2"><processReference refid="local"/>
                </processListbyHost>"""));

        assertThat(there.out()).contains("ready with 8 nodes").contains("actium://10.77.0.1:", "actium://10.77.0.4:");
        assertThat(digest(there)).isEqualTo(digestHere());
    }

    /** They are behind firewalls that let nothing in but ssh, and nothing out. */
    @Test
    public void hostsThatReachNobodyWorkTogetherThroughTheirSsh() throws IOException {
        List<String> hosts = List.of("host1", "host2");
        hosts.forEach(host -> BED.on(host, "sh", "-c", LONELY));
        try {
            Cli.Result there = nBody("--listen", TestBed.HERE + ":0", "--descriptor", descriptor("bodies", """
                    <processListbyHost hostlist="host[1-2]"><processReference refid="hidden"/></processListbyHost>
                    </processDefinition>
                    <processDefinition id="hidden"><jvmProcess><jvmParameters><parameter value="-Xmx96m"/>
                    <parameter value="-Dactium.listen=none"/></jvmParameters></jvmProcess>"""));

            assertThat(there.out()).contains("ready with 2 nodes");
            assertThat(digest(there)).isEqualTo(digestHere());
        } finally {
            hosts.forEach(host -> BED.on(host, "nft", "delete", "table", "inet", "lonely"));
        }
    }

    /** Its link goes through its ssh, which knows nothing of the cut; its firewall lets it dial nobody. */
    @Test
    public void aHostThatCameThroughItsSshFindsBackThroughIt() throws IOException {
        BED.on("host1", "sh", "-c", LONELY);
        try {
            String id = deploy(descriptor("workers", """
                    <sshProcess hostname="host1"><processReference refid="hidden"/></sshProcess></processDefinition>
                    <processDefinition id="hidden"><jvmProcess><jvmParameters><parameter value="-Xmx96m"/>
                    <parameter value="-Dactium.listen=none"/></jvmParameters></jvmProcess>"""));
            assertThat(cli.run("links").out()).contains(id + "-worker");
            BED.on("host1", "sh", "-c", "nft -f - <<'END'\n" + """
                    table inet cut {
                      chain out { type filter hook output priority 0; policy accept; oif lo tcp dport 20000-31999 drop; tcp sport 20000-31999 drop; }
                    }
                    END""");
            Eventually.becomes(
                    "the link is lost",
                    Duration.ofSeconds(60),
                    () -> !cli.run("links").out().contains(id + "-worker"),
                    () -> cli.run("links").out());
            BED.on("host1", "nft", "delete", "table", "inet", "cut");

            Eventually.becomes(
                    "it is linked again",
                    Duration.ofSeconds(60),
                    () -> cli.run("links").out().contains(id + "-worker"),
                    () -> cli.run("links").out() + cli.run("explain", id).out());
            assertThat(BED.containersOn("host1")).isNotEmpty();
            assertThat(cli.run("undeploy", id).exitCode()).isZero();
            assertThat(BED.containersOn("host1")).isEmpty();
        } finally {
            BED.on("host1", "sh", "-c", "nft delete table inet cut 2>/dev/null; nft delete table inet lonely");
        }
    }

    @Test
    public void anApplicationThatLosesAHostIsToldWhich() throws IOException {
        nBodyFailsWhenItLoses(
                "host4", "d1-worker-[48] ", "--listen", TestBed.HERE + ":0", "--descriptor", descriptor("bodies", """
                <processListbyHost hostlist="host[1-4]" repeat="2"><processReference refid="local"/></processListbyHost>"""));
    }

    @Test
    public void anApplicationThatLosesAHostBehindAGatewayIsToldWhich() throws IOException {
        nBodyFailsWhenItLoses(
                "host4", "d1-worker-[48] ", "--listen", TestBed.HERE + ":0", "--descriptor", descriptor("bodies", """
                <hierarchicalProcess hostname="host1"><hierarchicalReference refid="inner"/></hierarchicalProcess>
                </processDefinition>
                <processDefinition id="inner"><processListbyHost hostlist="host[1-4]" repeat="2"><processReference refid="local"/>
                </processListbyHost>"""));
    }

    @Test
    public void aHostThatIsPoweredOffIsLostAndTheOthersGoOn() throws IOException {
        String id = deploy(descriptor("workers", """
                <processListbyHost hostlist="host1 host3"><processReference refid="local"/></processListbyHost>"""));
        try {
            powerOff("host3");

            awaitExplained(id, "worker-2: LOST");
            assertThat(cli.run("explain", id).out()).contains("worker-1: JOINED");
            assertThat(cli.run("deployments").out()).containsPattern("LOST.*\\n" + id + " +READY +1 ");
            assertThat(cli.run("undeploy", id).exitCode()).isZero();
            assertThat(BED.containersOn("host1")).isEmpty();
        } finally {
            BED.hosts("boot", "host3");
        }
    }

    @Test
    public void aDeployerThatIsKilledWhenTheRuntimeIsThereLeavesNothing() throws IOException {
        BED.on("host1", "rm", "-rf", "/root/.cache/actium");
        start();
        Cli.Result begun = cli.run("deploy", "--no-wait", descriptor("workers", """
                <sshProcess hostname="host1"><processReference refid="local"/></sshProcess>"""));
        assertThat(begun.exitCode()).as(begun.err()).isZero();
        Eventually.becomes(
                "the runtime is pushed",
                Duration.ofSeconds(60),
                () -> runtimes().matches("[0-9a-f]{64}\\s*"),
                this::runtimes);
        assertThat(archives()).as("kept for the next host").isNotEmpty();

        killDeployer();

        start(); // the next one on this machine cleans up after it
        assertThat(archives()).isEmpty();
    }

    /** Of the container here. */
    private List<Path> archives() throws IOException {
        try (Stream<Path> all = Files.walk(cli.state().resolve(".run"))) {
            return all.filter(file -> file.getParent().endsWith("archives")).toList();
        }
    }

    private String runtimes() {
        return BED.on("host1", "sh", "-c", "ls -A /root/.cache/actium/runtime 2>/dev/null || true");
    }

    @Test
    public void aNetworkThatBreaksDuringTheJoinIsAFailureAndLeavesNothing() throws IOException {
        Path java = TestBed.SHARE.resolve("slow-java");
        Path begins = TestBed.SHARE.resolve("slow-java-begins");
        Files.writeString(java, """
                #!/bin/sh
                touch /srv/share/slow-java-begins
                sleep 10
                exec %s/bin/java "$@"
                """.formatted(System.getProperty("java.home")));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        start();
        try {
            Cli.Result begun = cli.run("deploy", "--no-wait", descriptor("workers", """
                    <sshProcess hostname="host1"><processReference refid="slow"/></sshProcess></processDefinition>
                    <processDefinition id="slow"><jvmProcess><javaPath><absolutePath value="/srv/share/slow-java"/></javaPath></jvmProcess>"""));
            assertThat(begun.exitCode()).as(begun.err()).isZero();
            String id = found("\\b(d\\d+)\\b", begun.out());
            Eventually.becomes(
                    "a container starts",
                    Duration.ofSeconds(60),
                    () -> Files.exists(begins),
                    () -> BED.containersOn("host1"));
            BED.hosts("cut", "host1", "control");

            awaitExplained(id, "ssh to host1: process ");
        } finally {
            BED.hosts("heal");
            Files.deleteIfExists(begins);
            Files.delete(java);
        }
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

    @Test
    public void bannersAndClocksThatAreWrongDoNoHarm() throws IOException {
        Path loud = TestBed.SHARE.resolve("loud-ssh"); // the lab's configuration hides banners
        Files.writeString(loud, "#!/bin/sh\nexec ssh -o LogLevel=INFO \"$@\"\n");
        Files.setPosixFilePermissions(loud, PosixFilePermissions.fromString("rwxr-xr-x"));
        BED.on("host1", "sh", "-c", "sed -i '1i echo actium-here; echo Welcome >&2' /root/.bashrc");
        BED.on("host1", "sh", "-c", "echo 'actium-exit 66' >/etc/ssh/words; echo Banner /etc/ssh/words >>" + SSHD);
        reloadSshd();
        BED.hosts("skew", "host1", "+1h");
        BED.hosts("skew", "host2", "-1h");
        try {
            String id = deploy(descriptor("workers", """
                    <processListbyHost hostlist="host[1-2]"><commandPath value="%s"/><processReference refid="local"/>
                    </processListbyHost>""".formatted(loud)));
            assertThat(cli.run("nodes").out()).contains("actium://10.77.0.1:", "actium://10.77.0.2:");
            assertThat(cli.run("undeploy", id).exitCode()).isZero();
        } finally {
            BED.hosts("skew", "host1", "off");
            BED.hosts("skew", "host2", "off");
            BED.on("host1", "sed", "-i", "1d", "/root/.bashrc");
            BED.on("host1", "sed", "-i", "/^Banner/d", SSHD);
            reloadSshd();
            Files.delete(loud);
        }
    }

    private static void reloadSshd() {
        String before = listened();
        BED.on("host1", "sh", "-c", "kill -HUP \"$(cat /run/sshd.pid)\"");
        Eventually.becomes(
                "sshd listens again", Duration.ofSeconds(20), () -> !listened().equals(before), () -> listened());
    }

    /** How often sshd began to. */
    private static String listened() {
        return BED.on("host1", "grep", "-c", "Server listening on 0.0.0.0", "/var/log/sshd.log");
    }

    @Test
    public void aTokenIsReadByNobodyElseOfTheHost() throws IOException {
        Path java = TestBed.SHARE.resolve("telling-java");
        Files.writeString(java, "#!/bin/sh\ncat >\"$HOME/told\"\nexec sleep 600\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            start();
            Cli.Result begun =
                    cli.run("deploy", "--no-wait", descriptor("workers", """
                    <processListbyHost hostlist="host1 tester@host1"><processReference refid="telling"/></processListbyHost>
                    </processDefinition>
                    <processDefinition id="telling"><jvmProcess><javaPath><absolutePath value="%s"/></javaPath></jvmProcess>""".formatted("/srv/share/telling-java")));
            assertThat(begun.exitCode()).as(begun.err()).isZero();
            String ofRoot = awaitToken("/root/told");
            String ofTester = awaitToken("/home/tester/told");

            assertThat(allThatReads("tester")).contains("actium", ofTester).doesNotContain(ofRoot);
            assertThat(allThatReads("nobody")).contains("actium").doesNotContain(ofRoot, ofTester);
        } finally {
            CONTAINER.undeployAll();
            BED.on("host1", "rm", "-f", "/root/told", "/home/tester/told");
            Files.delete(java);
        }
    }

    private static String awaitToken(String file) {
        Eventually.becomes(
                "somebody was told in " + file,
                Duration.ofMinutes(2),
                () -> told(file).contains("token="),
                () -> told(file));
        return found("token=(\\S+)", told(file));
    }

    private static String told(String file) {
        return BED.on("host1", "sh", "-c", "cat " + file + " 2>/dev/null || true");
    }

    /** Command lines, environments and files of the host, as far as this user may read them. */
    private static String allThatReads(String user) {
        return BED.hosts("exec", "-u", user, "host1", "sh", "-c", """
                cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n'
                find /tmp /var/tmp /root /home /run -xdev -type f -size -100k -readable -exec cat {} + 2>/dev/null
                true""");
    }

    @Test
    public void aHostThatCannotIsAFailureThatSaysWhy() throws IOException {
        BED.on("host2", "mount", "-t", "tmpfs", "none", "/usr/lib/jvm");
        BED.on("host3", "rm", "-rf", "/root/.cache/actium");
        BED.hosts("fill", "host3");
        BED.hosts("pause", "host4");
        try {
            start();
            assertThat(failureOn("host2")).contains("exit code").contains("has no Java 25 or newer");
            assertThat(failureOn("host3"))
                    .contains("could not be brought there")
                    .contains("No space left on device");
            assertThat(failureOn("host4")).contains("ssh to host4").containsIgnoringCase("timed out");
        } finally {
            BED.hosts("resume", "host4");
            BED.hosts("unfill", "host3");
            BED.on("host2", "umount", "/usr/lib/jvm");
        }
    }

    private String failureOn(String host) throws IOException {
        Cli.Result failed = cli.run(
                "deploy",
                descriptor(
                        "workers",
                        "<sshProcess hostname='" + host + "'><processReference refid='local'/></sshProcess>"));
        assertThat(failed.exitCode()).as(failed.out() + failed.err()).isEqualTo(1);
        return failed.err();
    }
}
