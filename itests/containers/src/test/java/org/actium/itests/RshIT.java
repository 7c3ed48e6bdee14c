package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.actium.itests.support.Cli;
import org.actium.itests.support.Containers;
import org.actium.itests.support.OnHosts;
import org.actium.itests.support.TestBed;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** Runtimes on other hosts, over a real rshd and rlogind, where the administrator allows that. */
public class RshIT extends OnHosts {

    @ClassRule
    public static final TestBed BED = new TestBed(4).withRsh();

    private static final Path HOME = Containers.privateDirectory().resolve("actium");

    public RshIT() {
        super(BED, HOME);
    }

    /** A distribution whose administrator is of another opinion than ours. */
    @BeforeClass
    public static void allow() throws IOException {
        Containers.copyHome(HOME);
        Files.writeString(HOME.resolve("conf/protocols.properties"), "insecure = rsh, rlogin\n");
    }

    @Test
    public void nBodyRunsOnEightNodesOfFourHostsOverRsh() throws IOException {
        Cli.Result there = nBody("--listen", TestBed.HERE + ":0", "--descriptor", descriptor("bodies", """
                <processListbyHost class="RSHProcessList" hostlist="host[1-4]" repeat="2"><processReference refid="local"/>
                </processListbyHost>"""));

        assertThat(there.out()).contains("ready with 8 nodes").contains("actium://10.77.0.1:", "actium://10.77.0.4:");
        assertThat(digest(there)).isEqualTo(digest(nBody("--nodes", "1")));
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
    public void aHostThatIsPoweredOffIsLostAndTheOthersGoOn() throws IOException {
        bringRuntime();
        String id = deployed(descriptor("workers", """
                <processList class="RLoginProcessList" fixedName="host" list="[1-4]^[2]"><processReference refid="local"/>
                </processList>"""));
        try {
            powerOff("host3");

            awaitExplained(id, "worker-2: LOST");
            assertThat(cli.run("explain", id).out()).contains("worker-1: JOINED", "worker-3: JOINED");
            assertThat(cli.run("undeploy", id).exitCode()).isZero();
            assertThat(BED.containersOn("host4")).isEmpty();
        } finally {
            BED.hosts("boot", "host3");
        }
    }

    /** By rsh, since rlogin reads its input byte by byte: megabytes take it minutes. */
    private void bringRuntime() throws IOException {
        String id = deploy(descriptor("brought", """
                <processList class="RSHProcessList" fixedName="host" list="[1-4]"><processReference refid="local"/>
                </processList>"""));
        assertThat(cli.run("undeploy", id).exitCode()).isZero();
    }

    @Test
    public void aDeployerThatIsKilledLeavesNothing() throws IOException {
        deploy(descriptor("workers", """
                <rshProcess hostname="host1"><processReference refid="local"/></rshProcess></processDefinition>
                <processDefinition id="unused"><jvmProcess/>"""));
        assertThat(BED.containersOn("host1")).isNotEmpty();

        killDeployer();
    }

    @Test
    public void bothAreRefusedWithoutTheLeaveOfTheAdministrator() throws IOException {
        Cli strict = new Cli(cli.state());
        Cli.Result started = strict.run("start", "--listen", TestBed.HERE + ":4117", "--http-port", "18117");
        assertThat(started.exitCode()).as(started.out() + started.err()).isZero();

        for (String shell : new String[] {"rsh", "rlogin"}) {
            String process = shell + "Process";
            Cli.Result refused = strict.run(
                    "deploy",
                    descriptor(
                            "workers",
                            "<" + process + " hostname='host1'><processReference refid='local'/></" + process + ">"));
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.err())
                    .contains("the protocol " + shell + " is refused")
                    .contains("protocols.properties");
        }
    }
}
