package org.actium.deployment.descriptor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actium.deployment.model.JvmDefinition;
import org.actium.deployment.model.JvmDefinition.Acquisition;
import org.actium.deployment.model.JvmDefinition.Creation;
import org.actium.deployment.model.JvmDefinition.Origin;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.Spelling;
import org.actium.deployment.spi.XmlElement;

/** Reads {@code jvm}: which process creates the runtimes, or which service acquires them. */
final class JvmReader {

    private final Definitions processes;
    private final Definitions services;
    private final Problems problems;

    JvmReader(Definitions processes, Definitions services, Problems problems) {
        this.processes = processes;
        this.services = services;
        this.problems = problems;
    }

    Optional<JvmDefinition> read(XmlElement element) {
        String name = element.attribute("name").orElse("");
        if (name.isBlank()) {
            return Optional.empty();
        }
        int nodes = element.integer("askedNodes", 1, problems).orElse(1);
        int runtimes = element.integer("runtimes", 1, problems).orElse(1);

        List<Origin> origins = new ArrayList<>();
        int references = references(element, origins);
        if (references != 1) {
            problems.report(
                    element.at(),
                    "jvm '" + Spelling.shortened(name) + "' has "
                            + (references == 0 ? "no origin" : references + " origins")
                            + "; give it one 'processReference' or one 'serviceReference'");
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
                case "processReference" -> {
                    references++;
                    refid(child, processes).map(Creation::new).ifPresent(origins::add);
                }
                case "serviceReference" -> {
                    references++;
                    refid(child, services).map(Acquisition::new).ifPresent(origins::add);
                }
                default -> {
                    // the grammar has no other
                }
            }
        }
        return references;
    }

    private Optional<String> refid(XmlElement reference, Definitions definitions) {
        return reference
                .attribute("refid")
                .filter(id -> !id.isBlank())
                .filter(id -> definitions.resolve(id, reference, problems));
    }
}
