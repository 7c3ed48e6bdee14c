package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.actium.itests.support.Cli;
import org.actium.itests.support.Containers;
import org.actium.itests.support.Eventually;
import org.actium.itests.support.GatedJava;
import org.actium.itests.support.OnHosts;
import org.actium.itests.support.Processes;
import org.actium.itests.support.SharedContainer;
import org.actium.itests.support.TestBed;
import org.junit.After;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TestRule;
import org.junit.runner.Description;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.junit.runners.model.Statement;

/**
 * Whoever deploys is killed with {@code kill -9}, on each way to a host and in each phase of a deployment, which is seen before:
 * within the lease nothing is left. By default each way and each phase comes once or twice; {@code -Dactium.phases=all} is for
 * each on each.
 */
@RunWith(Parameterized.class)
public class KilledDeployerIT extends OnHosts {

    private static final boolean ALL = "all".equals(System.getProperty("actium.phases"));

    private static final Path HOME = Containers.privateDirectory().resolve("actium");

    private static final Path GATED = TestBed.SHARE.resolve("gated");

    private static final String START_JOINED = """
            ACTIUM_STATE=/run/actium /srv/share/actium/bin/actium start --name joined --join %s:4117 --listen 0.0.0.0:0 \
                --token-file /srv/share/token-joined""".formatted(TestBed.HERE);

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** A minute, and time for two processors. */
    private static final Duration WITHIN_THE_LEASE = Duration.ofSeconds(60 + 30);

    /** How runtimes get to a host. */
    enum Way {
        LOCAL("", ""),
        SSH("host1", "<sshProcess hostname='host1'><processReference refid='%s'/></sshProcess>"),
        GATEWAY("host2", """
                <sshProcess hostname="host1"><processReference refid="inner"/></sshProcess></processDefinition>
                <processDefinition id="inner"><sshProcess hostname="host2"><processReference refid="%s"/></sshProcess>"""),
        /** Over ssh, without its program. */
        MINA("host1", SSH.process),
        RSH("host1", "<rshProcess hostname='host1'><processReference refid='%s'/></rshProcess>"),
        RLOGIN("host1", "<rloginProcess hostname='host1'><processReference refid='%s'/></rloginProcess>"),
        /** Containers that somebody started there. */
        JOINED("host1", "");

        private final String host;
        private final String process;

        /** @param host on which the runtime is */
        Way(String host, String process) {
            this.host = host;
            this.process = process;
        }

        Set<Phase> phases() {
            return switch (this) {
                case LOCAL -> EnumSet.complementOf(EnumSet.of(Phase.BRINGING, Phase.ACQUIRING));
                case JOINED -> EnumSet.complementOf(EnumSet.of(Phase.BRINGING, Phase.STARTING));
                default -> EnumSet.complementOf(EnumSet.of(Phase.ACQUIRING));
            };
        }

        boolean wantsRsh() {
            return this == RSH || this == RLOGIN;
        }
    }

    /** What the deployer does when it is killed. */
    enum Phase {
        /** The runtime is on its way to the host. */
        BRINGING,
        /** The JVM is started and has yet to dial. */
        STARTING,
        /** It has dialled, and nobody has answered. */
        JOINING,
        /** It has some of the containers that it wants. */
        ACQUIRING,
        READY,
        /** An application computes there. */
        RUNNING,
        UNDEPLOYING
    }

    /** Those that are not left out by default. */
    private static final List<List<Enum<?>>> ALWAYS = List.of(
            List.of(Way.LOCAL, Phase.JOINING),
            List.of(Way.LOCAL, Phase.RUNNING),
            List.of(Way.SSH, Phase.BRINGING),
            List.of(Way.SSH, Phase.STARTING),
            List.of(Way.SSH, Phase.RUNNING),
            List.of(Way.SSH, Phase.UNDEPLOYING),
            List.of(Way.GATEWAY, Phase.BRINGING),
            List.of(Way.GATEWAY, Phase.READY),
            List.of(Way.MINA, Phase.JOINING),
            List.of(Way.RSH, Phase.RUNNING),
            List.of(Way.RSH, Phase.UNDEPLOYING),
            List.of(Way.RLOGIN, Phase.READY),
            List.of(Way.JOINED, Phase.ACQUIRING),
            List.of(Way.JOINED, Phase.READY));

    @ClassRule
    public static final TestBed BED = new TestBed(2).withRshIfThere().lookedAtEverywhere();

    @ClassRule
    public static final SharedContainer CONTAINER = container(HOME);

    @Rule(order = 0)
    public final TestRule chosen = this::chosen;

    private final Way way;
    private final Phase phase;

