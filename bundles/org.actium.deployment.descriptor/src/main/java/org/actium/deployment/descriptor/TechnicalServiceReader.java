package org.actium.deployment.descriptor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.actium.deployment.model.TechnicalServiceDefinition;
import org.actium.deployment.spi.ElementShape;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.Spelling;
import org.actium.deployment.spi.XmlElement;
import org.actium.service.api.ServiceUse;

/**
 * Reads technical service definitions: {@code technicalServiceDefinition}, {@code service}, {@code
 * technical-service}.
 */
final class TechnicalServiceReader {

    private static final ElementShape SHAPE =
            ElementShape.EMPTY.allowing("id", "class").containing("arg");
    private static final ElementShape ARGUMENT = ElementShape.EMPTY.requiring("name", "value");

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
                            "resource", "resourceServer")));

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
        SHAPE.check(definition, problems);
        String id = id(definition);
        String service = definition.attribute("class").orElse(id);
        if (id.isBlank() || service.isBlank()) {
            problems.report(
                    definition.at(),
                    "a technical service needs the attribute 'id', by which virtual nodes refer to it, and 'class' if "
                            + "the service is called otherwise");
            return Optional.empty();
        }
        Substitute substitute = SUBSTITUTES.getOrDefault(service, new Substitute(service, Map.of()));
        var arguments = new LinkedHashMap<String, String>();
        for (XmlElement argument : definition.children("arg")) {
            // an argument may well be empty, so only its presence is looked at
            if (argument.attributes().containsKey("value")
                    ? ElementShape.EMPTY.requiring("name").allowing("value").check(argument, problems)
                    : ARGUMENT.check(argument, problems)) {
                String name = argument.attributes().get("name");
                String value = argument.attributes().get("value");
                if (arguments.putIfAbsent(substitute.arguments.getOrDefault(name, name), value) != null) {
                    problems.report(
                            argument.at(), "argument '" + Spelling.shortened(name) + "' is given twice; remove one");
                }
            }
        }
        return Optional.of(
                new TechnicalServiceDefinition(new ServiceUse(id, substitute.service, arguments), definition.at()));
    }

    /** @param arguments what they are called there, and what here */
    private record Substitute(String service, Map<String, String> arguments) {}
}
