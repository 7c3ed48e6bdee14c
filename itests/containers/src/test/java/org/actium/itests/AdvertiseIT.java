package org.actium.itests;

import static org.actium.itests.support.OnHosts.found;
import static org.assertj.core.api.Assertions.assertThat;

import org.actium.itests.support.Cli;
import org.actium.itests.support.Containers;
import org.actium.itests.support.SharedContainer;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Containers that others reach at another address than the one at which they listen. */
public class AdvertiseIT {

    /** Nobody on this machine can dial the first of them. */
    @ClassRule
    public static final SharedContainer GATE = new SharedContainer(
            Containers.home(), "--http-port", "0", "--listen", "0.0.0.0:0", "--advertise", "gate.invalid,127.0.0.2");

    @Rule
    public final Timeout deadline = Timeout.seconds(300);

    private final Cli cli = GATE.cli();

    @Test
    public void othersAreToldAndShownTheAddressesThatWereNamed() {
        GATE.start();
        String status = cli.run("status").out();
        String port = found("links +gate\\.invalid:(\\d+)\\n", status);
        assertThat(status).contains("links   127.0.0.2:" + port + "\n").doesNotContain("0.0.0.0", "127.0.0.1:" + port);

        String token = cli.run("token").out();
        Cli.Result joined = cli.runWithInput(
                token,
                "start",
                "--name",
                "other",
                "--join",
                "127.0.0.2:" + port,
                "--listen",
                "0.0.0.0:0",
                "--advertise",
                "127.0.0.3");
        assertThat(joined.exitCode()).as(joined.out() + joined.err()).isZero();
        try {
            Cli.Result taken = cli.run(
                    "deploy",
                    Containers.home().resolve("descriptors/joined.xml").toString(),
                    "--var",
                    "CONTAINERS=1");
            assertThat(taken.exitCode()).as(taken.out() + taken.err()).isZero();
            assertThat(taken.out()).containsPattern("actium://127\\.0\\.0\\.3:\\d+/");

            Cli.Result launched = cli.run(
                    "deploy", Containers.home().resolve("descriptors/local.xml").toString(), "--var", "NODES=1");
            assertThat(launched.exitCode())
                    .as("a runtime of this host finds it although the first address leads nowhere: " + launched.out()
                            + launched.err())
                    .isZero();
        } finally {
            GATE.undeployAll();
            cli.run("stop", "--name", "other");
        }
    }

    @Test
    public void anAddressThatIsNoneIsRefused() {
        Cli.Result refused = cli.run("start", "--name", "none", "--advertise", "gate;reboot");

        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err()).contains("option --advertise wants host:port");
    }
}
