package org.actium.remote.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.junit.Test;

public class RelaysTest {

    private static final String IDENTITY = "000000000000000a000000000000000b.";
    private static final Endpoint FORWARDED = new Endpoint("127.0.0.1", 20_007);
    private static final Endpoint PUBLIC = new Endpoint("192.0.2.1", 7);

    private final Relays relays = new Relays(new RuntimeId(10, 11));

    @Test
    public void whoWasDialledAtAPublicAddressIsNamedByIt() {
        assertThat(relays.through(PUBLIC, List.of(new Endpoint("10.0.0.1", 7)))).containsExactly(at(PUBLIC));
    }

    @Test
    public void whoWasDialledThroughAForwardedPortIsNamedByWhereItListens() {
        List<Endpoint> listening = List.of(FORWARDED, new Endpoint("ssh", "192.0.2.9", 22), PUBLIC);

        relays.add(new RuntimeAddress(new RuntimeId(1, 1), "relay", listening), FORWARDED);

        assertThat(relays.endpoints()).containsExactly(at(PUBLIC));
        assertThat(relays.through(FORWARDED, listening)).containsExactly(at(PUBLIC));
    }

    @Test
    public void whoListensAtLoopbackOnlyIsNamedByIt() {
        assertThat(relays.through(FORWARDED, List.of(new Endpoint("localhost", 7))))
                .containsExactly(at(FORWARDED));
    }

    @Test
    public void whoWasDialledThroughAnythingElseIsNoRelay() {
        assertThat(relays.through(new Endpoint("ssh", "192.0.2.9", 22), List.of(PUBLIC)))
                .isEmpty();
    }

    private static Endpoint at(Endpoint relay) {
        return new Endpoint("relay", IDENTITY + relay.host(), relay.port());
    }
}
