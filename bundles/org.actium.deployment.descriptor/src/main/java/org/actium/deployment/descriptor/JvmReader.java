package org.actium.deployment.descriptor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actium.deployment.model.JvmDefinition;
import org.actium.deployment.model.JvmDefinition.Acquisition;
import org.actium.deployment.model.JvmDefinition.Creation;
import org.actium.deployment.model.JvmDefinition.Origin;
import org.actium.deployment.spi.ElementShape;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.Spelling;
import org.actium.deployment.spi.XmlElement;

/** Reads {@code jvm}: which process creates the runtimes, or which service acquires them. */
final class JvmReader {

    private static final ElementShape SHAPE = ElementShape.EMPTY
            .requiring("name")
            .allowing("askedNodes", "runtimes")
            .containing("creation", "acquisition", "processReference", "serviceReference");
    private static final ElementShape CREATION = ElementShape.EMPTY.containing("processReference");
    // before 2004 the method stood beside a creation and named the protocol of the runtime
    private static final ElementShape ACQUISITION =
            ElementShape.EMPTY.allowing("method").containing("serviceReference");

    private final Definitions processes;
    private final Definitions services;
    private final Problems problems;

    JvmReader(Definitions processes, Definitions services, Problems problems) {
        this.processes = processes;
        this.services = services;
        this.problems = problems;
    }

    Optional<JvmDefinition> read(XmlElement element) {
        if (!SHAPE.check(element, problems)) {
            return Optional.empty();
        }
        String name = element.attributes().get("name");
        int nodes = element.integer("askedNodes", 1, problems).orElse(1);
        int runtimes = element.integer("runtimes", 1, problems).orElse(1);

        List<Origin> origins = new ArrayList<>();
        int references = references(element, origins);
        if (references != 1) {
            problems.report(
                    element.at(),
                    "jvm '" + Spelling.shortened(name) + "' has "
                            + (references == 0 ? "no origin" : references + " origins")
                            + "; give it one: a 'creation' with a 'processReference', or an 'acquisition' with a "
                            + "'serviceReference'");
        }
        if (origins.size() != 1) {
            return Optional.empty();
        }
        Origin origin = origins.getFirst();
        if (origin instanceof Acquisition && runtimes > 1) {
            problems.report(
                    element.at(),
                    "jvm '" + Spelling.shortened(name) + "' asks for " + runtimes
                            + " runtimes, but is acquired; the service says how many there are");
            return Optional.empty();
        }
        return Optional.of(new JvmDefinition(name, runtimes, nodes, origin, element.at()));
    }

    /** @return how many references there are, also those that lead nowhere */
    private int references(XmlElement element, List<Origin> origins) {
        int references = 0;
        for (XmlElement child : element.children()) {
            switch (child.name()) {
                case "creation" -> {
                    CREATION.check(child, problems);
                    references += references(child, origins);
                }
                case "acquisition" -> {
                    ACQUISITION.check(child, problems);
                    references += references(child, origins);
                }
                case "processReference" -> {
                    references++;
                    refid(child, processes).map(Creation::new).ifPresent(origins::add);
                }
                case "serviceReference" -> {
                    references++;
                    refid(child, services).map(Acquisition::new).ifPresent(origins::add);
                }
                default -> {
                    // reported by the shape of the element it is in
                }
            }
        }
        return references;
    }

    private Optional<String> refid(XmlElement reference, Definitions definitions) {
        if (!ElementShape.EMPTY.requiring("refid").check(reference, problems)) {
            return Optional.empty();
        }
        return reference.attribute("refid").filter(id -> definitions.resolve(id, reference, problems));
    }
}