    private GatedJava gated;

    public KilledDeployerIT(Way way, Phase phase) {
        super(BED, CONTAINER);
        this.way = way;
        this.phase = phase;
    }

    @Parameters(name = "{0} {1}")
    public static List<Object[]> pairs() {
        return Arrays.stream(Way.values())
                .flatMap(way -> way.phases().stream().map(phase -> new Object[] {way, phase}))
                .toList();
    }

    private Statement chosen(Statement test, Description description) {
        return new Statement() {
            @Override
            public void evaluate() throws Throwable {
                assumeTrue("only with -Dactium.phases=all; skipped", ALL || ALWAYS.contains(List.of(way, phase)));
                assumeTrue(
                        "hosts want rsh-client rsh-server openbsd-inetd for that; skipped",
                        !BED.isThere() || BED.hasRsh() || !way.wantsRsh());
                test.evaluate();
            }
        };
    }

    /** A distribution whose administrator lets everything happen. */
    @BeforeClass
    public static void prepare() throws IOException {
        if (!BED.isThere()) {
            return;
        }
        Containers.copyHome(HOME);
        Path ssh = TestBed.SHARE.resolveSibling("ssh");
        Path configuration = HOME.resolve("conf/ssh");
        Files.writeString(configuration, "Host *\n  User root\n  IdentityFile " + ssh.resolve("id_ed25519") + "\n");
        for (String assembly : List.of("admin", "run")) {
            Files.writeString(
                    HOME.resolve("conf").resolve(assembly + ".properties"),
                    "\nactium.mina.configuration=" + configuration + "\nactium.mina.known-hosts="
                            + ssh.resolve("known_hosts") + "\n",
                    StandardOpenOption.APPEND);
        }
        Containers.delete(TestBed.SHARE.resolve("actium"));
        Containers.copyHome(TestBed.SHARE.resolve("actium"));
    }

    @AfterClass
    public static void clean() throws IOException {
        if (BED.isThere()) {
            Containers.delete(GATED);
            Containers.delete(TestBed.SHARE.resolve("actium"));
        }
    }

    @Before
    public void allow() throws IOException {
        Files.writeString(
                HOME.resolve("conf/protocols.properties"),
                "insecure = rsh, rlogin\n" + (way == Way.MINA ? "ssh = mina\n" : ""));
        gated = new GatedJava(GATED);
    }

    @After
    public void stopJoined() throws IOException {
        if (way == Way.JOINED) {
            BED.on("host1", "sh", "-c", """
                    ACTIUM_STATE=/run/actium /srv/share/actium/bin/actium stop --name joined || true
                    rm -rf /run/actium""");
            Files.deleteIfExists(token());
        }
    }

    @Test
    public void leavesNothing() throws IOException {
        if (way == Way.RLOGIN && phase != Phase.BRINGING) {
            bringRuntime();
        }
        start();
        switch (phase) {
            case BRINGING -> killWhileItBrings();
            case STARTING -> killWhileItStarts();
            case JOINING -> killWhileItJoins();
            case ACQUIRING -> killWhileItAcquires();
            case READY -> killWhenReady();
            case RUNNING -> killWhileItRuns();
            case UNDEPLOYING -> killWhileItUndeploys();
        }
    }

    /** By rsh, since rlogin reads its input byte by byte: megabytes take it minutes. What is started with it ends at once. */
    private void bringRuntime() throws IOException {
        start();
        Cli.Result brought = cli.run("deploy", descriptor("brought", """
                <rshProcess hostname="host1"><processReference refid="nothing"/></rshProcess></processDefinition>
                <processDefinition id="nothing"><jvmProcess><javaPath><absolutePath value="/bin/true"/></javaPath></jvmProcess>"""));
        assertThat(brought.err()).contains("ended with exit code 0").doesNotContain("could not be brought");
    }

    /** The line to the host is so thin that it takes a while. */
    private void killWhileItBrings() throws IOException {
        BED.on(way.host, "rm", "-rf", "/root/.cache/actium");
        BED.hosts("shape", way.host, "rate=1500");
        try {
            beginToDeploy(workers("local"));
            Eventually.becomes(
                    "files arrive",
                    LIMIT,
                    () -> inCache().lines().anyMatch(file -> file.matches("\\.incoming\\.\\w+/.+")),
                    KilledDeployerIT.this::inCache);

            killDeployer();

            assertThat(inCache()).as("of what was not there yet").doesNotContainPattern("(?m)^[0-9a-f]{64}");
        } finally {
            BED.hosts("unshape");
        }
    }

