package org.actium.deployment.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.actium.deployment.api.Plan;
import org.actium.deployment.api.Plan.PlannedLaunch;
import org.actium.deployment.api.Plan.PlannedVirtualNode;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.Launch;
import org.actium.deployment.model.Problem;
import org.actium.deployment.spi.LaunchRequest;
import org.actium.runtime.api.Endpoint;
import org.actium.service.api.ServiceUse;

/**
 * A descriptor together with who will do what for it. Nothing in it has happened yet.
 *
 * @param sources in the order of the descriptor, the current runtime first
 * @param targets in the order of the descriptor
 */
record Blueprint(Descriptor descriptor, List<Source> sources, List<Target> targets) {

    private static final String NO_TOKEN = "no.token";

    boolean launches() {
        return sources.stream().anyMatch(Source.Launch.class::isInstance);
    }

    /**
     * The names of the runtimes a launch starts: {@code d1-Jvm1}, or {@code d1-Jvm1-1}, {@code d1-Jvm1-2} … where there
     * are several.
     */
    static List<String> runtimeNames(String deployment, Source.Launch launch) {
        int runtimes = launch.runtimes().getAsInt();
        String name = deployment + "-" + launch.name();
        return runtimes == 1
                ? List.of(name)
                : IntStream.rangeClosed(1, runtimes)
                        .mapToObj(k -> name + "-" + k)
                        .toList();
    }

    /** The blueprint for people to read, as the deployment of that id would carry it out. */
    Plan plan(String deployment, Optional<Endpoint> parent, Duration lease) {
        return plan(deployment, parent, lease, List.of());
    }

    /** @param obstacles why it cannot be carried out */
    Plan plan(String deployment, Optional<Endpoint> parent, Duration lease, List<Problem> obstacles) {
        return new Plan(
                descriptor.source(),
                descriptor.variables(),
                targets.stream()
                        .map(target -> new PlannedVirtualNode(
                                target.definition().name(),
                                target.readiness().expected(),
                                target.definition().currentJvm(),
                                target.jvms(),
                                target.services(),
                                servicesOn(target)))
                        .toList(),
                sources.stream()
                        .flatMap(source -> planned(deployment, source, parent, lease).stream())
                        .toList(),
                Steps.of(descriptor),
                descriptor.dialect(),
                descriptor.contract(),
                descriptor.notes(),
                obstacles);
    }

    /** What nodes of single sources get, where that is something else, by the name of the source. */
    private Map<String, List<ServiceUse>> servicesOn(Target target) {
        Map<String, List<ServiceUse>> others = new LinkedHashMap<>();
        sources.stream()
                .filter(source -> !(source instanceof Source.Lookup))
                .forEach(source -> source.shares().stream()
                        .filter(share ->
                                share.virtualNode().equals(target.definition().name()))
                        .filter(share -> !share.services().equals(target.services()))
                        .forEach(share -> others.put(source.name(), share.services())));
        return others;
    }

    private static Optional<PlannedLaunch> planned(
            String deployment, Source source, Optional<Endpoint> parent, Duration lease) {
        int shared = source.shares().stream().mapToInt(Share::nodes).sum();
        return switch (source) {
            case Source.Current current -> Optional.empty();
            case Source.Lookup lookup -> Optional.empty();
            case Source.Acquisition acquisition ->
                Optional.of(new PlannedLaunch(
                        acquisition.name(),
                        acquisition.protocolName(),
                        acquisition.runtimes().orElse(0),
                        source.shares().isEmpty() ? acquisition.jvm().nodes() : shared,
                        List.of(),
                        List.of()));
            case Source.Launch launch ->
                Optional.of(new PlannedLaunch(
                        launch.name(),
                        launch.protocolName(),
                        launch.runtimes().orElse(0),
                        source.shares().isEmpty() ? launch.jvm().nodes() : shared,
                        parent.filter(endpoint -> launch.perLaunch() > 0)
                                .map(endpoint -> launch.protocol()
                                        .command(new LaunchRequest(
                                                launch.element(),
                                                runtimeNames(deployment, launch).subList(0, launch.perLaunch()),
                                                endpoint,
                                                Collections.nCopies(launch.perLaunch(), NO_TOKEN),
                                                lease)))
                                .orElse(List.of()),
                        notes(launch)));
        };
    }

    private static List<String> notes(Source.Launch launch) {
        List<String> notes = new ArrayList<>();
        if (launch.jvm().runtimes() > 1) {
            notes.add("started " + launch.jvm().runtimes() + " times; shown is the first");
        }
        if (launch.element() instanceof Launch step) {
            notes.add(step.text());
        }
        return notes;
    }
}
