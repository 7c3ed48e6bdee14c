package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.actium.itests.support.Cli;
import org.actium.itests.support.Containers;
import org.actium.itests.support.OnHosts;
import org.actium.itests.support.SharedContainer;
import org.actium.itests.support.TestBed;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** Runtimes on other hosts, over a real sshd, without the program ssh on this one. */
public class MinaIT extends OnHosts {

    private static final Path HOME = Containers.privateDirectory().resolve("actium");

    @ClassRule
    public static final TestBed BED = new TestBed(2);

    @ClassRule
    public static final SharedContainer CONTAINER = container(HOME);

    public MinaIT() {
        super(BED, CONTAINER);
    }

    /** A distribution whose administrator wants this client, with the keys of the test bed. */
    @BeforeClass
    public static void copyDistribution() throws IOException {
        Containers.copyHome(HOME);
        Path ssh = TestBed.SHARE.resolveSibling("ssh");
        Path configuration = HOME.resolve("conf/ssh");
        Files.writeString(
                configuration,
                "Host *\n  User root\n  IdentityFile " + ssh.resolve("id_ed25519") + "\n",
                StandardOpenOption.CREATE);
        Files.writeString(
                HOME.resolve("conf/admin.properties"),
                "\nactium.ssh.client=mina\nactium.mina.configuration=" + configuration + "\nactium.mina.known-hosts="
                        + ssh.resolve("known_hosts") + "\n",
                StandardOpenOption.APPEND);
    }

    @Test
    public void runtimesAreBroughtStartedAndEndedOnHostsAndBehindThem() throws IOException {
        BED.on("host1", "rm", "-rf", "/root/.cache/actium");
        String id = deploy(descriptor("workers", """
                <sshProcess hostname="host1"><processReference refid="local"/></sshProcess>"""));
        assertThat(BED.containersOn("host1")).isNotEmpty();
        assertThat(programs()).as("no program leads there").isEmpty();
        assertThat(cli.run("undeploy", id).exitCode()).isZero();
        assertThat(BED.containersOn("host1")).isEmpty();

        String behind = deployed(descriptor("workers", """
                <sshProcess hostname="host1"><processReference refid="inner"/></sshProcess></processDefinition>
                <processDefinition id="inner"><sshProcess hostname="host2"><processReference refid="local"/></sshProcess>"""));
        assertThat(cli.run("nodes").out()).contains("actium://10.77.0.2:");
        assertThat(cli.run("undeploy", behind).exitCode()).isZero();
    }

    /** What the container has started on this machine. */
    private static List<ProcessHandle> programs() {
        return ProcessHandle.of(CONTAINER.pid()).orElseThrow().descendants().toList();
    }

    @Test
    public void aHostThatRefusesIsAFailureThatSaysWhy() throws IOException {
        start();
        Cli.Result refused = cli.run("deploy", descriptor("workers", """
                <sshProcess hostname="host1" username="nobody"><processReference refid="local"/></sshProcess>"""));
        Cli.Result unknown = cli.run("deploy", descriptor("workers", """
                <sshProcess hostname="127.0.0.1"><commandPath value="gsissh"/><processReference refid="local"/></sshProcess>"""));

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("ssh to nobody@host1").contains("Permission denied");
        assertThat(unknown.exitCode()).isNotZero();
        assertThat(unknown.err()).contains("does not understand commandPath 'gsissh'");
    }
}
