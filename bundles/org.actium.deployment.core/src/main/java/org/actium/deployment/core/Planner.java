package org.actium.deployment.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actium.deployment.core.Extensions.Named;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.model.DescriptorException;
import org.actium.deployment.model.ElementDefinition;
import org.actium.deployment.model.JvmDefinition;
import org.actium.deployment.model.Problem;
import org.actium.deployment.model.SourcePosition;
import org.actium.deployment.model.TechnicalServiceDefinition;
import org.actium.deployment.model.VirtualNodeDefinition;
import org.actium.deployment.model.VirtualNodeDefinition.Cardinality;
import org.actium.deployment.spi.AcquisitionProtocol;
import org.actium.deployment.spi.DeploymentProtocol;
import org.actium.runtime.api.Endpoint;
import org.actium.service.api.Combination;
import org.actium.service.api.ServiceOffer;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalServices;

/**
 * Makes the blueprint of one descriptor: who starts or finds which runtimes, how many nodes each virtual node gets, and
 * whether all of it can be had. Used once; starts nothing.
 */
final class Planner {

    private static final Comparator<SourcePosition> BY_PLACE = Comparator.comparing(SourcePosition::source)
            .thenComparing(SourcePosition::line)
            .thenComparing(SourcePosition::column);

    private final Descriptor descriptor;
    private final Extensions extensions;
    private final TechnicalServices services;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Integer> numbered = new HashMap<>(); // nodes that have a number, by virtual node
    private final Set<String> withoutSource = new HashSet<>(); // names of JVMs nobody provides

    Planner(Descriptor descriptor, Extensions extensions, TechnicalServices services) {
        this.descriptor = descriptor;
        this.extensions = extensions;
        this.services = services;
    }

    /** @throws DescriptorException with everything that stands in the way, in order of position */
    Blueprint draw() {
        Sketch sketch = sketch();
        if (!sketch.obstacles.isEmpty()) {
            throw new DescriptorException(sketch.obstacles);
        }
        return sketch.blueprint;
    }

    /**
     * What would be done if nothing stood in the way.
     *
     * @param obstacles everything that does, in order of position; if there are any, the blueprint cannot be carried out
     */
    record Sketch(Blueprint blueprint, List<Problem> obstacles) {}

    Sketch sketch() {
        List<VirtualNodeDefinition> virtualNodes =
                List.copyOf(descriptor.virtualNodes().values());
        List<Source> sources = new ArrayList<>();
        current(virtualNodes).ifPresent(sources::add);
        Map<String, List<VirtualNodeDefinition>> users = users(virtualNodes);
        for (JvmDefinition jvm : descriptor.jvms().values()) {
            if (users.containsKey(jvm.name()) || virtualNodes.isEmpty()) {
                sources.add(source(jvm, users.getOrDefault(jvm.name(), List.of())));
            }
        }
        sources.addAll(lookups());
        Map<String, Boolean> openEnded = openEnded(sources);
        List<Target> targets =
                virtualNodes.stream().map(node -> target(node, openEnded)).toList();
        virtualNodes.stream()
                .flatMap(node -> Stream.concat(
                        node.technicalServices().stream(),
                        node.servicesOn().values().stream().flatMap(List::stream)))
                .distinct()
                .map(descriptor.technicalServices()::get)
                .forEach(this::requireProvider);
        List<Problem> obstacles = Stream.concat(descriptor.obstacles().stream(), problems.stream())
                .distinct()
                .sorted(Comparator.comparing(Problem::at, BY_PLACE))
                .toList();
        return new Sketch(new Blueprint(descriptor, sources, targets), obstacles);
    }

    /** Those that say where; what the others lack stands in the obstacles of the descriptor. */
    private List<Source> lookups() {
        return descriptor.application().lookups().stream()
                .filter(lookup -> descriptor.virtualNodes().containsKey(lookup.virtualNode()))
                .filter(lookup -> lookup.host().isPresent() && lookup.port().isPresent())
                .<Source>map(lookup -> new Source.Lookup(
                        lookup.virtualNode(),
                        new Endpoint(lookup.host().get(), lookup.port().getAsInt())))
                .toList();
    }

    /** Virtual nodes by the JVM definitions they are mapped to. */
    private static Map<String, List<VirtualNodeDefinition>> users(List<VirtualNodeDefinition> virtualNodes) {
        Map<String, List<VirtualNodeDefinition>> users = new HashMap<>();
        for (VirtualNodeDefinition node : virtualNodes) {
            Set.copyOf(node.jvms())
                    .forEach(jvm -> users.computeIfAbsent(jvm, name -> new ArrayList<>())
                            .add(node));
        }
        return users;
    }

