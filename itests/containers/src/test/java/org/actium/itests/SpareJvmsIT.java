package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.actium.itests.support.Cli;
import org.actium.itests.support.Containers;
import org.actium.itests.support.Processes;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** What is lost goes on in JVMs that wait for it: those of a virtual node with a {@code resourceServer}. */
public class SpareJvmsIT {

    private static final Path REPOSITORY = Path.of(System.getProperty("actium.itests"), "..");
    private static final String PORT_OF_OLD = "1100";

    @Rule
    public final Timeout deadline = Timeout.seconds(400);

    private final Cli cli = new Cli(Containers.privateDirectory(), Duration.ofSeconds(360));

    @After
    public void noContainerIsLeft() {
        assertThat(Processes.children()).isEmpty();
    }

    @Test
    public void ofAVirtualNodeOfItsOwn() throws IOException {
        String port = freePort();
        Path descriptor = cli.state().resolve("players-spares.xml");
        Files.writeString(
                descriptor,
                Files.readString(REPOSITORY.resolve("descriptors/players-spares.xml"))
                        .replace(":" + PORT_OF_OLD + "/", ":" + port + "/"));

        Cli.Result played = play(port, descriptor, "players");

        assertThat(played.out())
                .containsPattern("d1-player.: killed, process")
                .containsPattern("d1-spare.: object .* restored as incarnation 2");
    }

    @Test
    public void ofADescriptorOfOldAsItStands() throws IOException {
        Path corpus = Optional.ofNullable(System.getProperty("actium.corpus"))
                .map(Path::of)
                .orElse(REPOSITORY.resolve("../shared/corpus"));
        Path descriptor = corpus.resolve("legacy/src__Tests__functionalTests__ft__testFT_PML2.xml");
        assumeTrue("skipped: no corpus; name one with -Dactium.corpus=…", Files.exists(descriptor));

        Cli.Result played = play(PORT_OF_OLD, descriptor, "Workers");

        assertThat(played.out())
                .containsPattern("d1-Jvm.: killed, process")
                .containsPattern("d1-JvmS.: object .* restored as incarnation 2");
    }

    /** With a server at that port of this host; one of the JVMs that play is killed. */
    private Cli.Result play(String port, Path descriptor, String virtualNode) throws IOException {
        must(cli.run("startGlobalFTServer", "-name", "FTServer", "-port", port));
        try {
            Path token = Files.createFile(
                    cli.state().resolve("guest.token"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(token, must(cli.run("token", "--guest", "--name", "FTServer")));
            Cli.Result played = cli.run(
                    "run",
                    "pingpong",
                    "--arg",
                    "on=" + virtualNode,
                    "--descriptor",
                    descriptor.toString(),
                    "--join",
                    "127.0.0.1:" + port,
                    "--token-file",
                    token.toString(),
                    "--kill",
                    "1@1s");
            assertThat(must(played)).contains("collected value 1771014405");
            assertThat(Pattern.compile("node actium://\\S+")
                            .matcher(played.out())
                            .results())
                    .as("two nodes that play, two spare ones")
                    .hasSize(4);
            return played;
        } finally {
            cli.run("stop", "--name", "FTServer");
        }
    }

    private static String must(Cli.Result result) {
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        return result.out();
    }

    private static String freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0)) {
            return Integer.toString(any.getLocalPort());
        }
    }
}
