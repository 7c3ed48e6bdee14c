package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.actium.itests.support.Cli;
import org.actium.itests.support.Containers;
import org.actium.itests.support.OnHosts;
import org.actium.itests.support.SharedContainer;
import org.actium.itests.support.TestBed;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** Runtimes on other hosts, over a real rshd and rlogind, where the administrator allows that. */
public class RshIT extends OnHosts {

    private static final Path HOME = Containers.privateDirectory().resolve("actium");

    @ClassRule
    public static final TestBed BED = new TestBed(4).withRsh();

    @ClassRule
    public static final SharedContainer CONTAINER = container(HOME);

    public RshIT() {
        super(BED, CONTAINER);
    }

    /** A distribution whose administrator is of another opinion than ours. */
    @BeforeClass
    public static void copyDistribution() throws IOException {
        Containers.copyHome(HOME);
        allow("rsh, rlogin");
    }

    private static void allow(String protocols) throws IOException {
        Files.writeString(HOME.resolve("conf/protocols.properties"), "insecure = " + protocols + "\n");
    }

    @Test
    public void nBodyRunsOnEightNodesOfFourHostsOverRsh() throws IOException {
        Cli.Result there = nBody("--listen", TestBed.HERE + ":0", "--descriptor", descriptor("bodies", """
                <processListbyHost class="RSHProcessList" hostlist="host[1-4]" repeat="2"><processReference refid="local"/>
                </processListbyHost>"""));

        assertThat(there.out()).contains("ready with 8 nodes").contains("actium://10.77.0.1:", "actium://10.77.0.4:");
        assertThat(digest(there)).isEqualTo(digestHere());
    }

    @Test
    public void anApplicationThatLosesAHostIsToldWhich() throws IOException {
        bringRuntime();
        nBodyFailsWhenItLoses(
                "host4", "d1-worker-[48] ", "--listen", TestBed.HERE + ":0", "--descriptor", descriptor("bodies", """
                <processListbyHost class="RSHProcessList" hostlist="host[1-4]" repeat="2"><processReference refid="local"/>
                </processListbyHost>"""));
    }

    @Test
    public void rshRloginAndSshLeadToEachOther() throws IOException {
        bringRuntime();
        String id = deployed(descriptor("workers", """
                <rshProcess hostname="host1"><processReference refid="inner"/></rshProcess></processDefinition>
                <processDefinition id="inner"><rloginProcess hostname="host2"><processReference
                refid="innermost"/></rloginProcess></processDefinition>
                <processDefinition id="innermost"><sshProcess hostname="host3"><processReference refid="local"/></sshProcess>"""));

        assertThat(cli.run("explain", id).out()).contains("worker: JOINED");
        assertThat(cli.run("nodes").out()).contains("actium://10.77.0.3:");
        assertThat(cli.run("undeploy", id).exitCode()).isZero();
    }

    @Test
    public void theDoctorLooksAtEachHop() throws IOException {
        Cli.Result doctor = cli.run("doctor", descriptor("workers", """
                <sshProcess hostname="host1"><processReference refid="inner"/></sshProcess></processDefinition>
                <processDefinition id="inner"><processListbyHost class="RSHProcessList" hostlist="host2 nobody@host3">
                <processReference refid="innermost"/></processListbyHost></processDefinition>
                <processDefinition id="innermost"><rloginProcess hostname="host4"><processReference refid="local"/>
                </rloginProcess>"""));

        String out = doctor.out();
        assertThat(doctor.exitCode()).as(out + doctor.err()).isEqualTo(1);
        assertThat(findings("host1", out)).containsExactly("reached    by ssh", "key        accepted, as root");
        assertThat(findings("host1 → host2", out))
                .containsExactly("reached    by ssh and rsh", "login      accepted, as root");
        assertThat(findings("host1 → host2 → host4", out))
                .contains("reached    by ssh and rsh and rlogin", "login      accepted, as root", "clock      right")
                .anyMatch(line -> line.matches("java +\\d+, /.*"))
                .noneMatch(line -> line.contains("mend:"));
        assertThat(findings("host1 → nobody@host3", out))
                .contains("reached    by ssh and rsh")
                .anyMatch(line -> line.startsWith("login ") && line.contains("Permission denied"))
                .anyMatch(line -> line.contains("a line in ~/.rhosts there"));
    }

    @Test
    public void aHostThatIsPoweredOffIsLostAndTheOthersGoOn() throws IOException {
        bringRuntime();
        String id = deployed(descriptor("workers", """
                <processList class="RLoginProcessList" fixedName="host" list="[3-4]"><processReference refid="local"/>
                </processList>"""));
        try {
            powerOff("host3");

            awaitExplained(id, "worker-1: LOST");
            assertThat(cli.run("explain", id).out()).contains("worker-2: JOINED");
            assertThat(cli.run("undeploy", id).exitCode()).isZero();
            assertThat(BED.containersOn("host4")).isEmpty();
        } finally {
            BED.hosts("boot", "host3");
        }
    }

    /**
     * By rsh, since rlogin reads its input byte by byte: megabytes take it minutes. What is started with it ends at once, for it
     * is not needed.
     */
    private void bringRuntime() throws IOException {
        start();
        for (String host :
                BED.names()) { // one by one: a deployment that fails on one stops what is on its way to the others
            Cli.Result brought = cli.run("deploy", descriptor("brought", """
                    <rshProcess hostname="%s"><processReference refid="nothing"/></rshProcess></processDefinition>
                    <processDefinition id="nothing"><jvmProcess><javaPath><absolutePath value="/bin/true"/></javaPath></jvmProcess>""".formatted(host)));
            assertThat(brought.err()).contains("ended with exit code 0").doesNotContain("could not be brought");
        }
    }

    @Test
    public void bothAreRefusedWithoutTheLeaveOfTheAdministrator() throws IOException {
        start();
        allow("");
        try {
            for (String shell : new String[] {"rsh", "rlogin"}) {
                String process = shell + "Process";
                Cli.Result refused = cli.run(
                        "deploy",
                        descriptor(
                                "workers",
                                "<" + process + " hostname='host1'><processReference refid='local'/></" + process
                                        + ">"));
                assertThat(refused.exitCode()).isEqualTo(1);
                assertThat(refused.err())
                        .contains("the protocol " + shell + " is refused")
                        .contains("protocols.properties");
            }
        } finally {
            allow("rsh, rlogin");
        }
    }
}
