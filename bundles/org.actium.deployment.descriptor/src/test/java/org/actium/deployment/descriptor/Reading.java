package org.actium.deployment.descriptor;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.descriptor.grammar.Grammar;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.model.DescriptorException;
import org.actium.deployment.model.JvmProcess;
import org.actium.deployment.model.Variable;
import org.actium.deployment.spi.ElementReader;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.XmlElement;

/** One reading of a descriptor in a test, with variables, Java properties and readers as the test wants them. */
final class Reading {

    /** What hosts of descriptors have that do not say. */
    static final int PROCESSORS = 4;

    /** Read once: tests read descriptors by the thousand. */
    static final Grammar GRAMMAR = Grammar.bundled();

    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, Variable.Kind> kinds = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();
    private final List<ElementReader> readers = new ArrayList<>();
    private Includes includes = new FileIncludes();
    private String name = "test.xml";

    Reading named(String name) {
        this.name = name;
        return this;
    }

    Reading variable(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    /** The program declares it. */
    Reading variable(String variable, String value, Variable.Kind kind) {
        kinds.put(variable, kind);
        return variable(variable, value);
    }

    Reading property(String property, String value) {
        properties.put(property, value);
        return this;
    }

    Reading includes(Includes files) {
        includes = files;
        return this;
    }

    /** Stands in for the bundle that reads these elements. */
    Reading reader(String... elements) {
        readers.add(new StandIn(Set.of(elements)));
        return this;
    }

    Reading reader(ElementReader reader) {
        readers.add(reader);
        return this;
    }

    Descriptor read(byte[] xml) {
        return new XmlDescriptorReader(readers, properties::get, () -> PROCESSORS, includes, GRAMMAR)
                .read(new DescriptorSource(name, xml, variables, Map.of(), kinds));
    }

    Descriptor read(String xml) {
        return read(xml.getBytes(StandardCharsets.UTF_8));
    }

    /** Each problem as {@code line:column: message}, in the order they are reported. */
    List<String> problems(String xml) {
        try {
            read(xml);
            return List.of();
        } catch (DescriptorException refused) {
            return refused.problems().stream()
                    .map(problem -> problem.at().line() + ":" + problem.at().column() + ": " + problem.message())
                    .toList();
        }
    }

    /** A complete descriptor with one local JVM, around the given lines, which begin on line 2. */
    static String around(String lines) {
        return """
                <ProActiveDescriptor>
                %s
                <virtualNode name="vn"/>
                <map virtualNode="vn"><jvmSet><vmName value="Jvm1"/></jvmSet></map>
                <jvm name="Jvm1"><creation><processReference refid="localJVM"/></creation></jvm>
                <processDefinition id="localJVM"><jvmProcess/></processDefinition>
                </ProActiveDescriptor>
                """.formatted(lines);
    }

    /** The first options of the JVM that the process of this id starts. */
    static List<String> options(Descriptor descriptor, String process) {
        return ((JvmProcess) descriptor.processes().get(process).element()).jvmParameters();
    }

    /** What a {@link StandIn} makes of an element. */
    record Read(String elementName, Map<String, String> attributes) implements DescriptorElement {}

    private record StandIn(Set<String> elements) implements ElementReader {
        @Override
        public Optional<DescriptorElement> read(XmlElement element, Problems problems) {
            return Optional.of(new Read(element.name(), element.attributes()));
        }
    }
}
