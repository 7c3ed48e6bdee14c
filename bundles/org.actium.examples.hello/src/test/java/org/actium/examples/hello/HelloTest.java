package org.actium.examples.hello;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.descriptor.XmlDescriptorReader;
import org.junit.Test;

public class HelloTest {

    @Test
    public void countersCount() {
        Counter apples = new Counter(3);
        apples.add(1);

        assertThat(apples.plus(new Counter(4).count()).value()).isEqualTo(8);
    }

    @Test
    public void theDescriptorMapsTheVirtualNodeToTwoJvms() throws IOException {
        try (InputStream xml = Hello.class.getResourceAsStream("/hello.xml")) {
            assertThat(new XmlDescriptorReader(List.of(), property -> null)
                            .read(new DescriptorSource("hello.xml", xml.readAllBytes(), Map.of()))
                            .jvms()
                            .values())
                    .singleElement()
                    .satisfies(jvm -> assertThat(jvm.runtimes()).isEqualTo(2));
        }
    }

    @Test
    public void theProgramFitsOnAScreen() throws IOException {
        List<String> source = Files.readAllLines(Path.of("src/main/java/org/actium/examples/hello/Hello.java"));
        int begin = source.indexOf("    public static void main(String[] arguments) {");

        assertThat(begin).isPositive();
        assertThat(source.subList(begin, source.size()).indexOf("    }") + 1).isLessThanOrEqualTo(20);
    }
}
