package org.actium.deployment.shell;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.model.JvmProcess;
import org.actium.deployment.model.Launch;
import org.actium.deployment.shell.api.BootRequest;
import org.actium.deployment.shell.api.Hop;
import org.actium.deployment.shell.api.NodeOptions;
import org.actium.deployment.shell.api.ProtocolRules;
import org.actium.deployment.shell.api.RemoteScripts;
import org.actium.deployment.shell.api.RemoteScripts.Cargo;
import org.actium.deployment.shell.api.RemoteShell;
import org.actium.deployment.spi.DeploymentProtocol;
import org.actium.deployment.spi.Job;
import org.actium.deployment.spi.LaunchRejectedException;
import org.actium.deployment.spi.LaunchRequest;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.spi.Threads;

/**
 * Starts what begins with a hop of one shell, wherever it goes on to: each runtime with one program of this host, which runs
 * as long as the runtime does. A host that lacks the runtime gets it first.
 */
public final class RemoteLauncher implements DeploymentProtocol, AutoCloseable {

    /** New runtimes are dialled by others, too, so they listen where these reach them. */
    private static final String EVERYWHERE = "0.0.0.0:0";

    /** With which a descriptor says otherwise. */
    private static final String LISTEN = "-Dactium.listen=";

    private static final int MOST_ADDRESSES = 4;

    /** How long a runtime on another host lives on without its parent, at least: lines are cut for longer than buses. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    private final RemoteShell first;
    private final Collection<RemoteShell> shells;
    private final Optional<Path> home;
    private final Map<Integer, Cargo> remedies;
    private final Depot depot;
    private final Clients clients;
    private final Threads threads;
    private final Supplier<List<String>> ownAddresses;
    private final IntSupplier forwardedPorts;

    /**
     * @param first the shell of the first hop
     * @param shells all there are, also those that come later
     * @param home directory of the distribution that is brought to other hosts
     * @param java directory of the JDK from which hosts without Java get one; empty if they do not
     * @param archives directory for the archives that are sent, which are deleted when this is closed: one that also goes
     *     away if this runtime is killed
     * @param ownAddresses where this host may be reached from others
     * @param forwardedPorts draws a port of loopback on other hosts, which shells that can lead from there to this runtime:
     *     one for each runtime, which would lose its way with another one that has the port, and not get any where that
     *     of one that has ended is not free yet
     */
    public RemoteLauncher(
            RemoteShell first,
            Collection<RemoteShell> shells,
            Optional<Path> home,
            Optional<Path> java,
            Path archives,
            Clients clients,
            Threads threads,
            Supplier<List<String>> ownAddresses,
            IntSupplier forwardedPorts) {
        this.first = first;
        this.shells = shells;
        this.home = home;
        this.remedies = java.isPresent()
                ? Map.of(RemoteScripts.LACKS_RUNTIME, Cargo.RUNTIME, RemoteScripts.LACKS_JAVA, Cargo.JAVA)
                : Map.of(RemoteScripts.LACKS_RUNTIME, Cargo.RUNTIME);
        this.clients = clients;
        this.threads = threads;
        this.ownAddresses = ownAddresses;
        this.forwardedPorts = forwardedPorts;
        this.depot = new Depot(home.orElse(Path.of("${actium.home}")), java, archives, clients, threads);
    }

    @Override
    public boolean starts(DescriptorElement element) {
        return element instanceof Launch launch && first.carries(launch) && Route.leads(element, shells);
    }

    @Override
    public int runtimes(DescriptorElement element) {
        return Route.of((Launch) element, shells).size();
    }

    /** The way to each of its runtimes, for people: {@code ann@gate → node7}. */
    public List<String> routes(DescriptorElement element) {
        return Route.of((Launch) element, shells).stream().map(Route::toString).toList();
    }

    /** The command for the first runtime, with the name of the script instead of its text. */
    @Override
    public List<String> command(LaunchRequest request) {
        Route route = Route.of((Launch) request.element(), shells).getFirst();
        var there = new ArrayList<>(start(route));
        there.set(there.indexOf("-c") + 1, "<start.sh>");
        return route.command(there, forwardedPorts.getAsInt(), request.parent());
    }

