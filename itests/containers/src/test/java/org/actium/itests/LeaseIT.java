package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.actium.itests.support.Cli;
import org.actium.itests.support.Containers;
import org.actium.itests.support.Eventually;
import org.actium.itests.support.OnHosts;
import org.actium.itests.support.Processes;
import org.actium.itests.support.SharedContainer;
import org.actium.itests.support.TestBed;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** Runtimes whose lease another runtime holds than the one that deploys: here a container beside it that has joined it. */
public class LeaseIT extends OnHosts {

    /** Of runtimes on other hosts, and time for two processors to notice. */
    private static final Duration WITHIN_THE_LEASE = Duration.ofSeconds(60 + 30);

    private static final Path HOME = Containers.privateDirectory().resolve("actium");

    @ClassRule
    public static final TestBed BED = new TestBed(1).withRshIfThere();

    @ClassRule
    public static final SharedContainer CONTAINER = container(HOME);

    public LeaseIT() {
        super(BED, CONTAINER);
    }

    /** A distribution whose administrator allows rsh. */
    @BeforeClass
    public static void copyDistribution() throws IOException {
        Containers.copyHome(HOME);
        Files.writeString(HOME.resolve("conf/protocols.properties"), "insecure = rsh\n");
    }

    /** What ends one without a holder, the end of the rsh that leads to it, does not end the other one. */
    @Test
    public void theyOutliveTheirDeployerAndEndWithTheHolder() throws IOException {
        start();
        long holder = startHolder();
        try {
            deployed(descriptor("without", "<jvmProcess/>"));
            List<Long> without = children();
            deployed(held("<jvmProcess/>"));
            List<Long> here =
                    children().stream().filter(pid -> !without.contains(pid)).toList();
            assertThat(here).hasSize(1);
            List<String> withoutThere = new ArrayList<>();
            deployed(held("<sshProcess hostname='host1'><processReference refid='local'/></sshProcess>"));
            List<String> heldThere = new ArrayList<>(runtimes());
            assertThat(heldThere).hasSize(1);
            if (BED.hasRsh()) {
                String rsh = "<rshProcess hostname='host1'><processReference refid='local'/></rshProcess>";
                deployed(held(rsh));
                heldThere = runtimes();
                assertThat(heldThere).hasSize(2);
                deployed(descriptor("withoutThere", rsh));
                withoutThere.addAll(runtimes());
                withoutThere.removeAll(heldThere);
                assertThat(withoutThere).hasSize(1);
            }

            killDeployer();

            Processes.awaitNone(without); // the lease of which was not longer
            Eventually.becomes(
                    "those without a holder have ended on host1",
                    WITHIN_THE_LEASE,
                    () -> runtimes().stream().noneMatch(withoutThere::contains),
                    LeaseIT::runtimes);
            assertThat(ProcessHandle.of(here.getFirst()).filter(ProcessHandle::isAlive))
                    .as("of this host")
                    .isPresent();
            assertThat(runtimes()).isEqualTo(heldThere);

            Processes.kill(holder);
            Processes.awaitNone(here);
            Eventually.becomes(
                    "none is left on host1",
                    WITHIN_THE_LEASE,
                    () -> BED.containersOn("host1").isEmpty(),
                    () -> BED.containersOn("host1"));
        } finally {
            ProcessHandle.of(holder).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** The processes on the host, by their numbers. */
    private static List<String> runtimes() {
        return BED.on("host1", "sh", "-c", "pgrep -x java || true").lines().toList();
    }

    @Test
    public void undeployingEndsThemThoughTheHolderIsThere() throws IOException {
        start();
        long holder = startHolder();
        try {
            String id = deployed(held("<sshProcess hostname='host1'><processReference refid='local'/></sshProcess>"));

            assertThat(cli.run("undeploy", id).exitCode()).isZero();

            assertThat(BED.containersOn("host1")).isEmpty();
        } finally {
            Processes.kill(holder);
        }
    }

    private static List<Long> children() {
        return ProcessHandle.of(CONTAINER.pid())
                .orElseThrow()
                .children()
                .map(ProcessHandle::pid)
                .toList();
    }

    private long startHolder() {
        String address = TestBed.HERE + ":4119";
        Cli.Result started = cli.runWithInput(
                cli.run("token").out(),
                "start",
                "--name",
                "holder",
                "--join",
                TestBed.HERE + ":4117",
                "--listen",
                address);
        assertThat(started.exitCode()).as(started.out() + started.err()).isZero();
        return Long.parseLong(found("pid (\\d+)", started.out()));
    }

    /** A descriptor whose runtimes do not outlive the other container. */
    private String held(String process) throws IOException {
        Path file = Path.of(descriptor("held", process));
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("</actium>", "<leaseHolder host='" + TestBed.HERE + "' port='4119'/></actium>"));
        return file.toString();
    }
}
