package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.actium.itests.support.Cli;
import org.actium.itests.support.Containers;
import org.actium.itests.support.Eventually;
import org.actium.itests.support.OnHosts;
import org.actium.itests.support.SharedContainer;
import org.actium.itests.support.TestBed;
import org.junit.After;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** Containers that somebody started on other hosts, or that start there with the host. */
public class JoinedHostsIT extends OnHosts {

    private static final List<String> HOSTS = List.of("host1", "host2", "host3", "host4");

    @ClassRule
    public static final TestBed BED = new TestBed(HOSTS.size());

    @ClassRule
    public static final SharedContainer CONTAINER = container(Containers.home());

    /** What {@code systemd/actium-join.service} does, by a script of the host. */
    private static final Path AT_BOOT = TestBed.SHARE.resolve(".rc/60-actium");

    private static final String START = """
            [ -s /srv/share/tokens-$(hostname) ] || exit 0
            export ACTIUM_STATE=/run/actium
            exec /srv/share/actium/bin/actium start --name "$(hostname)" --join %s:4117 --listen 0.0.0.0:0 \\
                --token-file "/srv/share/tokens-$(hostname)"
            """.formatted(TestBed.HERE);

    public JoinedHostsIT() {
        super(BED, CONTAINER);
    }

    /** Anew: what another run has left there is of another build. */
    @BeforeClass
    public static void share() throws IOException {
        if (!BED.isThere()) {
            return;
        }
        Path home = TestBed.SHARE.resolve("actium");
        Containers.delete(home);
        Containers.copyHome(home);
    }

    @AfterClass
    public static void unshare() throws IOException {
        if (!BED.isThere()) {
            return;
        }
        Containers.delete(TestBed.SHARE.resolve("actium"));
    }

    @After
    public void stopContainers() throws IOException {
        Files.deleteIfExists(AT_BOOT);
        for (String host : HOSTS) {
            Files.deleteIfExists(tokens(host));
            BED.on(
                    host,
                    "sh",
                    "-c",
                    "ACTIUM_STATE=/run/actium /srv/share/actium/bin/actium stop --name " + host + " || true");
            Files.deleteIfExists(tokens(host));
        }
    }

    @Test
    public void theyOutliveApplicationsNetworksAndReboots() throws IOException {
        startContainersOn(HOSTS.subList(0, 2));

        String first = deployOnBoth();
        assertThat(cli.run("undeploy", first).exitCode()).isZero();
        HOSTS.subList(0, 2)
                .forEach(host -> assertThat(BED.containersOn(host))
                        .as("given back, not stopped")
                        .isNotEmpty());

        String second = deployOnBoth();
        BED.hosts("cut", "host1", "control");
        awaitExplained(second, "LOST");
        BED.hosts("heal");
        assertThat(cli.run("undeploy", second).exitCode()).isZero();

        String third = deployOnBoth();
        assertThat(cli.run("undeploy", third).exitCode()).isZero();

        BED.hosts("reboot", "host1");
        assertThat(Files.readAllLines(tokens("host1")))
                .as("each start took one")
                .hasSize(1);
        String fourth = deployOnBoth(); // although the container that went with the reboot may still be listed
        assertThat(cli.run("undeploy", fourth).exitCode()).isZero();
    }

    /** As {@code systemd/actium-join.service} says it is to be set up. */
    @Test
    public void aUnitOfSystemdStartsOneAnewWhenItHasEndedAndStopsIt() throws IOException {
        BED.startSystemd("host1");
        try {
            start();
            Cli.Result tokens = cli.run("token", "--count", "3", "--valid", "1h");
            assertThat(tokens.exitCode()).as(tokens.err()).isZero();
            Files.writeString(tokens("host1"), tokens.out());
            BED.underSystemd("host1", """
                    useradd --system --create-home actium
                    mkdir -p /opt/actium /etc/actium && mount --bind /srv/share/actium /opt/actium
                    chown actium /etc/actium
                    install -o actium -m 600 /srv/share/tokens-host1 /etc/actium/join.tokens
                    echo PARENT=%s:4117 >/etc/actium/join
                    cp /opt/actium/systemd/actium-join.service /etc/systemd/system/
                    systemctl daemon-reload && systemctl enable --now actium-join""".formatted(TestBed.HERE));

            String first = deployOnOne();
            assertThat(cli.run("undeploy", first).exitCode()).isZero();
            String process = mainProcess();
            assertThat(BED.underSystemd("host1", "ps -o user= -p " + process).strip())
                    .isEqualTo("actium");
            BED.underSystemd("host1", "kill -KILL " + process);

            Eventually.becomes(
                    "it runs again",
                    Duration.ofMinutes(2),
                    () -> unit().equals("active") && !mainProcess().equals(process),
                    JoinedHostsIT::status);
            assertThat(BED.underSystemd("host1", "cat /etc/actium/join.tokens").lines())
                    .as("each start took one")
                    .hasSize(1);
            String second = deployOnOne();
            assertThat(cli.run("undeploy", second).exitCode()).isZero();

            BED.underSystemd("host1", "systemctl stop actium-join");
            assertThat(unit()).as(status()).isEqualTo("inactive");
            assertThat(BED.containersOn("host1")).isEmpty();
        } finally {
            BED.stopSystemd("host1");
            BED.on("host1", "sh", "-c", "userdel -r actium; rm -rf /etc/actium /opt/actium");
        }
    }

