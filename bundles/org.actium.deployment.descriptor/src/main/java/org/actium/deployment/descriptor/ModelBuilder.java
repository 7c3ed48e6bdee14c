package org.actium.deployment.descriptor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.model.ElementDefinition;
import org.actium.deployment.model.JvmDefinition;
import org.actium.deployment.model.JvmDefinition.Acquisition;
import org.actium.deployment.model.TechnicalServiceDefinition;
import org.actium.deployment.model.VirtualNodeDefinition;
import org.actium.deployment.spi.ElementShape;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.Spelling;
import org.actium.deployment.spi.XmlElement;
import org.actium.service.api.ServiceUse;

/** From the definitions of a descriptor to the model, with every reference resolved. */
final class ModelBuilder {

    private final Skeleton skeleton;
    private final Elements elements;
    private final Problems problems;

    private final Definitions virtualNodes;
    private final Definitions jvms;
    private final Definitions processes;
    private final Definitions services;
    private final Definitions technicalServices;

    private final Map<String, TechnicalServiceDefinition> readTechnicalServices = new LinkedHashMap<>();
    private final Map<String, ElementDefinition> readServices = new LinkedHashMap<>();

    ModelBuilder(Skeleton skeleton, Elements elements, Problems problems) {
        this.skeleton = skeleton;
        this.elements = elements;
        this.problems = problems;
        virtualNodes = Definitions.of("virtualNode", skeleton.virtualNodes(), "name", problems);
        jvms = Definitions.of("jvm", skeleton.jvms(), "name", problems);
        processes = Definitions.of("processDefinition", skeleton.processes(), "id", problems);
        services = Definitions.of("serviceDefinition", skeleton.services(), "id", problems);
        technicalServices =
                Definitions.of("technical service", skeleton.technicalServices(), TechnicalServiceReader::id, problems);
    }

    Descriptor build(String source, Map<String, String> variables) {
        new ProcessReferences(processes, services, problems).check();
        var extendedJvms = new ExtendedJvms(processes, problems);
        var readProcesses = new LinkedHashMap<String, ElementDefinition>();
        for (XmlElement definition : skeleton.processes()) {
            element(definition)
                    .map(extendedJvms::complete)
                    .flatMap(element -> definition(definition, element))
                    .ifPresent(read -> readProcesses.putIfAbsent(read.id(), read));
        }
        for (XmlElement definition : skeleton.services()) {
            element(definition)
                    .flatMap(element -> definition(definition, element))
                    .ifPresent(read -> readServices.putIfAbsent(read.id(), read));
        }
        var technicalServiceReader = new TechnicalServiceReader(problems);
        for (XmlElement definition : skeleton.technicalServices()) {
            technicalServiceReader
                    .read(definition)
                    .ifPresent(
                            read -> readTechnicalServices.putIfAbsent(read.use().id(), read));
        }
        Map<String, JvmDefinition> readJvms = readJvms();
        Map<String, VirtualNodeDefinition> readVirtualNodes = readVirtualNodes(readJvms);
        if (skeleton.virtualNodes().isEmpty() && skeleton.acquiredVirtualNodes().isEmpty()) {
            problems.report(skeleton.root().at(), "the descriptor defines no virtual node");
        }
        return new Descriptor(
                source, variables, readVirtualNodes, readJvms, readProcesses, readServices, readTechnicalServices);
    }

    /** The one element a process or service definition is about. */
    private Optional<XmlElement> element(XmlElement definition) {
        ElementShape.EMPTY
                .requiring("id")
                .containing(definition.children().stream()
                        .map(XmlElement::name)
                        .distinct()
                        .toArray(String[]::new))
                .check(definition, problems);
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

    private Optional<ElementDefinition> definition(XmlElement definition, XmlElement element) {
        Optional<DescriptorElement> read = elements.read(element, problems);
        String id = definition.attribute("id").orElse("");
        return id.isBlank() ? Optional.empty() : read.map(e -> new ElementDefinition(id, e, definition.at()));
    }

    private Map<String, JvmDefinition> readJvms() {
        var jvmReader = new JvmReader(processes, services, problems);
        var read = new LinkedHashMap<String, JvmDefinition>();
        for (XmlElement element : skeleton.jvms()) {
            jvmReader.read(element).ifPresent(jvm -> {
                read.putIfAbsent(jvm.name(), jvm);
                if (jvm.origin() instanceof Acquisition acquisition
                        && faultTolerance(acquisition.reference()) != null) {
                    problems.report(
                            jvm.at(),
                            "jvm '" + Spelling.shortened(jvm.name()) + "' is acquired by service '"
                                    + Spelling.shortened(acquisition.reference())
                                    + "', which holds 'faultTolerance' and acquires nothing; name it in the ftServiceId of "
                                    + "a virtual node");
                }
            });
        }
        return read;
    }

    private Map<String, VirtualNodeDefinition> readVirtualNodes(Map<String, JvmDefinition> readJvms) {
        Definitions acquired = Definitions.of("virtualNode", skeleton.acquiredVirtualNodes(), "name", problems);
        var reader = new VirtualNodeReader(virtualNodes, acquired, jvms, technicalServices, problems);
        skeleton.maps().forEach(reader::map);
        var read = new LinkedHashMap<String, VirtualNodeDefinition>();
        for (XmlElement element : skeleton.virtualNodes()) {
            reader.read(
                            element,
                            this::faultToleranceOf,
                            jvm -> readJvms.containsKey(jvm) ? readJvms.get(jvm).runtimes() : 1)
                    .ifPresent(virtualNode -> read.putIfAbsent(virtualNode.name(), virtualNode));
        }
        return read;
    }

    /**
     * Fault tolerance is one technical service among others here; the original had a mechanism of its own, which worked
     * for created JVMs only.
     */
    private Optional<String> faultToleranceOf(XmlElement virtualNode) {
        String id = virtualNode.attributes().get("ftServiceId").strip();
        if (!services.resolve(id, virtualNode, problems)) {
            return Optional.empty();
        }
        FaultTolerance faultTolerance = faultTolerance(id);
        if (faultTolerance == null) {
            if (readServices.containsKey(id)) {
                problems.report(
                        virtualNode.at(),
                        "ftServiceId='" + Spelling.shortened(id) + "' refers to a service that holds '"
                                + readServices.get(id).element().elementName() + "', not 'faultTolerance'");
            }
            return Optional.empty();
        }
        String key = technicalServices.ids().contains(id) ? id + " (faultTolerance)" : id;
        readTechnicalServices.putIfAbsent(
                key,
                new TechnicalServiceDefinition(
                        new ServiceUse(key, FaultTolerance.SERVICE, faultTolerance.arguments()),
                        readServices.get(id).at()));
        return Optional.of(key);
    }

    /** @return null if there is no such service, or another one */
    private FaultTolerance faultTolerance(String service) {
        ElementDefinition definition = readServices.get(service);
        return definition != null && definition.element() instanceof FaultTolerance faultTolerance
                ? faultTolerance
                : null;
    }
}
