package org.actium.deployment.descriptor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntSupplier;
import org.actium.deployment.model.Allocation.Demand;
import org.actium.deployment.model.Application;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.ElementDefinition;
import org.actium.deployment.model.FileTransferDefinition;
import org.actium.deployment.model.Infrastructure;
import org.actium.deployment.model.JvmDefinition;
import org.actium.deployment.model.JvmProcess;
import org.actium.deployment.model.Lookup;
import org.actium.deployment.model.NodeProvider;
import org.actium.deployment.model.PeerSchedule;
import org.actium.deployment.model.ProviderUse;
import org.actium.deployment.model.SecurityPolicy;
import org.actium.deployment.model.SourcePosition;
import org.actium.deployment.model.VirtualNodeDefinition;
import org.actium.deployment.model.VirtualNodeDefinition.Cardinality;
import org.actium.deployment.spi.Spelling;
import org.actium.deployment.spi.XmlElement;
import org.actium.service.api.ServiceUse;

/** From a document in our language to the model, with every reference resolved. Used once. */
final class ModelBuilder {

    /** The node provider that resources in the document itself stand for. */
    private static final String OWN = "resources";

    private final Document document;
    private final Document.Language language;
    private final IntSupplier processors;
    private final ProblemList problems;
    private final ProblemList obstacles;
    private final ProblemList notes;

    private final XmlElement root;
    private final Definitions virtualNodes;
    private final Definitions acquired;
    private final Definitions jvms;
    private final Definitions processes;
    private final Definitions services;
    private final Definitions technicalServices;
    private final Definitions nodeProviders;
    private final Definitions fileTransfers;

    /** @param processors how many this host has */
    ModelBuilder(Document document, Document.Language language, IntSupplier processors, ProblemList problems) {
        this.document = document;
        this.language = language;
        this.processors = processors;
        this.problems = problems;
        root = document.root();
        obstacles = new ProblemList(root.at().source());
        notes = new ProblemList(root.at().source());
        virtualNodes = Definitions.of("virtualNode", root.children("virtualNode"), "name", problems);
        acquired = Definitions.of("acquired virtualNode", root.children("acquiredVirtualNode"), "name", problems);
        jvms = Definitions.of("jvm", root.children("jvm"), "name", problems);
        processes = Definitions.of("processDefinition", root.children("processDefinition"), "id", problems);
        services = Definitions.of("serviceDefinition", root.children("serviceDefinition"), "id", problems);
        technicalServices = Definitions.of(
                "technical service", root.children("technicalServiceDefinition"), TechnicalServiceReader::id, problems);
        nodeProviders = Definitions.of("nodeProvider", root.children("nodeProvider"), "id", problems);
        fileTransfers = Definitions.of("fileTransfer", root.children("fileTransfer"), "id", problems);
    }

    Descriptor build(String source) {
        var elementReader = new DefinitionReader(language, processes, services, fileTransfers, problems, obstacles);
        Map<String, ElementDefinition> readProcesses = elementReader.processes();
        Map<String, ElementDefinition> readServices = elementReader.services();
        var technical = new TechnicalServices(technicalServices, services, readServices, problems);
        Map<String, JvmDefinition> readJvms = readJvms(readServices);
        var applicationReader = new ApplicationReader(root, problems, obstacles, notes);
        Application application = application(applicationReader);
        var infrastructures =
                new InfrastructureReader(language.grammar(), language.elements(), problems, obstacles, notes);
        Map<String, NodeProvider> providers = providers(infrastructures);
        Optional<Infrastructure> infrastructure = infrastructure(infrastructures);
        Map<String, VirtualNodeDefinition> readVirtualNodes = readVirtualNodes(readJvms, technical);
        requireSomething();
        readProcesses.values().forEach(this::noteIgnored);

        var mapping = new ProviderMapping(application.runtime(), processors, obstacles);
        if (problems.isEmpty()) {
            readVirtualNodes = map(readVirtualNodes, providers, mapping, technical);
            readJvms.putAll(mapping.jvms());
            readProcesses.putAll(mapping.processes());
            readServices.putAll(mapping.services());
        }
        return new Descriptor(
                source,
                document.dialect(),
                document.variables().values(),
                document.variables().contract(),
                readVirtualNodes,
                readJvms,
                readProcesses,
                readServices,
                technical.read(),
                providers,
                infrastructure,
                application,
                notes.sorted(),
                obstacles.sorted());
    }

