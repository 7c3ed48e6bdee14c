package org.actium.simulation.scenarios;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.actium.deployment.core.LocalAgent;
import org.actium.deployment.core.ParentLease;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.spi.DeploymentProtocol;
import org.actium.deployment.spi.Job;
import org.actium.deployment.spi.LaunchRejectedException;
import org.actium.deployment.spi.LaunchRequest;
import org.actium.object.spi.Stubs;
import org.actium.runtime.api.Endpoint;
import org.actium.service.api.TechnicalService;
import org.actium.service.core.FixedCatalog;
import org.actium.service.core.ServiceTable;
import org.actium.simulation.Machine;
import org.actium.simulation.oracle.Observation;
import org.actium.simulation.oracle.Oracle;
import org.actium.testkit.EmbeddedRuntime;

/** Starts runtimes on the hosts of a run that have none: a launch technology of the simulation. */
final class HostPool implements DeploymentProtocol, Oracle {

    static final int PORT = 4000;

    private static final int LONGEST_START_MILLIS = 4000;

    private static final Duration LOOK = Duration.ofMillis(200);

    private final Stubs stubs;
    private final Map<String, Supplier<TechnicalService>> services;
    private final List<Seat> idle = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private final Set<String> dead = new HashSet<>();
    private boolean ended;

    /** What a descriptor says of it. */
    record Element() implements DescriptorElement {
        @Override
        public String elementName() {
            return "hostPool";
        }
    }

    /** A life of a host, which has a runtime or waits for the next one. Empty: there will be none any more. */
    private record Seat(String place, BlockingQueue<Optional<Process>> orders) {}

    /** @param services how to make those that are installed on every host, by id */
    HostPool(Stubs stubs, Map<String, Supplier<TechnicalService>> services) {
        this.stubs = stubs;
        this.services = services;
    }

    /** What a host of the pool does from when it boots. */
    void serve(Machine machine) throws InterruptedException {
        Seat seat = new Seat(machine.place(), new LinkedBlockingQueue<>());
        while (!ended) {
            idle.add(seat);
            Optional<Process> next = seat.orders().take();
            if (next.isPresent()) {
                next.get().run(machine);
            }
        }
    }

    /** Lets all hosts go; those that boot later go at once. */
    void end() {
        ended = true;
        idle.forEach(seat -> seat.orders().add(Optional.empty()));
    }

    /** The runtimes that have been started and live. */
    List<String> running() {
        return processes.stream()
                .filter(Process::isAlive)
                .map(Process::description)
                .toList();
    }

    @Override
    public Optional<String> observe(Observation observation) {
        if (observation instanceof Observation.Died(String place)) {
            dead.add(place);
        }
        return Optional.empty();
    }

    @Override
    public boolean starts(DescriptorElement element) {
        return element instanceof Element;
    }

    @Override
    public int runtimes(DescriptorElement element) {
        return 1;
    }

    @Override
    public List<String> command(LaunchRequest request) {
        return List.of("start", request.runtimeNames().getFirst());
    }

    /** On a host that may have died meanwhile: whoever orders does not know. */
    @Override
    public Job launch(LaunchRequest request) {
        if (idle.isEmpty()) {
            Machine.current().sometimes("no host left");
            throw new LaunchRejectedException("all hosts of the pool have a runtime");
        }
        Seat seat = idle.removeFirst();
        Process process = new Process(request, seat.place());
        processes.add(process);
        seat.orders().add(Optional.of(process));
        Machine.current().sometimes("runtime launched");
        return process;
    }

    private final class Process implements Job {

        private final LaunchRequest request;
        private final String place;
        private final CountDownLatch stopped = new CountDownLatch(1);
        private boolean gone;

        Process(LaunchRequest request, String place) {
            this.request = request;
            this.place = place;
        }

        /** As a container of a distribution does, with the bundles of the features for deployment. */
        void run(Machine machine) throws InterruptedException {
            machine.sleep(Duration.ofMillis(machine.ports().random().nextInt(LONGEST_START_MILLIS)));
            EmbeddedRuntime runtime = new EmbeddedRuntime(
                    request.runtimeNames().getFirst(),
                    machine.ports(),
                    machine.transport(),
                    new Endpoint(machine.host(), PORT),
                    stubs);
            ServiceTable table = new ServiceTable(new FixedCatalog(services), runtime.runtime());
            LocalAgent agent = new LocalAgent(
                    runtime.runtime(),
                    runtime.nodeHandles(),
                    runtime.remoteObjects(),
                    table,
                    runtime.objects(),
                    stopped::countDown);
            ParentLease lease = new ParentLease(
                    new ParentLease.Terms(
                            request.parent().toString(), request.tokens()::getFirst, request.lease(), false),
                    runtime.links(),
                    runtime.remoteObjects(),
                    agent,
                    stopped::countDown,
                    machine.ports().time(),
                    machine.ports().threads());
            lease.start();
            stopped.await();
            lease.close();
            agent.close();
            table.close();
            runtime.close();
            gone = true;
        }

        boolean isAlive() {
            return !gone && !dead.contains(place);
        }

        @Override
        public String description() {
            return request.runtimeNames().getFirst() + " on " + place;
        }

        @Override
        public Optional<String> failure() {
            return Optional.empty();
        }

        /** Nobody is told: as with machines that are far away, it shows by the link alone. */
        @Override
        public void whenEnded(Consumer<String> action) {}

        @Override
        public void close() {
            stopped.countDown();
            while (isAlive()) {
                Machine.current().sleep(LOOK);
            }
        }
    }
}
