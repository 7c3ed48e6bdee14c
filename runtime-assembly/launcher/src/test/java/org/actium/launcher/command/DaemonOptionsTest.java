package org.actium.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.actium.launcher.cli.Options;
import org.actium.launcher.cli.Syntax;
import org.junit.Test;

public class DaemonOptionsTest {

    @Test
    public void isAnAdminContainerNamedDefaultUnlessToldOtherwise() {
        DaemonOptions options = read();

        assertThat(options.name()).isEqualTo("default");
        assertThat(options.httpPort()).isEqualTo(8642);
        assertThat(options.assembly()).isEqualTo("admin");
    }

    @Test
    public void isANodeContainerIfItJoins() {
        assertThat(read("--join", "actium://10.0.0.1:4000").join()).contains("10.0.0.1:4000");
        assertThat(read("--join", "10.0.0.1:4000").assembly()).isEqualTo("node");
    }

    @Test
    public void handsOnWhatItWasGiven() {
        DaemonOptions joining = read("--name", "n2", "--join", "[::1]:4000", "--listen", "127.0.0.1:0");
        DaemonOptions alone = read("--http-port", "0", "--push-java", "--ft-patience", "10");

        assertThat(read(joining.arguments().toArray(String[]::new))).isEqualTo(joining);
        assertThat(read(alone.arguments().toArray(String[]::new))).isEqualTo(alone);
    }

    @Test
    public void mayListenNowhereAndBeReachedElsewhere() {
        DaemonOptions hidden = read("--join", "h:4000", "--listen", "none");
        DaemonOptions published = read("--advertise", "gate.example.org,10.0.0.7:4711,ssh@login");

        assertThat(read(hidden.arguments().toArray(String[]::new))).isEqualTo(hidden);
        assertThat(read(published.arguments().toArray(String[]::new))).isEqualTo(published);
        assertThat(read("--join", "ssh@login:4000").join()).contains("ssh@login:4000");
        assertThatThrownBy(() -> read("--advertise", "a b")).hasMessageContaining("option --advertise wants host:port");
    }

    @Test
    public void refusesAnHttpPortForAContainerThatJoins() {
        assertThatThrownBy(() -> read("--join", "h:1", "--http-port", "80")).hasMessageContaining("has no HTTP API");
    }

    @Test
    public void refusesAServerOfFaultToleranceThatJoinsOrDoesNotWait() {
        assertThatThrownBy(() -> read("--join", "h:1", "--ft-patience", "5"))
                .hasMessageContaining("leave out --ft-patience or --join");
        assertThatThrownBy(() -> read("--ft-patience", "0"))
                .hasMessage("a server of fault tolerance waits for a number of seconds from 1 to 99999, not '0'");
    }

    @Test
    public void refusesAnAddressWithoutAPort() {
        assertThatThrownBy(() -> read("--join", "host"))
                .hasMessage("option --join wants host:port, such as 192.168.1.7:4711 or [::1]:4711, not 'host'");
        assertThatThrownBy(() -> read("--listen", ":80")).hasMessageContaining("not ':80'");
        assertThatThrownBy(() -> read("--listen", "h:65536"))
                .hasMessage("option --listen wants a port from 0 to 65535, not 65536 as in 'h:65536'");
        assertThatThrownBy(() -> read("--join", "h:0")).hasMessageContaining("a port from 1 to 65535, not 0");
    }

    @Test
    public void refusesWhatCannotBeAHost() {
        for (String host :
                List.of("$(reboot)", "`reboot`", "a;reboot", "a|b", "a&b", "a'b", "a\"b", "a\nb", "a b", "-oX=y")) {
            for (String option : List.of("--join", "--listen", "--advertise")) {
                assertThatThrownBy(() -> read(option, host + ":4711"))
                        .as(option + " " + host)
                        .hasMessageContaining("option " + option + " wants host:port");
            }
        }
        assertThat(read("--join", "[fe80::7%eth0]:4711").join()).contains("[fe80::7%eth0]:4711");
    }

    private static DaemonOptions read(String... arguments) {
        return DaemonOptions.of(Options.parse(DaemonOptions.addTo(Syntax.of("start", "starts")), List.of(arguments)));
    }
}
