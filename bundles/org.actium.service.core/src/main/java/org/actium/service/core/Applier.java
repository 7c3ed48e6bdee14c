package org.actium.service.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.actium.runtime.api.Node;
import org.actium.service.api.ServiceOffer;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalServiceException;
import org.actium.service.core.SharedInstance.Key;

/** Applies technical services to nodes: all that are asked for, in the order in which they go together, or none. */
final class Applier {

    private final ListedNodes nodes;
    private final InstalledServices installed;
    private final Changes changes;
    private final NodeServices services;
    private final Arrangement arrangement;
    private final Remover remover;

    Applier(
            ListedNodes nodes,
            InstalledServices installed,
            Changes changes,
            NodeServices services,
            Arrangement arrangement,
            Remover remover) {
        this.nodes = nodes;
        this.installed = installed;
        this.changes = changes;
        this.services = services;
        this.arrangement = arrangement;
        this.remover = remover;
    }

    /** Waits for changes under way before it fails. */
    void apply(Node node, String group, List<ServiceUse> uses) {
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
            applyNow(node, group, uses);
            return Optional.empty();
        } catch (TechnicalServiceException failed) {
            return Optional.of(failed);
        }
    }

    /** Does not wait for changes. @return whether the node had not all of them */
    boolean applyNow(Node handle, String group, List<ServiceUse> uses) {
        Node node = nodes.required(handle);
        services.join(node, group);
        List<Applied> present = services.on(node);
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
            found.keySet().forEach(key -> given.put(key, services.place(node, key)));
            for (ServiceUse use : order) {
                Key key = new Key(group, use);
                if (found.containsKey(key)) {
                    services.join(node, key, found.get(key))
                            .ifPresent(instance -> done.add(apply(node, instance, given.get(key))));
                }
            }
            nodes.requireStill(node);
            done.forEach(one -> one.contributions().release());
            arrangement.arrange(node);
        } catch (RuntimeException | Error failed) {
            remover.rollBack(node, done);
            remover.forgetUnlessListed(node);
            throw failed;
        }
        remover.forgetUnlessListed(node);
        return !done.isEmpty();
    }

    private InstalledService required(Node node, ServiceUse use) {
        return installed.find(use.service()).orElseThrow(() -> {
            String others = installed.offers().stream().map(ServiceOffer::id).collect(Collectors.joining(", "));
            return new TechnicalServiceException("node '" + node.name() + "': technical service '" + use.id()
                    + "' asks for '" + use.service() + "', which no bundle on runtime "
                    + nodes.runtime().name()
                    + " provides; installed: " + (others.isEmpty() ? "none" : others));
        });
    }

    private Applied apply(Node node, SharedInstance instance, long place) {
        NodeContributions contributions = arrangement.contributions(node, place);
        Applied applying = new Applied(instance, contributions);
        try {
            instance.apply(node, contributions);
            contributions.complete();
        } catch (RuntimeException | Error failed) {
            contributions.undo();
            remover.leave(instance);
            throw new TechnicalServiceException(
                    "node '" + node.name() + "': technical service '"
                            + instance.key().use().id() + "' ("
                            + instance.installed().offer().implementation() + ") could not be applied: "
                            + (failed.getMessage() == null ? failed : failed.getMessage()),
                    failed);
        }
        Optional<String> obstacle = services.add(node, applying).or(() -> departure(node, applying));
        if (obstacle.isPresent()) {
            remover.undo(node, applying);
            throw new TechnicalServiceException("node '" + node.name() + "': technical service '"
                    + instance.key().use().id() + "' " + obstacle.get());
        }
        return applying;
    }

    /**
     * Whoever withdraws a service after this finds that the node has it. If it went before that was noted, and after it
     * was looked up, nobody else would take it off. @return as {@link NodeServices#add}
     */
    private Optional<String> departure(Node node, Applied applying) {
        if (installed.contains(applying.instance().installed())
                || services.take(node, List.of(applying)).isEmpty()) { // it is taken off by whoever withdraws it
            return Optional.empty();
        }
        arrangement.arrange(node); // somebody else may have, with this one
        return Optional.of("was withdrawn by its bundle while it was being applied");
    }
}
