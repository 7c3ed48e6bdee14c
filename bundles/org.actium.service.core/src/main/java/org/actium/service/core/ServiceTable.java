package org.actium.service.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actium.object.api.ActiveObjects;
import org.actium.object.api.BodyId;
import org.actium.object.spi.InterceptorSource;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.ObjectHandles;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.NodeListener;
import org.actium.runtime.api.Registration;
import org.actium.service.api.Combination;
import org.actium.service.api.ServiceOffer;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalServiceException;
import org.actium.service.api.TechnicalServices;
import org.actium.service.core.Combiner.Candidate;
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
 * node lives on without it, and the log says so. If the service comes back, as after an update of its bundle, it is
 * applied again.
 *
 * <p>Threading: any thread may call any method. No service is called while the lock of the table is held.
 */
@Component(
        service = {TechnicalServices.class, InterceptorSource.class},
        immediate = true)
public final class ServiceTable implements TechnicalServices, InterceptorSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceTable.class);

    private final ServiceCatalog catalog;
    private final Changes changes = new Changes();
    private final ActiumRuntime runtime;
    private final Watches watches;
    private final List<Registration> registrations;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, SharedInstance> instances = new HashMap<>(); // guarded by lock
    private final Map<Node, List<Applied>> applied = new LinkedHashMap<>(); // guarded by lock; by place
    private final Map<Node, List<Key>> withdrawn = new LinkedHashMap<>(); // guarded by lock; may come back
    private final Map<Node, Map<Key, Long>> places = new HashMap<>(); // guarded by lock; also of what may come back
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Map<Node, TreeSet<String>> groups = new HashMap<>(); // guarded by lock
    private final AtomicLong lastPlace = new AtomicLong();
    private final AtomicInteger restores =
            new AtomicInteger(); // asked for since somebody began; 0 while nobody does it
    private final NodeInterceptors interceptors = new NodeInterceptors();
    private final Map<Node, PropertyLayers> properties = new ConcurrentHashMap<>();

    @Activate
    public ServiceTable(
            BundleContext context,
            @Reference ServiceComponentRuntime components,
            @Reference ActiumRuntime runtime,
            @Reference ActiveObjects objects,
            @Reference ObjectHandles handles) {
        this(new RegistryCatalog(context, components), runtime, PresentObjects.of(objects, handles));
    }

    /** Of a runtime where nobody watches active objects. */
    public ServiceTable(ServiceCatalog catalog, ActiumRuntime runtime) {
        this(catalog, runtime, PresentObjects.NONE);
    }

    /** Outside of a framework: to be given to the object space as a source of interceptors. */
    public ServiceTable(ServiceCatalog catalog, ActiumRuntime runtime, ActiveObjects objects, ObjectHandles handles) {
        this(catalog, runtime, PresentObjects.of(objects, handles));
    }

    private ServiceTable(ServiceCatalog catalog, ActiumRuntime runtime, PresentObjects objects) {
        this.catalog = Objects.requireNonNull(catalog, "catalog");
        this.runtime = Objects.requireNonNull(runtime, "runtime");
        this.watches = new Watches(objects);
        this.registrations = List.of(
                runtime.listen(new NodeListener() {
                    @Override
                    public void removed(Node node) {
                        gone(node);
                    }
                }),
                catalog.whenGoing(this::withdraw),
                catalog.whenComing(this::restore),
                objects.listen(watches));
    }

    // ---- what is installed

    @Override
    public List<ServiceOffer> offers() {
        return catalog.services().stream()
                .map(InstalledService::offer)
                .sorted(Comparator.comparing(ServiceOffer::id))
                .toList();
    }

    @Override
    public Optional<String> stopped(String service) {
        return catalog.stopped(service);
    }

    @Override
    public Registration changing() {
        Registration change = changes.begin();
        return () -> {
            change.close();
            tellChanged();
        };
    }

    @Override
    public Registration whenChanged(Runnable action) {
        listeners.add(action);
        return () -> listeners.remove(action);
    }

    /** Whoever ends the last change tells what happened during it. */
    private void tellChanged() {
        if (changes.areUnderWay()) {
            return;
        }
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException failed) {
                LOG.error("a listener to changes of technical services failed", failed);
            }
        }
    }

    @Override
    public long changes() {
        return changes.ended();
    }

    @Override
    public boolean changedSince(long before) {
        return changes.endedSince(before);
    }

    @Override
    public Optional<ServiceOffer> offer(String service) {
        long before = changes.ended();
        Optional<InstalledService> found = find(service);
        while (found.isEmpty() && changes.endedSince(before)) {
            before = changes.ended();
            found = find(service);
        }
        return found.map(InstalledService::offer);
    }

    private Optional<InstalledService> find(String service) {
        return catalog.services().stream()
                .filter(installed -> installed.answersTo(service))
                .findFirst();
    }

    @Override
    public Combination combine(List<ServiceUse> services) {
        return Combiner.combine(services.stream()
                .map(use -> new Candidate(
                        use,
                        offer(use.service()).orElseGet(() -> new ServiceOffer(use.service(), use.service(), "", ""))))
                .toList());
    }

    // ---- the messages of active objects

    @Override
    public Optional<MessageInterceptor> interceptorFor(BodyId body, Class<?> type, Node node) {
        watches.began(node, body, type);
        return Optional.empty();
    }

    @Override
    public List<MessageInterceptor> interceptorsOn(Node node) {
        return interceptors.on(node);
    }

    @Override
    public Registration whenChanged(Consumer<Node> action) {
        return interceptors.whenChanged(action);
    }

    /**
     * From here on messages pass the interceptors of what is applied to the node now, and properties cover each other, in
     * the order in which it goes together: as on a node that got all of it at once.
     */
    private void publish(Node node) {
        lock.lock();
        try {
            List<NodeContributions> ordered = Together.inOrder(applied.getOrDefault(node, List.of())).stream()
                    .map(Applied::contributions)
                    .toList();
            interceptors.set(
                    node,
                    ordered.stream()
                            .flatMap(contributions -> contributions.interceptors().stream())
                            .toList());
            Optional.ofNullable(properties.get(node)).ifPresent(layers -> layers.arrange(ordered));
        } finally {
            lock.unlock();
        }
        interceptors.tell(node); // also if somebody else set the same, who may not have told it yet
    }

    // ---- applying

    @Override
    public void apply(Node node, String group, List<ServiceUse> uses) {
        long before = changes.ended();
        Optional<TechnicalServiceException> failure = attempt(node, group, uses);
        while (failure.isPresent() && changes.endedSince(before)) { // one may have been missing because of it
            before = changes.ended();
            failure = attempt(node, group, uses);
        }
        failure.ifPresent(failed -> {
            throw failed;
        });
    }

    private Optional<TechnicalServiceException> attempt(Node node, String group, List<ServiceUse> uses) {
        try {
            applyAll(node, group, uses);
            return Optional.empty();
        } catch (TechnicalServiceException failed) {
            return Optional.of(failed);
        }
    }

    /** @return whether the node had not all of them */
    private boolean applyAll(Node node, String group, List<ServiceUse> uses) {
        requireListed(node);
        join(node, group);
        List<Applied> present = appliedTo(node);
        Map<Key, InstalledService> found = new LinkedHashMap<>();
        for (ServiceUse use : uses) {
            Key key = new Key(group, use);
            if (present.stream().noneMatch(one -> one.instance().key().equals(key))) {
                Together.requireNewId(node, use, present, found.keySet());
                found.put(key, required(node, use));
            }
        }
        List<Applied> done = new ArrayList<>();
        try {
            List<ServiceUse> order = Together.ordered(node, present, found);
            Map<Key, Long> given =
                    new HashMap<>(); // not in that order: whoever comes later is sorted in with all of them
            found.keySet().forEach(key -> given.put(key, place(node, key)));
            for (ServiceUse use : order) {
                Key key = new Key(group, use);
                if (found.containsKey(key)) {
                    join(node, key, found.get(key))
                            .ifPresent(instance -> done.add(applyTo(node, instance, given.get(key))));
                }
            }
            requireListed(node);
            publish(node);
        } catch (RuntimeException | LinkageError failed) {
            undoStill(node, done);
            forgetUnlessListed(node);
            throw failed instanceof TechnicalServiceException told ? told : unusable(node, done, failed);
        }
        forgetUnlessListed(node);
        return !done.isEmpty();
    }

    private static TechnicalServiceException unusable(Node node, List<Applied> services, Throwable failure) {
        return new TechnicalServiceException(
                "node '" + node.name() + "': the technical services "
                        + services.stream().map(one -> one.use().id()).collect(Collectors.joining(", "))
                        + " were applied, but an interceptor of theirs cannot be used, and they are removed again: "
                        + failure,
                failure);
    }

    private InstalledService required(Node node, ServiceUse use) {
        return find(use.service()).orElseThrow(() -> {
            String installed = offers().stream().map(ServiceOffer::id).collect(Collectors.joining(", "));
            return new TechnicalServiceException("node '" + node.name() + "': technical service '" + use.id()
                    + "' asks for '" + use.service() + "', which no bundle on runtime " + runtime.name()
                    + " provides; installed: " + (installed.isEmpty() ? "none" : installed));
        });
    }

    private boolean isListed(Node node) {
        return runtime.node(node.name()).filter(node::equals).isPresent();
    }

    private void requireListed(Node node) {
        if (!isListed(node)) {
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
            if (applied.getOrDefault(node, List.of()).stream().anyMatch(one -> one.instance() == instance)) {
                return Optional.empty();
            }
            instance.join();
            return Optional.of(instance);
        } finally {
            lock.unlock();
        }
    }

    private Applied applyTo(Node node, SharedInstance instance, long place) {
        NodeContributions contributions =
                new NodeContributions(node, properties.computeIfAbsent(node, PropertyLayers::new), place, watches);
        Applied applying = new Applied(instance, contributions);
        try {
            instance.apply(node, contributions);
            contributions.complete();
        } catch (RuntimeException | LinkageError failed) {
            contributions.undo();
            leave(instance);
            throw new TechnicalServiceException(
                    "node '" + node.name() + "': technical service '"
                            + instance.key().use().id() + "' ("
                            + instance.installed().offer().implementation() + ") could not be applied: "
                            + (failed.getMessage() == null ? failed : failed.getMessage()),
                    failed);
        }
        Optional<String> obstacle = record(node, applying).or(() -> departure(node, applying));
        if (obstacle.isPresent()) {
            remove(node, applying);
            leave(instance);
            throw new TechnicalServiceException("node '" + node.name() + "': technical service '"
                    + instance.key().use().id() + "' " + obstacle.get());
        }
        return applying;
    }

    /** Notes that the node has it. @return why it cannot be left there, as the end of a sentence */
    private Optional<String> record(Node node, Applied applying) {
        lock.lock();
        try {
            if (instances.get(applying.instance().key()) != applying.instance()) {
                return Optional.of("was withdrawn by its bundle while it was being applied");
            }
            List<Applied> all = applied.computeIfAbsent(node, n -> new ArrayList<>());
            List<Candidate> together = Stream.concat(all.stream(), Stream.of(applying))
                    .map(Applied::candidate)
                    .toList();
            if (all.stream()
                            .anyMatch(
                                    one -> one.use().id().equals(applying.use().id()))
                    || Combiner.combine(together) instanceof Combination.Refused refused
                            && refused.conflicts().stream()
                                    .anyMatch(conflict -> conflict.services().contains(applying.use()))) {
                return Optional.of("does not go together with what was applied at the same time");
            }
            put(node, applying, all);
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** One that comes back gets its place again. */
    private long place(Node node, Key key) {
        lock.lock();
        try {
            return Optional.ofNullable(places.getOrDefault(node, Map.of()).get(key))
                    .orElseGet(lastPlace::incrementAndGet);
        } finally {
            lock.unlock();
        }
    }

    /** The caller holds the lock. */
    private void put(Node node, Applied applying, List<Applied> all) {
        long place = applying.contributions().rank();
        places.computeIfAbsent(node, n -> new HashMap<>())
                .put(applying.instance().key(), place);
        int at = 0;
        while (at < all.size() && all.get(at).contributions().rank() < place) {
            at++;
        }
        all.add(at, applying);
    }

    /** Only what is applied or may come back keeps its place. The caller holds the lock. */
    private void vacate(Node node) {
        Map<Key, Long> order = places.getOrDefault(node, new HashMap<>());
        List<Key> waiting = withdrawn.getOrDefault(node, List.of());
        List<Applied> present = applied.getOrDefault(node, List.of());
        order.keySet()
                .removeIf(key -> !waiting.contains(key)
                        && present.stream()
                                .noneMatch(one -> one.instance().key().equals(key)));
        if (order.isEmpty()) {
            places.remove(node);
        }
    }

    /**
     * Whoever withdraws a service after this finds that the node has it. If it went before that was noted, and after it
     * was looked up, nobody else would take it off. @return as {@link #record}
     */
    private Optional<String> departure(Node node, Applied applying) {
        if (catalog.services().contains(applying.instance().installed())) {
            return Optional.empty();
        }
        lock.lock();
        try {
            if (!appliedTo(node).contains(applying)) {
                return Optional.empty(); // it is taken off by whoever withdraws it
            }
            forget(node, List.of(applying));
        } finally {
            lock.unlock();
        }
        publish(node); // somebody else may have, with this one
        return Optional.of("was withdrawn by its bundle while it was being applied");
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

    // ---- removing

    @Override
    public List<ServiceUse> applied(Node node) {
        return Together.inOrder(appliedTo(node)).stream().map(Applied::use).toList();
    }

    @Override
    public Set<String> groups(Node node, ServiceUse use) {
        lock.lock();
        try {
            return places.getOrDefault(node, Map.of()).keySet().stream()
                    .filter(key -> key.use().equals(use))
                    .map(Key::group)
                    .collect(Collectors.toSet());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Map<String, List<ServiceUse>> withdrawn(Node node) {
        lock.lock();
        try {
            Map<String, List<ServiceUse>> lacking = new TreeMap<>();
            withdrawn
                    .getOrDefault(node, List.of())
                    .forEach(key -> lacking.computeIfAbsent(key.group(), _ -> new ArrayList<>())
                            .add(key.use()));
            return lacking;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Set<String> groups(Node node) {
        lock.lock();
        try {
            return new TreeSet<>(groups.getOrDefault(node, new TreeSet<>()));
        } finally {
            lock.unlock();
        }
    }

    private void join(Node node, String group) {
        lock.lock();
        try {
            groups.computeIfAbsent(node, _ -> new TreeSet<>()).add(group);
        } finally {
            lock.unlock();
        }
    }

    private List<Applied> appliedTo(Node node) {
        lock.lock();
        try {
            return List.copyOf(applied.getOrDefault(node, List.of()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void remove(Node node, String use) {
        List<Applied> leaving;
        boolean lacked;
        lock.lock();
        try {
            List<Applied> present = Together.inOrder(appliedTo(node));
            leaving = present.stream().filter(one -> one.use().id().equals(use)).toList();
            if (!leaving.isEmpty()) {
                Together.requireDispensable(
                        node,
                        use,
                        present.stream().filter(one -> !leaving.contains(one)).toList());
            }
            boolean waited = forgetWithdrawn(node, key -> key.use().id().equals(use));
            if (leaving.isEmpty() && !waited) {
                throw new TechnicalServiceException("node '" + node.name() + "' has no technical service '" + use
                        + "'; it has "
                        + (present.isEmpty()
                                ? "none"
                                : present.stream().map(one -> one.use().id()).collect(Collectors.joining(", "))));
            }
            forget(node, leaving);
            lacked = waited;
        } finally {
            lock.unlock();
        }
        undo(node, leaving);
        if (lacked) {
            tellChanged();
        }
    }

    @Override
    public void remove(Node node) {
        forgetWithdrawn(node, key -> true);
        undo(node, one -> true);
    }

    /** Nobody applies it again if it comes back. @return whether somebody would have */
    private boolean forgetWithdrawn(Node node, Predicate<Key> which) {
        lock.lock();
        try {
            List<Key> keys = withdrawn.getOrDefault(node, new ArrayList<>());
            boolean any = keys.removeIf(which);
            if (keys.isEmpty()) {
                withdrawn.remove(node);
            }
            vacate(node);
            return any;
        } finally {
            lock.unlock();
        }
    }

    private void gone(Node node) {
        watches.leaving(node);
        remove(node);
        forget(node);
    }

    /** To be called after something is noted about a node: it may have gone before, when nobody forgets it any more. */
    private void forgetUnlessListed(Node node) {
        if (!isListed(node)) {
            forget(node);
        }
    }

    private void forget(Node node) {
        forgetWithdrawn(node, key -> true);
        lock.lock();
        try {
            groups.remove(node);
        } finally {
            lock.unlock();
        }
        interceptors.forget(node);
        properties.remove(node);
    }

    /** Takes off the node what fits and is still on it, last first: each is taken off by one thread only. */
    private void undo(Node node, Predicate<Applied> which) {
        List<Applied> taken;
        lock.lock();
        try {
            taken = Together.inOrder(appliedTo(node)).stream().filter(which).toList();
            forget(node, taken);
        } finally {
            lock.unlock();
        }
        undo(node, taken);
    }

    /** What of this is still on the node. @param done in order of application */
    private void undoStill(Node node, List<Applied> done) {
        List<Applied> taken;
        lock.lock();
        try {
            taken = done.stream().filter(appliedTo(node)::contains).toList();
            forget(node, taken);
        } finally {
            lock.unlock();
        }
        undo(node, taken);
    }

    /** The caller holds the lock, and undoes them after it. */
    private void forget(Node node, List<Applied> taken) {
        List<Applied> current = applied.getOrDefault(node, new ArrayList<>());
        current.removeAll(taken);
        if (current.isEmpty()) {
            applied.remove(node);
        }
        vacate(node);
    }

    private void undo(Node node, List<Applied> taken) {
        if (!taken.isEmpty()) {
            publish(node);
        }
        for (Applied one : taken.reversed()) {
            remove(node, one);
            leave(one.instance());
        }
    }

    private void remove(Node node, Applied one) {
        try {
            one.instance().remove(node);
        } catch (RuntimeException | LinkageError failed) {
            LOG.warn(
                    "node {}: technical service '{}' could not be removed",
                    node.name(),
                    one.use().id(),
                    failed);
        }
        one.contributions().undo();
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

    // ---- services that go and come

    /** The service is going: takes it off every node, with what requires it, while its instances still work. */
    private void withdraw(InstalledService going) {
        List<SharedInstance> orphans;
        Map<Node, List<Applied>> taken = new LinkedHashMap<>();
        lock.lock();
        try {
            orphans = instances.values().stream()
                    .filter(instance -> instance.installed().equals(going))
                    .toList();
            instances.values().removeAll(orphans);
            for (Node node : List.copyOf(applied.keySet())) {
                List<Applied> leaving = Together.leaving(appliedTo(node), orphans);
                if (!leaving.isEmpty()) {
                    List<Key> waiting = withdrawn.computeIfAbsent(node, n -> new ArrayList<>());
                    leaving.forEach(one -> waiting.add(one.instance().key()));
                    forget(node, leaving);
                    taken.put(node, leaving);
                }
            }
        } finally {
            lock.unlock();
        }
        taken.forEach((node, leaving) -> {
            LOG.warn(
                    "node {}: no longer applied are the technical services {}, because bundle {} withdraws '{}'",
                    node.name(),
                    leaving.stream().map(one -> one.use().id()).toList(),
                    going.offer().bundle(),
                    going.offer().id());
            undo(node, leaving);
        });
        taken.keySet().forEach(this::forgetUnlessListed);
        orphans.forEach(this::close); // also one that is just being applied for the first time
        restore(); // another bundle may provide it
    }

    /**
     * A service has come, or one has gone in whose place there is another: whatever was withdrawn is applied again where
     * it can be, however often one needs another.
     */
    private void restore() {
        if (restores.getAndIncrement() > 0) {
            return; // whoever does it already, maybe further out in this thread, looks again
        }
        int seen;
        do {
            seen = restores.get();
            try {
                boolean lacked = !returns().isEmpty();
                restoreAll();
                if (lacked) {
                    tellChanged();
                }
            } catch (RuntimeException | Error failed) { // whoever came meanwhile counts on another look
                LOG.error("runtime {} cannot apply again what was withdrawn", runtime.name(), failed);
            }
        } while (!restores.compareAndSet(seen, 0));
    }

    private void restoreAll() {
        boolean progress = true;
        while (progress) {
            progress = false;
            for (Return back : returns()) {
                progress |= restore(back);
            }
        }
    }

    private record Return(Node node, Key key) {}

    private List<Return> returns() {
        lock.lock();
        try {
            return withdrawn.entrySet().stream()
                    .flatMap(entry -> entry.getValue().stream().map(key -> new Return(entry.getKey(), key)))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private boolean restore(Return back) {
        ServiceUse use = back.key().use();
        Optional<InstalledService> found = find(use.service());
        if (found.isEmpty() || lacks(back.node(), new Candidate(use, found.get().offer()))) {
            return false;
        }
        boolean missing;
        try {
            missing = applyAll(back.node(), back.key().group(), List.of(use)); // does not wait: who changes calls this
        } catch (TechnicalServiceException failed) {
            LOG.warn("technical service '{}' is back, but {}", use.id(), failed.getMessage());
            return false;
        }
        if (!forgetWithdrawn(back.node(), back.key()::equals) && missing) {
            undo(back.node(), one -> one.instance().key().equals(back.key())); // removed meanwhile
            return false;
        }
        if (missing) {
            LOG.info(
                    "node {}: technical service '{}' is back and applied again",
                    back.node().name(),
                    use.id());
        }
        return missing;
    }

    private boolean lacks(Node node, Candidate candidate) {
        return Together.lacks(appliedTo(node), candidate);
    }

    /** Takes every service off every node. */
    @Override
    @Deactivate
    public void close() {
        registrations.forEach(Registration::close);
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
