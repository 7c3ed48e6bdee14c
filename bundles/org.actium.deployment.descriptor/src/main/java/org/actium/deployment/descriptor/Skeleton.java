package org.actium.deployment.descriptor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.actium.deployment.spi.ElementShape;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.XmlElement;

/**
 * A legacy descriptor taken apart into its definitions, each list in the order of the document. Definitions may stand
 * in any container and outside of them, as the slides print them.
 */
record Skeleton(
        XmlElement root,
        List<XmlElement> virtualNodes,
        List<XmlElement> acquiredVirtualNodes,
        List<XmlElement> maps,
        List<XmlElement> jvms,
        List<XmlElement> processes,
        List<XmlElement> services,
        List<XmlElement> technicalServices) {

    private static final Set<String> DEFINITIONS = Set.of(
            "virtualNode",
            "map",
            "jvm",
            "processDefinition",
            "serviceDefinition",
            LegacyDialect.TECHNICAL_SERVICE,
            "virtualNodesAcquisition");

    /** Recognised, and refused because what they ask for is not there yet. */
    private static final Map<String, String> UNSUPPORTED = Map.of(
            "register", "no virtual node is published for other programs",
            "lookup", "no virtual node of another program is looked up",
            "mainDefinition", "no main class is started from a descriptor; 'actium run' starts an application",
            "fileTransferDefinitions", "no files are transferred",
            "security", "no security policy is enforced");

    private static final ElementShape ROOT = shape().allowing("schemaVersion");
    private static final ElementShape CONTAINER = shape();

    Skeleton {
        virtualNodes = List.copyOf(virtualNodes);
        acquiredVirtualNodes = List.copyOf(acquiredVirtualNodes);
        maps = List.copyOf(maps);
        jvms = List.copyOf(jvms);
        processes = List.copyOf(processes);
        services = List.copyOf(services);
        technicalServices = List.copyOf(technicalServices);
    }

    static Skeleton of(XmlElement root, Problems problems) {
        var parts = new Skeleton.Parts();
        ROOT.check(root, problems);
        parts.collect(root, problems);
        return new Skeleton(
                root,
                parts.virtualNodes,
                parts.acquiredVirtualNodes,
                parts.maps,
                parts.jvms,
                parts.processes,
                parts.services,
                parts.technicalServices);
    }

    private static ElementShape shape() {
        var children = new TreeSet<>(LegacyDialect.CONTAINERS);
        children.addAll(DEFINITIONS);
        children.addAll(UNSUPPORTED.keySet());
        return ElementShape.EMPTY.containing(children.toArray(String[]::new));
    }

    private static final class Parts {

        private final List<XmlElement> virtualNodes = new ArrayList<>();
        private final List<XmlElement> acquiredVirtualNodes = new ArrayList<>();
        private final List<XmlElement> maps = new ArrayList<>();
        private final List<XmlElement> jvms = new ArrayList<>();
        private final List<XmlElement> processes = new ArrayList<>();
        private final List<XmlElement> services = new ArrayList<>();
        private final List<XmlElement> technicalServices = new ArrayList<>();

        void collect(XmlElement container, Problems problems) {
            for (XmlElement child : container.children()) {
                switch (child.name()) {
                    case "virtualNode" -> virtualNodes.add(child);
                    case "virtualNodesAcquisition" -> collectAcquired(child, problems);
                    case "map" -> maps.add(child);
                    case "jvm" -> jvms.add(child);
                    case "processDefinition" -> processes.add(child);
                    case "serviceDefinition" -> services.add(child);
                    case LegacyDialect.TECHNICAL_SERVICE -> technicalServices.add(child);
                    default -> {
                        if (LegacyDialect.CONTAINERS.contains(child.name())) {
                            CONTAINER.check(child, problems);
                            collect(child, problems);
                        } else if (UNSUPPORTED.containsKey(child.name())) {
                            problems.report(
                                    child.at(),
                                    "'" + child.name() + "' is not supported yet: " + UNSUPPORTED.get(child.name())
                                            + "; remove it");
                        }
                    }
                }
            }
        }

        private void collectAcquired(XmlElement acquisition, Problems problems) {
            ElementShape.EMPTY.containing("virtualNode").check(acquisition, problems);
            for (XmlElement virtualNode : acquisition.children("virtualNode")) {
                if (ElementShape.EMPTY.requiring("name").check(virtualNode, problems)) {
                    acquiredVirtualNodes.add(virtualNode);
                    problems.report(
                            virtualNode.at(),
                            "'virtualNodesAcquisition' is not supported yet: no virtual node of another program is "
                                    + "looked up; remove it");
                }
            }
        }
    }
}
