package org.actium.deployment.descriptor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.Spelling;
import org.actium.deployment.spi.XmlElement;

/**
 * The descriptors of ProActive from 2003 to 2009, and as its slides and manual print them: {@code ProActiveDescriptor}
 * with or without namespace. Brings all spellings to one, that of the schema 3.3.
 */
final class LegacyDialect {

    static final String ROOT = "ProActiveDescriptor";

    /** The present spelling of the technical service definitions, which the slides spell {@code service}. */
    static final String TECHNICAL_SERVICE = "technicalServiceDefinition";

    private static final Pattern NAMESPACE =
            Pattern.compile("|urn:proactive:deployment:[0-9.]+|https?://\\S*/DescriptorSchema\\.xsd");

    /** Roots that are recognised in order to say what they are. */
    private static final Map<String, String> OTHER_ROOTS = Map.of(
            "GCMApplication", "a GCM application descriptor",
            "GCMDeployment", "a GCM deployment descriptor",
            "Policy", "a security policy",
            "p2pconfig", "a configuration of peer-to-peer daemons",
            "actium", "a descriptor in Actium's own schema");

    /** Everything that only groups definitions; the definitions may stand in any of them, and outside. */
    static final Set<String> CONTAINERS = Set.of(
            "componentDefinition",
            "virtualNodesDefinition",
            "deployment",
            "mapping",
            "jvms",
            "infrastructure",
            "processes",
            "services",
            "acquisition",
            "technicalServices");

    private static final Map<String, String> ELEMENTS = Stream.concat(
                    // 3.0 writes these with a capital first letter
                    Stream.of(
                                    "descriptorVariable",
                                    "programVariable",
                                    "descriptorDefaultVariable",
                                    "programDefaultVariable",
                                    "javaPropertyVariable",
                                    "javaPropertyDescriptorDefault",
                                    "javaPropertyProgramDefault",
                                    "includeXMLFile",
                                    "includePropertyFile",
                                    "fileTransferDefinitions",
                                    "fileTransfer",
                                    "fileTransferDeploy",
                                    "fileTransferRetrieve")
                            .map(now -> Map.entry(capitalised(now), now)),
                    Stream.of(
                            Map.entry("currentJvm", "currentJVM"),
                            Map.entry("vnName", "vmName"),
                            Map.entry("aquisitionReference", "serviceReference"),
                            Map.entry("acquisitionReference", "serviceReference"),
                            Map.entry("acquisitionDefinition", "serviceDefinition"),
                            Map.entry("technicalServiceDefinitions", "technicalServices"),
                            Map.entry("technical-service", TECHNICAL_SERVICE),
                            Map.entry("gridengineProcess", "gridEngineProcess"),
                            Map.entry("P2PLookup", "P2PService"),
                            Map.entry("recoveryServer", "recoveryProcess")))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    /** By element, what its attributes were called. */
    private static final Map<String, Map<String, String>> ATTRIBUTES = Map.of(
            "jvm", Map.of("nodeNumber", "askedNodes"),
            "virtualNode",
                    Map.of(
                            "serviceRefid", "technicalServiceId",
                            "FileTransferDeploy", "fileTransferDeploy",
                            "FileTransferRetrieve", "fileTransferRetrieve"),
            "P2PService", Map.of("NodesAsked", "nodesAsked"));

    private LegacyDialect() {}

    /** The whole descriptor in present spelling; empty if it is something else, which was reported. */
    static Optional<XmlElement> read(XmlTree document, Problems problems) {
        XmlElement root = document.root();
        if (!root.name().equals(ROOT)) {
            String other = OTHER_ROOTS.get(root.name());
            problems.report(
                    root.at(),
                    "the root is '" + Spelling.shortened(root.name()) + "'"
                            + (other == null
                                    ? Spelling.hint(root.name(), List.of(ROOT))
                                    : ", " + other + ", which is not supported yet; use a '" + ROOT + "'"));
            return Optional.empty();
        }
        if (!NAMESPACE.matcher(document.namespace()).matches()) {
            problems.report(
                    root.at(),
                    "the namespace '" + Spelling.shortened(document.namespace())
                            + "' is not that of descriptors; write xmlns='urn:proactive:deployment:3.3' or none");
        }
        return Optional.of(respelt(root, "", problems));
    }

    static XmlElement respelt(XmlElement element, String parent, Problems problems) {
        String name = ELEMENTS.getOrDefault(element.name(), element.name());
        if (name.equals("service") && (CONTAINERS.contains(parent) || parent.equals(ROOT))) {
            name = TECHNICAL_SERVICE;
        }
        Map<String, String> synonyms = ATTRIBUTES.getOrDefault(name, Map.of());
        var attributes = new LinkedHashMap<String, String>();
        element.attributes().forEach((attribute, value) -> {
            String now = synonyms.getOrDefault(attribute, attribute);
            if (attributes.putIfAbsent(now, value) != null) {
                problems.report(
                        element.at(),
                        "'" + element.name() + "' has the attribute '" + now + "' twice, in two spellings; remove one");
            }
        });
        String spelt = name;
        List<XmlElement> children = element.children().stream()
                .map(child -> respelt(child, spelt, problems))
                .toList();
        return new XmlElement(name, attributes, children, element.text(), element.at());
    }

    private static String capitalised(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
