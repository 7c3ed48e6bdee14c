package org.actium.deployment.mina;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.shell.api.RemoteScripts;
import org.actium.deployment.shell.api.ShellWords;
import org.actium.deployment.shell.testkit.ShellBench;
import org.actium.deployment.spi.Job;
import org.actium.deployment.ssh.SshElements;
import org.actium.deployment.ssh.SshShell;
import org.actium.runtime.core.SystemThreads;
import org.actium.ssh.mina.MinaSessions;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

/** The exact lines that login shells of other hosts get; they are those that they get from the program. */
public class MinaCommandsTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final BlockingQueue<List<String>> there = new LinkedBlockingQueue<>();
    private ShellBench bench;
    private Server server;
    private MinaSessions sessions;

    @Before
    public void install() throws IOException {
        bench = new ShellBench(
                folder.getRoot().toPath(), new SshShell(), new SshElements(), "ssh", "#!/bin/sh\nexit 1\n");
        server = new Server(folder.newFolder("sshd").toPath(), command -> {
            there.add(command);
            return bench.run(List.of("true"));
        });
        sessions = new MinaSessions(server.configuration(), List.of(server.knownHosts()), Optional.empty());
        bench.use(new MinaClient(sessions, new SystemThreads()));
    }

    @After
    public void stop() throws IOException {
        sessions.close();
        server.close();
    }

    @Test
    public void aHostGetsOneLineForItsLoginShell() throws Exception {
        assertThat(lineThere(
                        "<sshProcess hostname='node7'><environment><variable name='A' value=\"it's\"/></environment>"
                                + "<processReference refid='local'/></sshProcess>"))
                .isEqualTo(start("'' 1 'A=it'\\''s' -Xms16m"));
    }

    @Test
    public void aGatewayRunsTheProgramForTheNextHost() throws Exception {
        String options = "-R 127.0.0.1:20123:127.0.0.1:20123 -o ExitOnForwardFailure=no -T -x -o BatchMode=yes"
                + " -o StrictHostKeyChecking=yes -o ControlPath=none -o ConnectTimeout=10 -o ServerAliveInterval=5"
                + " -o ServerAliveCountMax=2";

        assertThat(lineThere("<sshProcess hostname='gate'><processReference refid='inner'/></sshProcess>"
                        + "</processDefinition><processDefinition id='inner'>"
                        + "<sshProcess hostname='node7' username='bob'><processReference refid='local'/></sshProcess>"))
                .isEqualTo("ssh " + options + " -l bob -- node7 " + ShellWords.quoted(start("'' 0 -Xms16m")));
    }

    private String start(String arguments) throws IOException {
        String script = RemoteScripts.start(bench.digest(), Optional.empty(), List.of(), List.of())
                .get(2);
        return "sh -c " + ShellWords.quoted(script) + " actium " + bench.digest() + " " + arguments;
    }

    private String lineThere(String process) throws InterruptedException {
        DescriptorElement element = bench.read("", "<processDefinition id='way'>" + process + "</processDefinition>");
        Job job = bench.launcher().launch(bench.request(element));
        List<String> shell = there.take();
        job.close();
        assertThat(shell.subList(0, 2)).containsExactly("sh", "-c");
        return shell.getLast();
    }
}
