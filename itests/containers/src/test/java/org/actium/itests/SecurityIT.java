package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.actium.itests.support.Cli;
import org.actium.itests.support.Containers;
import org.actium.itests.support.Eventually;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** What the command line does about who may link to whom. */
public class SecurityIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Rule
    public final Timeout deadline = Timeout.seconds(240);

    private final Cli cli = new Cli(Containers.privateDirectory());

    @After
    public void stopAll() {
        for (String name : List.of("w1", "w2", "default")) {
            cli.run("stop", "--name", name);
        }
    }

    private Cli.Result must(Cli.Result result) {
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        return result;
    }

    private String log(String container) {
        try {
            return Files.readString(cli.state().resolve(container).resolve("daemon.log"));
        } catch (IOException missing) {
            return missing.toString();
        }
    }

    private void logs(String container, String line) {
        Eventually.becomes(
                "the log of " + container + " has '" + line + "'",
                PATIENCE,
                () -> log(container).contains(line),
                () -> log(container));
    }

    private String links() {
        return must(cli.run("links")).out();
    }

    private void joins(String name, String endpoint) {
        String token = must(cli.run("token")).out();
        must(cli.runWithInput(token, "start", "--name", name, "--join", endpoint));
    }

    private String endpoint() {
        return cli.run("status", "--name", "default")
                .out()
                .lines()
                .filter(line -> line.strip().startsWith("links"))
                .map(line -> line.strip().substring("links".length()).strip())
                .findFirst()
                .orElseThrow();
    }

    @Test
    public void anExpelledContainerIsRefusedByAllAndTheOthersStay() {
        must(cli.run("start", "--http-port", "0"));
        joins("w1", endpoint());
        joins("w2", endpoint());
        assertThat(cli.run("links").out()).contains("w1").contains("w2").contains("tcp 127.0.0.1:");

        assertThat(must(cli.run("domain", "expel", "w1")).out()).isEqualTo("w1 EXPELLED\n");

        logs("default", "was expelled from the domain at ");
        logs("w1", "was expelled from the domain at ");
        Eventually.becomes("w1 has no link any more", PATIENCE, () -> !links().contains("w1"), this::links);
        assertThat(links()).contains("w2");
        logs("default", " is refused: runtime "); // w1 dials again
        Cli.Result again = cli.run("domain", "expel", "w1");
        assertThat(again.err()).contains("no linked runtime is called 'w1'").contains("w2 (");
        assertThat(again.exitCode()).isEqualTo(2);
    }

    @Test
    public void withoutProtectionEverythingWorksOnThisHostAndSaysSo() {
        Cli.Result started = must(cli.run("start", "--http-port", "0", "--insecure-loopback"));
        assertThat(started.err()).contains("are not protected (--insecure-loopback)");

        must(cli.run(
                "deploy", Containers.home().resolve("descriptors/local.xml").toString(), "--var", "NODES=2"));
        assertThat(cli.run("nodes").out()).contains("workers");
        String warning = "links are neither encrypted nor authenticated, and loopback only";
        logs("default", "default: " + warning);
        logs("default", "[d1-worker-2] "); // what children log comes to the parent
        assertThat(cli.run("links").out()).contains("tcp 127.0.0.1:").doesNotContain("0.0.0.0");
        assertThat(endpoint()).startsWith("127.0.0.1:");

        assertThat(cli.run("stop").exitCode()).isZero();
        Cli.Result beyond = cli.run("start", "--insecure-loopback", "--listen", "0.0.0.0:0", "--http-port", "0");
        assertThat(beyond.exitCode()).isNotZero();
        assertThat(beyond.err()).contains("it can be a loopback address only");
    }
}
