package org.actium.deployment.descriptor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import org.actium.deployment.model.Acquisition;
import org.actium.deployment.model.Allocation;
import org.actium.deployment.model.Allocation.Demand;
import org.actium.deployment.model.Branch;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.model.ElementDefinition;
import org.actium.deployment.model.HostDefinition;
import org.actium.deployment.model.HostDefinition.OperatingSystem;
import org.actium.deployment.model.HostPath;
import org.actium.deployment.model.Infrastructure;
import org.actium.deployment.model.JvmDefinition;
import org.actium.deployment.model.JvmProcess;
import org.actium.deployment.model.Launch;
import org.actium.deployment.model.Launch.Setting;
import org.actium.deployment.model.NodeProvider;
import org.actium.deployment.model.RuntimeConfiguration;
import org.actium.deployment.model.SourcePosition;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.Spelling;

/**
 * Turns node providers into JVM definitions, so that what deploys needs to know of these only: the nodes of a provider are
 * dealt out by {@link Allocation}, and each run of runtimes that gives the same to the same virtual nodes becomes one
 * definition. Runtimes that nobody wants are not started.
 */
final class ProviderMapping {

    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

    private final RuntimeConfiguration configuration;
    private final IntSupplier processors;
    private final Problems obstacles;
    private final Map<String, JvmDefinition> jvms = new LinkedHashMap<>();
    private final Map<String, ElementDefinition> processes = new LinkedHashMap<>();
    private final Map<String, ElementDefinition> services = new LinkedHashMap<>();
    private final Map<String, List<String>> mapped = new LinkedHashMap<>();

    /** @param processors how many this host has */
    ProviderMapping(RuntimeConfiguration configuration, IntSupplier processors, Problems obstacles) {
        this.configuration = configuration;
        this.processors = processors;
        this.obstacles = obstacles;
    }

    Map<String, JvmDefinition> jvms() {
        return jvms;
    }

    Map<String, ElementDefinition> processes() {
        return processes;
    }

    Map<String, ElementDefinition> services() {
        return services;
    }

    /** The JVM definitions that a virtual node is mapped to. */
    List<String> jvmsOf(String virtualNode) {
        return mapped.getOrDefault(virtualNode, List.of());
    }

    /** The node provider that a JVM definition stands for a part of. */
    static String providerOf(String jvm) {
        return jvm.substring(0, jvm.lastIndexOf('/'));
    }

    /** @param places of the virtual nodes, for messages */
    void map(List<Demand> demands, Collection<NodeProvider> providers, Map<String, SourcePosition> places) {
        var units = new LinkedHashMap<String, List<Unit>>();
        var supply = new LinkedHashMap<String, Integer>();
        for (NodeProvider provider : providers) {
            List<Unit> all = units(provider);
            units.put(provider.id(), all);
            supply.put(provider.id(), (int) Math.min(
                    Integer.MAX_VALUE,
                    all.stream().mapToLong(unit -> unit.nodes().orElse(0)).sum()));
        }
        Allocation allocation = Allocation.of(demands, supply);
        for (NodeProvider provider : providers) {
            var wanted = new LinkedHashMap<String, Integer>();
            for (Demand demand : demands) {
                int nodes = allocation.nodes().get(demand.virtualNode()).getOrDefault(provider.id(), 0);
                if (nodes > 0) {
                    wanted.put(demand.virtualNode(), nodes);
                }
            }
            var dealer = new Dealer(provider, wanted);
            for (Unit unit : units.get(provider.id())) {
                if (unit.nodes().isPresent()) {
                    dealer.deal(unit);
                } else {
                    unknown(unit, provider, demands, dealer);
                }
            }
        }
        demands.forEach(demand -> require(demand, allocation, units, places.get(demand.virtualNode())));
    }

    /** Defines all that a provider has, for nobody. */
    void mapAll(NodeProvider provider) {
        var dealer = new Dealer(provider, new LinkedHashMap<>());
        units(provider).forEach(unit -> dealer.define(unit, true, unit.runtimes, Map.of()));
    }

    /** What a virtual node asks for and cannot get; nothing is said where a supply is not known before. */
    private void require(Demand demand, Allocation allocation, Map<String, List<Unit>> units, SourcePosition at) {
        boolean open = demand.quotas().keySet().stream()
                .flatMap(provider -> units.getOrDefault(provider, List.of()).stream())
                .anyMatch(unit -> unit.nodes().isEmpty());
        int total = allocation.total(demand.virtualNode());
        if (!open && (total < demand.required() || total == 0)) {
            obstacles.report(
                    at,
                    "virtual node '" + Spelling.shortened(demand.virtualNode()) + "' "
                            + (demand.isGreedy() ? "takes what is left" : "needs " + demand.required() + " nodes")
                            + ", but gets " + total + " from its node providers; lower what virtual nodes ask for, or "
                            + "add resources");
        }
    }

