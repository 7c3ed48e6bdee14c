package org.actium.naming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.actium.object.api.BodyId;
import org.actium.object.spi.ObjectRef;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.junit.Test;

public class NameUrlTest {

    private static final RuntimeId ID = new RuntimeId(-2, 17);
    private static final RuntimeAddress RUNTIME =
            new RuntimeAddress(ID, "worker", List.of(new Endpoint("::1", 4000), new Endpoint("host", 1)));

    @Test
    public void aUrlHasAHostAPortAndAName() {
        NameUrl url = NameUrl.parse("actium://[::1]:4000/counter");

        assertThat(url.runtime()).contains(new Endpoint("::1", 4000));
        assertThat(url.name()).isEqualTo("counter");
        assertThat(NameUrl.of(RUNTIME, "counter")).isEqualTo("actium://[::1]:4000/counter");
    }

    @Test
    public void aBareNameAndAUrlWithoutHostAreOfThisRuntime() {
        assertThat(NameUrl.parse("counter")).isEqualTo(new NameUrl(Optional.empty(), "counter"));
        assertThat(NameUrl.parse("actium:///counter")).isEqualTo(new NameUrl(Optional.empty(), "counter"));
    }

    @Test
    public void theAddressOfAnObjectIsReadAsItWasWritten() {
        BodyId id = new BodyId(ID, 42);
        String address = NameUrl.of(new ObjectRef(id, RUNTIME, "counter-42"));

        assertThat(address).isEqualTo("actium://[::1]:4000/objects/fffffffffffffffe0000000000000011-42");
        assertThat(NameUrl.parse(address).object()).contains(id);
        assertThat(NameUrl.parse("actium://host:1/objects/42").object()).isEmpty();
    }

    @Test
    public void urlsOfTheRmiRegistryMeanTheSame() {
        assertThat(NameUrl.parse("rmi://host:4000/counter")).isEqualTo(NameUrl.parse("actium://host:4000/counter"));
        assertThat(NameUrl.parse("rmi://host/counter")).isEqualTo(NameUrl.parse("actium://host:1099/counter"));
        assertThat(NameUrl.parse("rmi://[::1]/counter")).isEqualTo(NameUrl.parse("actium://[::1]:1099/counter"));
        assertThat(NameUrl.parse("rmi:///counter")).isEqualTo(NameUrl.parse("counter"));
    }

    @Test
    public void whatIsNoHostAndPortIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NameUrl.parse("actium://nowhere/counter"))
                .withMessageContaining("'nowhere' is not host:port");
    }
}
