package org.actium.simulation.scenarios;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentEvent;
import org.actium.deployment.api.DeploymentException;
import org.actium.deployment.api.DeploymentState;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.api.VirtualNode;
import org.actium.deployment.core.Deployer;
import org.actium.deployment.core.Extensions;
import org.actium.deployment.core.LocalAgent;
import org.actium.deployment.core.Membership;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.ElementDefinition;
import org.actium.deployment.model.JvmDefinition;
import org.actium.deployment.model.SourcePosition;
import org.actium.deployment.model.TechnicalServiceDefinition;
import org.actium.deployment.model.VirtualNodeDefinition;
import org.actium.deployment.spi.DeploymentProtocol;
import org.actium.object.api.ActiveObjectException;
import org.actium.object.spi.Stubs;
import org.actium.object.stubs.StubFactory;
import org.actium.remote.api.RemotingException;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Node;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalService;
import org.actium.service.core.FixedCatalog;
import org.actium.service.core.ServiceTable;
import org.actium.simulation.Fault;
import org.actium.simulation.FaultBudget;
import org.actium.simulation.FaultKind;
import org.actium.simulation.Machine;
import org.actium.simulation.Scenario;
import org.actium.simulation.Simulation;
import org.actium.testkit.EmbeddedRuntime;

/**
 * A descriptor is deployed on hosts that die, stand still and are cut off while runtimes start, join and are prepared, used
 * if it gets ready, and undeployed.
 */
final class DeploymentScenario implements Scenario {

    private static final int HOSTS = 6;
    private static final int ROUNDS = 3;
    private static final Duration WITHIN = ofSeconds(10);
    private static final Duration SHORTEST = ofMillis(2500);
    private static final Duration LONGEST = ofSeconds(20);
    private static final Duration LEASE = ofSeconds(5);
    private static final Duration LIMIT = ofSeconds(15);
    private static final Duration GRACE = ofSeconds(1);
    private static final int LONGEST_TO_PAINT_MILLIS = 1000;
    private static final int LONGEST_USE_MILLIS = 3000;
    private static final String PAINT = "paint";

    private final int faults;
    private final Stubs stubs = new StubFactory();

    DeploymentScenario(int faults) {
        this.faults = faults;
    }

    @Override
    public void describe(Simulation simulation) {
        AtomicBoolean ended = new AtomicBoolean();
        HostPool pool = new HostPool(stubs, Map.of(PAINT, Paint::new));
        int hosts = simulation.size("hosts", HOSTS, 2);
        int rounds = simulation.size("rounds", ROUNDS, 1);
        simulation.host("h1", machine -> {
            run(machine, pool, rounds);
            pool.end();
            ended.set(true);
        });
        for (int i = 2; i <= hosts; i++) {
            simulation.host("h" + i, pool::serve);
        }
        simulation
                .watch(pool)
                .watch(new EndOracle(simulation, ended::get))
                .expect("runtime launched", 1)
                .expect("undeployed", rounds)
                .virtualTime(ofSeconds(600));
        int links = faults / 2;
        simulation.chaos(FaultBudget.none(faults - links, WITHIN)
                .most(FaultKind.KILL, faults)
                .most(FaultKind.PAUSE, faults)
                .shortest(SHORTEST)
                .longest(LONGEST)
                .sparing("h1"));
        RandomGenerator random = simulation.random("links");
        for (int left = links; left > 0; left--) {
            simulation.afterDrawn(upTo(WITHIN, random), broken("h" + random.nextInt(2, hosts + 1), random));
        }
    }

    /** Links of the host that deploys: there are no others. */
    private static Fault broken(String host, RandomGenerator random) {
        return random.nextInt(3) == 0
                ? new Fault.Reset("h1", host)
                : new Fault.Partition("h1", host, true, SHORTEST.plus(upTo(LONGEST.minus(SHORTEST), random)));
    }

    private static Duration upTo(Duration most, RandomGenerator random) {
        return ofMillis(random.nextLong(most.toMillis()));
    }

