package org.actium.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import javax.ws.rs.BadRequestException;
import javax.ws.rs.ClientErrorException;
import org.actium.deployment.api.DescriptorSource;
import org.junit.Test;

public class DescriptorBodyTest {

    @Test
    public void readsBytesNameAndVariables() {
        DescriptorSource source = read(new byte[] {1, 2}, "NODES=2", "OPTIONS=-Da=b", "EMPTY=");

        assertThat(source.name()).isEqualTo("grid.xml");
        assertThat(source.xml()).containsExactly(1, 2);
        assertThat(source.variables()).isEqualTo(Map.of("NODES", "2", "OPTIONS", "-Da=b", "EMPTY", ""));
    }

    @Test
    public void whatBeginsWithDIsAJavaProperty() {
        DescriptorSource source = read(new byte[1], "-Duser.home=/home/ann", "NODES=2");

        assertThat(source.properties()).isEqualTo(Map.of("user.home", "/home/ann"));
        assertThat(source.variables()).isEqualTo(Map.of("NODES", "2"));
    }

    @Test
    public void refusesWhatIsTooLargeButNotWhatFits() {
        assertThat(read(new byte[DescriptorBody.MAX_BYTES]).xml()).hasSize(DescriptorBody.MAX_BYTES);
        assertThatThrownBy(() -> read(new byte[DescriptorBody.MAX_BYTES + 1]))
                .isInstanceOfSatisfying(
                        ClientErrorException.class,
                        error -> assertThat(error.getResponse().getStatus()).isEqualTo(413))
                .hasMessage("the descriptor has more than 4194304 bytes");
    }

    @Test
    public void refusesAnEmptyBodyAndVariablesWithoutValue() {
        assertThatThrownBy(() -> read(new byte[0]))
                .isInstanceOf(BadRequestException.class)
                .hasMessage("the request has no body; it is to be the descriptor");
        assertThatThrownBy(() -> read(new byte[1], "NODES"))
                .isInstanceOf(BadRequestException.class)
                .hasMessage("var wants name=value or -Dname=value, not 'NODES'");
    }

    private static DescriptorSource read(byte[] body, String... variables) {
        return DescriptorBody.read(new ByteArrayInputStream(body), "grid.xml", List.of(variables));
    }
}
