package org.actium.service.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.NodeListener;
import org.actium.runtime.api.Registration;
import org.actium.service.api.ServiceOffer;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalServiceException;
import org.actium.service.api.TechnicalServices;
import org.actium.service.core.SharedInstance.Key;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies technical services to the nodes of this runtime and remembers what is applied where.
 *
 * <p>Nodes of one group share an instance of each service; it is given back when the last of them has gone. What is
 * applied is removed, last first, when somebody asks, when the node is removed, and when the service itself goes: the
 * node lives on without it, and the log says so.
 *
 * <p>Threading: any thread may call any method. No service is called while the lock of the table is held.
 */
@Component(service = TechnicalServices.class, immediate = true)
public final class ServiceTable implements TechnicalServices, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceTable.class);

    private final ServiceCatalog catalog;
    private final ActiumRuntime runtime;
    private final Registration nodes;
    private final Registration services;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, SharedInstance> instances = new HashMap<>(); // guarded by lock
    private final Map<Node, List<SharedInstance>> applied = new LinkedHashMap<>(); // guarded by lock; oldest first

    @Activate
    public ServiceTable(
            BundleContext context, @Reference ServiceComponentRuntime components, @Reference ActiumRuntime runtime) {
        this(new RegistryCatalog(context, components), runtime);
    }

    public ServiceTable(ServiceCatalog catalog, ActiumRuntime runtime) {
        this.catalog = Objects.requireNonNull(catalog, "catalog");
        this.runtime = Objects.requireNonNull(runtime, "runtime");
        this.nodes = runtime.listen(new NodeListener() {
            @Override
            public void removed(Node node) {
                remove(node);
            }
        });
        this.services = catalog.whenGoing(this::withdraw);
    }

    @Override
    public List<ServiceOffer> offers() {
        return catalog.services().stream()
                .map(InstalledService::offer)
                .sorted(Comparator.comparing(ServiceOffer::id))
                .toList();
    }

    @Override
    public Optional<ServiceOffer> offer(String service) {
        return find(service).map(InstalledService::offer);
    }

    private Optional<InstalledService> find(String service) {
        return catalog.services().stream()
                .filter(installed -> installed.answersTo(service))
                .findFirst();
    }

    @Override
    public void apply(Node node, String group, List<ServiceUse> uses) {
        requireListed(node);
        Map<Key, InstalledService> found = new LinkedHashMap<>();
        uses.forEach(use -> found.put(new Key(group, use), required(node, use)));
        List<SharedInstance> done = new ArrayList<>();
        try {
            found.forEach((key, installed) ->
                    join(node, key, installed).ifPresent(instance -> done.add(applyTo(node, instance))));
            requireListed(node);
        } catch (TechnicalServiceException failed) {
            undo(node, done::contains);
            throw failed;
        }
    }

    private InstalledService required(Node node, ServiceUse use) {
        return find(use.service()).orElseThrow(() -> {
            String installed = offers().stream().map(ServiceOffer::id).collect(Collectors.joining(", "));
            return new TechnicalServiceException("node '" + node.name() + "': technical service '" + use.id()
                    + "' asks for '" + use.service() + "', which no bundle on runtime " + runtime.name()
                    + " provides; installed: " + (installed.isEmpty() ? "none" : installed));
        });
    }

    private void requireListed(Node node) {
        if (runtime.node(node.name()).filter(node::equals).isEmpty()) {
            throw new TechnicalServiceException("node '" + node.name()
                    + "': technical services cannot be applied, because runtime " + runtime.name()
                    + " has no such node (any more)");
        }
    }

    /** The instance for the node to use, counting it as a user; empty if the node uses it already. */
    private Optional<SharedInstance> join(Node node, Key key, InstalledService installed) {
        lock.lock();
        try {
            SharedInstance instance = instances.computeIfAbsent(key, k -> new SharedInstance(k, installed));
            if (applied.getOrDefault(node, List.of()).contains(instance)) {
                return Optional.empty();
            }
            instance.join();
            return Optional.of(instance);
        } finally {
            lock.unlock();
        }
    }

    private SharedInstance applyTo(Node node, SharedInstance instance) {
        try {
            instance.apply(node);
        } catch (RuntimeException | LinkageError failed) {
            leave(instance);
            throw new TechnicalServiceException(
                    "node '" + node.name() + "': technical service '"
                            + instance.key().use().id() + "' ("
                            + instance.installed().offer().implementation() + ") could not be applied: "
                            + (failed.getMessage() == null ? failed : failed.getMessage()),
                    failed);
        }
        if (!record(node, instance)) {
            remove(node, instance);
            leave(instance);
            throw new TechnicalServiceException("node '" + node.name() + "': technical service '"
                    + instance.key().use().id() + "' was withdrawn by its bundle while it was being applied");
        }
        return instance;
    }

    /** Notes that the node has it; false if the service is going and has been withdrawn. */
    private boolean record(Node node, SharedInstance instance) {
        lock.lock();
        try {
            boolean current = instances.get(instance.key()) == instance;
            if (current) {
                applied.computeIfAbsent(node, n -> new ArrayList<>()).add(instance);
            }
            return current;
        } finally {
            lock.unlock();
        }
    }

    private void leave(SharedInstance instance) {
        boolean last;
        lock.lock();
        try {
            last = instance.leave();
            if (last) {
                instances.remove(instance.key(), instance);
            }
        } finally {
            lock.unlock();
        }
        if (last) {
            close(instance);
        }
    }

    @Override
    public void remove(Node node) {
        undo(node, instance -> true);
    }

    /** Takes off the node what fits and is still on it, last first: each is taken off by one thread only. */
    private void undo(Node node, Predicate<SharedInstance> which) {
        List<SharedInstance> taken;
        lock.lock();
        try {
            List<SharedInstance> current = applied.getOrDefault(node, new ArrayList<>());
            taken = current.stream().filter(which).toList();
            current.removeAll(taken);
            if (current.isEmpty()) {
                applied.remove(node);
            }
        } finally {
            lock.unlock();
        }
        for (SharedInstance instance : taken.reversed()) {
            remove(node, instance);
            leave(instance);
        }
    }

    private void remove(Node node, SharedInstance instance) {
        try {
            instance.remove(node);
        } catch (RuntimeException | LinkageError failed) {
            LOG.warn(
                    "node {}: technical service '{}' could not be removed",
                    node.name(),
                    instance.key().use().id(),
                    failed);
        }
    }

    private void close(SharedInstance instance) {
        try {
            instance.close();
        } catch (RuntimeException gone) {
            LOG.debug(
                    "technical service '{}': its instance went with its bundle",
                    instance.key().use().id(),
                    gone);
        }
    }

    /** The service is going: takes it off every node while its instances still work. */
    private void withdraw(InstalledService going) {
        List<SharedInstance> orphans;
        List<Node> affected;
        lock.lock();
        try {
            orphans = instances.values().stream()
                    .filter(instance -> instance.installed().equals(going))
                    .toList();
            instances.values().removeAll(orphans);
            affected = applied.entrySet().stream()
                    .filter(entry -> entry.getValue().stream().anyMatch(orphans::contains))
                    .map(Map.Entry::getKey)
                    .toList();
        } finally {
            lock.unlock();
        }
        for (Node node : affected) {
            LOG.warn(
                    "node {}: technical service '{}' is no longer applied, its bundle {} withdraws it",
                    node.name(),
                    going.offer().id(),
                    going.offer().bundle());
            undo(node, orphans::contains);
        }
        orphans.forEach(this::close); // also one that is just being applied for the first time
    }

    /** Takes every service off every node. */
    @Override
    @Deactivate
    public void close() {
        nodes.close();
        services.close();
        List<Node> served;
        lock.lock();
        try {
            served = List.copyOf(applied.keySet());
        } finally {
            lock.unlock();
        }
        served.reversed().forEach(this::remove);
    }
}