    private void unknown(Unit unit, NodeProvider provider, List<Demand> demands, Dealer dealer) {
        List<String> takers = demands.stream()
                .filter(demand -> demand.quotas().containsKey(provider.id()))
                .map(Demand::virtualNode)
                .toList();
        if (takers.isEmpty()) {
            return;
        }
        if (takers.size() > 1
                || demands.stream()
                        .anyMatch(demand -> demand.virtualNode().equals(takers.getFirst()) && !demand.isGreedy())) {
            obstacles.report(
                    unit.at,
                    "how many nodes this gives to node provider '" + Spelling.shortened(provider.id())
                            + "' is not known before, so they cannot be dealt out to " + Spelling.list(takers)
                            + "; say 'hostCapacity' and 'vmCapacity' of its host and how many hosts there are");
        }
        dealer.define(unit, true, unit.runtimes, Map.of(takers.getFirst(), unit.perRuntime.orElse(1)));
        if (unit.perRuntime.isEmpty()) {
            obstacles.report(
                    unit.at,
                    "a host behind others has as many nodes as processors, which nobody knows before; say "
                            + "'hostCapacity' and 'vmCapacity' of it");
        }
    }

    private List<Unit> units(NodeProvider provider) {
        var units = new ArrayList<Unit>();
        for (Infrastructure infrastructure : provider.deployments()) {
            infrastructure.branches().forEach(branch -> units.add(unit(branch)));
            for (Acquisition acquisition : infrastructure.acquisitions()) {
                units.add(new Unit(acquisition, acquisition.asked(), OptionalInt.of(1), acquisition.at()));
            }
        }
        return units;
    }

    private Unit unit(Branch branch) {
        boolean here = branch.through().isEmpty();
        OptionalInt perHost = branch.host().runtimes();
        OptionalInt perRuntime = branch.host().perRuntime();
        if (perHost.isEmpty()) {
            perHost = OptionalInt.of(1);
            perRuntime = here ? OptionalInt.of(processors.getAsInt()) : OptionalInt.empty();
        }
        JvmProcess jvm = jvm(branch);
        if (here) {
            return new Unit(jvm, perHost, perRuntime, branch.at());
        }
        DescriptorElement element = jvm;
        OptionalInt runtimes = perHost;
        for (int i = branch.through().size() - 1; i >= 0; i--) {
            Launch step = branch.through().get(i);
            runtimes = RuntimeCount.product(runtimes, step.runtimes());
            List<Setting> settings = i == branch.through().size() - 1 ? asUser(branch.host(), step) : step.settings();
            element = new Launch(step.elementName(), settings, List.of(element), runtimes, step.bundle(), step.at());
        }
        return new Unit(element, runtimes, perRuntime, branch.at());
    }

    /** What leads to a host goes there as the user whom the host names, unless it says itself who that is. */
    private List<Setting> asUser(HostDefinition host, Launch step) {
        boolean toHosts = step.setting("hostList").isPresent();
        if (!toHosts || host.user().isEmpty() || step.setting("username").isPresent()) {
            return step.settings();
        }
        String user = host.user().get();
        if (!USER.matcher(user).matches()) {
            obstacles.report(
                    host.at(),
                    "host '" + Spelling.shortened(host.id()) + "': '" + Spelling.shortened(user)
                            + "' cannot be the name of a user");
            return step.settings();
        }
        var settings = new ArrayList<>(step.settings());
        settings.add(new Setting("username", user));
        return settings;
    }

    private JvmProcess jvm(Branch branch) {
        Optional<String> java = Optional.ofNullable(branch.host().tools().get("java"))
                .or(() -> configuration.java().map(path -> resolved(path, branch)));
        return new JvmProcess(java, configuration.jvmParameters(), configuration.ignored());
    }

    /** A path on the host, as far as it is known here. */
    private String resolved(HostPath path, Branch branch) {
        return switch (path.base()) {
            case ROOT -> path.path();
            case HOME -> joined(branch.host().home().map(HostPath::path).orElse("~"), path, branch);
            case INSTALLATION ->
                joined(
                        Optional.ofNullable(branch.host().tools().get("proactive"))
                                .or(() -> configuration.installation().map(HostPath::path))
                                .orElse(""),
                        path,
                        branch);
        };
    }

