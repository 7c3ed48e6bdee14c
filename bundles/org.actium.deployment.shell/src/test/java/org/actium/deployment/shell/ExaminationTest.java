package org.actium.deployment.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.actium.deployment.api.HostReport.Finding;
import org.actium.deployment.shell.api.Hop;
import org.junit.Test;

public class ExaminationTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    private static final List<String> WELL = List.of(
            "Welcome to node7",
            "actium-found user ann",
            "actium-found clock 1800000003",
            "actium-found java 25 /usr/bin/java",
            "actium-found disk 900000 /home/ann",
            "actium-found temporary 900000 /tmp",
            "actium-found memory 400000",
            "actium-found answers 10.0.0.1:4000",
            "actium-exit 0");

    @Test
    public void ofAHostThatIsWellNothingIsToBeMended() {
        assertThat(remedies(WELL)).isEmpty();
        assertThat(new Examination(WELL, 4, false, NOW).findings())
                .extracting(Finding::what)
                .containsExactly("java", "disk", "memory", "runtime", "parent", "clock");
    }

    @Test
    public void eachThingThatIsWrongHasItsRemedy() {
        assertThat(remedies(with("java", " ", "others /usr/bin/java (17)")))
                .containsExactly("java: /usr/bin/java (17)");
        assertThat(remedies(with("java", "17 /opt/17/bin/java"))).containsExactly("java: /opt/17/bin/java is Java 17");
        assertThat(remedies(with("java", " /opt/x/java", "others missing")))
                .containsExactly("java: /opt/x/java is not there");
        assertThat(remedies(with("disk", "1024 /home/ann"))).containsExactly("disk: 1 MB free in /home/ann");
        assertThat(remedies(with("temporary", "0 /tmp"))).containsExactly("temporary: 0 MB free in /tmp");
        assertThat(remedies(with("memory", "100000"))).containsExactly("memory: 97 MB available for 4 runtimes");
        assertThat(remedies(with("answers", null, "silent 10.0.0.1:4000", "silent 192.0.2.7:4000")))
                .containsExactly("parent: no answer from 10.0.0.1:4000, 192.0.2.7:4000");
        assertThat(remedies(with("clock", "1800003600"))).containsExactly("clock: 60 min ahead");
        assertThat(remedies(with("clock", "1799996400"))).containsExactly("clock: 60 min behind");
        assertThat(remedies(with("user", "ann", "lacks gzip"))).containsExactly("tools: no gzip");
        assertThat(remedies(with("user", "ann", "unwritable /home"))).containsExactly("disk: /home cannot be written");
    }

    @Test
    public void aHostThatDoesNotReachThisOneIsWellIfItsShellLeadsBack() {
        var examination = new Examination(with("answers", null, "silent 10.0.0.1:4000"), 4, true, NOW);

        assertThat(examination.findings())
                .contains(Finding.well(
                        "parent",
                        "no answer from 10.0.0.1:4000; runtimes there come through their ssh, if its server forwards"));
    }

    @Test
    public void aHostThatDidNotGetSoFarHasNotAnswered() {
        assertThat(new Examination(List.of("Permission denied (publickey)."), 1, false, NOW).answered())
                .isFalse();
        assertThat(new Examination(WELL, 1, false, NOW).answered()).isTrue();
    }

    @Test
    public void whatAShellSaysHasARemedyThatNamesTheHost() {
        var hop = new Hop("ssh", Optional.of("ann"), "node7", List.of("ssh"));

        assertThat(Remedies.of("ann@node7: Permission denied (publickey).", hop))
                .contains("ssh-copy-id ann@node7");
        assertThat(Remedies.of("connect to host node7 port 22: Connection timed out", hop))
                .contains("'node7' is switched on");
        assertThat(Remedies.of("???", hop)).isEqualTo("try it by hand, from the host before: ssh ann@node7");
    }

    /** The lines of a host that is well, with another value of one, and more. */
    private static List<String> with(String what, String value, String... more) {
        var lines = new ArrayList<>(WELL);
        lines.removeIf(line -> line.startsWith("actium-found " + what + " "));
        if (value != null) {
            lines.add("actium-found " + what + " " + value);
        }
        for (String line : more) {
            lines.add("actium-found " + line);
        }
        return lines;
    }

    private static List<String> remedies(List<String> lines) {
        return new Examination(lines, 4, false, NOW)
                .findings().stream()
                        .filter(finding -> finding.remedy().isPresent())
                        .map(finding -> finding.what() + ": " + finding.found())
                        .collect(Collectors.toList());
    }
}
