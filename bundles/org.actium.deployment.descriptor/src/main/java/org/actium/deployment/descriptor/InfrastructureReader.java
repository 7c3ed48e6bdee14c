package org.actium.deployment.descriptor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actium.deployment.descriptor.grammar.Grammar;
import org.actium.deployment.model.Acquisition;
import org.actium.deployment.model.Branch;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.model.HostDefinition;
import org.actium.deployment.model.Infrastructure;
import org.actium.deployment.model.Launch;
import org.actium.deployment.model.VirtualMachines;
import org.actium.deployment.model.VirtualMachines.Image;
import org.actium.deployment.spi.HostList;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.Spelling;
import org.actium.deployment.spi.XmlElement;

/** Reads what there is to deploy on: hosts, groups and bridges, and the resources that use them. */
final class InfrastructureReader {

    private static final String PEERS = "org.actium.p2p.core";

    private final Grammar grammar;
    private final Elements elements;
    private final Problems problems;
    private final Problems obstacles;
    private final Problems notes;
    private final RuntimeCount counts;

    InfrastructureReader(Grammar grammar, Elements elements, Problems problems, Problems obstacles, Problems notes) {
        this.grammar = grammar;
        this.elements = elements;
        this.problems = problems;
        this.obstacles = obstacles;
        this.notes = notes;
        this.counts = new RuntimeCount(problems);
    }

    /** @param root a document of ours, or an element with resources that stand in a document */
    Infrastructure read(XmlElement root, XmlElement document) {
        var hostReader = new HostReader(problems, notes);
        var hosts = new LinkedHashMap<String, HostDefinition>();
        for (XmlElement host : document.children("host")) {
            hosts.putIfAbsent(host.attribute("id").orElse(""), hostReader.read(host));
        }
        var scope = new Scope(document, hosts, new ArrayList<>());
        for (XmlElement resources : root.children("resources")) {
            resources.children().forEach(use -> scope.follow(use, List.of()));
        }
        noteCapacities(document, hosts.values(), scope.branches);
        var acquisitions = new ArrayList<Acquisition>();
        for (XmlElement acquisition : root.children("acquisition")) {
            acquisition.children().forEach(way -> acquisitions.add(acquisition(way)));
        }
        var machines = new ArrayList<VirtualMachines>();
        for (XmlElement vms : document.children("vms")) {
            vms.children().forEach(technology -> machines.add(machines(technology)));
            obstacles.report(
                    vms.at(),
                    "'vms' asks for virtual machines, which no bundle starts yet; start them, join them with 'actium start --join', and use 'joinedContainers'");
        }
        return new Infrastructure(document.at().source(), hosts, scope.branches, acquisitions, machines, document.at());
    }

    /** What a host can take means nothing as long as nothing leads to the host. */
    private void noteCapacities(XmlElement document, Collection<HostDefinition> hosts, List<Branch> branches) {
        Set<String> used = document.children().stream()
                .flatMap(child -> Stream.concat(Stream.of(child), child.children("resources").stream()))
                .filter(child -> child.name().equals("resources"))
                .flatMap(InfrastructureReader::all)
                .filter(use -> use.name().equals("host"))
                .flatMap(use -> use.attribute("refid").stream())
                .collect(Collectors.toSet());
        for (HostDefinition host : hosts) {
            if (host.capacity().isPresent() && !used.contains(host.id())) {
                notes.report(
                        host.at(),
                        "host '" + Spelling.shortened(host.id())
                                + "' is in no resources, so its hostCapacity and vmCapacity have no effect");
            }
        }
    }

    private static Stream<XmlElement> all(XmlElement element) {
        return Stream.concat(Stream.of(element), element.children().stream().flatMap(InfrastructureReader::all));
    }

    private VirtualMachines machines(XmlElement technology) {
        var images = new ArrayList<Image>();
        for (XmlElement image : technology.children("image")) {
            images.add(new Image(
                    image.attribute("key").orElse(""),
                    image.integer("count", 1, problems).orElse(1),
                    image.attribute("os").filter(os -> !os.isBlank())));
        }
        List<String> hypervisors = technology.children("hypervisor").stream()
                .flatMap(hypervisor -> hypervisor.attribute("url").stream())
                .toList();
        Optional<String> user =
                technology.child("authentication").flatMap(authentication -> authentication.attribute("user"));
        return new VirtualMachines(
                technology.attribute("id").orElse(""), technology.name(), hypervisors, user, images, technology.at());
    }

    /** Whether the document has something to deploy on. */
    static boolean isIn(XmlElement document) {
        return document.child("resources").isPresent()
                || document.child("acquisition").isPresent();
    }

