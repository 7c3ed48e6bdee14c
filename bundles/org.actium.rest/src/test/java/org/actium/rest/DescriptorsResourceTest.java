package org.actium.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.ws.rs.NotFoundException;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.DescriptorException;
import org.actium.deployment.model.Problem;
import org.actium.deployment.model.SourcePosition;
import org.actium.deployment.spi.DescriptorLanguage;
import org.actium.deployment.spi.DescriptorReader;
import org.actium.testkit.Fake;
import org.junit.Test;

/** What clients read of descriptors. */
public class DescriptorsResourceTest {

    private final List<DescriptorSource> sources = new ArrayList<>();
    private final DescriptorReader reader =
            Fake.of(DescriptorReader.class, Map.of("read", (Function<Object[], Object>) arguments -> {
                sources.add((DescriptorSource) arguments[0]);
                if (sources.getLast().name().equals("wrong.xml")) {
                    throw new DescriptorException(
                            List.of(new Problem(new SourcePosition("wrong.xml", 2, 3), "no such jvm")));
                }
                return new Descriptor("grid.xml", Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
            }));
    private final DescriptorLanguage language = Fake.of(
            DescriptorLanguage.class,
            Map.of(
                    "convert",
                    (Function<Object[], Object>)
                            arguments -> "<actium name='" + ((DescriptorSource) arguments[0]).name() + "'/>",
                    "explain",
                    (Function<Object[], Object>)
                            arguments -> Optional.of("a set of runtimes").filter(text -> arguments[0].equals("jvm"))));
    private final DescriptorsResource resource = new DescriptorsResource(reader, language);

    @Test
    public void aValidDescriptorIsSaidToBe() {
        assertThat(Json.of(resource.validate(xml(), "grid.xml", List.of("NODES=2", "-Da=b"))))
                .isEqualTo(
                        "{\"valid\":true,\"dialect\":\"a descriptor of Actium\",\"problems\":[],\"notes\":[],\"obstacles\":[]}");
        assertThat(sources.getFirst().variables()).isEqualTo(Map.of("NODES", "2"));
        assertThat(sources.getFirst().properties()).isEqualTo(Map.of("a", "b"));
    }

    @Test
    public void aWrongOneIsAnAnswerWithItsProblems() {
        assertThat(Json.of(resource.validate(xml(), "wrong.xml", List.of())))
                .isEqualTo("{\"valid\":false,\"dialect\":\"\",\"problems\":[{\"at\":{\"source\":\"wrong.xml\","
                        + "\"line\":2,\"column\":3},\"message\":\"no such jvm\"}],\"notes\":[],\"obstacles\":[]}");
    }

    @Test
    public void convertsWhatItIsSent() {
        assertThat(resource.convert(xml(), "old.xml")).isEqualTo("<actium name='old.xml'/>");
    }

    @Test
    public void explainsIdsOfADescriptor() {
        assertThat(resource.explain(xml(), "jvm", "grid.xml", List.of())).isEqualTo("a set of runtimes");
        assertThatThrownBy(() -> resource.explain(xml(), "nobody", "grid.xml", List.of()))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("nothing in grid.xml is called 'nobody'");
    }

    @Test
    public void explainsElementsAndSaysWhenThereIsNone() {
        assertThat(resource.explain("jvm")).isEqualTo("a set of runtimes");
        assertThatThrownBy(() -> resource.explain("jmv"))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("no element of descriptors is called 'jmv'");
    }

    private static InputStream xml() {
        return new ByteArrayInputStream(new byte[] {'<', 'a', '/', '>'});
    }
}
