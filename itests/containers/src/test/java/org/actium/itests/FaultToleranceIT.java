package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.actium.itests.support.Cli;
import org.actium.itests.support.Containers;
import org.actium.itests.support.Processes;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** {@code actium run --ft pml --kill 1}: JVMs die in the middle, and the result is that of an undisturbed run. */
public class FaultToleranceIT {

    /** A slow machine may have more restored than what was killed. */
    private static final String RESTORED = "object .* restored as incarnation \\d+, time lost .* s";

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

    @Test
    public void aDescriptorAsksForItAsTheOldOnesDid() throws IOException {
        Cli.Result played = cli.run("run", "pingpong", "--descriptor", descriptor("pml"), "--kill", "1@1s");

        assertThat(played.exitCode()).as(played.out() + played.err()).isZero();
        assertThat(played.out()).contains("collected value 1771014405").containsPattern(RESTORED);
        assertThat(played.err()).contains("rmi://localhost:1100/FTServer").contains("not asked");
    }

    @Test
    public void aProtocolThatThereIsNotFailsTheDeployment() throws IOException {
        Cli.Result refused = cli.run("run", "pingpong", "--descriptor", descriptor("cic"));

        assertThat(refused.exitCode()).as(refused.out()).isEqualTo(1);
        assertThat(refused.err()).contains("argument 'protocol' is 'cic'; there is only 'pml' so far");
    }

    @Test
    public void aDaemonShowsWhereObjectsMayBe() throws Exception {
        must(cli.run("start", "--http-port", "0"));
        try {
            assertThat(must(cli.run("console", "-c", "actium:ft")))
                    .contains("no recoverable objects, and no node for them");

            must(cli.run("deploy", descriptor("pml")));

            assertThat(must(cli.run("console", "-c", "actium:ft")))
                    .containsPattern("\\S*player-1 +takes objects +[0-9.]+ s ago +0")
                    .containsPattern("\\S*player-2 +takes objects +[0-9.]+ s ago +0")
                    .contains("no recoverable objects");
            assertThat(get("api/fault-tolerance"))
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

    private String get(String path) throws IOException, InterruptedException {
        Path state = cli.state().resolve("default");
        String port = Files.readString(state.resolve("rest.port")).strip();
        String token = Files.readString(state.resolve("rest.token")).strip();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + path))
                                    .header("Authorization", "Bearer " + token)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private String descriptor(String protocol) throws IOException {
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
                        <globalServer url="rmi://localhost:1100/FTServer"/>
                        <ttc value="5"/>
                      </faultTolerance>
                    </serviceDefinition></services>
                  </infrastructure>
                </ProActiveDescriptor>
                """.formatted(protocol))
                .toString();
    }
}
