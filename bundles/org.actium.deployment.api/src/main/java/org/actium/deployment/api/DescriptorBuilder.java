package org.actium.deployment.api;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.actium.deployment.spi.XmlElement;

/**
 * Writes a descriptor in Java instead of in a file. It is read as a file is, with the same checks; a problem says which
 * definition it is about, for example {@code builder: virtual node workers}. Values may refer to variables, {@code
 * ${NODES}}. Not thread-safe.
 *
 * <pre>{@code
 * DescriptorSource grid = new DescriptorBuilder()
 *         .virtualNode("workers", node -> node.on("worker"))
 *         .jvm("worker", jvm -> jvm.runtimes(4).startedBy("local"))
 *         .process("local", "jvmProcess")
 *         .build();
 * }</pre>
 */
public final class DescriptorBuilder {

    private static final String NAMESPACE = "urn:actium:deployment:1";

    private final String name;
    private final Element root = new Element("actium");

    public DescriptorBuilder() {
        this("builder");
    }

    /** @param name of the descriptor, for messages */
    public DescriptorBuilder(String name) {
        this.name = Objects.requireNonNull(name, "name");
        root.place(name);
    }

    /** A variable with a value, which {@link DescriptorSource#with} and the command line may replace. */
    public DescriptorBuilder variable(String variable, String value) {
        return define(
                "variables",
                "variable " + variable,
                variables -> variables.child(
                        "descriptorDefaultVariable",
                        declaration -> declaration.attribute("name", variable).attribute("value", value)));
    }

    /** A virtual node, with its name and what else {@code description} says. */
    public DescriptorBuilder virtualNode(String virtualNode, Consumer<VirtualNodeElement> description) {
        return define("virtualNode", "virtual node " + virtualNode, element -> {
            element.attribute("name", virtualNode);
            description.accept(new VirtualNodeElement(element));
        });
    }

    /** A kind of runtime; virtual nodes name it. */
    public DescriptorBuilder jvm(String jvm, Consumer<JvmElement> description) {
        return define("jvm", "jvm " + jvm, element -> {
            element.attribute("name", jvm);
            description.accept(new JvmElement(element));
        });
    }

    /** A way to start runtimes that needs no settings. */
    public DescriptorBuilder process(String id, String process) {
        return process(id, process, settings -> {});
    }

    /** @param process an element that a descriptor may have in {@code processDefinition}, such as {@code jvmProcess} */
    public DescriptorBuilder process(String id, String process, Consumer<Element> settings) {
        return define(
                "processDefinition",
                "process " + id,
                definition -> definition.attribute("id", id).child(process, settings));
    }

    /** @param service an element that a descriptor may have in {@code serviceDefinition}, such as {@code joinedContainers} */
    public DescriptorBuilder service(String id, String service, Consumer<Element> settings) {
        return define(
                "serviceDefinition",
                "service " + id,
                definition -> definition.attribute("id", id).child(service, settings));
    }

    /** @param service what the installed bundle calls its technical service, such as {@code properties} */
    public DescriptorBuilder technicalService(String id, String service, Map<String, String> arguments) {
        return define("technicalServiceDefinition", "technical service " + id, definition -> {
            definition.attribute("id", id).attribute("class", service);
            arguments.forEach((argument, value) -> definition.child(
                    "arg", arg -> arg.attribute("name", argument).attribute("value", value)));
        });
    }

    /** The runtime that launched ones do not outlive; the one that deploys if not said. */
    public DescriptorBuilder leaseHolder(String host, int port) {
        return define(
                "leaseHolder",
                "lease holder",
                element -> element.attribute("host", host).attribute("port", Integer.toString(port)));
    }

    /** Anything else that may stand in a descriptor of Actium's own language, such as {@code nodeProvider}. */
    public DescriptorBuilder element(String element, Consumer<Element> content) {
        return define(element, element, content);
    }

    private DescriptorBuilder define(String element, String place, Consumer<Element> content) {
        root.child(element, definition -> {
            definition.place(name + ": " + place);
            content.accept(definition);
        });
        return this;
    }