    private String inCache() {
        return BED.on(
                way.host,
                "sh",
                "-c",
                "cd /root/.cache/actium/runtime 2>/dev/null && find . -maxdepth 2 | cut -c3- || true");
    }

    private void killWhileItStarts() throws IOException {
        beginToDeploy(workers("gated"));
        gated.awaitStarted(this::running);
        killAndAwaitChildren();
    }

    /** It answers no more, so whoever dials stays on the way until it is killed. */
    private void killWhileItJoins() throws IOException {
        if (way == Way.JOINED) {
            writeToken();
            signal("STOP", CONTAINER.pid());
            BED.on("host1", "sh", "-c", START_JOINED + " >/dev/null 2>&1 &");
        } else {
            beginToDeploy(workers("gated"));
            gated.awaitStarted(this::running);
            signal("STOP", CONTAINER.pid());
            gated.open();
        }
        try {
            Eventually.becomes("it has dialled", LIMIT, () -> !dialled().isBlank(), this::running);
            killAndAwaitChildren();
        } finally {
            signal("CONT", CONTAINER.pid());
        }
    }

    private String dialled() {
        String[] command = {"sh", "-c", "ss -tnH state established dport = :4117"};
        return way == Way.LOCAL ? TestBed.here(command) : BED.on(way.host, command);
    }

    private void killWhileItAcquires() throws IOException {
        startJoined();
        String id = beginToDeploy(joined(2));
        awaitExplained(id, "joined: JOINED");

        killDeployer();

        awaitDropped();
    }

    private void killWhenReady() throws IOException {
        if (way == Way.JOINED) {
            startJoined();
            deployed(joined(1));
            killDeployer();
            awaitDropped();
        } else {
            deployed(workers("local"));
            assertThat(running()).isNotEmpty();
            killAndAwaitChildren();
        }
    }

    private void killWhileItRuns() throws IOException {
        if (way == Way.JOINED) {
            killWhileAGuestRuns();
            return;
        }
        Process application = nBodyFor(descriptor("bodies", process("local")));
        List<Long> children = application.descendants().map(ProcessHandle::pid).toList();
        if (way == Way.LOCAL) {
            assertThat(children).isNotEmpty();
        } else {
            assertThat(BED.containersOn(way.host)).isNotEmpty();
        }

        application.destroyForcibly(); // the script has become the JVM

        Processes.awaitNone(children);
    }

    /** It is not the deployer, and has nothing to compute on when that is gone. */
    private void killWhileAGuestRuns() throws IOException {
        startJoined();
        deployed(written("pool.xml", """
                <actium xmlns="urn:actium:deployment:1">
                  <virtualNode name="pool" timeout="200000"><vmName value="joined"/></virtualNode>
                  <jvm name="joined"><serviceReference refid="all"/></jvm>
                  <serviceDefinition id="all"><joinedContainers nodesAsked="1"/></serviceDefinition>
                  <register virtualNode="pool" name="bodies"/>
                </actium>
                """));
        String bodies = written("bodies.xml", """
                <actium xmlns="urn:actium:deployment:1">
                  <acquiredVirtualNode name="bodies"/>
                  <lookup virtualNode="bodies" host="%s" port="4117"/>
                </actium>
                """.formatted(TestBed.HERE));
        String token = written("guest.token", cli.run("token", "--guest").out());
        Process guest = nBodyFor(bodies, "--join", TestBed.HERE + ":4117", "--token-file", token);
        try {
            killDeployer();

            awaitDropped();
            Eventually.becomes("the application ends", WITHIN_THE_LEASE, () -> !guest.isAlive(), guest::info);
        } finally {
            guest.destroyForcibly();
        }
    }

    /** An application that has a node to compute on, and computes. */
    private Process nBodyFor(String descriptor, String... options) throws IOException {
        Path out = cli.state().resolve("run.out");
        Path err = cli.state().resolve("run.err");
        var command =
                new ArrayList<>(List.of("run", "nbody", "--listen", TestBed.HERE + ":0", "--descriptor", descriptor));
        command.addAll(List.of(options));
        command.addAll(List.of("--arg", "bodies=2", "--arg", "iterations=100000000"));
        Process application = cli.start(out, err, command.toArray(String[]::new));
        Eventually.becomes(
                "it has nodes",
                LIMIT,
                () -> !application.isAlive() || text(out).lines().anyMatch(line -> line.startsWith("actium://")),
                () -> text(out) + text(err));
        assertThat(application.isAlive()).as(text(out) + text(err)).isTrue();
        return application;
    }