    /** As the host spells paths: what is Windows, or looks so, gets backslashes. */
    private static String joined(String directory, HostPath path, Branch branch) {
        boolean windows = branch.host().system() == OperatingSystem.WINDOWS;
        String whole = directory + (directory.endsWith("/") || directory.endsWith("\\") ? "" : "/") + path.path();
        return windows ? whole.replace('/', '\\') : whole;
    }

    /** Deals the nodes of one provider, in the order of the document. */
    private final class Dealer {

        private final NodeProvider provider;
        private final Map<String, Integer> wanted;
        private int number;

        Dealer(NodeProvider provider, Map<String, Integer> wanted) {
            this.provider = provider;
            this.wanted = wanted;
        }

        void deal(Unit unit) {
            int perRuntime = unit.perRuntime.getAsInt();
            int left = unit.runtimes.getAsInt();
            int parts = 0;
            while (left > 0 && !wanted.isEmpty()) {
                String first = wanted.keySet().iterator().next();
                int whole = Math.min(left, wanted.get(first) / perRuntime);
                if (whole > 0) {
                    define(
                            unit,
                            whole == unit.runtimes.getAsInt(),
                            OptionalInt.of(whole),
                            take(first, whole, perRuntime));
                    left -= whole;
                } else {
                    define(unit, unit.runtimes.getAsInt() == 1, OptionalInt.of(1), mixed(perRuntime));
                    left--;
                }
                parts++;
            }
            if (parts > 1 && !(unit.element instanceof JvmProcess)) {
                obstacles.report(
                        unit.at,
                        "what '" + unit.element.elementName() + "' starts is to be divided among several virtual "
                                + "nodes, which is not done yet; give each of them a node provider of its own");
            }
        }

        private Map<String, Integer> take(String virtualNode, int runtimes, int perRuntime) {
            reduce(virtualNode, runtimes * perRuntime);
            return Map.of(virtualNode, perRuntime);
        }

        /** A runtime whose nodes go to several virtual nodes. */
        private Map<String, Integer> mixed(int perRuntime) {
            var shares = new LinkedHashMap<String, Integer>();
            int free = perRuntime;
            for (String virtualNode : List.copyOf(wanted.keySet())) {
                int share = Math.min(free, wanted.get(virtualNode));
                if (share > 0) {
                    shares.put(virtualNode, share);
                    reduce(virtualNode, share);
                    free -= share;
                }
            }
            return shares;
        }

        private void reduce(String virtualNode, int nodes) {
            if (wanted.merge(virtualNode, -nodes, Integer::sum) <= 0) {
                wanted.remove(virtualNode);
            }
        }

        /** @param whole whether the definition is all of the unit */
        void define(Unit unit, boolean whole, OptionalInt runtimes, Map<String, Integer> shares) {
            String name = provider.id() + "/" + ++number;
            int most =
                    shares.values().stream().mapToInt(Integer::intValue).max().orElse(unit.perRuntime.orElse(1));
            shares.keySet()
                    .forEach(virtualNode -> mapped.computeIfAbsent(virtualNode, key -> new ArrayList<>())
                            .add(name));
            if (unit.element instanceof Acquisition) {
                services.put(name, new ElementDefinition(name, unit.element, unit.at));
                jvms.put(name, new JvmDefinition(name, 1, most, shares, new JvmDefinition.Acquisition(name), unit.at));
                return;
            }
            DescriptorElement element =
                    whole || !(unit.element instanceof Launch launch) ? unit.element : part(launch, runtimes);
            processes.put(name, new ElementDefinition(name, element, unit.at));
            int times = element instanceof JvmProcess ? runtimes.orElse(1) : 1;
            jvms.put(name, new JvmDefinition(name, times, most, shares, new JvmDefinition.Creation(name), unit.at));
        }

        private static Launch part(Launch launch, OptionalInt runtimes) {
            return new Launch(
                    launch.elementName(), launch.settings(), launch.next(), runtimes, launch.bundle(), launch.at());
        }
    }

    /**
     * What is launched or acquired at once.
     *
     * @param perRuntime nodes in each runtime
     */
    private record Unit(DescriptorElement element, OptionalInt runtimes, OptionalInt perRuntime, SourcePosition at) {

        OptionalInt nodes() {
            return RuntimeCount.product(runtimes, perRuntime);
        }
    }
}