    /** The virtual nodes that get as many nodes as come. */
    private static Map<String, Boolean> openEnded(List<Source> sources) {
        Map<String, Boolean> openEnded = new HashMap<>();
        sources.stream()
                .filter(source -> source.runtimes().isEmpty())
                .flatMap(source -> source.shares().stream())
                .forEach(share -> openEnded.put(share.virtualNode(), true));
        return openEnded;
    }

    private Optional<Source> current(List<VirtualNodeDefinition> virtualNodes) {
        List<Share> shares = virtualNodes.stream()
                .filter(VirtualNodeDefinition::currentJvm)
                .map(node -> share(node, "currentJVM", 1, OptionalInt.of(1)))
                .toList();
        return shares.isEmpty() ? Optional.empty() : Optional.of(new Source.Current(shares));
    }

    private Source source(JvmDefinition jvm, List<VirtualNodeDefinition> users) {
        return switch (jvm.origin()) {
            case JvmDefinition.Creation creation ->
                launch(jvm, users, descriptor.processes().get(creation.reference()));
            case JvmDefinition.Acquisition acquisition ->
                acquisition(jvm, users, descriptor.services().get(acquisition.reference()));
        };
    }

    private Source launch(JvmDefinition jvm, List<VirtualNodeDefinition> users, ElementDefinition process) {
        DescriptorElement element = process.element();
        Optional<Named<DeploymentProtocol>> starter = extensions.deploymentProtocols().stream()
                .filter(named -> named.protocol().starts(element))
                .findFirst();
        if (starter.isEmpty()) {
            withoutSource.add(jvm.name());
            problem(
                    process.at(),
                    "process '" + process.id() + "': no installed bundle starts <" + element.elementName()
                            + ">; install "
                            + Missing.bundle(element).orElse("the bundle of a deployment protocol that does")
                            + installed(
                                    "deployment protocols",
                                    extensions.deploymentProtocols().stream().map(Named::name)));
        }
        Named<DeploymentProtocol> named = starter.orElseGet(() -> Missing.protocol(element));
        int perLaunch = named.protocol().runtimes(element);
        OptionalInt runtimes = perLaunch == 0 ? OptionalInt.empty() : OptionalInt.of(jvm.runtimes() * perLaunch);
        return new Source.Launch(jvm, shares(jvm, users, runtimes), named.name(), named.protocol(), element, perLaunch);
    }

    private Source acquisition(JvmDefinition jvm, List<VirtualNodeDefinition> users, ElementDefinition service) {
        DescriptorElement element = service.element();
        Optional<Named<AcquisitionProtocol>> finder = extensions.acquisitionProtocols().stream()
                .filter(named -> named.protocol().acquires(element))
                .findFirst();
        if (finder.isEmpty()) {
            withoutSource.add(jvm.name());
            problem(
                    service.at(),
                    "service '" + service.id() + "': no installed bundle acquires runtimes for <"
                            + element.elementName()
                            + ">; install "
                            + Missing.bundle(element).orElse("the bundle of an acquisition protocol that does")
                            + installed(
                                    "acquisition protocols",
                                    extensions.acquisitionProtocols().stream().map(Named::name)));
        }
        Named<AcquisitionProtocol> named = finder.orElseGet(() -> Missing.acquisition(element));
        OptionalInt runtimes = named.protocol().expected(element);
        return new Source.Acquisition(
                jvm, shares(jvm, users, runtimes), named.name(), named.protocol(), element, runtimes);
    }

    private List<Share> shares(JvmDefinition jvm, List<VirtualNodeDefinition> users, OptionalInt runtimes) {
        return users.stream()
                .map(node -> share(node, jvm.name(), jvm.nodesFor(node.name()), runtimes))
                .toList();
    }

    /** Nodes are numbered through all sources whose size is known; the others carry the name of their source. */
    private Share share(VirtualNodeDefinition node, String source, int nodes, OptionalInt runtimes) {
        List<ServiceUse> uses = uses(node, node.technicalServicesOn(source));
        if (runtimes.isEmpty()) {
            return new Share(node.name(), nodes, node.name() + "-" + source, 0, uses);
        }
        int through = numbered.merge(node.name(), nodes * runtimes.getAsInt(), Integer::sum);
        return new Share(node.name(), nodes, node.name(), through - nodes * runtimes.getAsInt(), uses);
    }

