package org.actium.deployment.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.actium.service.api.Combination;
import org.actium.service.api.ServiceOffer;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalServiceException;
import org.actium.service.api.TechnicalServices;

/** Technical services that only write down what is done with them. */
final class RecordingServices implements TechnicalServices {

    final List<String> log = new CopyOnWriteArrayList<>();
    final List<ServiceOffer> offers = new CopyOnWriteArrayList<>();
    volatile Function<List<ServiceUse>, List<Combination.Conflict>> rules = uses -> List.of();
    final Set<String> required = ConcurrentHashMap.newKeySet(); // ids that may not be removed
    volatile UnaryOperator<List<ServiceUse>> order = UnaryOperator.identity();
    final Map<String, String> stopped = new ConcurrentHashMap<>(); // bundles that would offer an id
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, Map<String, List<ServiceUse>>> withdrawn = new ConcurrentHashMap<>(); // by node and group
    private final AtomicLong changes = new AtomicLong();
    volatile Runnable whileApplying = () -> {};
    volatile Runnable afterApplying = () -> {};
    private final Map<String, CopyOnWriteArrayList<ServiceUse>> applied = new ConcurrentHashMap<>();
    final Set<String> groups = ConcurrentHashMap.newKeySet(); // for which something was applied
    private final ActiumRuntime runtime;

    RecordingServices(ActiumRuntime runtime) {
        this.runtime = runtime;
    }

    void install(String id) {
        offers.add(new ServiceOffer(id, "org.example." + id, "bundle." + id, "1.2.0"));
    }

    @Override
    public List<ServiceOffer> offers() {
        return List.copyOf(offers);
    }

    @Override
    public Optional<ServiceOffer> offer(String service) {
        return offers.stream().filter(offer -> offer.id().equals(service)).findFirst();
    }

    @Override
    public Optional<String> stopped(String service) {
        return Optional.ofNullable(stopped.get(service));
    }

    @Override
    public Registration changing() {
        return () -> {
            changes.incrementAndGet();
            tellChanged();
        };
    }

    @Override
    public Registration whenChanged(Runnable action) {
        listeners.add(action);
        return () -> listeners.remove(action);
    }

    private void tellChanged() {
        listeners.forEach(Runnable::run);
    }

    @Override
    public Set<String> groups(Node node) {
        return Set.copyOf(groups);
    }

    /** As if the bundle of the service were stopped, or started again. */
    void withdraw(Node node, String group, ServiceUse... uses) {
        withdrawn.put(node.name(), Map.of(group, List.of(uses)));
        tellChanged();
    }

    @Override
    public Map<String, List<ServiceUse>> withdrawn(Node node) {
        return withdrawn.getOrDefault(node.name(), Map.of());
    }

    @Override
    public long changes() {
        return changes.get();
    }

    @Override
    public boolean changedSince(long before) {
        return changes.get() > before;
    }

    @Override
    public void apply(Node node, String group, List<ServiceUse> services) {
        if (services.isEmpty()) {
            groups.add(group);
            return;
        }
        whileApplying.run();
        for (ServiceUse use : services) {
            if (offer(use.service()).isEmpty()) {
                throw new TechnicalServiceException("node '" + node.name() + "': nothing on " + runtime.name()
                        + " provides '" + use.service() + "'");
            }
            boolean fresh = applied.computeIfAbsent(node.name(), n -> new CopyOnWriteArrayList<>())
                    .addIfAbsent(use);
            if (fresh) { // whoever prepared the node and whoever changes its services may come at once
                groups.add(group);
                log.add(use.id() + " of " + group.replaceFirst("^\\p{XDigit}{32}/", "") + " applied to " + node.name()
                        + ", which is " + (runtime.node(node.name()).isPresent() ? "there" : "gone"));
            }
        }
        afterApplying.run();
    }

    @Override
    public Combination combine(List<ServiceUse> services) {
        List<Combination.Conflict> conflicts = rules.apply(services);
        return conflicts.isEmpty()
                ? new Combination.Ordered(order.apply(services))
                : new Combination.Refused(conflicts);
    }

    @Override
    public List<ServiceUse> applied(Node node) {
        return List.copyOf(applied.getOrDefault(node.name(), new CopyOnWriteArrayList<>()));
    }

    @Override
    public Set<String> groups(Node node, ServiceUse use) {
        return Set.copyOf(groups);
    }

    @Override
    public void remove(Node node, String use) {
        if (applied(node).stream().noneMatch(present -> present.id().equals(use))) {
            throw new TechnicalServiceException("node '" + node.name() + "' has no '" + use + "'");
        }
        if (required.contains(use)) {
            throw new TechnicalServiceException("node '" + node.name() + "': '" + use + "' is required");
        }
        applied.get(node.name()).removeIf(present -> present.id().equals(use));
        log.add(use + " removed from " + node.name());
    }

    @Override
    public void remove(Node node) {
        log.add("removed from " + node.name() + ", which is "
                + (runtime.node(node.name()).isPresent() ? "there" : "gone"));
    }
}