    /** What was written so far. */
    public DescriptorSource build() {
        var xml = new StringBuilder();
        root.write(xml, " xmlns=\"" + NAMESPACE + "\" xmlns:at=\"" + XmlElement.PLACE_NAMESPACE + "\"");
        return new DescriptorSource(name, xml.toString().getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** Any element, with attributes and child elements. */
    public static final class Element {

        private final String name;
        private final Map<String, String> attributes = new LinkedHashMap<>();
        private final List<Element> children = new ArrayList<>();

        private Element(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        /** Replaces the value if there is one. */
        public Element attribute(String attribute, String value) {
            attributes.put(Objects.requireNonNull(attribute, "attribute"), Objects.requireNonNull(value, "value"));
            return this;
        }

        public Element child(String child, Consumer<Element> content) {
            var element = new Element(child);
            content.accept(element);
            children.add(element);
            return this;
        }

        private void place(String place) {
            attributes.put("at:place", place);
        }

        private void write(StringBuilder xml, String more) {
            xml.append('<').append(name).append(more);
            attributes.forEach((attribute, value) -> {
                xml.append(' ').append(attribute).append("=\"");
                value.chars().forEach(c -> xml.append(escaped((char) c)));
                xml.append('"');
            });
            xml.append('>');
            children.forEach(child -> child.write(xml, ""));
            xml.append("</").append(name).append(">\n");
        }

        /** As XML reads it back from an attribute. */
        private static String escaped(char c) {
            return switch (c) {
                case '&', '<', '>', '"', '\n', '\r', '\t' -> "&#" + (int) c + ";";
                default -> String.valueOf(c);
            };
        }
    }

    /** A virtual node: where its nodes come from, and what is asked of them. */
    public static final class VirtualNodeElement {

        private final Element element;

        private VirtualNodeElement(Element element) {
            this.element = element;
        }

        /** It gets the nodes of these runtimes. */
        public VirtualNodeElement on(String... jvms) {
            for (String jvm : jvms) {
                element.child("vmName", reference -> reference.attribute("value", jvm));
            }
            return this;
        }

        /** It gets a node of the runtime that deploys. */
        public VirtualNodeElement here() {
            element.child("currentJVM", current -> {});
            return this;
        }

        /** It has one node; to map it to more is a problem. */
        public VirtualNodeElement unique() {
            return attribute("property", "unique");
        }

        /** How long after activation its nodes may take to come; 70 s if not said. Counted in whole milliseconds. */
        public VirtualNodeElement timeout(Duration limit) {
            return attribute("timeout", Long.toString(limit.toMillis()));
        }

        /** How many nodes will do at the time-out; all of them if not said. */
        public VirtualNodeElement minimum(int nodes) {
            return attribute("minNodeNumber", Integer.toString(nodes));
        }

        /** Ids of the technical services of its nodes, in the order of application. */
        public VirtualNodeElement with(String... technicalServices) {
            return attribute("technicalServiceId", String.join(" ", technicalServices));
        }

        /** Any other attribute of {@code virtualNode}. */
        public VirtualNodeElement attribute(String attribute, String value) {
            element.attribute(attribute, value);
            return this;
        }
    }

    /** A kind of runtime: how many, and how they are started or found. */
    public static final class JvmElement {

        private final Element element;

        private JvmElement(Element element) {
            this.element = element;
        }

        /** How many are started; 1 if not said. */
        public JvmElement runtimes(int count) {
            return attribute("runtimes", Integer.toString(count));
        }

        /** How many nodes each gives; 1 if not said. */
        public JvmElement nodes(int count) {
            return attribute("askedNodes", Integer.toString(count));
        }

        /** @param process id of what starts them */
        public JvmElement startedBy(String process) {
            element.child("processReference", reference -> reference.attribute("refid", process));
            return this;
        }

        /** @param service id of what finds them, where they are running already */
        public JvmElement acquiredBy(String service) {
            element.child("serviceReference", reference -> reference.attribute("refid", service));
            return this;
        }

        /** Any other attribute of {@code jvm}. */
        public JvmElement attribute(String attribute, String value) {
            element.attribute(attribute, value);
            return this;
        }
    }
}
