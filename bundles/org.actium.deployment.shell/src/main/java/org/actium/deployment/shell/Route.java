package org.actium.deployment.shell;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.model.JvmProcess;
import org.actium.deployment.model.Launch;
import org.actium.deployment.shell.api.Hop;
import org.actium.deployment.shell.api.HostStep;
import org.actium.deployment.shell.api.RemoteShell;
import org.actium.runtime.api.Endpoint;

/**
 * How one runtime is reached: over hops, from the outside to the inside.
 *
 * @param environment variables for it, each {@code NAME=VALUE}
 */
record Route(List<Hop> hops, List<String> environment, JvmProcess jvm) {

    Route {
        hops = List.copyOf(hops);
        environment = List.copyOf(environment);
    }

    /** Whether these shells carry all steps of the launch, down to the JVMs. */
    static boolean leads(DescriptorElement element, Collection<RemoteShell> shells) {
        return element instanceof Launch launch
                && shell(launch, shells).isPresent()
                && !launch.next().isEmpty()
                && (inner(launch) instanceof JvmProcess || leads(inner(launch), shells));
    }

    private static Optional<RemoteShell> shell(Launch step, Collection<RemoteShell> shells) {
        return shells.stream().filter(shell -> shell.carries(step)).findFirst();
    }

    /**
     * One for each runtime of the launch, in the order of its lists of hosts.
     *
     * @throws IllegalArgumentException saying what is wrong with the names of hosts
     */
    static List<Route> of(Launch launch, Collection<RemoteShell> shells) {
        var ways = new ArrayList<Route>();
        collect(launch, shells, new ArrayList<>(), new ArrayList<>(), ways);
        int runtimes = launch.runtimes().orElse(ways.size());
        if (ways.isEmpty() || runtimes % ways.size() != 0) {
            return ways;
        }
        int each = runtimes / ways.size(); // a host of a group may have several runtimes
        return ways.stream()
                .flatMap(way -> Collections.nCopies(each, way).stream())
                .toList();
    }

    private static void collect(
            Launch launch, Collection<RemoteShell> shells, List<Hop> before, List<String> variables, List<Route> ways) {
        RemoteShell shell = shell(launch, shells)
                .orElseThrow(() -> new IllegalArgumentException("no installed bundle goes through '"
                        + launch.elementName() + "' to other hosts"
                        + launch.bundle().map(bundle -> "; install " + bundle).orElse("")));
        var environment = new ArrayList<>(variables);
        environment.addAll(new HostStep(launch).environment());
        for (Hop hop : shell.hops(launch)) {
            var hops = new ArrayList<>(before);
            hops.add(hop);
            switch (inner(launch)) {
                case JvmProcess jvm -> ways.add(new Route(hops, environment, jvm));
                case Launch next -> collect(next, shells, hops, environment, ways);
                default ->
                    throw new IllegalArgumentException("'" + launch.elementName() + "' leads to '"
                            + inner(launch).elementName() + "', which is not started through a remote shell");
            }
        }
    }

    /** Of a gateway that leads to something behind it, that; a runtime on the gateway itself is not needed. */
    private static DescriptorElement inner(Launch launch) {
        return launch.next().getLast();
    }

    /** What to run here, to have the command run at the end. */
    List<String> command(List<String> there) {
        List<String> command = there;
        for (Hop hop : hops.reversed()) {
            command = hop.command(command);
        }
        return command;
    }

    /** Whether who is at its end can be given a way to what only this host reaches. */
    boolean forwards() {
        return hops.stream().allMatch(Hop::forwards);
    }

    /**
     * As {@link #command(List)}; if it forwards, the port of loopback leads from each host on the way to the endpoint, dialled
     * from here.
     */
    List<String> command(List<String> there, int port, Endpoint endpoint) {
        if (!forwards()) {
            return command(there);
        }
        List<String> command = there;
        for (int i = hops.size() - 1; i >= 0; i--) {
            command = hops.get(i).command(command, port, i == 0 ? endpoint : new Endpoint(Hop.LOOPBACK, port));
        }
        return command;
    }

    /** What leads there, for people: {@code ssh}; {@code ssh and rsh} for hops of both. */
    String shells() {
        return hops.stream().map(Hop::shell).distinct().collect(Collectors.joining(" and "));
    }

    /** For people: {@code ann@gate → node7}. */
    @Override
    public String toString() {
        return hops.stream().map(Hop::toString).collect(Collectors.joining(" → "));
    }
}
