package org.actium.deployment.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.model.JvmProcess;
import org.actium.deployment.spi.DeploymentProtocol;
import org.actium.deployment.spi.Job;
import org.actium.deployment.spi.LaunchRejectedException;
import org.actium.deployment.spi.LaunchRequest;
import org.actium.remote.api.JoinToken;

/** Starts runtimes of an {@link InMemoryDomain}, which join when the test says so, or at once. */
final class FakeProtocol implements DeploymentProtocol {

    private final InMemoryDomain domain;
    final Map<String, LaunchRequest> requests = new ConcurrentHashMap<>(); // by name of the runtime
    final Map<String, FakeJob> jobs = new ConcurrentHashMap<>();
    final Map<String, InMemoryDomain.Peer> started = new ConcurrentHashMap<>();
    volatile boolean joinAtOnce = true;
    volatile boolean startsProcesses; // as descriptors in XML have them
    volatile Consumer<InMemoryDomain.Peer> beforeJoin = peer -> {};
    volatile Consumer<LaunchRequest> beforeLaunch = request -> {};
    volatile Consumer<LaunchRequest> beforeReturn = request -> {};

    FakeProtocol(InMemoryDomain domain) {
        this.domain = domain;
    }

    @Override
    public boolean starts(DescriptorElement element) {
        return element instanceof TestDescriptor.Fork || startsProcesses && element instanceof JvmProcess;
    }

    @Override
    public int runtimes(DescriptorElement element) {
        return element instanceof TestDescriptor.Fork fork ? fork.perLaunch() : 1;
    }

    @Override
    public List<String> command(LaunchRequest request) {
        return List.of(
                "fork",
                String.join("+", request.runtimeNames()),
                request.parent().toString());
    }

    @Override
    public Job launch(LaunchRequest request) {
        beforeLaunch.accept(request);
        FakeJob job = new FakeJob("process of " + String.join(", ", request.runtimeNames()), request.runtimeNames());
        for (String name : request.runtimeNames()) {
            requests.put(name, request);
            jobs.put(name, job);
            if (joinAtOnce) {
                domain.threads.run(() -> join(name));
            }
        }
        beforeReturn.accept(request);
        return job;
    }

    void refuse(String runtime, String reason) {
        beforeLaunch = request -> {
            if (request.runtimeNames().contains(runtime)) {
                throw new LaunchRejectedException(reason);
            }
        };
    }

    /** Lets the runtime start and join. */
    InMemoryDomain.Peer join(String name) {
        LaunchRequest request = requests.get(name);
        InMemoryDomain.Peer peer = domain.runtime(name);
        beforeJoin.accept(peer);
        started.put(name, peer);
        String token = request.tokens().get(request.runtimeNames().indexOf(name));
        peer.links.join(request.parent(), JoinToken.parse(token), Duration.ofSeconds(1));
        return peer;
    }

    /** What the protocol gives back. */
    final class FakeJob implements Job {

        private final String description;
        private final List<String> names;
        private final List<Consumer<String>> actions = new CopyOnWriteArrayList<>();
        volatile boolean closed;

        private FakeJob(String description, List<String> names) {
            this.description = description;
            this.names = names;
        }

        @Override
        public String description() {
            return description;
        }

        @Override
        public Optional<String> failure() {
            return Optional.empty();
        }

        @Override
        public void whenEnded(Consumer<String> action) {
            actions.add(action);
        }

        /** The process ends by itself. */
        void end(String reason) {
            actions.forEach(action -> action.accept(reason));
        }

        @Override
        public void close() {
            closed = true;
            names.forEach(name -> Optional.ofNullable(started.get(name)).ifPresent(domain::kill));
        }
    }
}