    private void noteIgnored(ElementDefinition process) {
        if (process.element() instanceof JvmProcess jvm) {
            jvm.ignored()
                    .forEach(part ->
                            notes.report(process.at(), "process '" + Spelling.shortened(process.id()) + "': " + part));
        }
    }

    private Map<String, JvmDefinition> readJvms(Map<String, ElementDefinition> readServices) {
        var reader = new JvmReader(processes, services, problems);
        var read = new LinkedHashMap<String, JvmDefinition>();
        for (XmlElement element : root.children("jvm")) {
            reader.read(element).ifPresent(jvm -> {
                read.putIfAbsent(jvm.name(), jvm);
                if (jvm.origin() instanceof JvmDefinition.Acquisition acquisition
                        && readServices.get(acquisition.reference()) != null
                        && readServices.get(acquisition.reference()).element() instanceof FaultTolerance) {
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

    private Application application(ApplicationReader reader) {
        List<Lookup> lookups = reader.lookups(acquiredToo());
        Map<String, FileTransferDefinition> transfers = reader.fileTransfers(fileTransfers);
        Optional<SecurityPolicy> security = new PolicyReader(document, language, problems, obstacles).read(root);
        security.ifPresent(policy -> obstacles.report(
                policy.at(),
                "the security policy asks for checks that no bundle makes yet; remove it to deploy without"));
        List<PeerSchedule> peers = new PeerReader(document, language, problems).read();
        return new Application(
                reader.registrations(virtualNodes),
                lookups,
                reader.mains(virtualNodes),
                transfers,
                reader.executables(nodeProviders),
                reader.data(),
                security,
                reader.runtime(),
                peers,
                reader.leaseHolder());
    }

    /** Virtual nodes of other applications: those defined as such, and those whose property says so. */
    private Definitions acquiredToo() {
        var all = new ArrayList<>(root.children("acquiredVirtualNode"));
        root.children("virtualNode").stream()
                .filter(element ->
                        element.attribute("property").orElse("").strip().equals("lookup"))
                .forEach(all::add);
        return Definitions.of("acquired virtualNode", all, "name", problems);
    }

    private Map<String, NodeProvider> providers(InfrastructureReader infrastructures) {
        var reader = new ProviderReader(document, language, infrastructures, problems);
        var read = new LinkedHashMap<String, NodeProvider>();
        nodeProviders.byId().forEach((id, element) -> read.put(id, reader.read(element)));
        if (read.isEmpty() && InfrastructureReader.isIn(root)) {
            read.put(OWN, new NodeProvider(OWN, List.of(infrastructures.read(root, root)), root.at()));
        }
        return read;
    }

    private Optional<Infrastructure> infrastructure(InfrastructureReader infrastructures) {
        return InfrastructureReader.isDescribedIn(root)
                ? Optional.of(infrastructures.read(root, root))
                : Optional.empty();
    }

    private Map<String, VirtualNodeDefinition> readVirtualNodes(
            Map<String, JvmDefinition> readJvms, TechnicalServices technical) {
        var reader = new VirtualNodeReader(
                virtualNodes, acquired, jvms, technicalServices, nodeProviders, fileTransfers, problems);
        root.children("map").forEach(reader::map);
        var read = new LinkedHashMap<String, VirtualNodeDefinition>();
        for (XmlElement element : root.children("virtualNode")) {
            reader.read(
                            element,
                            technical::faultToleranceOf,
                            jvm -> readJvms.containsKey(jvm) ? readJvms.get(jvm).runtimes() : 1)
                    .ifPresent(virtualNode -> read.putIfAbsent(virtualNode.name(), virtualNode));
        }
        acquired.byId().forEach((name, element) -> read.putIfAbsent(name, lookedUp(name, element.at())));
        read.values().forEach(this::requireSource);
        return read;
    }

    private static VirtualNodeDefinition lookedUp(String name, SourcePosition at) {
        return new VirtualNodeDefinition(
                name,
                Cardinality.LOOKUP,
                VirtualNodeDefinition.DEFAULT_TIMEOUT,
                OptionalInt.empty(),
                List.of(),
                false,
                List.of(),
                at);
    }

    private void requireSource(VirtualNodeDefinition node) {
        boolean mapped = !node.jvms().isEmpty() || node.currentJvm();
        if (!mapped
                && node.cardinality() != Cardinality.LOOKUP
                && nodeProviders.ids().isEmpty()
                && !InfrastructureReader.isIn(root)) {
            String message = "virtual node '" + Spelling.shortened(node.name())
                    + "' is not mapped; map it to a jvm, or to 'currentJVM'";
            if (root.child("runtime").isPresent()) {
                obstacles.report(node.at(), message + ", or add a 'nodeProvider'");
            } else {
                problems.report(node.at(), message);
            }
        }
        if (mapped && !node.providers().isEmpty()) {
            problems.report(
                    node.at(),
                    "virtual node '" + Spelling.shortened(node.name())
                            + "' is mapped to JVMs and takes nodes from node providers; choose one of the two");
        }
        if (node.deployed().isPresent() || node.retrieved().isPresent()) {
            obstacles.report(
                    node.at(),
                    "virtual node '" + Spelling.shortened(node.name())
                            + "' asks for files to be carried, which no bundle does yet; remove that, and copy them before");
        }
    }

    private void requireSomething() {
        boolean something = List.of(
                        "virtualNode",
                        "acquiredVirtualNode",
                        "executable",
                        "mpi",
                        "resources",
                        "acquisition",
                        "host",
                        "security",
                        "policy",
                        "peerToPeer",
                        "nodeProvider",
                        "mainDefinition")
                .stream()
                .anyMatch(element -> root.child(element).isPresent());
        if (!something) {
            problems.report(root.at(), "the descriptor defines no virtual node");
        }
    }

    /** Those that are mapped to nothing take nodes from node providers. */
    private Map<String, VirtualNodeDefinition> map(
            Map<String, VirtualNodeDefinition> read,
            Map<String, NodeProvider> providers,
            ProviderMapping mapping,
            TechnicalServices technical) {
        var demands = new ArrayList<Demand>();
        var places = new LinkedHashMap<String, SourcePosition>();
        for (VirtualNodeDefinition node : read.values()) {
            if (node.jvms().isEmpty() && !node.currentJvm() && node.cardinality() != Cardinality.LOOKUP) {
                var quotas = new LinkedHashMap<String, OptionalInt>();
                node.providers().forEach(use -> quotas.put(use.provider(), use.capacity()));
                if (quotas.isEmpty()) {
                    providers.keySet().forEach(provider -> quotas.put(provider, OptionalInt.empty()));
                }
                demands.add(new Demand(node.name(), node.capacity(), quotas));
                places.put(node.name(), node.at());
            }
        }
        if (read.isEmpty() && providers.containsKey(OWN)) {
            mapping.mapAll(providers.get(OWN));
            obstacles.report(
                    root.at(),
                    "the descriptor has resources, but no virtual node that uses them; name it in a nodeProvider of an "
                            + "application descriptor");
        } else if (!providers.isEmpty()) {
            mapping.map(demands, providers.values(), places);
        }
        List<ServiceUse> everywhere = technical.inline(root);
        var mapped = new LinkedHashMap<String, VirtualNodeDefinition>();
        read.forEach((name, node) -> mapped.put(name, mapped(node, mapping, technical, everywhere)));
        return mapped;
    }

    private VirtualNodeDefinition mapped(
            VirtualNodeDefinition node,
            ProviderMapping mapping,
            TechnicalServices technical,
            List<ServiceUse> everywhere) {
        List<ServiceUse> own = virtualNodes.byId().containsKey(node.name())
                ? technical.inline(virtualNodes.byId().get(node.name()))
                : List.of();
        List<String> jvmsOfProviders = mapping.jvmsOf(node.name());
        var servicesOn = new LinkedHashMap<String, List<String>>();
        for (ProviderUse use : node.providers()) {
            if (!use.services().isEmpty()) {
                List<String> ids = technical.ids(node.at(), everywhere, own, use.services());
                for (String jvm : jvmsOfProviders) {
                    if (ProviderMapping.providerOf(jvm).equals(use.provider())) {
                        servicesOn.put(jvm, concatenated(node.technicalServices(), ids));
                    }
                }
            }
        }
        return new VirtualNodeDefinition(
                node.name(),
                node.cardinality(),
                node.timeout(),
                node.waitForTimeout(),
                node.minimumNodes(),
                concatenated(node.jvms(), jvmsOfProviders),
                node.currentJvm(),
                concatenated(node.technicalServices(), technical.ids(node.at(), everywhere, own)),
                servicesOn,
                node.capacity(),
                node.providers(),
                node.deployed(),
                node.retrieved(),
                node.at());
    }

    private static List<String> concatenated(List<String> some, List<String> more) {
        var all = new LinkedHashSet<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }
}
