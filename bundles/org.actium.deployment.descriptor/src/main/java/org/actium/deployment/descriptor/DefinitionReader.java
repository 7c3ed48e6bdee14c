package org.actium.deployment.descriptor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.actium.deployment.descriptor.grammar.ElementRule;
import org.actium.deployment.model.Acquisition;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.model.ElementDefinition;
import org.actium.deployment.model.Launch;
import org.actium.deployment.spi.ElementReader;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.XmlElement;

/**
 * Reads process and service definitions: by the bundle that acts on their element if it is installed, else as the
 * descriptor has them, so that what is missing is known when it is planned.
 */
final class DefinitionReader {

    private static final String IMPLICIT = "implicit";

    /** Services that no bundle will ever find anything by. */
    private static final Map<String, String> GONE = Map.of(
            "RMIRegistryLookup",
            "runtimes are not registered with RMI; start them with 'actium start --join' and use 'joinedContainers'",
            "ProActiveScheduler",
            "there is no such scheduler; start containers with 'actium start --join' and use 'joinedContainers'");

    private final Document.Language language;
    private final Definitions processes;
    private final Definitions services;
    private final Definitions fileTransfers;
    private final Problems problems;
    private final Problems obstacles;

    DefinitionReader(
            Document.Language language,
            Definitions processes,
            Definitions services,
            Definitions fileTransfers,
            Problems problems,
            Problems obstacles) {
        this.language = language;
        this.processes = processes;
        this.services = services;
        this.fileTransfers = fileTransfers;
        this.problems = problems;
        this.obstacles = obstacles;
    }

    /** In the order of the document. */
    Map<String, ElementDefinition> processes() {
        List<String> order = new ProcessReferences(processes, services, problems).check();
        var extendedJvms = new ExtendedJvms(processes, problems);
        var launches = new LaunchReader(problems);
        var read = new LinkedHashMap<String, ElementDefinition>();
        processes.ids().forEach(id -> read.put(id, null)); // keeps the order
        for (String id : order) {
            XmlElement definition = processes.byId().get(id);
            element(definition)
                    .map(extendedJvms::complete)
                    .flatMap(element -> process(id, element, launches))
                    .ifPresent(element -> read.put(id, new ElementDefinition(id, element, definition.at())));
        }
        read.values().removeIf(definition -> definition == null);
        // also what has no id, or one that is taken, may be wrong inside
        processes
                .others()
                .forEach(definition -> element(definition)
                        .map(extendedJvms::complete)
                        .flatMap(element -> language.elements()
                                .reader(element.name())
                                .flatMap(reader -> reader.read(element, problems))));
        return read;
    }

    private Optional<DescriptorElement> process(String id, XmlElement element, LaunchReader launches) {
        checkTransfers(element);
        Optional<ElementReader> reader = language.elements().reader(element.name());
        if (reader.isPresent()) {
            Optional<DescriptorElement> read = reader.get().read(element, problems);
            if (read.orElse(null) instanceof Launch step) {
                return Optional.of(launches.read(id, element, step));
            }
            read.ifPresent(known -> launches.define(id, known));
            return read;
        }
        return rule("processDefinition", element).map(rule -> launches.read(id, element, rule));
    }

    private void checkTransfers(XmlElement element) {
        for (XmlElement child : element.children()) {
            if (child.name().equals("fileTransferDeploy") || child.name().equals("fileTransferRetrieve")) {
                String id = child.attribute("refid").orElse("");
                if (!id.isBlank() && !id.equals(IMPLICIT)) {
                    fileTransfers.resolve(id, child, problems);
                }
                obstacles.report(
                        child.at(),
                        "'" + child.name()
                                + "' carries files, which no bundle does yet; remove it, and copy them before");
            }
        }
    }

    /** In the order of the document. */
    Map<String, ElementDefinition> services() {
        var read = new LinkedHashMap<String, ElementDefinition>();
        for (XmlElement definition : services.all()) {
            String id = definition.attribute("id").orElse("");
            element(definition)
                    .flatMap(this::service)
                    .filter(element -> !id.isBlank())
                    .ifPresent(element -> read.putIfAbsent(id, new ElementDefinition(id, element, definition.at())));
        }
        return read;
    }

    private Optional<DescriptorElement> service(XmlElement element) {
        Optional<ElementReader> reader = language.elements().reader(element.name());
        if (reader.isPresent()) {
            return reader.get().read(element, problems);
        }
        String reason = GONE.get(element.name());
        if (reason != null) {
            obstacles.report(element.at(), "'" + element.name() + "' is not supported: " + reason);
        }
        return rule("serviceDefinition", element)
                .map(rule -> new Acquisition(
                        element.name(),
                        element.settings(),
                        element.name().equals("RMIRegistryLookup")
                                ? OptionalInt.of(1)
                                : Numbers.countOrMax(element, "nodesAsked"),
                        rule.bundle(),
                        element.at()));
    }

    private Optional<ElementRule> rule(String definition, XmlElement element) {
        var grammar = language.grammar();
        return grammar.child(grammar.root(), definition).flatMap(rule -> grammar.child(rule, element.name()));
    }

    /** The one element a process or service definition is about. */
    private Optional<XmlElement> element(XmlElement definition) {
        List<XmlElement> children = definition.children();
        if (children.isEmpty()) {
            problems.report(
                    definition.at(),
                    "'" + definition.name() + "' is empty; it needs an element that says what it is"
                            + (definition.name().equals("processDefinition") ? ", such as 'jvmProcess'" : ""));
            return Optional.empty();
        }
        if (children.size() > 1) {
            problems.report(
                    children.get(1).at(),
                    "'" + definition.name() + "' holds one element; give this one a definition of its own");
        }
        return Optional.of(children.getFirst());
    }
}
