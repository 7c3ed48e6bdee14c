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
        DaemonOptions alone = read("--http-port", "0");

        assertThat(read(joining.arguments().toArray(String[]::new))).isEqualTo(joining);
        assertThat(read(alone.arguments().toArray(String[]::new))).isEqualTo(alone);
    }

    @Test
    public void refusesAnHttpPortForAContainerThatJoins() {
        assertThatThrownBy(() -> read("--join", "h:1", "--http-port", "80")).hasMessageContaining("has no HTTP API");
    }

    @Test
    public void refusesAnAddressWithoutAPort() {
        assertThatThrownBy(() -> read("--join", "host")).hasMessage("'host' is not host:port");
        assertThatThrownBy(() -> read("--listen", ":80")).hasMessage("':80' is not host:port");
    }

    private static DaemonOptions read(String... arguments) {
        return DaemonOptions.of(Options.parse(DaemonOptions.addTo(Syntax.of("start", "starts")), List.of(arguments)));
    }
}
