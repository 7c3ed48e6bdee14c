package org.actium.application.core;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.DescriptorBuilder;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.api.RuntimeStatus;
import org.actium.deployment.api.VirtualNode;
import org.actium.deployment.model.Descriptor;
import org.actium.ft.api.RecoveryEvent;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.Time;
import org.actium.service.api.ServiceUse;

/**
 * What {@code --ft} and {@code --kill} add to a run: a technical service for the nodes of all virtual nodes, a spare JVM,
 * JVMs that are killed, and what recovery tells.
 */
final class Emergency implements AutoCloseable {

    private static final String SPARE = "spare";
    private static final Duration AGAIN = Duration.ofMillis(100);
    private static final Pattern PROCESS = Pattern.compile("process ([0-9]+)\\b.*");

    private final Optional<String> service;
    private final Optional<Kill> kill;
    private final Deployments deployments;
    private final boolean endsWithServer;
    private final Time time;
    private final Progress progress;
    private Registration hearing;
    private final Set<String> serving = ConcurrentHashMap.newKeySet(); // runtimes with recoverable objects
    private final List<String> killed = new CopyOnWriteArrayList<>();
    private Optional<Deployment> spare = Optional.empty();
    private Map<String, String> server = Map.of(); // arguments that name it; none if the descriptor names none
    private volatile Registration killing = () -> {};
    private boolean recovered; // set before anything is killed
    private volatile boolean over;

    /** @param endsWithServer whether the run ends with the container it has joined, which may be a server of fault tolerance */
    Emergency(
            RunArguments arguments,
            Deployments deployments,
            boolean endsWithServer,
            RunCommand.Recoveries recoveries,
            Time time,
            Progress progress) {
        this.service = arguments.faultTolerance();
        this.kill = arguments.kill();
        this.deployments = deployments;
        this.endsWithServer = endsWithServer;
        this.time = time;
        this.progress = progress;
        this.hearing = recoveries.listen(this::heard);
    }

    private void heard(RecoveryEvent event) {
        switch (event) {
            case RecoveryEvent.ObjectServes serves -> {
                serving.add(serves.runtime());
                return; // nothing for people
            }
            case RecoveryEvent.ObjectRestored restored -> serving.add(restored.runtime());
            case RecoveryEvent.RuntimeLost lost -> serving.remove(lost.runtime());
            case RecoveryEvent.NoRuntimeLeft _,
                    RecoveryEvent.CheckpointDamaged _,
                    RecoveryEvent.ObjectRemoved _,
                    RecoveryEvent.RunForgotten _,
                    RecoveryEvent.StoreFails _,
                    RecoveryEvent.StoreWorks _ -> {}
        }
        progress.print(event.toString());
    }

    /** @throws UsageException if there is something to be protected or killed, and nothing is deployed */
    void refuseWithoutDeployment(String application) {
        if (service.isPresent() || kill.isPresent()) {
            throw new UsageException("application '" + application
                    + "' has no descriptor, so there are no JVMs for --ft and --kill; name one with --descriptor");
        }
    }

    /**
     * One JVM on this host, which takes what is lost; nothing if there is no fault tolerance. It names the server that the
     * application names, whichever of them asks for one first.
     */
    void deploySpare(DescriptorSource application) {
        service.ifPresent(name -> {
            server = NamedServer.of(deployments.read(application))
                    .map(NamedServer::arguments)
                    .orElse(Map.of());
            Deployment started = deploy(new DescriptorBuilder("spare node")
                    .virtualNode(SPARE, node -> node.on(SPARE).with(name))
                    .jvm(SPARE, jvm -> jvm.startedBy("local"))
                    .process("local", "jvmProcess")
                    .technicalService(name, name, server)
                    .build());
            spare = Optional.of(started);
        });
    }

    /**
     * Deploys it. Its JVMs survive this one as long as the server of fault tolerance that it names is there, if the run itself
     * is not to survive that: a run that is would have its JVMs end with a server that is being restarted.
     */
    Deployment deploy(DescriptorSource source) {
        if (!endsWithServer) {
            return deployments.deploy(source, progress);
        }
        Descriptor descriptor = deployments.read(source);
        return deployments.deploy(
                NamedServer.of(descriptor)
                        .flatMap(named -> named.holdingTheLease(descriptor))
                        .orElse(descriptor),
                progress);
    }

    /** Returns when objects may be created; the time until JVMs are killed begins. */
    void protect(Deployment application) {
        service.ifPresent(name -> application.virtualNodes().stream()
                .filter(node -> node.services().stream().noneMatch(NamedServer::isFaultTolerance))
                .forEach(node -> node.apply(new ServiceUse(name, name, server))));
        recovered = application.virtualNodes().stream().anyMatch(Emergency::isRecovered);
        spare.ifPresent(started -> started.virtualNodes().forEach(VirtualNode::waitReady));
        kill.ifPresent(wanted -> killing = time.after(wanted.after(), () -> kill(application, wanted.runtimes())));
    }

    private static boolean isRecovered(VirtualNode node) {
        return node.services().stream().anyMatch(NamedServer::isFaultTolerance);
    }

    private record Victim(String name, ProcessHandle process) {}

    /** Only JVMs that have what is to survive; when there are too few, it is looked again. */
    private void kill(Deployment application, int runtimes) {
        List<Victim> victims = application.runtimes().stream()
                .filter(runtime -> runtime.state() == RuntimeStatus.State.JOINED)
                .filter(runtime -> !recovered || serving.contains(runtime.name()))
                .flatMap(runtime -> process(runtime).map(process -> new Victim(runtime.name(), process)).stream())
                .limit(runtimes)
                .toList();
        if (over) {
            return;
        }
        if (victims.size() < runtimes) {
            killing = time.after(AGAIN, () -> kill(application, runtimes));
            return;
        }
        for (Victim victim : victims) {
            progress.print(
                    victim.name() + ": killed, process " + victim.process().pid());
            victim.process().destroyForcibly();
            killed.add(victim.name());
        }
    }

    /** If it is one that this JVM started. */
    private static Optional<ProcessHandle> process(RuntimeStatus runtime) {
        Matcher number = PROCESS.matcher(runtime.detail());
        return number.matches()
                ? ProcessHandle.current()
                        .descendants()
                        .filter(child -> child.pid() == Long.parseLong(number.group(1)))
                        .findFirst()
                : Optional.empty();
    }

    /** @return exit code of a run whose main has returned: a run is no proof if it did not have what it should survive */
    int judged(PrintStream err) {
        int wanted = kill.map(Kill::runtimes).orElse(0);
        if (killed.size() == wanted) {
            return ExitCode.OK;
        }
        err.println(
                "actium run: " + killed.size() + " of " + wanted + " JVMs were killed while main ran; choose an earlier"
                        + " moment, as in --kill 1@1s, or fewer: only JVMs of the application on this host are killed");
        return ExitCode.FAILED;
    }

    /** What happens from now on is no emergency. */
    void over() {
        over = true;
        killing.close();
        hearing.close();
        hearing = () -> {};
    }

    @Override
    public void close() {
        over();
        spare.ifPresent(Deployment::undeploy);
    }
}