    /** What runs there does not answer, so undeploying goes on until the deployer is killed. */
    private void killWhileItUndeploys() throws IOException {
        String id;
        if (way == Way.JOINED) {
            startJoined();
            id = deployed(joined(1));
        } else {
            id = deployed(workers("local"));
        }
        List<Long> children = childrenHere();
        pause(children);
        Process undeploying =
                cli.start(cli.state().resolve("undeploy.out"), cli.state().resolve("undeploy.err"), "undeploy", id);
        try {
            awaitExplained(id, "UNDEPLOYING");

            killDeployer();
        } finally {
            undeploying.destroyForcibly();
            resume(children);
        }
        if (way == Way.JOINED) {
            awaitDropped();
        } else {
            Processes.awaitNone(children);
        }
    }

    private void pause(List<Long> children) {
        if (way == Way.LOCAL) {
            children.forEach(pid -> signal("STOP", pid));
        } else {
            BED.hosts("pause", way.host);
        }
    }

    private void resume(List<Long> children) {
        if (way == Way.LOCAL) {
            children.forEach(pid -> signal("CONT", pid));
        } else {
            BED.hosts("resume", way.host);
        }
    }

    /** In vain, and without harm, if it is not there any more. */
    private static void signal(String name, long process) {
        TestBed.here("sh", "-c", "kill -" + name + " " + process + " || true");
    }

    /** Children on this machine end, too: the programs that lead to hosts, or the runtimes. */
    private void killAndAwaitChildren() throws IOException {
        List<Long> children = childrenHere();
        killDeployer();
        if (way == Way.LOCAL) {
            gated.open(); // nothing ends what has yet to be a JVM: it dials in vain then
        }
        Processes.awaitNone(children);
    }

    private static List<Long> childrenHere() {
        return ProcessHandle.of(CONTAINER.pid())
                .orElseThrow()
                .descendants()
                .map(ProcessHandle::pid)
                .toList();
    }

    /** By the command line. */
    private List<String> running() {
        return way == Way.LOCAL
                ? ProcessHandle.of(CONTAINER.pid())
                        .orElseThrow()
                        .descendants()
                        .map(child -> child.info().commandLine().orElse(""))
                        .toList()
                : BED.containersOn(way.host);
    }

    private String beginToDeploy(String file) {
        Cli.Result begun = cli.run("deploy", "--no-wait", file);
        assertThat(begun.exitCode()).as(begun.err()).isZero();
        return found("\\b(d\\d+)\\b", begun.out());
    }

    /** @param jvm {@code local}, or {@code gated} for one that waits until it is let */
    private String workers(String jvm) throws IOException {
        return descriptor("workers", process(jvm));
    }

    private String process(String jvm) {
        String java = way == Way.LOCAL ? gated.java().toString() : "/srv/share/gated/bin/java";
        String waiting = "<jvmProcess><javaPath><absolutePath value='" + java + "'/></javaPath></jvmProcess>";
        if (way == Way.LOCAL) {
            return jvm.equals("gated") ? waiting : "<jvmProcess/>";
        }
        return way.process.formatted(jvm) + "</processDefinition><processDefinition id='gated'>" + waiting;
    }

    private String joined(int containers) throws IOException {
        return written("joined.xml", """
                <actium xmlns="urn:actium:deployment:1">
                  <virtualNode name="workers" timeout="200000"><vmName value="joined"/></virtualNode>
                  <jvm name="joined"><serviceReference refid="some"/></jvm>
                  <serviceDefinition id="some"><joinedContainers nodesAsked="%d"/></serviceDefinition>
                </actium>
                """.formatted(containers));
    }

    private String written(String name, String text) throws IOException {
        Path file = cli.state().resolve(name);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, OWNER_ONLY);
        return file.toString();
    }

    private void startJoined() throws IOException {
        writeToken();
        BED.on("host1", "sh", "-c", START_JOINED);
    }

    private void writeToken() throws IOException {
        Cli.Result token = cli.run("token");
        assertThat(token.exitCode()).as(token.err()).isZero();
        Files.writeString(token(), token.out());
        Files.setPosixFilePermissions(token(), OWNER_ONLY);
    }

    private static Path token() {
        return TestBed.SHARE.resolve("token-joined");
    }

    /** They are nobody's children, so they stay; what they were given goes. */
    private void awaitDropped() {
        Eventually.becomes(
                "the container has dropped its nodes",
                WITHIN_THE_LEASE,
                () -> logOfJoined().contains("it drops the nodes it was given, and waits"),
                this::logOfJoined);
        assertThat(BED.containersOn("host1")).isNotEmpty();
    }

    private String logOfJoined() {
        return BED.on("host1", "sh", "-c", "cat /run/actium/joined/*.log");
    }
}
