package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.actium.itests.support.Cli;
import org.actium.itests.support.Containers;
import org.actium.itests.support.Eventually;
import org.actium.itests.support.Processes;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** {@code actium run --ft pml --kill 1}: JVMs die in the middle, and the result is that of an undisturbed run. */
public class FaultToleranceIT {

    /** A slow machine may have more restored than what was killed. */
    private static final String RESTORED = "object .* restored as incarnation \\d+, time lost .* s";

    private static final String FT = "api/fault-tolerance";

    private static final Pattern HAS_RECEIVED = Pattern.compile("\"logEntries\":[1-9]");

    @Rule
    public final Timeout deadline = Timeout.seconds(400);

    private final Cli cli = new Cli(Containers.privateDirectory(), Duration.ofSeconds(360));

    @After
    public void noContainerIsLeft() {
        assertThat(Processes.children()).isEmpty();
    }

    @Test
    public void pingPongCollectsWhatItWouldHaveCollected() {
        Cli.Result played = cli.run("run", "pingpong", "--ft", "pml", "--kill", "1@1s");

        assertThat(played.exitCode()).as(played.out() + played.err()).isZero();
        assertThat(played.out())
                .contains("collected value 1771014405")
                .containsPattern("d2-player-.: killed, process")
                .containsPattern("given up, not heard of for .* s; it had \\d+ object")
                .containsPattern(RESTORED);
    }

    @Test
    public void bodiesEndWhereTheyWouldHaveEndedToTheLastBit() {
        String[] small = {"run", "nbody", "--arg", "bodies=4", "--arg", "iterations=100"};
        Cli.Result undisturbed = cli.run(small);
        Cli.Result disturbed = cli.run(with(small, "--ft", "pml", "--kill", "1@0.1s"));

        assertThat(disturbed.exitCode()).as(disturbed.out() + disturbed.err()).isZero();
        assertThat(disturbed.out()).containsPattern(RESTORED);
        assertThat(digest(disturbed)).isEqualTo(digest(undisturbed)).startsWith("sha-256");
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.of(arguments, more).flatMap(Stream::of).toArray(String[]::new);
    }

    private static String digest(Cli.Result result) {
        return result.out()
                .lines()
                .filter(line -> line.startsWith("sha-256"))
                .findFirst()
                .orElse(result.out() + result.err());
    }

    /** The server is killed, then a JVM, and the server comes back: nobody but its file knows what was lost. */
    @Test
    public void aDescriptorNamesAServerThatMayBeKilled() throws IOException {
        String port = Integer.toString(freePort());
        String[] server = {"startGlobalFTServer", "-proto", "pml", "-name", "FTServer", "-port", port, "-fdperiod", "2"
        };
        long first = pid(must(cli.run(server)));
        try {
            Cli.Result second = cli.run(server);
            assertThat(second.exitCode()).as("two servers of one name").isNotZero();
            assertThat(second.err()).contains("container 'FTServer' is running already");

            Path out = cli.state().resolve("run.out");
            Path err = cli.state().resolve("run.err");
            Process run = cli.start(out, err, playingWithTheServerAt(port));
            Eventually.becomes(
                    "both players have received something, or the run has ended",
                    Duration.ofSeconds(120),
                    () -> received("FTServer") == 2 || !run.isAlive(),
                    () -> get("FTServer", FT) + read(out) + read(err));
            assertThat(run.isAlive()).as(read(out) + read(err)).isTrue();
            Processes.kill(first);
            Processes.awaitNone(List.of(first));
            List<ProcessHandle> players =
                    run.descendants().filter(FaultToleranceIT::isContainer).toList();
            Processes.kill(players.getLast().pid());
            assertThat(read(out)).as("the game was over too early").doesNotContain("collected value");
            must(cli.run(server));

            assertThat(run.onExit().orTimeout(300, TimeUnit.SECONDS).join().exitValue())
                    .as(read(out) + read(err))
                    .isZero();
            assertThat(read(out)).contains("collected value 1771014405").containsPattern(RESTORED);
        } finally {
            cli.run("stop", "--name", "FTServer");
            Processes.children().forEach(ProcessHandle::destroyForcibly); // of a run that has not ended
        }
    }

