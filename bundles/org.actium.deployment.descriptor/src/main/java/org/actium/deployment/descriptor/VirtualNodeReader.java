package org.actium.deployment.descriptor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.actium.deployment.model.ProviderUse;
import org.actium.deployment.model.VirtualNodeDefinition;
import org.actium.deployment.model.VirtualNodeDefinition.Cardinality;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.Spelling;
import org.actium.deployment.spi.XmlElement;

/** Reads virtual nodes and what they are mapped to. */
final class VirtualNodeReader {

    private static final Map<String, Cardinality> CARDINALITIES = cardinalities();

    /** As good as for ever, and still a time that can be added to another. */
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(36500);

    private final Definitions virtualNodes;
    private final Definitions acquired;
    private final Definitions jvms;
    private final Definitions technicalServices;
    private final Definitions nodeProviders;
    private final Definitions fileTransfers;
    private final TechnicalServiceReader services;
    private final Problems problems;
    private final Map<String, Mapping> mappings = new LinkedHashMap<>();

    VirtualNodeReader(
            Definitions virtualNodes,
            Definitions acquired,
            Definitions jvms,
            Definitions technicalServices,
            Definitions nodeProviders,
            Definitions fileTransfers,
            Problems problems) {
        this.virtualNodes = virtualNodes;
        this.acquired = acquired;
        this.jvms = jvms;
        this.technicalServices = technicalServices;
        this.nodeProviders = nodeProviders;
        this.fileTransfers = fileTransfers;
        this.services = new TechnicalServiceReader(problems);
        this.problems = problems;
    }

    /** Reads one {@code map}; several of one virtual node add up. */
    void map(XmlElement map) {
        String virtualNode = map.attribute("virtualNode").orElse("");
        if (virtualNode.isBlank()) {
            return;
        }
        if (!acquired.ids().contains(virtualNode)) {
            virtualNodes.resolve(virtualNode, map, problems);
        }
        mapTo(virtualNode, map.children());
    }

    private void mapTo(String virtualNode, List<XmlElement> targets) {
        Mapping mapping = mappings.computeIfAbsent(virtualNode, name -> new Mapping());
        for (XmlElement target : targets) {
            String jvm = target.attribute("value").orElse("");
            if (target.name().equals("currentJVM")) {
                mapping.currentJvm = true;
            } else if (target.name().equals("vmName") && !jvm.isBlank()) {
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
        String name = element.attribute("name").orElse("");
        if (name.isBlank()) {
            return Optional.empty();
        }
        mapTo(name, element.children());
        Mapping mapping = mappings.get(name);
        var applied = new ArrayList<String>();
        if (element.attributes().containsKey("ftServiceId")) {
            faultTolerance.apply(element).ifPresent(applied::add);
        }
        applied.addAll(technicalServices(element));
        return Optional.of(new VirtualNodeDefinition(
                name,
                cardinality(element, mapping, runtimes),
                timeout(element),
                Numbers.isTrue(element, "waitForTimeout"),
                element.integer("minNodeNumber", 1, problems),
                List.copyOf(mapping.jvms),
                mapping.currentJvm,
                applied,
                Map.of(),
                Numbers.countOrMax(element, "capacity"),
                providers(element),
                fileTransfer(element, "fileTransferDeploy"),
                fileTransfer(element, "fileTransferRetrieve"),
                element.at()));
    }

    private List<ProviderUse> providers(XmlElement element) {
        var uses = new LinkedHashMap<String, ProviderUse>();
        for (XmlElement use : element.children("nodeProvider")) {
            String id = use.attribute("refid").orElse("");
            if (!id.isBlank() && nodeProviders.resolve(id, use, problems)) {
                var read = new ProviderUse(id, Numbers.countOrMax(use, "capacity"), services.inline(use), use.at());
                if (uses.putIfAbsent(id, read) != null) {
                    problems.report(
                            use.at(),
                            "virtual node '"
                                    + Spelling.shortened(
                                            element.attribute("name").orElse(""))
                                    + "' takes nodes from nodeProvider '" + Spelling.shortened(id)
                                    + "' twice; remove one");
                }
            }
        }
        return List.copyOf(uses.values());
    }

    private Optional<String> fileTransfer(XmlElement element, String attribute) {
        Optional<String> id = element.attribute(attribute).filter(value -> !value.isBlank());
        id.ifPresent(transfer -> fileTransfers.resolve(transfer, element, problems));
        return id;
    }

    private Cardinality cardinality(XmlElement element, Mapping mapping, Function<String, Integer> runtimes) {
        String property = element.attribute("property").orElse("multiple").strip();
        Cardinality cardinality = CARDINALITIES.getOrDefault(property, Cardinality.MULTIPLE);
        int mapped = mapping.jvms.stream().mapToInt(runtimes::apply).sum();
        if ((cardinality == Cardinality.UNIQUE || cardinality == Cardinality.UNIQUE_SINGLE_OBJECT) && mapped > 1) {
            problems.report(
                    element.at(),
                    "virtual node '" + Spelling.shortened(element.attributes().get("name")) + "' is '" + property
                            + "' but mapped to " + mapped + " JVMs; map it to one, or make it 'multiple'");
        }
        return cardinality;
    }

    private static Duration timeout(XmlElement element) {
        OptionalLong millis = Numbers.positive(element, "timeout");
        return millis.isPresent()
                ? Duration.ofMillis(Math.min(millis.getAsLong(), LONGEST_TIMEOUT.toMillis()))
                : VirtualNodeDefinition.DEFAULT_TIMEOUT;
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
        cardinalities.put("lookup", Cardinality.LOOKUP);
        return cardinalities;
    }

    private static final class Mapping {
        private final Set<String> jvms = new LinkedHashSet<>();
        private boolean currentJvm;
    }
}
