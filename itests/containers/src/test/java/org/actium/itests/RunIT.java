package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actium.itests.support.Cli;
import org.actium.itests.support.Containers;
import org.actium.itests.support.Eventually;
import org.actium.itests.support.OnHosts;
import org.actium.itests.support.Processes;
import org.actium.itests.support.SourceJar;
import org.actium.itests.support.TestBed;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** {@code actium run} and {@code actium plan}, as a user calls them. */
public class RunIT {

    @Rule
    public final Timeout deadline = Timeout.seconds(180);

    private final Cli cli = new Cli(Containers.privateDirectory()).inOwnDirectories();

    @After
    public void noContainerAndNoFileIsLeft() {
        assertThat(Processes.children()).isEmpty();
        assertThat(cli.left()).isEmpty();
    }

    @Test
    public void nBodyRunsOnSeveralContainersAndEndsWithTheSameBitsWhateverTheirNumber() {
        Cli.Result two = cli.run("run", "nbody", "--nodes", "2", "--arg", "bodies=4", "--arg", "iterations=50");
        Cli.Result three = cli.run("run", "nbody", "--nodes", "3", "--arg", "bodies=4", "--arg", "iterations=50");

        assertThat(two.exitCode()).as(two.out() + two.err()).isZero();
        assertThat(three.exitCode()).as(three.out() + three.err()).isZero();
        assertThat(two.out()).contains("joined").contains("ready with 2 nodes").contains("energy");
        assertThat(digest(two.out())).isEqualTo(digest(three.out()));
    }

    private static String digest(String out) {
        Matcher digest = Pattern.compile("sha-256 of all positions and velocities ([0-9a-f]{64})")
                .matcher(out);
        assertThat(digest.find()).as("a digest in: " + out).isTrue();
        return digest.group(1);
    }

    /** 4 JVMs stand for 4 hosts: there is one machine. */
    @Test
    public void nBodyRunsOnEightNodesOfFourContainersWithTheSameBits() throws IOException {
        Cli.Result eight = nBody("--descriptor", eightNodes());
        Cli.Result one = nBody("--nodes", "1");

        assertThat(eight.out()).contains("8 bodies on 8 nodes");
        assertThat(digest(eight.out())).isEqualTo(digest(one.out()));
    }

