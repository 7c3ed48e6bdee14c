package org.actium.deployment.shell;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import org.actium.deployment.shell.api.RemoteShell;
import org.actium.deployment.shell.api.ShellClient;
import org.actium.deployment.shell.api.SystemProcesses;
import org.actium.deployment.spi.DeploymentProtocol;
import org.actium.runtime.spi.Threads;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Offers a protocol for each remote shell there is, as long as it is there. Each leads on through all the others. */
@Component(service = Shells.class, immediate = true)
public final class Shells {

    /** Framework property: whether hosts without Java get one. */
    static final String PUSH_JAVA = "actium.push.java";

    private final BundleContext context;
    private final Threads threads;
    private final Optional<Path> home;
    private final Optional<Path> java;
    private final Clients clients;
    private final Path archives;
    private final IntSupplier forwardedPorts = new ForwardedPorts(new SecureRandom());
    private final Collection<RemoteShell> shells = new CopyOnWriteArrayList<>();
    private final Map<RemoteShell, Offer> offers = new ConcurrentHashMap<>();

    private record Offer(RemoteLauncher launcher, ServiceRegistration<DeploymentProtocol> registration) {}

    @Activate
    public Shells(BundleContext context, @Reference Threads threads) {
        this.context = context;
        this.threads = threads;
        this.home = Optional.ofNullable(context.getProperty("actium.home")).map(Path::of);
        this.clients = new Clients(
                new CopyOnWriteArrayList<>(),
                home,
                Optional.ofNullable(context.getProperty(Clients.PROPERTY)),
                new SystemProcesses());
        this.java = Boolean.parseBoolean(context.getProperty(PUSH_JAVA))
                ? Optional.of(Path.of(System.getProperty("java.home")))
                : Optional.empty();
        // below the storage of the framework: what a killed container leaves there, the next one deletes
        this.archives = context.getDataFile("archives").toPath();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addClient(ShellClient client) {
        clients.installed().add(client);
    }

    public void removeClient(ShellClient client) {
        clients.installed().remove(client);
    }

    /** Who runs what leads to other hosts. */
    Clients clients() {
        return clients;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addShell(RemoteShell shell) {
        shells.add(shell);
        var launcher = new RemoteLauncher(
                shell,
                shells,
                home,
                java,
                archives,
                clients,
                threads,
                RemoteLauncher::addressesOfThisHost,
                forwardedPorts);
        var properties = new Hashtable<>(Map.of(DeploymentProtocol.NAME, shell.name()));
        offers.put(shell, new Offer(launcher, context.registerService(DeploymentProtocol.class, launcher, properties)));
    }

    public void removeShell(RemoteShell shell) {
        shells.remove(shell);
        Optional.ofNullable(offers.remove(shell)).ifPresent(Shells::withdraw);
    }

    /** All there are, also those that come later. */
    Collection<RemoteShell> all() {
        return shells;
    }

    @Deactivate
    public void close() {
        offers.keySet().forEach(this::removeShell);
    }

    private static void withdraw(Offer offer) {
        offer.registration.unregister();
        offer.launcher.close();
    }
}