    @Override
    public Job launch(LaunchRequest request) {
        if (home.isEmpty()) {
            throw new LaunchRejectedException("the framework property actium.home is not set, so there is no runtime "
                    + "to bring to other hosts; set it to the directory of a distribution");
        }
        String parents = parents(request.parent());
        request.leaseHolder().ifPresent(RemoteLauncher::requireReachable);
        var job = new RemoteJob(threads);
        List<RemoteRuntime> runtimes = new ArrayList<>();
        try {
            List<Route> routes = Route.of((Launch) request.element(), shells);
            routes.forEach(this::requireAllowed);
            for (int i = 0; i < routes.size(); i++) {
                Route route = routes.get(i);
                if (request.leaseHolder().isPresent()) {
                    requireEndThatShows(route);
                }
                String name = request.runtimeNames().get(i);
                int port = forwardedPorts.getAsInt();
                BootRequest boot = new BootRequest(request, i)
                        .with("parent", route.forwards() ? parents + "," + forwarded(port) : parents)
                        .with("listen", listen(route.jvm()))
                        .with("lease", lease(request.lease()));
                runtimes.add(new RemoteRuntime(
                        name,
                        route,
                        route.command(start(route), port, request.parent()),
                        boot,
                        clients.starting(route.hops().getFirst()),
                        threads,
                        depot::deliver,
                        remedies,
                        reason -> job.ended(name, reason)));
            }
        } catch (IllegalArgumentException wrong) {
            throw new LaunchRejectedException(wrong.getMessage(), wrong);
        }
        runtimes.forEach(job::add);
        try {
            runtimes.forEach(RemoteRuntime::start);
        } catch (LaunchRejectedException noClient) {
            job.close();
            throw noClient;
        }
        return job;
    }

    private void requireAllowed(Route route) {
        for (Hop hop : route.hops()) {
            if (shells.stream()
                    .anyMatch(shell -> shell.insecure() && shell.name().equals(hop.shell()))) {
                new ProtocolRules(home.orElseThrow()).require(hop.shell());
            }
        }
    }

    /** The last resort of a runtime that reaches no address of this one. */
    private static Endpoint forwarded(int port) {
        return new Endpoint(Hop.LOOPBACK, port);
    }

    private static String listen(JvmProcess jvm) {
        return jvm.jvmParameters().stream()
                .filter(parameter -> parameter.startsWith(LISTEN))
                .map(parameter -> parameter.substring(LISTEN.length()))
                .reduce(EVERYWHERE, (earlier, later) -> later);
    }

    private static String lease(Duration ofParent) {
        return Long.toString(Math.max(LEASE.toSeconds(), ofParent.toSeconds()));
    }

    private List<String> start(Route route) {
        List<String> asked = route.jvm().jvmParameters();
        var options = new ArrayList<String>();
        home.ifPresent(directory -> options.addAll(NodeOptions.besides(asked, directory)));
        options.addAll(asked);
        String digest = home.isPresent() ? depot.digest() : "<digest>";
        var environment = new ArrayList<>(route.environment());
        depot.javaDigest().ifPresent(image -> environment.add(RemoteScripts.JAVA_IMAGE + "=" + image));
        List<String> start = RemoteScripts.start(digest, route.jvm().javaPath(), environment, options);
        return route.jvm().lowPriority()
                ? Stream.concat(JvmProcess.LOW_PRIORITY.stream(), start.stream())
                        .toList()
                : start;
    }

    /** Where this runtime may be dialled, the likeliest first: the new one tries them in turn. */
    private String parents(Endpoint parent) {
        if (isLoopback(parent.host())) {
            throw new LaunchRejectedException("this runtime listens at " + parent
                    + " only, where other hosts do not reach it; listen at an address of this host: actium start "
                    + "--listen <address>:<port>, or the framework property actium.listen");
        }
        Set<String> all = new LinkedHashSet<>(List.of(parent.toString()));
        ownAddresses.get().stream()
                .limit(MOST_ADDRESSES)
                .map(address -> new Endpoint(parent.transport(), address, parent.port()).toString())
                .forEach(all::add);
        return String.join(",", all);
    }

    private static void requireReachable(Endpoint holder) {
        if (isLoopback(holder.host())) {
            throw new LaunchRejectedException("the runtime at " + holder + " cannot hold the lease of runtimes on other"
                    + " hosts, which do not reach it there; have it listen at an address of its host, and name that in"
                    + " 'leaseHolder'");
        }
    }

    /** Over lines of text the end of this runtime cannot be told from a wish to end the other one. */
    private static void requireEndThatShows(Route route) {
        route.hops().stream().filter(Hop::textOnly).findFirst().ifPresent(hop -> {
            throw new LaunchRejectedException("what is started by " + hop.shell() + " on " + hop
                    + " ends with this runtime, so no other one can hold its lease; go there by ssh or rsh, or leave out"
                    + " 'leaseHolder'");
        });
    }

    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException elsewhere) {
            return false;
        }
    }

    static List<String> addressesOfThisHost() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress()
                            && !address.isLinkLocalAddress()
                            && address.getAddress().length == 4)
                    .map(InetAddress::getHostAddress)
                    .toList();
        } catch (SocketException none) {
            return List.of();
        }
    }

    @Override
    public void close() {
        depot.close();
    }
}
