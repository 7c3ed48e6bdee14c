package org.actium.deployment.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.spi.Job;
import org.actium.deployment.spi.LaunchRejectedException;
import org.actium.deployment.spi.LaunchRequest;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.core.SystemThreads;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

/** Launches through a shell of this host in the place of ssh and sshd. */
public class SshProtocolTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final BlockingQueue<String> endings = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> endingsOfOne = new LinkedBlockingQueue<>();
    private SshBench bench;

    @Before
    public void install() throws IOException {
        bench = new SshBench(folder.getRoot().toPath());
    }

    @Test
    public void theRuntimeIsBroughtOnceAndToldWhomToJoin() throws Exception {
        String java = bench.script("java", "#!/bin/sh\ncat > \"$HOME/told\"\necho started\nexit 3\n");

        assertThat(launched(java, "node7").take())
                .startsWith("ssh to node7: process ")
                .contains("ended with exit code 3; its last lines:")
                .endsWith("  started");
        assertThat(bench.text("home/told")).isEqualTo("""
                name=d1-jvm-1
                parent=10.0.0.1:4000,192.0.2.7:4000
                token=t1.secret
                lease=60
                listen=0.0.0.0:0
                """);
        assertThat(bench.started).as("refused, pushed, started").hasSize(3);

        launched(java, "node7").take();
        assertThat(bench.started).as("the runtime is there").hasSize(4);
        assertThat(bench.started).noneMatch(command -> command.toString().contains("secret"));
    }

    @Test
    public void whatASshSaysIsTheReason() throws Exception {
        assertThat(launched("java", "refuses").take())
                .startsWith("ssh to refuses: process ")
                .contains("ended with exit code 255; its last lines:")
                .endsWith("Permission denied (publickey).");
    }

    @Test
    public void oneOfSeveralMayEndWhileTheOthersGoOn() throws Exception {
        String java = bench.script("java", "#!/bin/sh\ncat > /dev/null\ntouch \"$HOME/up\"\nexec sleep 60\n");
        Job job = launch(
                java,
                "<processListbyHost hostlist='node7 refuses'><processReference refid='local'/>"
                        + "</processListbyHost>");
        job.whenEnded(endings::add);
        job.whenRuntimeEnded((runtime, reason) -> endingsOfOne.add(runtime + ": " + reason));

        assertThat(endingsOfOne.take()).startsWith("d1-jvm-2: ssh to refuses: ");
        assertThat(job.failure()).isEmpty();
        while (!Files.exists(folder.getRoot().toPath().resolve("home/up"))) {
            Thread.onSpinWait();
        }

        job.close();
        assertThat(endings).isEmpty();
        assertThat(endingsOfOne).as("closing is no end by itself").isEmpty();
        assertThat(running()).as("what the shell had started").isEmpty();
    }

    @Test
    public void nothingInAValueIsTakenForACommand() throws Exception {
        Path victim = folder.getRoot().toPath().resolve("home/victim");
        String touch = "touch " + victim;
        List<String> evil = List.of(
                "$(" + touch + ")",
                "`" + touch + "`",
                "; " + touch + " ;",
                "' ; " + touch + " ; '",
                "\" ; " + touch + " ; \"",
                "'\\''; " + touch + "; '\\''",
                "&& " + touch,
                "| " + touch,
                "\n" + touch + "\n",
                "$HOME ~ * ? [a-z] \\ #");
        String java =
                bench.script("java", "#!/bin/sh\ncat > /dev/null\nprintf '%s\\0' \"$V\" \"$@\" > \"$HOME/got\"\n");
        for (String value : evil) {
            String hop =
                    "<sshProcess hostname='gate'><processReference refid='inner'/></sshProcess></processDefinition>"
                            + "<processDefinition id='inner'><sshProcess hostname='node7'><environment><variable name='V' value=\""
                            + xml(value) + "\"/></environment><processReference refid='local'/></sshProcess>";
            Job job = launch(java, hop, "-Dvalue=" + value.replaceAll("[\\s'\"\\\\]", "_"));
            job.whenEnded(endings::add);
            endings.take();

            assertThat(bench.text("home/got").split("\0")[0]).isEqualTo(value);
            assertThat(victim).as(value).doesNotExist();
        }
    }

    @Test
    public void aParentThatOthersCannotReachIsRefused() {
        DescriptorElement element =
                SshBench.read("", way("<sshProcess hostname='a'><processReference refid='local'/>" + "</sshProcess>"));
        var request = new LaunchRequest(
                element, List.of("w"), new Endpoint("127.0.0.1", 4000), List.of("t"), Duration.ofSeconds(10));

        assertThatThrownBy(() -> bench.protocol.launch(request))
                .isInstanceOf(LaunchRejectedException.class)
                .hasMessageContaining("listens at 127.0.0.1:4000 only")
                .hasMessageContaining("--listen");
        assertThat(bench.started).isEmpty();
    }

    @Test
    public void aMissingSshIsRefusedAtOnce() {
        var none = new SshProtocol(
                Optional.of(folder.getRoot().toPath().resolve("distribution")),
                (command, input) -> {
                    throw new IOException("No such file or directory");
                },
                new SystemThreads(),
                List::of);
        DescriptorElement element =
                SshBench.read("", way("<sshProcess hostname='a'><processReference refid='local'/>" + "</sshProcess>"));

        assertThatThrownBy(() -> none.launch(bench.request(element)))
                .isInstanceOf(LaunchRejectedException.class)
                .hasMessage("'ssh' cannot be started: No such file or directory");
    }

    private BlockingQueue<String> launched(String java, String host) {
        launch(java, "<sshProcess hostname='" + host + "'><processReference refid='local'/></sshProcess>")
                .whenEnded(endings::add);
        return endings;
    }

    private Job launch(String java, String process, String... parameters) {
        var inside =
                new StringBuilder("<javaPath><absolutePath value=\"" + xml(java) + "\"/></javaPath><jvmParameters>");
        for (String parameter : parameters) {
            inside.append("<parameter value=\"").append(xml(parameter)).append("\"/>");
        }
        DescriptorElement element =
                SshBench.read(inside.append("</jvmParameters>").toString(), way(process));
        return bench.protocol.launch(bench.request(element));
    }

    private List<ProcessHandle> running() {
        return ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    private static String way(String process) {
        return "<processDefinition id=\"way\">" + process + "</processDefinition>";
    }

    private static String xml(String value) {
        return value.replace("&", "&amp;")
                .replace("\"", "&quot;")
                .replace("<", "&lt;")
                .replace("\n", "&#10;");
    }
}
