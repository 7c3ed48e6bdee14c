package org.actium.deployment.descriptor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actium.deployment.model.ElementDefinition;
import org.actium.deployment.model.SourcePosition;
import org.actium.deployment.model.TechnicalServiceDefinition;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.Spelling;
import org.actium.deployment.spi.XmlElement;
import org.actium.service.api.ServiceUse;

/** The technical services of a descriptor, at all the places that may name one. */
final class TechnicalServices {

    private final Definitions definitions;
    private final Definitions services;
    private final Map<String, ElementDefinition> readServices;
    private final TechnicalServiceReader reader;
    private final Problems problems;
    private final Map<String, TechnicalServiceDefinition> read = new LinkedHashMap<>();

    TechnicalServices(
            Definitions definitions,
            Definitions services,
            Map<String, ElementDefinition> readServices,
            Problems problems) {
        this.definitions = definitions;
        this.services = services;
        this.readServices = readServices;
        this.reader = new TechnicalServiceReader(problems);
        this.problems = problems;
        definitions
                .all()
                .forEach(definition -> reader.read(definition)
                        .ifPresent(service -> read.putIfAbsent(service.use().id(), service)));
    }

    Map<String, TechnicalServiceDefinition> read() {
        return read;
    }

    /** Those that stand in an element. */
    List<ServiceUse> inline(XmlElement element) {
        return reader.inline(element);
    }

    /** Ids of services at several levels, the outermost first: of one class the innermost counts. */
    @SafeVarargs
    final List<String> ids(SourcePosition at, List<ServiceUse>... levels) {
        var byClass = new LinkedHashMap<String, ServiceUse>();
        for (List<ServiceUse> level : levels) {
            level.forEach(use -> byClass.put(use.service(), use));
        }
        return byClass.values().stream().map(use -> id(use, at)).toList();
    }

    /** The class, with a number if it is used with other arguments, too. */
    private String id(ServiceUse use, SourcePosition at) {
        String id = use.id();
        for (int number = 2; read.containsKey(id); number++) {
            ServiceUse known = read.get(id).use();
            if (known.service().equals(use.service()) && known.arguments().equals(use.arguments())) {
                return id;
            }
            id = use.id() + " (" + number + ")";
        }
        read.put(id, new TechnicalServiceDefinition(new ServiceUse(id, use.service(), use.arguments()), use.id(), at));
        return id;
    }

    /**
     * Fault tolerance is one technical service among others here; the original had a mechanism of its own, which worked
     * for created JVMs only.
     */
    Optional<String> faultToleranceOf(XmlElement virtualNode) {
        String id = virtualNode.attributes().get("ftServiceId").strip();
        if (!services.resolve(id, virtualNode, problems)) {
            return Optional.empty();
        }
        ElementDefinition definition = readServices.get(id);
        if (definition == null) {
            return Optional.empty();
        }
        if (!(definition.element() instanceof FaultTolerance faultTolerance)) {
            problems.report(
                    virtualNode.at(),
                    "ftServiceId='" + Spelling.shortened(id) + "' refers to a service that holds '"
                            + definition.element().elementName() + "', not 'faultTolerance'");
            return Optional.empty();
        }
        String key = definitions.ids().contains(id) ? id + " (faultTolerance)" : id;
        read.putIfAbsent(
                key,
                new TechnicalServiceDefinition(
                        new ServiceUse(key, FaultTolerance.SERVICE, faultTolerance.arguments()),
                        faultTolerance.elementName(),
                        definition.at()));
        return Optional.of(key);
    }
}
