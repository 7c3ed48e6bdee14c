package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actium.itests.support.Cli;
import org.actium.itests.support.Containers;
import org.actium.itests.support.Eventually;
import org.actium.itests.support.OnHosts;
import org.actium.itests.support.Processes;
import org.actium.itests.support.SourceJar;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** {@code actium run} and {@code actium plan}, as a user calls them. */
public class RunIT {

    @Rule
    public final Timeout deadline = Timeout.seconds(180);

    private final Cli cli = new Cli(Containers.privateDirectory());

    @After
    public void noContainerIsLeft() {
        assertThat(Processes.children()).isEmpty();
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

    /** It is stopped, not ended: nothing tells but that it is silent, as a machine without power. */
    @Test
    public void nBodyThatLosesAContainerSaysWhichAndLeavesNothing() throws IOException, InterruptedException {
        Path out = cli.state().resolve("lost.out");
        Path err = cli.state().resolve("lost.err");
        Path descriptor = cli.state().resolve("bodies.xml");
        Files.writeString(descriptor, """
                <actium xmlns="urn:actium:deployment:1">
                  <virtualNode name="bodies"><vmName value="worker"/></virtualNode>
                  <jvm name="worker" runtimes="4" askedNodes="2"><processReference refid="local"/></jvm>
                  <processDefinition id="local"><jvmProcess/></processDefinition>
                </actium>
                """);
        Process running = cli.start(
                out,
                err,
                "run",
                "nbody",
                "--descriptor",
                descriptor.toString(),
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
            assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(victim))
                            .start()
                            .waitFor())
                    .isZero();

            Eventually.becomes(
                    "it fails",
                    OnHosts.NOTICED,
                    () -> OnHosts.text(err).contains("application 'nbody' failed:"),
                    () -> OnHosts.text(out) + OnHosts.text(err));
            assertThat(running.waitFor()).isEqualTo(1);
            assertThat(OnHosts.text(err)).containsPattern("failed:\\Rorg\\.actium\\.\\S+Exception: .*d1-worker-4 ");
        } finally {
            running.destroyForcibly();
        }
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
