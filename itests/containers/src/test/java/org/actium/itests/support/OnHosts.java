package org.actium.itests.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.rules.TestRule;
import org.junit.rules.Timeout;
import org.junit.runner.Description;
import org.junit.runners.model.Statement;

/** Tests that deploy on hosts of the test bed. Each ends with no process and no file left there, but for the caches. */
public abstract class OnHosts {

    private static final Duration END = Duration.ofSeconds(30);

    /**
     * Within which a host that was powered off is noticed. Links to it close after 12 s, as {@code docs/guide/deploying.md} says.
     * What is called meanwhile may dial for 15 s before that fails. The rest is for hosts that share two processors.
     */
    public static final Duration NOTICED = Duration.ofSeconds(12 + 15 + 18);

    @Rule
    public final Timeout deadline = Timeout.seconds(600);

    /** Around all else, so that what prepares and looks afterwards is not done for a test that is skipped. */
    @Rule(order = 1)
    public final TestRule withHosts = this::withHosts;

    private static Optional<String> digestHere = Optional.empty();

    protected final Cli cli;
    private final TestBed bed;
    private final SharedContainer container;
    private final Map<String, List<String>> filesBefore = new TreeMap<>();
    private final Set<String> lost = new HashSet<>();

    /** @param container from which the tests deploy */
    protected OnHosts(TestBed bed, SharedContainer container) {
        this.bed = bed;
        this.container = container;
        this.cli = container.cli();
    }

    /**
     * One that hosts of the test bed can reach, of this distribution.
     *
     * @param more options of {@code actium start}
     */
    protected static SharedContainer container(Path home, String... more) {
        var options = new ArrayList<>(List.of("--listen", TestBed.HERE + ":4117", "--http-port", "0"));
        options.addAll(List.of(more));
        return new SharedContainer(home, options.toArray(String[]::new));
    }

    private Statement withHosts(Statement test, Description description) {
        return new Statement() {
            @Override
            public void evaluate() throws Throwable {
                bed.assumeHosts();
                test.evaluate();
            }
        };
    }

    @Before
    public final void look() {
        bed.names().forEach(host -> filesBefore.put(host, bed.filesOn(host)));
    }

    @After
    public final void nothingIsLeft() {
        container.undeployAll();
        bed.names().stream().filter(host -> !lost.contains(host)).forEach(this::nothingIsLeftOn);
        Eventually.becomes(
                "no ssh leads to a host", END, () -> TestBed.sshHere().isEmpty(), TestBed::sshHere);
    }

    private void nothingIsLeftOn(String host) {
        Eventually.becomes(
                "no container runs on " + host,
                END,
                () -> bed.containersOn(host).isEmpty(),
                () -> bed.containersOn(host));
        assertThat(bed.filesOn(host)).as("files on " + host).isEqualTo(filesBefore.get(host));
    }

    /** Powers the host off; what was there when that happened may stay. */
    protected final void powerOff(String host) {
        lost.add(host);
        bed.hosts("kill", host);
    }

    protected final void start() {
        container.start();
    }

    /** Starts a container here and deploys there; the id of the deployment. */
    protected final String deploy(String file) {
        start();
        return deployed(file);
    }

    /** Deploys there from the container that runs here; the id of the deployment. */
    protected final String deployed(String file) {
        Cli.Result deployed = cli.run("deploy", file);
        assertThat(deployed.exitCode()).as(deployed.out() + deployed.err()).isZero();
        return found("\\b(d\\d+) READY", deployed.out());
    }

    /** Waits until what {@code explain} says of the deployment contains the words. */
    protected final void awaitExplained(String deployment, String words) {
        Eventually.becomes(
                words,
                Duration.ofSeconds(60),
                () -> cli.run("explain", deployment).out().contains(words),
                () -> cli.run("explain", deployment).out());
    }

    /** As a power cut of this machine would end the container. */
    protected final void killDeployer() {
        container.kill();
    }

    /** Runs the example over these nodes; what it printed. */
    protected final Cli.Result nBody(String... options) {
        var all = new ArrayList<>(List.of("run", "nbody"));
        all.addAll(List.of(options));
        all.addAll(List.of("--arg", "bodies=8", "--arg", "iterations=10"));
        Cli.Result result = cli.run(all.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        return result;
    }

    /**
     * Runs the example, powers a host off while it computes, and sees it fail in time with what tells who was lost. It has ended
     * then, and whatever it deployed with it.
     *
     * @param lost the runtimes on that host, as a pattern
     * @param options of {@code actium run}
     */
    protected final void nBodyFailsWhenItLoses(String host, String lost, String... options) throws IOException {
        Path out = cli.state().resolve("lost.out");
        Path err = cli.state().resolve("lost.err");
        var all = new ArrayList<>(List.of("run", "nbody"));
        all.addAll(List.of(options));
        all.addAll(List.of("--arg", "bodies=8", "--arg", "iterations=100000000"));
        Process running = cli.start(out, err, all.toArray(String[]::new));
        try {
            Eventually.becomes(
                    "it has a body for each of 8 nodes",
                    Duration.ofMinutes(4),
                    () -> text(out)
                                    .lines()
                                    .filter(line -> line.startsWith("actium://"))
                                    .count()
                            == 8,
                    () -> text(out) + text(err));
            powerOff(host);

            Eventually.becomes(
                    "it fails",
                    NOTICED,
                    () -> text(err).contains("application 'nbody' failed:"),
                    () -> text(out) + text(err));
            Eventually.becomes("it ends", Duration.ofMinutes(1), () -> !running.isAlive(), () -> text(out) + text(err));
            assertThat(running.exitValue()).isEqualTo(1);
            assertThat(text(err))
                    .containsPattern("application 'nbody' failed:\\Rorg\\.actium\\.\\S+Exception: .*" + lost);
        } finally {
            running.destroyForcibly();
            bed.hosts("boot", host);
        }
    }

    /**
     * What n-body says when it has lost a runtime: it, or one of its planets, hears which, and where that was.
     *
     * @param lost the runtime, as a pattern
     */
    public static String lossOf(String lost, String address) {
        return "application 'nbody' failed:\\R"
                + "(org\\.actium\\.examples\\.nbody\\.PlanetStoppedException: .* failed: )?"
                + "org\\.actium\\.object\\.api\\.(OutcomeUnknown|RequestNotSent)Exception: .*\\b"
                + lost + " .*\\b" + Pattern.quote(address) + ":\\d+";
    }

    /** What the doctor says of one hop, without the indentation. */
    protected static List<String> findings(String way, String out) {
        List<String> lines = out.lines().toList();
        assertThat(lines).as(out).contains(way);
        return Stream.of(lines)
                .flatMap(all -> all.subList(all.indexOf(way) + 1, all.size()).stream())
                .takeWhile(line -> line.startsWith("  "))
                .map(String::strip)
                .toList();
    }

    /** What is in the file now. */
    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException notThere) {
            throw new UncheckedIOException(notThere);
        }
    }

    /** Of what the example computed. */
    protected static String digest(Cli.Result nBody) {
        return found("sha-256 of all positions and velocities ([0-9a-f]{64})", nBody.out());
    }

    /** What the example computes on this machine alone. */
    protected final String digestHere() {
        if (digestHere.isEmpty()) {
            digestHere = Optional.of(digest(nBody("--nodes", "1")));
        }
        return digestHere.get();
    }

    public static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern + " in: " + text).isTrue();
        return matcher.group(1);
    }

    /** @param process the process that starts the runtimes; it may define others */
    protected final String descriptor(String virtualNode, String process) throws IOException {
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
