package org.actium.examples.nbody;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.descriptor.XmlDescriptorReader;
import org.actium.deployment.model.Descriptor;
import org.junit.Test;

public class DescriptorTest {

    @Test
    public void theNumberOfRuntimesIsAVariable() throws IOException {
        assertThat(read(Map.of()).jvms().get("worker").runtimes()).isEqualTo(2);
        assertThat(read(Map.of("NODES", "5")).jvms().get("worker").runtimes()).isEqualTo(5);
    }

    @Test
    public void theBodiesGetATechnicalService() throws IOException {
        Descriptor descriptor = read(Map.of());

        assertThat(descriptor.virtualNode("bodies").orElseThrow().technicalServices())
                .containsExactly("role");
        assertThat(descriptor.technicalServices().get("role").use().arguments())
                .isEqualTo(Map.of("role", "computes orbits"));
    }

    private static Descriptor read(Map<String, String> variables) throws IOException {
        try (InputStream xml = NBody.class.getResourceAsStream("/nbody.xml")) {
            return new XmlDescriptorReader(List.of(), property -> null)
                    .read(new DescriptorSource("nbody.xml", xml.readAllBytes(), variables));
        }
    }
}
