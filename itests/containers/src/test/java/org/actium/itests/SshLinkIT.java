package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.actium.itests.support.Cli;
import org.actium.itests.support.Containers;
import org.actium.itests.support.Eventually;
import org.actium.itests.support.TestBed;
import org.junit.After;
import org.junit.Assume;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** A container that listens at loopback of another host is joined, and linked to, through the sshd there. */
public class SshLinkIT {

    private static final String ON_HOST = "ACTIUM_STATE=/run/actium /srv/share/actium/bin/actium ";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What a container that joins has to be given for this. */
    private static final Pattern CLIENT =
            Pattern.compile("\\{[^{}]*\"bundles/(sshd-osgi|org\\.actium\\.ssh\\.mina)-[^{}]*}");

    @ClassRule
    public static final TestBed BED = new TestBed(1);

    @Rule
    public final Timeout deadline = Timeout.seconds(300);

    private final Path home = Containers.privateDirectory().resolve("actium");
    private final Path shared = TestBed.SHARE.resolve("actium");
    private final Cli cli = new Cli(Containers.privateDirectory(), Duration.ofSeconds(120), home);

    @Before
    public void copyDistributions() throws IOException {
        Assume.assumeTrue("there are no hosts", BED.isThere());
        Containers.delete(shared);
        Containers.copyHome(shared);
        Containers.copyHome(home);
    }

    @After
    public void stopAll() throws IOException {
        if (BED.isThere()) {
            cli.run("stop", "--name", "guest");
            BED.on("host1", "sh", "-c", ON_HOST + "stop || true; rm -rf /run/actium");
            Containers.delete(shared);
        }
    }

    /** As {@code docs/guide/security.md} says: the client, and two lines in the assembly. */
    private void speakWithoutTheProgram() throws IOException {
        Path ssh = TestBed.SHARE.resolveSibling("ssh");
        Path configuration = home.resolve("conf/ssh");
        Files.writeString(configuration, "Host *\n  User root\n  IdentityFile " + ssh.resolve("id_ed25519") + "\n");
        Files.writeString(
                home.resolve("conf/node.properties"),
                "\nactium.ssh.client=mina\nactium.mina.configuration=" + configuration + "\nactium.mina.known-hosts="
                        + ssh.resolve("known_hosts") + "\n",
                StandardOpenOption.APPEND);
        String client = CLIENT.matcher(Files.readString(home.resolve("assembly/admin.json")))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.joining(", "));
        Path assembly = home.resolve("assembly/node.json");
        Files.writeString(assembly, Files.readString(assembly).replaceFirst("\"bundles\" : \\[", "$0 " + client + ","));
    }

    private String log() {
        try {
            return Files.readString(cli.state().resolve("guest").resolve("daemon.log"));
        } catch (IOException missing) {
            return missing.toString();
        }
    }

    @Test
    public void aClientInTheJvmDialsTheGateway() throws IOException {
        speakWithoutTheProgram();
        BED.on("host1", "sh", "-c", ON_HOST + "start --listen 127.0.0.1:4711 --http-port 0");
        String token = BED.on("host1", "sh", "-c", ON_HOST + "token");

        Cli.Result joined =
                cli.runWithInput(token, "start", "--name", "guest", "--join", "ssh@host1:4711", "--listen", "none");

        assertThat(joined.exitCode()).as(joined.out() + joined.err() + log()).isZero();
        Eventually.becomes(
                "they are linked",
                PATIENCE,
                () -> BED.on("host1", "sh", "-c", ON_HOST + "links").contains("guest"),
                this::log);
        assertThat(log()).contains("is reached through ssh");
        assertThat(programs()).as("no program leads there").isEmpty();
    }

    /** That lead to the host, of whomever on this machine. */
    private static List<String> programs() {
        return TestBed.here("ps", "-eo", "args")
                .lines()
                .filter(line -> line.matches("(\\S*/)?ssh .*-W .*host1.*"))
                .toList();
    }
}
