package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Pattern;
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
        BED.hosts("skew", "host2", "-1h");
        BED.hosts("skew", "host3", "+1h");
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
            assertThat(findings("host1", out)).containsExactly("reached    by ssh", "key        accepted, as root");
            assertThat(findings("host1 → host1", out)).noneMatch(line -> line.contains("mend:"));
            assertThat(findings("host1 → host1", out)).anyMatch(line -> line.matches("java +\\d+, /.*"));
            assertThat(findings("host1 → host1", out))
                    .anyMatch(line -> line.matches("parent +" + Pattern.quote(TestBed.HERE) + ":\\d+ answers"));
            assertThat(findings("host1 → host1", out))
                    .contains("key        accepted, as root", "clock      right")
                    .anyMatch(line -> line.matches("memory +\\d+ MB available for 1 runtime"))
                    .anyMatch(line -> line.matches("disk +\\d+ MB free in /root.*"));
            assertThat(findings("host1 → nobody@host1", out))
                    .contains("reached    by ssh")
                    .anyMatch(line -> line.startsWith("key "))
                    .anyMatch(line -> line.contains("Permission denied"))
                    .anyMatch(line -> line.contains("ssh-copy-id nobody@host1"));
            assertThat(findings("host1 → host2", out))
                    .contains("java       none")
                    .anyMatch(line -> line.matches("clock +(59|60) min behind"))
                    .anyMatch(line -> line.contains("javaPath"));
            assertThat(findings("host1 → host3", out))
                    .anyMatch(line -> line.contains("disk       0 MB free in "))
                    .anyMatch(line -> line.matches("clock +(59|60) min ahead"));
            assertThat(findings("host1 → host4", out)).anyMatch(line -> line.contains("mend:"));
            assertThat(findings("host1 → 10.77.0.99", out)).anyMatch(line -> line.contains("No route to host"));
            assertThat(findings("host1 → no-such-host", out)).anyMatch(line -> line.contains("no address is known"));

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
            BED.hosts("skew", "host2", "off");
            BED.hosts("skew", "host3", "off");
        }
    }
}
