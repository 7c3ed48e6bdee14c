package org.actium.itests.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import org.actium.deployment.api.DescriptorSource;

/** Descriptors for tests. */
public final class Descriptors {

    private Descriptors() {}

    /** An example of the distribution. */
    public static DescriptorSource example(String file, Map<String, String> variables) {
        try {
            return new DescriptorSource(
                    file,
                    Files.readAllBytes(Containers.home().resolve("descriptors").resolve(file)),
                    variables);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** A virtual node {@code workers} on so many JVMs of this host, with a technical service. */
    public static DescriptorSource workersWithService(int runtimes, String service, Map<String, String> arguments) {
        StringBuilder args = new StringBuilder();
        arguments.forEach((name, value) -> args.append("<arg name=\"")
                .append(name)
                .append("\" value=\"")
                .append(value)
                .append("\"/>"));
        return workersWithServices(
                runtimes, "<service id=\"s\" class=\"%s\">%s</service>".formatted(service, args), "serviceRefid=\"s\"");
    }

    /** As the other. @param definitions of technical services. @param attribute of the virtual node, which names some */
    public static DescriptorSource workersWithServices(int runtimes, String definitions, String attribute) {
        String xml = """
                <ProActiveDescriptor>
                  <virtualNodesDefinition><virtualNode name="workers" %s/></virtualNodesDefinition>
                  <technicalServiceDefinitions>%s</technicalServiceDefinitions>
                  <deployment>
                    <mapping>
                      <map virtualNode="workers"><jvmSet><vmName value="worker"/></jvmSet></map>
                    </mapping>
                    <jvms>
                      <jvm name="worker" runtimes="%d">
                        <creation><processReference refid="localJVM"/></creation>
                      </jvm>
                    </jvms>
                  </deployment>
                  <infrastructure>
                    <processes><processDefinition id="localJVM"><jvmProcess/></processDefinition></processes>
                  </infrastructure>
                </ProActiveDescriptor>
                """.formatted(attribute, definitions, runtimes);
        return new DescriptorSource("workers.xml", xml.getBytes(StandardCharsets.UTF_8), Map.of());
    }
}
