package org.actium.runtime.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.Test;

public class EndpointTest {

    @Test
    public void isReadAsItIsWritten() {
        for (Endpoint endpoint :
                new Endpoint[] {new Endpoint("host", 1), new Endpoint("::1", 4000), new Endpoint("memory", "here", 0)
                }) {
            assertThat(Endpoint.parse(endpoint.toString())).isEqualTo(endpoint);
            assertThat(Endpoint.parse("actium://" + endpoint)).isEqualTo(endpoint);
        }
    }

    @Test
    public void namesItsTransportUnlessThatIsTcp() {
        assertThat(new Endpoint("host", 1)).hasToString("host:1");
        assertThat(new Endpoint("memory", "::1", 2)).hasToString("memory@[::1]:2");
        assertThat(Endpoint.parse("tcp@host:1")).isEqualTo(new Endpoint("host", 1));
    }

    @Test
    public void whatIsNoEndpointIsAnErrorThatQuotesIt() {
        for (String wrong : new String[] {"host", ":1", "memory@:1", "host:one", "memory@host", "actium://"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Endpoint.parse(wrong))
                    .withMessageContaining("'" + wrong + "'");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.parse("Memory Card@host:1"))
                .withMessageContaining("'Memory Card' cannot be a transport");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.parse("@host:1"))
                .withMessageContaining("'' cannot be a transport");
    }
}