    private void run(Machine machine, HostPool pool, int rounds) {
        EmbeddedRuntime runtime = new EmbeddedRuntime(
                "admin", machine.ports(), machine.transport(), new Endpoint(machine.host(), HostPool.PORT), stubs);
        ServiceTable services = new ServiceTable(new FixedCatalog(Map.of(PAINT, Paint::new)), runtime.runtime());
        LocalAgent agent = new LocalAgent(
                runtime.runtime(),
                runtime.nodeHandles(),
                runtime.remoteObjects(),
                services,
                runtime.objects(),
                () -> machine.fail("the runtime that deploys is told to stop"));
        Membership membership = new Membership(
                runtime.links(),
                runtime.admission(),
                machine.ports().time(),
                machine.ports().threads(),
                LEASE);
        Extensions extensions = new Extensions();
        extensions.addReader(source -> descriptor());
        extensions.addDeploymentProtocol(pool, Map.of(DeploymentProtocol.NAME, "pool"));
        Deployer deployer = new Deployer(
                runtime.links(),
                runtime.remoteObjects(),
                runtime.nodeHandles(),
                membership,
                services,
                extensions,
                machine.ports().time(),
                machine.ports().threads());
        for (int round = 1; round <= rounds; round++) {
            new Round(machine, runtime, pool, deployer).run();
        }
        deployer.close();
        membership.close();
        agent.close();
        services.close();
        runtime.close();
    }

    /** Two runtimes with two nodes each that are painted, and one that is not. */
    private static Descriptor descriptor() {
        SourcePosition at = new SourcePosition("grid.xml", 1, 1);
        Map<String, JvmDefinition> jvms = new LinkedHashMap<>();
        jvms.put("left", new JvmDefinition("left", 2, 2, new JvmDefinition.Creation("start"), at));
        jvms.put("right", new JvmDefinition("right", 1, 1, new JvmDefinition.Creation("start"), at));
        Map<String, VirtualNodeDefinition> virtualNodes = new LinkedHashMap<>();
        virtualNodes.put("workers", virtualNode("workers", "left", List.of(PAINT), at));
        virtualNodes.put("aside", virtualNode("aside", "right", List.of(), at));
        return new Descriptor(
                "grid.xml",
                Map.of(),
                virtualNodes,
                jvms,
                Map.of("start", new ElementDefinition("start", new HostPool.Element(), at)),
                Map.of(),
                Map.of(
                        PAINT,
                        new TechnicalServiceDefinition(new ServiceUse(PAINT, PAINT, Map.of("colour", "red")), at)));
    }

    private static VirtualNodeDefinition virtualNode(
            String name, String jvm, List<String> services, SourcePosition at) {
        return new VirtualNodeDefinition(
                name,
                VirtualNodeDefinition.Cardinality.MULTIPLE,
                LIMIT,
                OptionalInt.empty(),
                List.of(jvm),
                false,
                services,
                at);
    }

    /** A technical service that shows where it is applied. */
    private static final class Paint implements TechnicalService {

        private final Set<String> painted = new HashSet<>();
        private String colour = "";

        @Override
        public void init(Map<String, String> arguments) {
            colour = arguments.get("colour");
        }

        @Override
        public void apply(Node node) {
            if (!painted.add(node.name())) {
                Machine.current().fail("node " + node.name() + " is painted twice");
            }
            Machine machine = Machine.current();
            machine.sleep(ofMillis(machine.ports().random().nextInt(LONGEST_TO_PAINT_MILLIS)));
            node.setProperty("colour", colour);
            Machine.current().sometimes("service applied");
        }

        @Override
        public void remove(Node node) {
            if (!painted.remove(node.name())) {
                Machine.current().fail("node " + node.name() + " was not painted, and is to be cleaned");
            }
            Machine.current().sometimes("service removed");
        }
    }

    /** One deployment from its beginning to its end. */
    private static final class Round {

        private final Machine machine;
        private final EmbeddedRuntime runtime;
        private final HostPool pool;
        private final Deployer deployer;
        private final List<DeploymentEvent> events = new ArrayList<>();

        Round(Machine machine, EmbeddedRuntime runtime, HostPool pool, Deployer deployer) {
            this.machine = machine;
            this.runtime = runtime;
            this.pool = pool;
            this.deployer = deployer;
        }

