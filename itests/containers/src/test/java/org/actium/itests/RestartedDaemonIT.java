package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actium.itests.support.Cli;
import org.actium.itests.support.Containers;
import org.actium.itests.support.Processes;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** A container that is started anew founds no other domain, and those that had joined it find it where it was. */
public class RestartedDaemonIT {

    @Rule
    public final Timeout deadline = Timeout.seconds(300);

    private final Cli cli = new Cli(Containers.privateDirectory());

    @After
    public void stop() {
        cli.run("stop", "--name", "w1");
        cli.run("stop");
    }

    @Test
    public void whoJoinedItServesItsDeploymentsWithoutANewToken() {
        String started = must(cli.run("start", "--http-port", "0"));
        long first = Long.parseLong(found("pid (\\d+)", started));
        String endpoint = found("links +(127\\.0\\.0\\.1:\\d+)", started);
        String token = must(cli.run("token"));
        String container =
                must(cli.runWithInput(token, "start", "--name", "w1", "--join", endpoint, "--listen", "127.0.0.1:0"));
        deploy();

        Processes.kill(first);
        Processes.awaitNone(List.of(first));
        must(cli.run("start", "--listen", endpoint, "--http-port", "0"));

        String again = deploy();
        assertThat(must(cli.run("nodes")).lines().filter(line -> line.contains("workers")))
                .as("those of the deployment that went with the first are gone")
                .hasSize(1);
        must(cli.run("undeploy", again));
        assertThat(ProcessHandle.of(Long.parseLong(found("pid (\\d+)", container))))
                .as("the same all the time")
                .isPresent();
    }

    /** The id of the deployment. */
    private String deploy() {
        String file = Containers.home().resolve("descriptors/joined.xml").toString();
        return found("\\b(d\\d+) READY", must(cli.run("deploy", file, "--var", "CONTAINERS=1")));
    }

    private static String must(Cli.Result result) {
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        return result.out();
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern + " in: " + text).isTrue();
        return matcher.group(1);
    }
}
