package org.actium.deployment.descriptor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actium.deployment.model.TechnicalServiceDefinition;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.Spelling;
import org.actium.deployment.spi.XmlElement;
import org.actium.service.api.ServiceUse;

/**
 * Reads technical service definitions: {@code technicalServiceDefinition}, {@code service}, {@code
 * technical-service}.
 */
final class TechnicalServiceReader {

    /** Classes of the original that something of Actium stands in for. */
    private static final Map<String, Substitute> SUBSTITUTES = Map.of(
            "org.objectweb.proactive.core.body.ft.service.FaultToleranceTechnicalService",
            new Substitute(
                    FaultTolerance.SERVICE,
                    Map.of(
                            "global", "globalServer",
                            "checkpoint", "checkpointServer",
                            "location", "locationServer",
                            "recovery", "recoveryProcess",
                            "resource", "resourceServer")),
            "org.objectweb.proactive.loadbalancing.LoadBalancingTS",
            new Substitute("load-balancing", Map.of("MetricFactory", "metric")),
            "org.objectweb.proactive.benchmarks.timit.util.service.TimItTechnicalService",
            new Substitute("metrics", Map.of()));

    private final Problems problems;

    TechnicalServiceReader(Problems problems) {
        this.problems = problems;
    }

    /** The id by which virtual nodes name the definition; its class if it has no id; empty text if it has neither. */
    static String id(XmlElement definition) {
        return definition
                .attribute("id")
                .or(() -> definition.attribute("class"))
                .orElse("");
    }

    Optional<TechnicalServiceDefinition> read(XmlElement definition) {
        String id = id(definition);
        String service = definition.attribute("class").orElse(id);
        if (id.isBlank() || service.isBlank()) {
            problems.report(
                    definition.at(),
                    "a technical service needs the attribute 'id', by which virtual nodes refer to it, and 'class' if "
                            + "the service is called otherwise");
            return Optional.empty();
        }
        return Optional.of(new TechnicalServiceDefinition(use(id, service, definition), service, definition.at()));
    }

    /** The technical services that stand in an element, each called by its class. */
    List<ServiceUse> inline(XmlElement element) {
        return element.children("technicalService").stream()
                .filter(service -> !service.attribute("class").orElse("").isBlank())
                .map(service -> use(
                        service.attributes().get("class"), service.attributes().get("class"), service))
                .toList();
    }

    private ServiceUse use(String id, String service, XmlElement definition) {
        Substitute substitute = SUBSTITUTES.getOrDefault(service, new Substitute(service, Map.of()));
        var arguments = new LinkedHashMap<String, String>();
        for (XmlElement argument : definition.children("arg")) {
            String name = argument.attribute("name").orElse("");
            String value = argument.attribute("value").orElse("");
            if (argument.attributes().containsKey("value")
                    && !name.isBlank()
                    && arguments.putIfAbsent(substitute.arguments.getOrDefault(name, name), value) != null) {
                problems.report(
                        argument.at(), "argument '" + Spelling.shortened(name) + "' is given twice; remove one");
            }
        }
        return new ServiceUse(id, substitute.service, arguments);
    }

    /** @param arguments what they are called there, and what here */
    private record Substitute(String service, Map<String, String> arguments) {}
}