        void run() {
            Duration limit = machine.now().plus(LIMIT).plus(GRACE);
            Deployment deployment =
                    deployer.deploy(new DescriptorSource("grid.xml", new byte[0], Map.of()), events::add);
            Map<VirtualNode, List<Node>> ready = new LinkedHashMap<>();
            deployment.virtualNodes().forEach(virtualNode -> ready.put(virtualNode, await(virtualNode)));
            if (machine.now().compareTo(limit) > 0) {
                machine.fail("who waits for virtual nodes is told after " + machine.now() + ", not before " + limit);
            }
            ready.forEach((virtualNode, nodes) -> nodes.forEach(node -> use(virtualNode, node)));
            machine.sleep(GRACE.plusMillis(machine.ports().random().nextInt(LONGEST_USE_MILLIS))); // events come later
            deployment.virtualNodes().forEach(this::judge);
            deployment.undeploy();
            machine.sometimes("undeployed");
            requireNothingLeft(deployment);
        }

        /** None if it does not get ready. */
        private List<Node> await(VirtualNode virtualNode) {
            try {
                List<Node> nodes = virtualNode.waitReady();
                machine.sometimes("virtual node ready");
                return nodes;
            } catch (DeploymentException missing) {
                machine.sometimes("virtual node not ready");
                return List.of();
            }
        }

        private void use(VirtualNode virtualNode, Node node) {
            try {
                Spark spark = runtime.objects()
                        .newActive(Spark.class)
                        .named(node.name())
                        .on(node)
                        .start();
                spark.ash().text();
                if (virtualNode.name().equals("workers")
                        && node.property("colour").filter("red"::equals).isEmpty()) {
                    machine.fail("node " + node.name() + " was handed out without its technical service");
                }
                machine.sometimes("node used");
            } catch (ActiveObjectException | RemotingException lost) {
                machine.sometimes("node lost");
            }
        }

        /** Each node that is wanted is attached once, or it is said that the virtual node does not get its nodes. */
        private void judge(VirtualNode virtualNode) {
            List<String> attached = new ArrayList<>();
            int ready = 0;
            int notReady = 0;
            for (DeploymentEvent event : List.copyOf(events)) {
                switch (event) {
                    case DeploymentEvent.NodeAttached(String name, Node node) -> {
                        if (name.equals(virtualNode.name())) {
                            attached.add(node.name());
                        }
                    }
                    case DeploymentEvent.Ready(String name, int _) -> ready += name.equals(virtualNode.name()) ? 1 : 0;
                    case DeploymentEvent.NotReady(String name, String _) ->
                        notReady += name.equals(virtualNode.name()) ? 1 : 0;
                    case DeploymentEvent.Launched _, DeploymentEvent.Joined _ -> {}
                    case DeploymentEvent.Degraded _, DeploymentEvent.Mended _ -> {}
                    case DeploymentEvent.Failed _ -> machine.sometimes("runtime failed");
                    case DeploymentEvent.Lost _ -> machine.sometimes("runtime lost");
                }
            }
            if (new HashSet<>(attached).size() != attached.size()) {
                machine.fail("a node of " + virtualNode.name() + " is attached twice: " + attached);
            }
            if (ready + notReady != 1 || ready == 1 && attached.size() != virtualNode.expected()) {
                machine.fail(virtualNode.name() + " is said to be ready " + ready + " times and not to be " + notReady
                        + " times, with " + attached + " of " + virtualNode.expected() + " nodes");
            }
        }

        private void requireNothingLeft(Deployment deployment) {
            if (deployment.state() != DeploymentState.UNDEPLOYED
                    || !pool.running().isEmpty()
                    || !deployer.deployments().isEmpty()
                    || runtime.runtime().nodes().size() != 1) {
                machine.fail("after undeploying, " + deployment.id() + " is " + deployment.state() + ", there run "
                        + pool.running() + ", there are deployments " + deployer.deployments() + " and nodes "
                        + runtime.runtime().nodes());
            }
        }
    }
}