    /** In the order in which they go together; if they do not, as they are named. */
    private List<ServiceUse> uses(VirtualNodeDefinition node, List<String> ids) {
        List<ServiceUse> named = ids.stream()
                .distinct()
                .map(id -> descriptor.technicalServices().get(id).use())
                .toList();
        return switch (services.combine(named)) {
            case Combination.Ordered(List<ServiceUse> ordered) -> ordered;
            case Combination.Refused(List<Combination.Conflict> conflicts) -> {
                conflicts.forEach(
                        conflict -> problem(node.at(), "virtual node '" + node.name() + "': " + conflict.rule()));
                yield named;
            }
        };
    }

    private Target target(VirtualNodeDefinition node, Map<String, Boolean> openEnded) {
        Readiness readiness = new Readiness(
                numbered.getOrDefault(node.name(), 0),
                openEnded.containsKey(node.name()),
                node.minimumNodes(),
                node.waitForTimeout());
        if (node.cardinality() != Cardinality.LOOKUP
                && node.jvms().stream().noneMatch(withoutSource::contains)
                && !isToldAlready(node)) {
            requirePossible(node, readiness);
        }
        if (Set.copyOf(node.technicalServices()).size()
                < node.technicalServices().size()) {
            problem(
                    node.at(),
                    "virtual node '" + node.name() + "' names a technical service twice: "
                            + String.join(", ", node.technicalServices()));
        }
        if (node.cardinality() == Cardinality.LOOKUP
                && !node.technicalServices().isEmpty()) {
            problem(
                    node.at(),
                    "virtual node '" + node.name()
                            + "' is looked up, so that its nodes have the technical services that"
                            + " the application which registered them says, and cannot have "
                            + String.join(", ", node.technicalServices())
                            + "; name them in the descriptor of that one");
        }
        return new Target(
                node, node.jvms().stream().distinct().toList(), readiness, uses(node, node.technicalServices()));
    }

    /** Whether the reader has said what is wrong with where its nodes come from. */
    private boolean isToldAlready(VirtualNodeDefinition node) {
        return descriptor.obstacles().stream()
                .anyMatch(obstacle -> obstacle.at().equals(node.at()));
    }

    private void requirePossible(VirtualNodeDefinition node, Readiness readiness) {
        boolean unique =
                node.cardinality() == Cardinality.UNIQUE || node.cardinality() == Cardinality.UNIQUE_SINGLE_OBJECT;
        if (readiness.openEnded()) {
            if (unique) {
                problem(
                        node.at(),
                        "virtual node '" + node.name()
                                + "' is unique, but would get as many nodes as come; ask for one, or make it 'multiple'");
            }
        } else if (readiness.expected() == 0) {
            problem(node.at(), "virtual node '" + node.name() + "' is not mapped; map it to a jvm, or to 'currentJVM'");
        } else if (unique && readiness.expected() > 1) {
            problem(
                    node.at(),
                    "virtual node '" + node.name() + "' is unique, but would get " + readiness.expected()
                            + " nodes; map it to one jvm with one node, or make it 'multiple'");
        } else if (readiness.required() > readiness.expected()) {
            problem(
                    node.at(),
                    "virtual node '" + node.name() + "' needs at least " + readiness.required()
                            + " nodes, but would get only " + readiness.expected()
                            + "; lower minNodeNumber, or map it to more JVMs");
        }
    }

    private void requireProvider(TechnicalServiceDefinition definition) {
        ServiceUse use = definition.use();
        if (services.offer(use.service()).isEmpty()) {
            String asked = definition.written().equals(use.service())
                    ? "'" + use.service() + "', which"
                    : "'" + definition.written() + "', for which '" + use.service() + "' stands here, which";
            problem(
                    definition.at(),
                    "technical service '" + use.id() + "' asks for " + asked
                            + services.stopped(use.service())
                                    .map(bundle -> " bundle " + bundle
                                            + " offers, but it is not started; start it with actium:bundle-start "
                                            + bundle)
                                    .orElse(" no installed bundle provides; install one that does, with"
                                            + " actium:bundle-install <file> or as a file in the folder 'drop', or leave"
                                            + " the service out")
                            + installed(
                                    "technical services",
                                    services.offers().stream().map(ServiceOffer::id)));
        }
    }

    private static String installed(String what, Stream<String> names) {
        return names.collect(Collectors.collectingAndThen(
                Collectors.joining(", "),
                list -> " (installed " + what + ": " + (list.isEmpty() ? "none" : list) + ")"));
    }

    private void problem(SourcePosition at, String message) {
        problems.add(new Problem(at, message));
    }
}
