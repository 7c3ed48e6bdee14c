package org.actium.deployment.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.DescriptorException;
import org.actium.deployment.model.Problem;
import org.junit.Test;

public class ConversionTest {

    @Test
    public void aConvertedDescriptorHasTheSameModel() throws IOException {
        assumeTrue("skipped: no corpus", Files.isDirectory(Corpus.directory()));
        int converted = 0;
        for (Path file : Corpus.files()) {
            Optional<String> ours = convert(file);
            if (ours.isPresent()) {
                converted++;
                String before = meaning(file, Files.readAllBytes(file), Corpus::read);
                String after = meaning(file, ours.get().getBytes(StandardCharsets.UTF_8), Corpus::read);
                assertThat(after).as(file + " as\n" + ours.get()).isEqualTo(before);
                assertThat(convert(file.toString(), ours.get()))
                        .as("converted twice")
                        .isEqualTo(ours.get());
            }
        }
        assertThat(converted).as("how many of the corpus can be converted").isGreaterThan(190);
    }

    @Test
    public void examplesHaveTheSameModelToo() throws IOException {
        for (Path file : ExampleDescriptorsTest.files()) {
            BiFunction<String, byte[], Descriptor> reader =
                    (name, xml) -> new Reading().named(name).read(xml);
            String ours = convert(file.toString(), Files.readString(file));
            assertThat(meaning(file, ours.getBytes(StandardCharsets.UTF_8), reader))
                    .isEqualTo(meaning(file, Files.readAllBytes(file), reader));
        }
    }

    @Test
    public void commentsVariablesAndOddCharactersStay() {
        String ours = convert("test.xml", """
                <!-- first -->
                <ProActiveDescriptor>
                  <variables><descriptorVariable name="A" value="&lt;&amp;&quot;&#10;é"/></variables>
                  <componentDefinition><virtualNodesDefinition><!-- all of them --><virtualNode name="${A}"/>
                  </virtualNodesDefinition></componentDefinition>
                  <deployment><mapping><map virtualNode="${A}"><jvmSet><currentJVM/></jvmSet></map></mapping></deployment>
                </ProActiveDescriptor>
                <!-- last -->
                """);

        assertThat(ours).isEqualTo("""
                <?xml version="1.0" encoding="UTF-8"?>
                <!-- first -->
                <actium xmlns="urn:actium:deployment:1">
                  <variables>
                    <descriptorVariable name="A" value="&lt;&amp;&quot;&#10;é"/>
                  </variables>
                  <!-- all of them -->
                  <virtualNode name="${A}">
                    <currentJVM/>
                  </virtualNode>
                </actium>
                <!-- last -->
                """);
    }

    private static String convert(String name, String xml) {
        return new XmlDescriptorReader(List.of(), property -> null, () -> 1, new FileIncludes(), Reading.GRAMMAR)
                .convert(new DescriptorSource(name, xml.getBytes(StandardCharsets.UTF_8), Map.of()));
    }

    private static Optional<String> convert(Path file) throws IOException {
        try {
            return Optional.of(
                    Corpus.reader().convert(new DescriptorSource(file.toString(), Files.readAllBytes(file), Map.of())));
        } catch (DescriptorException notInOurLanguage) {
            return Optional.empty();
        }
    }

    /** All that a plan is made of, or why there is none; without places and the name of the dialect. */
    private static String meaning(Path file, byte[] xml, BiFunction<String, byte[], Descriptor> reader) {
        try {
            Descriptor read = reader.apply(file.toString(), xml);
            return withoutPlaces(Stream.of(
                            read.contract(),
                            read.virtualNodes(),
                            read.jvms(),
                            read.processes(),
                            read.services(),
                            read.technicalServices(),
                            read.nodeProviders(),
                            read.application(),
                            sorted(read.obstacles()))
                    .map(Object::toString)
                    .collect(Collectors.joining("\n")));
        } catch (DescriptorException refused) {
            return withoutPlaces(sorted(refused.problems()));
        }
    }

    private static String sorted(List<Problem> problems) {
        return problems.stream().map(Problem::message).sorted().collect(Collectors.joining("\n"));
    }

    private static String withoutPlaces(String text) {
        return text.replaceAll("line=\\d+, column=\\d+", "")
                .replaceAll(":\\d+:\\d+", "")
                .replaceAll("'(proactive|environment)'", "");
    }
}