    /** Whether it says what there is, used or not: whatever it says of it is to be checked. */
    static boolean isDescribedIn(XmlElement document) {
        return isIn(document)
                || document.children().stream()
                        .map(XmlElement::name)
                        .anyMatch(name -> name.equals("host")
                                || name.equals("vms")
                                || name.endsWith("Group")
                                || name.endsWith("Bridge"));
    }

    private Acquisition acquisition(XmlElement way) {
        OptionalInt asked = OptionalInt.empty();
        if (way.name().equals("lookup")) {
            try {
                asked = OptionalInt.of(
                        HostList.names(way.attribute("hostList").orElse("")).size());
            } catch (IllegalArgumentException malformed) {
                problems.report(
                        way.at(), "attribute 'hostList' of 'lookup' is no list of hosts: " + malformed.getMessage());
            }
        } else {
            asked = Numbers.countOrMax(way, "nodesAsked");
        }
        return new Acquisition(
                way.name(),
                way.settings(),
                asked,
                way.name().equals("p2p") ? Optional.of(PEERS) : Optional.empty(),
                way.at());
    }

    /** The definitions that resources of one document refer to. */
    private final class Scope {

        private final Definitions hosts;
        private final Definitions groups;
        private final Definitions bridges;
        private final Definitions machines;
        private final Map<String, Launch> groupSteps; // by id
        private final Map<String, Launch> bridgeSteps; // by id
        private final LinkedHashMap<String, HostDefinition> readHosts;
        private final List<Branch> branches;

        Scope(XmlElement document, LinkedHashMap<String, HostDefinition> readHosts, List<Branch> branches) {
            this.readHosts = readHosts;
            this.branches = branches;
            hosts = Definitions.of("host", document.children("host"), "id", problems);
            groups = Definitions.of("group", ending(document, "Group"), "id", problems);
            bridges = Definitions.of("bridge", ending(document, "Bridge"), "id", problems);
            List<XmlElement> technologies = document.children("vms").stream()
                    .flatMap(vms -> vms.children().stream())
                    .toList();
            machines = Definitions.of("virtual machines", technologies, "id", problems);
            groupSteps = read(ending(document, "Group"));
            bridgeSteps = read(ending(document, "Bridge"));
        }

        /** Reads them once, whether they are used or not: by the bundle that brings them if it is installed. */
        private Map<String, Launch> read(List<XmlElement> definitions) {
            var steps = new HashMap<String, Launch>();
            for (XmlElement definition : definitions) {
                DescriptorElement read = elements.reader(definition.name())
                        .flatMap(reader -> reader.read(definition, problems))
                        .orElse(null);
                steps.putIfAbsent(
                        definition.attribute("id").orElse(""),
                        read instanceof Launch step ? step : asWritten(definition));
            }
            return steps;
        }

        private Launch asWritten(XmlElement definition) {
            return new Launch(
                    definition.name(),
                    definition.settings("id"),
                    List.of(),
                    counts.of(definition),
                    grammar.definition(definition.name()).flatMap(rule -> rule.bundle()),
                    definition.at());
        }

        private static List<XmlElement> ending(XmlElement document, String end) {
            return document.children().stream()
                    .filter(child -> child.name().endsWith(end))
                    .toList();
        }

        void follow(XmlElement use, List<Launch> through) {
            String id = use.attribute("refid").orElse("");
            switch (use.name()) {
                case "host" -> {
                    if (!id.isBlank() && hosts.resolve(id, use, problems)) {
                        OptionalInt count = OptionalInt.of(1);
                        for (Launch step : through) {
                            count = RuntimeCount.product(count, step.runtimes());
                        }
                        branches.add(new Branch(through, readHosts.get(id), count, use.at()));
                    }
                }
                case "group" -> {
                    step(id, use, groups, groupSteps, through);
                    if (use.children("host").isEmpty()) {
                        problems.report(
                                use.at(), "'group' needs a <host refid='…'/> that says what each of its hosts is like");
                    }
                }
                case "bridge" -> step(id, use, bridges, bridgeSteps, through);
                case "hypervisor" -> {
                    if (!id.isBlank()) {
                        machines.resolve(id, use, problems);
                    }
                    obstacles.report(
                            use.at(),
                            "'hypervisor' asks for virtual machines, which no bundle starts yet; start them, join them with 'actium start --join', and use 'joinedContainers'");
                }
                default -> {
                    // reported by the grammar
                }
            }
        }

        private void step(
                String id, XmlElement use, Definitions definitions, Map<String, Launch> steps, List<Launch> through) {
            if (id.isBlank() || !definitions.resolve(id, use, problems)) {
                use.children().stream()
                        .filter(child -> !child.name().equals("host"))
                        .forEach(child -> follow(child, through));
                return;
            }
            var inner = new ArrayList<>(through);
            inner.add(steps.get(id));
            use.children().forEach(child -> follow(child, List.copyOf(inner)));
        }
    }
}