    private Cli.Result nBody(String... options) {
        var command = new ArrayList<>(List.of("run", "nbody"));
        command.addAll(List.of(options));
        command.addAll(List.of("--arg", "bodies=8", "--arg", "iterations=10"));
        Cli.Result result = cli.run(command.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        return result;
    }

    private String eightNodes() throws IOException {
        Path descriptor = cli.state().resolve("bodies.xml");
        Files.writeString(descriptor, """
                <actium xmlns="urn:actium:deployment:1">
                  <virtualNode name="bodies"><vmName value="worker"/></virtualNode>
                  <jvm name="worker" runtimes="4" askedNodes="2"><processReference refid="local"/></jvm>
                  <processDefinition id="local"><jvmProcess/></processDefinition>
                </actium>
                """);
        return descriptor.toString();
    }

    @Test
    public void nBodyThatLosesAKilledContainerSaysWhichAndLeavesNothing() throws Exception {
        nBodyFailsWhenAContainerGets("KILL");
    }

    /** It is stopped, not ended: nothing tells but that it is silent, as a machine without power. */
    @Test
    public void nBodyThatLosesAContainerSaysWhichAndLeavesNothing() throws Exception {
        nBodyFailsWhenAContainerGets("STOP");
    }

    private void nBodyFailsWhenAContainerGets(String signal) throws IOException, InterruptedException {
        Path out = cli.state().resolve("lost.out");
        Path err = cli.state().resolve("lost.err");
        Process running = cli.start(
                out,
                err,
                "run",
                "nbody",
                "--descriptor",
                eightNodes(),
                "--arg",
                "bodies=8",
                "--arg",
                "iterations=100000000");
        try {
            Eventually.becomes(
                    "it has a body for each of 8 nodes",
                    Duration.ofMinutes(2),
                    () -> OnHosts.text(out)
                                    .lines()
                                    .filter(line -> line.startsWith("actium://"))
                                    .count()
                            == 8,
                    () -> OnHosts.text(out) + OnHosts.text(err));
            long victim = Long.parseLong(OnHosts.found("d1-worker-4: .*process (\\d+)", OnHosts.text(out)));
            Eventually.becomes(
                    "its bodies are told by those of the three others where they are",
                    Duration.ofMinutes(1),
                    () -> connections(victim).lines().count() >= 4,
                    () -> connections(victim));
            assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(victim))
                            .start()
                            .waitFor())
                    .isZero();

            Eventually.becomes(
                    "it fails",
                    OnHosts.NOTICED,
                    () -> OnHosts.text(err).contains("application 'nbody' failed:"),
                    () -> OnHosts.text(out) + OnHosts.text(err));
            assertThat(running.waitFor()).isEqualTo(1);
            assertThat(OnHosts.text(err)).containsPattern(OnHosts.lossOf("d1-worker-4", "127.0.0.1"));
        } finally {
            running.destroyForcibly();
        }
    }

    /** Of the process: one with the container that deploys, one with each other that it has to do with. */
    private static String connections(long process) {
        return TestBed.here("sh", "-c", "ss -tnpH state established | grep ',pid=" + process + ",' || true");
    }

    @Test
    public void helloRunsItsPlainMain() {
        Cli.Result hello = cli.run("run", "hello");

        assertThat(hello.exitCode()).as(hello.out() + hello.err()).isZero();
    }

    @Test
    public void aJarThatIsNoBundleRunsItsMainAndSendsItsObjectsToOtherContainers() throws Exception {
        Path directory = Containers.privateDirectory();
        new SourceJar()
                .withClass(
                        "texts.Greeting",
                        "package texts; public class Greeting { public String to(String name) {"
                                + " return \"hello \" + name + \" from a library\"; } }")
                .writeTo(directory.resolve("texts.jar"));
        Path jar = new SourceJar()
                .withHeader("Main-Class", "plain.Main")
                .withHeader("Class-Path", "texts.jar")
                .withClass("plain.Greeter", """
                        package plain;
                        public class Greeter {
                            public String greet(String name) {
                                return new texts.Greeting().to(name) + " in " + ProcessHandle.current().pid();
                            }
                        }
                        """)
                .withClass("plain.Main", """
                        package plain;
                        import org.actium.application.api.Actium;
                        public class Main {
                            public static void main(String[] arguments) {
                                Actium actium = Actium.here();
                                Greeter greeter = actium.newActive(Greeter.class)
                                        .on(actium.virtualNode("workers").node())
                                        .start();
                                String url = actium.facility(org.actium.naming.api.Names.class)
                                        .register("greeter", greeter);
                                Greeter found = actium.facility(org.actium.naming.api.Names.class)
                                        .lookup(Greeter.class, url.replace("actium:", "rmi:"));
                                System.out.println(found.greet(arguments[0]) + " for "
                                        + ProcessHandle.current().pid());
                            }
                        }
                        """)
                .compiledWith(Containers.apis())
                .compiledWith(directory.resolve("texts.jar"))
                .writeTo(directory.resolve("plain-1.0.jar"));

        Cli.Result plain =
                cli.run("run", jar.toString(), "--descriptor", example("local.xml"), "--nodes", "1", "--", "everybody");

        assertThat(plain.exitCode()).as(plain.out() + plain.err()).isZero();
        Matcher greeting = Pattern.compile("hello everybody from a library in (\\d+) for (\\d+)")
                .matcher(plain.out());
        assertThat(greeting.find()).as(plain.out()).isTrue();
        assertThat(greeting.group(1)).as("another process").isNotEqualTo(greeting.group(2));
    }

    @Test
    public void planSaysWhatWouldStartAndStartsNothing() {
        Cli.Result plan = cli.run("plan", example("technical-services.xml"));

        assertThat(plan.exitCode()).as(plan.err()).isZero();
        assertThat(plan.out())
                .contains("vn1")
                .contains("vn2")
                .contains("properties")
                .contains("colour");
    }

    @Test
    public void aKilledRunLeavesNoChildBehind() throws Exception {
        Path out = Files.createTempFile(cli.state(), "out", "");
        Process run = cli.start(
                out, Files.createTempFile(cli.state(), "err", ""), "run", "nbody", "--arg", "iterations=100000000");
        Eventually.becomes(
                "the run has its nodes",
                Duration.ofSeconds(60),
                () -> read(out).contains("ready with"),
                () -> read(out));
        List<Long> children = run.descendants().map(ProcessHandle::pid).toList();
        assertThat(children).hasSizeGreaterThanOrEqualTo(2);

        run.destroyForcibly().waitFor();

        Processes.awaitNone(children);
    }

    @Test
    public void anInterruptedRunUndeploys() throws Exception {
        Path out = Files.createTempFile(cli.state(), "out", "");
        Process run = cli.start(
                out, Files.createTempFile(cli.state(), "err", ""), "run", "nbody", "--arg", "iterations=100000000");
        Eventually.becomes(
                "the run has its nodes",
                Duration.ofSeconds(60),
                () -> read(out).contains("ready with"),
                () -> read(out));
        List<Long> children = run.descendants().map(ProcessHandle::pid).toList();

        run.destroy();

        assertThat(run.waitFor()).isNotZero();
        Processes.awaitNone(children);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException notYet) {
            return "";
        }
    }

    private static String example(String name) {
        return Containers.home().resolve("descriptors").resolve(name).toString();
    }
}
