package org.actium.deployment.descriptor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.actium.deployment.model.VirtualNodeDefinition;
import org.actium.deployment.model.VirtualNodeDefinition.Cardinality;
import org.actium.deployment.spi.ElementShape;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.Spelling;
import org.actium.deployment.spi.XmlElement;

/** Reads virtual nodes and what they are mapped to. */
final class VirtualNodeReader {

    private static final ElementShape SHAPE = ElementShape.EMPTY
            .requiring("name")
            .allowing("property", "timeout", "waitForTimeout", "minNodeNumber")
            .allowing("technicalServiceId", "ftServiceId", "fileTransferDeploy", "fileTransferRetrieve")
            .containing("information");
    private static final ElementShape MAP =
            ElementShape.EMPTY.requiring("virtualNode").containing("jvmSet", "vmName", "currentJVM");
    private static final ElementShape JVM_SET = ElementShape.EMPTY.containing("vmName", "currentJVM");

    private static final Map<String, Cardinality> CARDINALITIES = cardinalities();

    private final Definitions virtualNodes;
    private final Definitions acquired;
    private final Definitions jvms;
    private final Definitions technicalServices;
    private final Problems problems;
    private final Map<String, Mapping> mappings = new LinkedHashMap<>();

    VirtualNodeReader(
            Definitions virtualNodes,
            Definitions acquired,
            Definitions jvms,
            Definitions technicalServices,
            Problems problems) {
        this.virtualNodes = virtualNodes;
        this.acquired = acquired;
        this.jvms = jvms;
        this.technicalServices = technicalServices;
        this.problems = problems;
    }

    /** Reads one {@code map}; several of one virtual node add up. */
    void map(XmlElement map) {
        if (!MAP.check(map, problems)) {
            return;
        }
        String virtualNode = map.attributes().get("virtualNode");
        if (!acquired.ids().contains(virtualNode)) {
            virtualNodes.resolve(virtualNode, map, problems);
        }
        Mapping mapping = mappings.computeIfAbsent(virtualNode, name -> new Mapping());
        mapTo(mapping, virtualNode, map.children());
        for (XmlElement jvmSet : map.children("jvmSet")) {
            JVM_SET.check(jvmSet, problems);
            mapTo(mapping, virtualNode, jvmSet.children());
        }
    }

    private void mapTo(Mapping mapping, String virtualNode, List<XmlElement> targets) {
        for (XmlElement target : targets) {
            if (target.name().equals("currentJVM")) {
                // the protocol of a runtime is no matter of a descriptor here: all of them talk alike
                ElementShape.EMPTY.allowing("protocol").check(target, problems);
                mapping.currentJvm = true;
            } else if (target.name().equals("vmName")
                    && ElementShape.EMPTY.requiring("value").check(target, problems)) {
                String jvm = target.attributes().get("value");
                if (!mapping.jvms.add(jvm)) {
                    problems.report(
                            target.at(),
                            "virtual node '" + Spelling.shortened(virtualNode) + "' is mapped to jvm '"
                                    + Spelling.shortened(jvm) + "' twice; remove one");
                }
                jvms.resolve(jvm, target, problems);
            }
        }
    }

