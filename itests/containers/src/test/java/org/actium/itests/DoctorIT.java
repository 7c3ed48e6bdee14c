package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.actium.itests.support.Cli;
import org.actium.itests.support.Containers;
import org.actium.itests.support.OnHosts;
import org.actium.itests.support.SharedContainer;
import org.actium.itests.support.TestBed;
import org.junit.ClassRule;
import org.junit.Test;

/** {@code actium doctor}, with hosts that have what it is for. */
public class DoctorIT extends OnHosts {

    @ClassRule
    public static final TestBed BED = new TestBed(4);

    @ClassRule
    public static final SharedContainer CONTAINER = container(Containers.home());

    public DoctorIT() {
        super(BED, CONTAINER);
    }

    @Test
    public void saysOfEachHostAndGatewayWhatIsToBeMended() throws IOException {
        BED.on("host2", "mount", "-t", "tmpfs", "none", "/usr/lib/jvm");
        BED.hosts("fill", "host3");
        BED.hosts("pause", "host4");
        try {
            Cli.Result doctor = cli.run("doctor", descriptor("workers", """
                    <sshProcess hostname="host1"><processReference refid="inner"/></sshProcess></processDefinition>
                    <processDefinition id="inner"><processListbyHost
                    hostlist="host1 nobody@host1 host2 host3 host4 10.77.0.99 no-such-host">
                    <processReference refid="local"/></processListbyHost>"""));

            assertThat(doctor.exitCode()).as(doctor.out() + doctor.err()).isEqualTo(1);
            String out = doctor.out();
            assertThat(of("host1", out)).containsExactly("reached    by ssh");
            assertThat(of("host1 → host1", out)).noneMatch(line -> line.contains("mend:"));
            assertThat(of("host1 → host1", out)).anyMatch(line -> line.matches("java +\\d+, /.*"));
            assertThat(of("host1 → host1", out))
                    .anyMatch(line -> line.matches("parent +" + Pattern.quote(TestBed.HERE) + ":\\d+ answers"));
            assertThat(of("host1 → nobody@host1", out))
                    .anyMatch(line -> line.contains("Permission denied"))
                    .anyMatch(line -> line.contains("ssh-copy-id nobody@host1"));
            assertThat(of("host1 → host2", out))
                    .contains("java       none")
                    .anyMatch(line -> line.contains("javaPath"));
            assertThat(of("host1 → host3", out)).anyMatch(line -> line.contains("disk       0 MB free in "));
            assertThat(of("host1 → host4", out)).anyMatch(line -> line.contains("mend:"));
            assertThat(of("host1 → 10.77.0.99", out)).anyMatch(line -> line.contains("No route to host"));
            assertThat(of("host1 → no-such-host", out)).anyMatch(line -> line.contains("no address is known"));

            start();
            Cli.Result console = cli.run("console", "-c", "actium:doctor " + descriptor("one", """
                    <sshProcess hostname="host1"><processReference refid="local"/></sshProcess>"""));
            assertThat(console.out())
                    .as(console.err())
                    .contains("parent     " + TestBed.HERE + ":4117 answers")
                    .contains("1 of 1 hosts are well");
        } finally {
            BED.hosts("resume", "host4");
            BED.hosts("unfill", "host3");
            BED.on("host2", "umount", "/usr/lib/jvm");
        }
    }

    /** What it says of one hop, without the indentation. */
    private static List<String> of(String way, String out) {
        List<String> lines = out.lines().toList();
        assertThat(lines).as(out).contains(way);
        return Stream.of(lines)
                .flatMap(all -> all.subList(all.indexOf(way) + 1, all.size()).stream())
                .takeWhile(line -> line.startsWith("  "))
                .map(String::strip)
                .toList();
    }
}