    private static String mainProcess() {
        return BED.underSystemd("host1", "systemctl show --value -p MainPID actium-join")
                .strip();
    }

    private static String unit() {
        return BED.underSystemd("host1", "systemctl is-active actium-join || true")
                .strip();
    }

    private static String status() {
        return BED.underSystemd(
                "host1", "systemctl --no-pager status actium-join; cat /home/actium/.actium/host1/daemon.log; true");
    }

    private String deployOnOne() {
        Cli.Result deployed = cli.run(
                "deploy", Containers.home().resolve("descriptors/joined.xml").toString(), "--var", "CONTAINERS=1");
        assertThat(deployed.exitCode()).as(deployed.out() + deployed.err()).isZero();
        assertThat(deployed.out()).contains("actium://10.77.0.1:");
        return found("\\b(d\\d+) READY", deployed.out());
    }

    /** The application has come with a token of its own, and finds the nodes that a deployment has registered. */
    @Test
    public void anApplicationOnThemThatLosesAHostIsToldWhich() throws IOException {
        startContainersOn(HOSTS);
        String pool = deployed(written("pool.xml", """
                <actium xmlns="urn:actium:deployment:1">
                  <virtualNode name="pool" timeout="200000"><vmName value="joined"/></virtualNode>
                  <jvm name="joined" askedNodes="2"><serviceReference refid="all"/></jvm>
                  <serviceDefinition id="all"><joinedContainers nodesAsked="4"/></serviceDefinition>
                  <register virtualNode="pool" name="bodies"/>
                </actium>
                """));
        String bodies = written("bodies.xml", """
                <actium xmlns="urn:actium:deployment:1">
                  <acquiredVirtualNode name="bodies"/>
                  <lookup virtualNode="bodies" host="%s" port="4117"/>
                </actium>
                """.formatted(TestBed.HERE));

        Cli.Result there = nBody(asGuest(bodies));
        assertThat(there.out()).contains("8 bodies on 8 nodes").contains("actium://10.77.0.1:", "actium://10.77.0.4:");
        assertThat(digest(there)).isEqualTo(digestHere());

        nBodyFailsWhenItLoses("host4", "host4 ", asGuest(bodies));
        awaitExplained(pool, "LOST");
        assertThat(cli.run("undeploy", pool).exitCode()).isZero();
    }

    private String[] asGuest(String descriptor) throws IOException {
        Cli.Result token = cli.run("token", "--guest");
        assertThat(token.exitCode()).as(token.err()).isZero();
        return new String[] {
            "--listen",
            TestBed.HERE + ":0",
            "--join",
            TestBed.HERE + ":4117",
            "--token-file",
            written("guest.token", token.out()),
            "--descriptor",
            descriptor
        };
    }

    private String written(String name, String text) throws IOException {
        Path file = cli.state().resolve(name);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file.toString();
    }

    private void startContainersOn(List<String> hosts) throws IOException {
        start();
        Files.writeString(AT_BOOT, START);
        for (String host : hosts) {
            Cli.Result tokens = cli.run("token", "--count", "3", "--valid", "1h");
            assertThat(tokens.exitCode()).as(tokens.err()).isZero();
            Files.writeString(tokens(host), tokens.out(), StandardOpenOption.CREATE);
            Files.setPosixFilePermissions(tokens(host), PosixFilePermissions.fromString("rw-------"));
            BED.on(host, "bash", "/srv/share/.rc/60-actium");
        }
    }

    private static Path tokens(String host) {
        return TestBed.SHARE.resolve("tokens-" + host);
    }

    private String deployOnBoth() {
        Cli.Result deployed = cli.run(
                "deploy", Containers.home().resolve("descriptors/joined.xml").toString(), "--var", "CONTAINERS=2");
        assertThat(deployed.exitCode()).as(deployed.out() + deployed.err()).isZero();
        assertThat(deployed.out()).contains("actium://10.77.0.1:").contains("actium://10.77.0.2:");
        return found("\\b(d\\d+) READY", deployed.out());
    }
}