    /**
     * To be called after all maps.
     *
     * @param faultTolerance for the id of a fault tolerance service, the id of the technical service that gives it
     * @param runtimes for a JVM, how many runtimes it stands for as far as the descriptor says
     */
    Optional<VirtualNodeDefinition> read(
            XmlElement element,
            Function<XmlElement, Optional<String>> faultTolerance,
            Function<String, Integer> runtimes) {
        if (!SHAPE.check(element, problems)) {
            return Optional.empty();
        }
        String name = element.attributes().get("name");
        Mapping mapping = mappings.getOrDefault(name, new Mapping());
        if (mapping.jvms.isEmpty() && !mapping.currentJvm) {
            problems.report(
                    element.at(),
                    "virtual node '" + Spelling.shortened(name)
                            + "' is not mapped; map it to a jvm, or to 'currentJVM'");
        }
        for (String transfer : Set.of("fileTransferDeploy", "fileTransferRetrieve")) {
            if (element.attributes().containsKey(transfer)) {
                problems.report(
                        element.at(), "'" + transfer + "' is not supported yet: no files are transferred; remove it");
            }
        }
        var services = new ArrayList<String>();
        if (element.attributes().containsKey("ftServiceId")) {
            faultTolerance.apply(element).ifPresent(services::add);
        }
        services.addAll(technicalServices(element));
        return Optional.of(new VirtualNodeDefinition(
                name,
                cardinality(element, mapping, runtimes),
                timeout(element),
                minimum(element),
                List.copyOf(mapping.jvms),
                mapping.currentJvm,
                services,
                element.at()));
    }

    private Cardinality cardinality(XmlElement element, Mapping mapping, Function<String, Integer> runtimes) {
        String property = element.attribute("property").orElse("multiple").strip();
        Cardinality cardinality = CARDINALITIES.get(property);
        if (cardinality == null) {
            problems.report(
                    element.at(),
                    property.equals("lookup")
                            ? "property='lookup' is not supported yet: no virtual node of another program is looked up"
                            : "'" + Spelling.shortened(property) + "' is no property of a virtual node"
                                    + Spelling.hint(property, CARDINALITIES.keySet()));
            return Cardinality.MULTIPLE;
        }
        int mapped = mapping.jvms.stream().mapToInt(runtimes::apply).sum();
        if ((cardinality == Cardinality.UNIQUE || cardinality == Cardinality.UNIQUE_SINGLE_OBJECT) && mapped > 1) {
            problems.report(
                    element.at(),
                    "virtual node '" + Spelling.shortened(element.attributes().get("name")) + "' is '" + property
                            + "' but mapped to " + mapped + " JVMs; map it to one, or make it 'multiple'");
        }
        return cardinality;
    }

    private Duration timeout(XmlElement element) {
        String waitForTimeout =
                element.attribute("waitForTimeout").orElse("false").strip();
        if (!waitForTimeout.equals("false")) {
            problems.report(
                    element.at(),
                    "waitForTimeout='" + Spelling.shortened(waitForTimeout)
                            + "' is not supported: a virtual node is ready as soon as it has its nodes; remove it");
        }
        OptionalInt millis = element.integer("timeout", 0, problems);
        return millis.isPresent() ? Duration.ofMillis(millis.getAsInt()) : VirtualNodeDefinition.DEFAULT_TIMEOUT;
    }

    private OptionalInt minimum(XmlElement element) {
        return element.integer("minNodeNumber", 1, problems);
    }

    /** The attribute holds one id, or several with blanks between; they are applied in this order. */
    private List<String> technicalServices(XmlElement element) {
        String attribute = element.attribute("technicalServiceId").orElse("").strip();
        if (attribute.isEmpty()) {
            return List.of();
        }
        var ids = new LinkedHashSet<String>();
        for (String id : attribute.split("\\s+")) {
            if (technicalServices.resolve(id, element, problems) && !ids.add(id)) {
                problems.report(
                        element.at(), "technical service '" + Spelling.shortened(id) + "' is named twice; remove one");
            }
        }
        return List.copyOf(ids);
    }

    private static Map<String, Cardinality> cardinalities() {
        var cardinalities = new LinkedHashMap<String, Cardinality>();
        cardinalities.put("unique", Cardinality.UNIQUE);
        cardinalities.put("unique_singleAO", Cardinality.UNIQUE_SINGLE_OBJECT);
        cardinalities.put("multiple", Cardinality.MULTIPLE);
        cardinalities.put("multiple_cyclic", Cardinality.MULTIPLE_CYCLIC);
        return cardinalities;
    }

    private static final class Mapping {
        private final Set<String> jvms = new LinkedHashSet<>();
        private boolean currentJvm;
    }
}