    private String[] playingWithTheServerAt(String port) throws IOException {
        Path token = cli.state().resolve("guest.token");
        Files.deleteIfExists(token);
        Files.createFile(token, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(token, must(cli.run("token", "--guest", "--name", "FTServer")));
        return new String[] {
            "run",
            "pingpong",
            "--descriptor",
            descriptor("pml", "<globalServer url='rmi://localhost:" + port + "/FTServer'/>"),
            "--join",
            "127.0.0.1:" + port,
            "--token-file",
            token.toString(),
            "--outlive"
        };
    }

    /** Nobody tells the server that it is over. */
    @Test
    public void aRunThatIsKilledLeavesNothingToTheNextOne() throws IOException {
        String port = Integer.toString(freePort());
        must(cli.run("startGlobalFTServer", "-name", "FTServer", "-port", port));
        try {
            Path out = cli.state().resolve("run.out");
            Path err = cli.state().resolve("run.err");
            Process run = cli.start(out, err, playingWithTheServerAt(port));
            Eventually.becomes(
                    "both players have received something, or the run has ended",
                    Duration.ofSeconds(120),
                    () -> received("FTServer") == 2 || !run.isAlive(),
                    () -> get("FTServer", FT) + read(out) + read(err));
            assertThat(run.isAlive()).as(read(out) + read(err)).isTrue();
            List<ProcessHandle> players = run.descendants().toList();
            run.destroyForcibly();
            players.forEach(ProcessHandle::destroyForcibly);
            assertThat(get("FTServer", FT)).contains("\"incarnation\":1");

            Cli.Result next = cli.run(playingWithTheServerAt(port));

            assertThat(next.exitCode()).as(next.out() + next.err()).isZero();
            assertThat(next.out())
                    .contains("collected value 1771014405")
                    .doesNotContain("given up", "restored", "no runtime");
            assertThat(get("FTServer", FT))
                    .as("what the first run had waits for it")
                    .contains("\"incarnation\":1")
                    .doesNotContain("\"incarnation\":2");
        } finally {
            cli.run("stop", "--name", "FTServer");
            Processes.children().forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    public void aServerThatIsNotThereFailsTheDeployment() throws IOException {
        Cli.Result refused = cli.run(
                "run",
                "pingpong",
                "--descriptor",
                descriptor("pml", "<globalServer url='rmi://localhost:" + freePort() + "/FTServer'/>"));

        assertThat(refused.exitCode()).as(refused.out()).isEqualTo(1);
        assertThat(refused.err())
                .containsPattern(
                        "cannot be made fault-tolerant: server of fault tolerance rmi://localhost:\\d+/FTServer"
                                + " cannot be used: no runtime of this domain")
                .contains("actium startGlobalFTServer");
    }

    @Test
    public void aProtocolThatThereIsNotFailsTheDeployment() throws IOException {
        Cli.Result refused = cli.run("run", "pingpong", "--descriptor", descriptor("cic", ""));

        assertThat(refused.exitCode()).as(refused.out()).isEqualTo(1);
        assertThat(refused.err()).contains("argument 'protocol' is 'cic'; there is only 'pml' so far");
    }

    @Test
    public void aDaemonShowsWhereObjectsMayBe() throws Exception {
        must(cli.run("start", "--http-port", "0"));
        try {
            assertThat(must(cli.run("console", "-c", "actium:ft")))
                    .contains("no recoverable objects, and no node for them");

            must(cli.run("deploy", descriptor("pml", "")));

            assertThat(must(cli.run("console", "-c", "actium:ft")))
                    .containsPattern("\\S*player-1 +takes objects +[0-9.]+ s ago +0")
                    .containsPattern("\\S*player-2 +takes objects +[0-9.]+ s ago +0")
                    .contains("no recoverable objects");
            assertThat(get("default", FT))
                    .containsPattern("player-1\",\"alive\":true,\"takes\":true,\"silentMillis\":\\d+,\"objects\":0")
                    .contains("\"objects\":[]");
        } finally {
            must(cli.run("stop"));
        }
    }

    private static String must(Cli.Result result) {
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        return result.out();
    }

    private String get(String container, String path) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            Path state = cli.state().resolve(container);
            String port = Files.readString(state.resolve("rest.port")).strip();
            String token = Files.readString(state.resolve("rest.token")).strip();
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + path))
                                    .header("Authorization", "Bearer " + token)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** How many objects that server has logged something for. */
    private long received(String container) {
        return HAS_RECEIVED.matcher(get(container, FT)).results().count();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }

    private static long pid(String started) {
        Matcher found = Pattern.compile("pid (\\d+)").matcher(started);
        assertThat(found.find()).as(started).isTrue();
        return Long.parseLong(found.group(1));
    }

    private static boolean isContainer(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains("org.actium.launcher");
    }

    private String descriptor(String protocol, String server) throws IOException {
        return Files.writeString(cli.state().resolve("players.xml"), """
                <ProActiveDescriptor>
                  <componentDefinition><virtualNodesDefinition>
                    <virtualNode name="players" property="multiple" ftServiceId="message-logging"/>
                  </virtualNodesDefinition></componentDefinition>
                  <deployment>
                    <mapping><map virtualNode="players"><jvmSet><vmName value="player"/></jvmSet></map></mapping>
                    <jvms><jvm name="player" runtimes="2">
                      <creation><processReference refid="local"/></creation>
                    </jvm></jvms>
                  </deployment>
                  <infrastructure>
                    <processes><processDefinition id="local"><jvmProcess/></processDefinition></processes>
                    <services><serviceDefinition id="message-logging">
                      <faultTolerance>
                        <protocol type="%s"/>
                        %s
                        <ttc value="5"/>
                      </faultTolerance>
                    </serviceDefinition></services>
                  </infrastructure>
                </ProActiveDescriptor>
                """.formatted(protocol, server))
                .toString();
    }
}
