package org.actium.application.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.actium.deployment.api.Degradation;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentEvent;
import org.actium.deployment.api.DeploymentException;
import org.actium.deployment.api.DeploymentListener;
import org.actium.deployment.api.DeploymentState;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.api.Plan;
import org.actium.deployment.api.RuntimeStatus;
import org.actium.deployment.api.VirtualNode;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.DescriptorException;
import org.actium.deployment.model.LeaseHolder;
import org.actium.deployment.model.MainDefinition;
import org.actium.deployment.model.Problem;
import org.actium.deployment.model.SourcePosition;
import org.actium.deployment.model.TechnicalServiceDefinition;
import org.actium.deployment.model.VirtualNodeDefinition;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.actium.service.api.ServiceUse;

/** Deploys nothing but remembers what was asked; one virtual node, {@code workers}. */
final class FakeDeployments implements Deployments {

    final List<DescriptorSource> deployed = new ArrayList<>();
    final List<Optional<Endpoint>> held =
            new ArrayList<>(); // by whom, of deployments of descriptors that were read before
    final List<String> undeployed = new ArrayList<>();
    final List<ServiceUse> applied = new ArrayList<>();
    private final List<DeploymentEvent> events = new ArrayList<>();
    private final Map<String, MainDefinition> mains = new LinkedHashMap<>();
    private final Map<String, TechnicalServiceDefinition> services = new LinkedHashMap<>();
    private Optional<LeaseHolder> leaseHolder = Optional.empty();
    private Optional<String> wrong = Optional.empty();
    private Optional<String> missing = Optional.empty();

    /** From now on every descriptor has this main definition. */
    FakeDeployments defining(MainDefinition main) {
        mains.put(main.id(), main);
        return this;
    }

    /** From now on every descriptor has a virtual node that asks for this. */
    FakeDeployments asking(ServiceUse service) {
        services.put(service.id(), new TechnicalServiceDefinition(service, new SourcePosition("app.xml", 1, 1)));
        return this;
    }

    /** From now on every descriptor names that one as whom JVMs do not outlive. */
    FakeDeployments heldBy(Endpoint holder) {
        leaseHolder = Optional.of(new LeaseHolder(holder, new SourcePosition("app.xml", 1, 1)));
        return this;
    }

    /** From now on these happen during each deployment. */
    FakeDeployments happening(DeploymentEvent... happening) {
        events.addAll(List.of(happening));
        return this;
    }

    /** From now on every descriptor has this and another problem. */
    FakeDeployments refusing(String message) {
        wrong = Optional.of(message);
        return this;
    }

    /** From now on the virtual node does not get ready. */
    FakeDeployments failing(String message) {
        missing = Optional.of(message);
        return this;
    }

    @Override
    public Descriptor read(DescriptorSource source) {
        check(source);
        var plain = new Descriptor(source.name(), source.variables(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
        var none = org.actium.deployment.model.Application.NONE;
        return new Descriptor(
                plain.source(),
                plain.dialect(),
                plain.variables(),
                List.of(),
                Map.of("workers", workers()),
                Map.of(),
                Map.of(),
                Map.of(),
                services,
                Map.of(),
                Optional.empty(),
                new org.actium.deployment.model.Application(
                        none.registrations(),
                        none.lookups(),
                        mains,
                        none.fileTransfers(),
                        none.executables(),
                        none.data(),
                        none.security(),
                        none.runtime(),
                        none.peers(),
                        leaseHolder),
                List.of(),
                List.of());
    }

    private VirtualNodeDefinition workers() {
        return new VirtualNodeDefinition(
                "workers",
                VirtualNodeDefinition.Cardinality.MULTIPLE,
                VirtualNodeDefinition.DEFAULT_TIMEOUT,
                OptionalInt.empty(),
                List.of("worker"),
                false,
                List.copyOf(services.keySet()),
                new SourcePosition("app.xml", 1, 1));
    }

    private void check(DescriptorSource source) {
        wrong.ifPresent(message -> {
            throw new DescriptorException(List.of(
                    new Problem(new SourcePosition(source.name(), 1, 2), message),
                    new Problem(new SourcePosition(source.name(), 3, 4), "another problem")));
        });
    }

    @Override
    public Plan plan(Descriptor descriptor) {
        return new Plan(descriptor.source(), descriptor.variables(), List.of(), List.of());
    }

    @Override
    public Deployment deploy(DescriptorSource source, DeploymentListener listener) {
        check(source);
        deployed.add(source);
        events.forEach(listener::happened);
        return new FakeDeployment(source.name());
    }

    @Override
    public Deployment deploy(Descriptor descriptor, DeploymentListener listener) {
        held.add(descriptor.application().leaseHolder().map(LeaseHolder::endpoint));
        events.forEach(listener::happened);
        return new FakeDeployment(descriptor.source());
    }

    @Override
    public Deployment prepare(Descriptor descriptor, DeploymentListener listener) {
        return deploy(descriptor, listener);
    }

    @Override
    public List<Deployment> deployments() {
        return List.of();
    }

    @Override
    public Optional<Deployment> deployment(String id) {
        return Optional.empty();
    }

    private final class FakeDeployment implements Deployment, VirtualNode {
        private final String source;

        FakeDeployment(String source) {
            this.source = source;
        }

        @Override
        public List<Degradation> degraded() {
            return List.of();
        }

        @Override
        public List<ServiceUse> services() {
            return List.copyOf(applied);
        }

        @Override
        public void apply(ServiceUse service) {
            applied.add(service);
        }

        @Override
        public void removeService(String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String id() {
            return "d1";
        }

        @Override
        public String source() {
            return source;
        }

        @Override
        public DeploymentState state() {
            return DeploymentState.READY;
        }

        @Override
        public Optional<String> failure() {
            return missing;
        }

        @Override
        public Instant started() {
            return Instant.EPOCH;
        }

        @Override
        public Plan plan() {
            return new Plan(source, Map.of(), List.of(), List.of());
        }

        @Override
        public List<DeploymentEvent> events() {
            return List.copyOf(events);
        }

        @Override
        public void activate(String... virtualNodes) {}

        @Override
        public List<VirtualNode> virtualNodes() {
            return List.of(this);
        }

        @Override
        public VirtualNode virtualNode(String name) {
            return this;
        }

        @Override
        public Registration listen(DeploymentListener listener) {
            events.forEach(listener::happened);
            return () -> {};
        }

        @Override
        public List<RuntimeStatus> runtimes() {
            return List.of();
        }

        @Override
        public void undeploy() {
            undeployed.add(source);
        }

        @Override
        public String name() {
            return "workers";
        }

        @Override
        public int expected() {
            return 1;
        }

        @Override
        public List<Node> nodes() {
            return List.of();
        }

        @Override
        public boolean isReady() {
            return missing.isEmpty();
        }

        @Override
        public List<Node> waitReady() {
            missing.ifPresent(message -> {
                throw new DeploymentException(message);
            });
            return nodes();
        }

        @Override
        public List<Node> waitReady(Duration limit) {
            return waitReady();
        }

        @Override
        public Node take(Duration limit) {
            return node();
        }

        @Override
        public Node node() {
            throw new DeploymentException("no node");
        }
    }
}
