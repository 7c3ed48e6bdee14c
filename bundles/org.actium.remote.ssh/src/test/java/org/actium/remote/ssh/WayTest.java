package org.actium.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.actium.runtime.api.Endpoint;
import org.junit.Test;

public class WayTest {

    @Test
    public void aServerAloneIsItsOwnLoopback() throws Exception {
        Way way = Way.of(Endpoint.parse("ssh@ann@login:4711"));
        assertThat(way).isEqualTo(new Way("ann@login", "127.0.0.1", 4711));
        assertThat(way.target()).isEqualTo("127.0.0.1:4711");
        assertThat(way.endpoint()).isEqualTo(Endpoint.parse("ssh@ann@login:4711"));
    }

    @Test
    public void behindAServerThereMayBeOtherHosts() throws Exception {
        assertThat(Way.of(Endpoint.parse("ssh@login/node7:4711")).toString()).isEqualTo("node7:4711 behind login");
        assertThat(Way.of(new Endpoint("ssh", "login/fd77::3", 4711)).target()).isEqualTo("[fd77::3]:4711");
    }

    @Test
    public void nothingBecomesAnOptionOfSsh() {
        for (String host : List.of("-oProxyCommand=x", "", "login/", "a/b/c", "login/-x", "two words")) {
            assertThatThrownBy(() -> Way.of(new Endpoint("ssh", host, 1)))
                    .as(host)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is not ssh@<server>:<port>");
        }
    }

    @Test
    public void gatewaysLeadToTheHostsOfTheirPatterns() {
        Gateways gateways = Gateways.parse("10.1.*=ann@login, *.cluster=gate");
        assertThat(gateways.to(new Endpoint("10.1.0.7", 4711)))
                .containsExactly(new Endpoint("ssh", "ann@login/10.1.0.7", 4711));
        assertThat(gateways.to(new Endpoint("n3.cluster", 1)))
                .containsExactly(new Endpoint("ssh", "gate/n3.cluster", 1));
        assertThat(gateways.to(new Endpoint("10.10.0.7", 4711))).isEmpty();
        assertThat(gateways.to(new Endpoint("ssh", "10.1.0.7", 4711))).isEmpty();
        assertThatThrownBy(() -> Gateways.parse("10.1.*"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'10.1.*' is not <pattern>=<server>");
    }
}
