package org.actium.deployment.core;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actium.deployment.api.Degradation;
import org.actium.deployment.api.DeploymentEvent;
import org.actium.deployment.api.DeploymentException;
import org.actium.provision.api.ProvisionException;
import org.actium.remote.api.RemotingException;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.service.api.Combination;
import org.actium.service.api.ServiceGroup;
import org.actium.service.api.ServiceOffer;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalServiceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Technical services that are applied to, and removed from, the virtual nodes of one deployment while it works.
 *
 * <p>A change is first noted, for nodes to come, and then made on the nodes there are. A node that comes meanwhile is
 * brought up to date by whoever created it, once it is listed ({@link #catchUp}); doing either twice changes nothing.
 *
 * <p>Threading: any thread; changes of one deployment are made one after the other. No lock of the roster is held.
 */
final class ServiceChanges {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceChanges.class);

    /** What mends a node that is weaker than others. */
    private static final String AGAIN = "; remove it from the virtual node, and apply it again";

    private final String deployment;
    private final Blueprint blueprint;
    private final Roster roster;
    private final Site site;
    private final ServiceBundles bundles;
    private final Consumer<DeploymentEvent> events;
    private final ReentrantLock turn = new ReentrantLock();
    private final Map<String, Change> changes =
            new ConcurrentHashMap<>(); // by virtual node; replaced by who has the turn
    private final Map<Weakness, String> weaknesses =
            new ConcurrentSkipListMap<>(Comparator.comparing(Weakness::virtualNode)
                    .thenComparing(Weakness::node)
                    .thenComparing(Weakness::service)
                    .thenComparing(Weakness::cause)); // with what is wrong

    /**
     * What is different from the descriptor.
     *
     * @param removed ids of services of the descriptor
     */
    private record Change(List<String> removed, List<ServiceUse> added) {

        static final Change NONE = new Change(List.of(), List.of());

        List<ServiceUse> on(List<ServiceUse> planned) {
            return Stream.concat(planned.stream().filter(use -> !removed.contains(use.id())), added.stream())
                    .toList();
        }

        Change with(ServiceUse use) {
            return new Change(
                    removed, Stream.concat(added.stream(), Stream.of(use)).toList());
        }

        Change without(String id) {
            return new Change(
                    Stream.concat(removed.stream(), Stream.of(id)).toList(),
                    added.stream().filter(use -> !use.id().equals(id)).toList());
        }
    }

    /** Of a virtual node: a technical service that is not on a node as it should be. */
    private record Weakness(String virtualNode, String node, String service, Cause cause) {}

    /** What made a node weaker, and so what mends it. */
    private enum Cause {
        /** It could not get what was applied while it came: somebody removes and applies that again. */
        NOT_APPLIED,
        /** Its runtime could not get the bundle as it is now: it can later. */
        OUTDATED,
        /** Its runtime lacks the bundle, and says when it is back. */
        WITHDRAWN
    }

    /** A node and where it is. */
    private record Located(String node, Member member, RuntimeAddress runtime) {}

    ServiceChanges(
            String deployment,
            Blueprint blueprint,
            Roster roster,
            Site site,
            ServiceBundles bundles,
            Consumer<DeploymentEvent> events) {
        this.deployment = deployment;
        this.blueprint = blueprint;
        this.roster = roster;
        this.site = site;
        this.bundles = bundles;
        this.events = events;
    }

    /**
     * What nodes of this share get from now on, in the order in which it was asked for: nodes that were there have it in that
     * order too, and all of them sort it by the same rules.
     */
    List<ServiceUse> services(Share share) {
        return change(share.virtualNode()).on(share.services());
    }

    /**
     * What the virtual node has now, those of single sources included, in order of application; as they were given if a
     * bundle that went left them without one, or sources differ so that they do not go together.
     */
    List<ServiceUse> services(Target target) {
        Change change = change(target.definition().name());
        List<ServiceUse> ofSources = shares(target.definition().name())
                .flatMap(share -> change.on(share.services()).stream())
                .distinct()
                .toList();
        List<ServiceUse> services = ofSources.isEmpty() ? change.on(target.services()) : ofSources;
        return switch (site.services().combine(services)) {
            case Combination.Ordered(List<ServiceUse> order) -> order;
            case Combination.Refused _ -> services;
        };
    }

    private Change change(String virtualNode) {
        return changes.getOrDefault(virtualNode, Change.NONE);
    }

    /**
     * Of nodes that are listed now: changes since they got {@code applied} are made there too, as far as they can be. The
     * node stays if one cannot, because it may be in use by now.
     */
    void catchUp(Member member, RuntimeAddress runtime, String node, Share share, List<ServiceUse> applied) {
        if (services(share).equals(applied)) {
            return; // whoever changes something from here on finds the node in the list
        }
        turn.lock();
        try {
            Located place = new Located(node, member, runtime);
            List<ServiceUse> wanted = services(share);
            List<ServiceUse> staying = staying(applied, wanted);
            applied.reversed().stream()
                    .filter(use -> !staying.contains(use))
                    .forEach(use -> removeQuietly(place, use.id()));
            wanted.stream()
                    .filter(use -> !staying.contains(use))
                    .forEach(use -> applyQuietly(place, share.virtualNode(), use));
        } finally {
            turn.unlock();
        }
    }

    /** Not what was removed and applied again: it has another place in the order. */
    private static List<ServiceUse> staying(List<ServiceUse> applied, List<ServiceUse> wanted) {
        List<ServiceUse> still = applied.stream().filter(wanted::contains).toList();
        int same = 0;
        while (same < still.size() && still.get(same).equals(wanted.get(same))) {
            same++;
        }
        return still.subList(0, same);
    }

    private void applyQuietly(Located place, String virtualNode, ServiceUse use) {
        try {
            apply(place, virtualNode, use);
        } catch (RuntimeException failed) {
            weaken(
                    new Weakness(virtualNode, place.node(), use.id(), Cause.NOT_APPLIED),
                    "is missing, because the node came while it was applied to the virtual node, and cannot have it: "
                            + failed.getMessage() + AGAIN,
                    failed);
        }
    }

    /** The node has these, but its runtime could not be given their bundles as they are here now. */
    void outdated(String virtualNode, String node, List<ServiceUse> uses, RuntimeException failure) {
        uses.forEach(use -> weaken(
                new Weakness(virtualNode, node, use.id(), Cause.OUTDATED),
                "is that of before its bundle was updated, because the node came meanwhile: " + failure.getMessage()
                        + AGAIN,
                failure));
    }

    private void weaken(Weakness weakness, String reason, RuntimeException failure) {
        LOG.debug("deployment {}: node {} is degraded", deployment, weakness.node(), failure);
        weaken(weakness, reason);
    }

    private void weaken(Weakness weakness, String reason) {
        if (!reason.equals(weaknesses.put(weakness, reason))) {
            events.accept(new DeploymentEvent.Degraded(weakness.virtualNode(), degradation(weakness, reason)));
        }
    }

    private void mend(Weakness weakness) {
        boolean there = roster.nodes(weakness.virtualNode()).stream()
                .anyMatch(node -> node.name().equals(weakness.node()));
        if (weaknesses.remove(weakness) != null && there) {
            events.accept(new DeploymentEvent.Mended(weakness.virtualNode(), weakness.node(), weakness.service()));
        }
    }

    /** The runtime of the node says what it lacks, all of it. */
    void lacking(String virtualNode, String node, Map<String, String> lacking) {
        weaknesses.keySet().stream()
                .filter(weakness -> weakness.cause() == Cause.WITHDRAWN)
                .filter(weakness -> weakness.virtualNode().equals(virtualNode)
                        && weakness.node().equals(node))
                .filter(weakness -> !lacking.containsKey(weakness.service()))
                .toList()
                .forEach(this::mend);
        lacking.forEach((service, reason) -> weaken(new Weakness(virtualNode, node, service, Cause.WITHDRAWN), reason));
    }

    boolean areOutdated() {
        return weaknesses.keySet().stream().anyMatch(weakness -> weakness.cause() == Cause.OUTDATED);
    }

    /** Bundles have changed: what could not be brought before may be possible now. */
    void renewOutdated() {
        turn.lock();
        try {
            weaknesses.keySet().stream()
                    .filter(weakness -> weakness.cause() == Cause.OUTDATED)
                    .toList()
                    .forEach(this::renew);
        } finally {
            turn.unlock();
        }
    }

    private void renew(Weakness weakness) {
        List<ServiceUse> uses = lists(weakness.virtualNode(), change(weakness.virtualNode()))
                .flatMap(List::stream)
                .filter(use -> use.id().equals(weakness.service()))
                .distinct()
                .toList();
        nodes(weakness.virtualNode()).stream()
                .filter(place -> place.node().equals(weakness.node()))
                .forEach(place -> {
                    try {
                        bundles.bring(place.member(), place.runtime(), uses);
                        mend(weakness);
                    } catch (RuntimeException still) {
                        LOG.debug("deployment {}: node {} is degraded still", deployment, weakness.node(), still);
                    }
                });
    }

    private static Degradation degradation(Weakness weakness, String reason) {
        return new Degradation(weakness.node(), weakness.service(), reason);
    }

    /** Of nodes that are there. */
    List<Degradation> degraded(String virtualNode) {
        Set<String> names = roster.nodes(virtualNode).stream().map(Node::name).collect(Collectors.toSet());
        return weaknesses.entrySet().stream()
                .filter(entry -> entry.getKey().virtualNode().equals(virtualNode))
                .filter(entry -> names.contains(entry.getKey().node()))
                .map(entry -> degradation(entry.getKey(), entry.getValue()))
                .toList();
    }

    private void apply(Located place, String virtualNode, ServiceUse use) {
        onNode(place, agent -> {
            bundles.bring(place.member(), place.runtime(), List.of(use));
            agent.applyServices(place.node(), group(virtualNode), List.of(use));
            bundles.confirm(place.member(), place.runtime(), List.of(use));
        });
    }

    String group(String virtualNode) {
        return new ServiceGroup(site.agents().self().id(), deployment, virtualNode).text();
    }

    /** Applies it to all nodes of the virtual node, or to none. */
    void apply(String virtualNode, ServiceUse use) {
        turn.lock();
        try {
            Change before = change(virtualNode);
            requireOwn(virtualNode);
            requireProvider(virtualNode, use);
            lists(virtualNode, before).forEach(list -> {
                if (list.stream().anyMatch(other -> other.id().equals(use.id()))) {
                    throw refusal(
                            virtualNode,
                            "it has a technical service '" + use.id()
                                    + "' already; remove that one first, or choose another id");
                }
            });
            Change after = before.with(use);
            requireNoNewConflict(virtualNode, before, after);
            changes.put(virtualNode, after);
            try {
                nodes(virtualNode).forEach(place -> apply(place, virtualNode, use));
            } catch (RuntimeException failed) {
                changes.put(virtualNode, before);
                takeBack(virtualNode, use);
                throw failed instanceof TechnicalServiceException || failed instanceof ProvisionException
                        ? refusal(virtualNode, failed.getMessage(), failed)
                        : failed;
            }
            LOG.info("deployment {}: {} is applied to virtual node {}", deployment, use.id(), virtualNode);
        } finally {
            turn.unlock();
        }
    }

    /**
     * Removes it from all nodes of the virtual node, those to come included. If one cannot, the others have lost it, and
     * the virtual node has it still: it can be removed again.
     *
     * @param name its id, or what it is a use of
     */
    void remove(String virtualNode, String name) {
        turn.lock();
        try {
            Change before = change(virtualNode);
            String use = idOf(
                    name,
                    virtualNode,
                    lists(virtualNode, before).flatMap(List::stream).distinct().toList());
            Change after = before.without(use);
            requireNoNewConflict(virtualNode, before, after);
            changes.put(virtualNode, after);
            List<Located> places = nodes(virtualNode).reversed();
            Map<String, RuntimeException> failures = new LinkedHashMap<>(); // by node
            places.forEach(place -> remove(place, use).ifPresent(failed -> failures.put(place.node(), failed)));
            if (!failures.isEmpty()) {
                changes.put(virtualNode, before);
                throw refusal(
                        virtualNode,
                        "technical service '" + use + "' is still on " + failures.size() + " of " + places.size()
                                + " nodes, and will be on those to come: "
                                + failures.entrySet().stream()
                                        .map(failed -> failed.getKey() + " could not remove it: "
                                                + failed.getValue().getMessage())
                                        .collect(Collectors.joining("; "))
                                + "; remove it again once they can",
                        failures.values().iterator().next());
            }
            weaknesses.keySet().stream()
                    .filter(weakness -> weakness.virtualNode().equals(virtualNode)
                            && weakness.service().equals(use))
                    .toList()
                    .forEach(this::mend);
            LOG.info("deployment {}: {} is removed from virtual node {}", deployment, use, virtualNode);
        } finally {
            turn.unlock();
        }
    }

    private String idOf(String name, String virtualNode, List<ServiceUse> present) {
        if (present.stream().anyMatch(use -> use.id().equals(name))) {
            return name;
        }
        List<String> ids = present.stream()
                .filter(use -> isUseOf(name, use))
                .map(ServiceUse::id)
                .distinct()
                .toList();
        if (ids.size() == 1) {
            return ids.getFirst();
        }
        throw refusal(
                virtualNode,
                ids.isEmpty()
                        ? "it has no technical service '" + name + "'; it has "
                                + (present.isEmpty()
                                        ? "none"
                                        : present.stream().map(ServiceUse::id).collect(Collectors.joining(", ")))
                        : "it has the technical service '" + name + "' several times; give the id of one: "
                                + String.join(", ", ids));
    }

    private boolean isUseOf(String service, ServiceUse use) {
        return use.service().equals(service)
                || site.services().offers().stream()
                        .anyMatch(offer -> offer.answersTo(service) && offer.answersTo(use.service()));
    }

    /** What each source would give, and the virtual node as such. */
    private Stream<List<ServiceUse>> lists(String virtualNode, Change change) {
        return Stream.concat(
                blueprint.targets().stream()
                        .filter(target -> target.definition().name().equals(virtualNode))
                        .map(target -> change.on(target.services())),
                shares(virtualNode).map(share -> change.on(share.services())));
    }

    private Stream<Share> shares(String virtualNode) {
        return blueprint.sources().stream()
                .flatMap(source -> source.shares().stream())
                .filter(share -> share.virtualNode().equals(virtualNode));
    }

    /** One that a bundle that went has left behind, which this change does not make worse, stands in nobody's way. */
    private void requireNoNewConflict(String virtualNode, Change before, Change after) {
        Set<Combination.Conflict> known = conflicts(virtualNode, before).collect(Collectors.toSet());
        List<String> rules = conflicts(virtualNode, after)
                .filter(conflict -> !known.contains(conflict))
                .map(Combination.Conflict::rule)
                .distinct()
                .toList();
        if (!rules.isEmpty()) {
            throw refusal(virtualNode, String.join("; ", rules));
        }
    }

    private Stream<Combination.Conflict> conflicts(String virtualNode, Change change) {
        return lists(virtualNode, change)
                .flatMap(list -> switch (site.services().combine(list)) {
                    case Combination.Ordered _ -> Stream.<Combination.Conflict>empty();
                    case Combination.Refused(List<Combination.Conflict> conflicts) -> conflicts.stream();
                });
    }

    /** Nodes that another application has registered are its own: what they have, it says. */
    private void requireOwn(String virtualNode) {
        blueprint.sources().stream()
                .filter(source -> source instanceof Source.Lookup lookup
                        && lookup.virtualNode().equals(virtualNode))
                .findFirst()
                .ifPresent(source -> {
                    throw refusal(
                            virtualNode,
                            "technical services cannot be applied to it, because its nodes are " + source.name()
                                    + "; apply them there, to the deployment that they belong to");
                });
    }

    private void requireProvider(String virtualNode, ServiceUse use) {
        if (site.services().offer(use.service()).isEmpty()) {
            throw refusal(
                    virtualNode,
                    "no installed bundle provides the technical service '" + use.service() + "'"
                            + site.services()
                                    .stopped(use.service())
                                    .map(bundle -> " at present; start bundle " + bundle + ", which offers it")
                                    .orElse("")
                            + "; installed: "
                            + site.services().offers().stream()
                                    .map(ServiceOffer::id)
                                    .collect(Collectors.joining(", ")));
        }
    }

    private List<Located> nodes(String virtualNode) {
        Set<String> names = roster.nodes(virtualNode).stream().map(Node::name).collect(Collectors.toSet());
        return roster.members().stream()
                .flatMap(member -> roster.address(member).stream()
                        .flatMap(address -> roster.nodesOn(member).stream()
                                .filter(names::contains)
                                .map(node -> new Located(node, member, address))))
                .toList();
    }

    /** A runtime that is lost has no nodes to do anything to. */
    private void onNode(Located place, Consumer<RuntimeAgent> action) {
        try {
            action.accept(site.agents().at(place.runtime()));
        } catch (RemotingException unreachable) {
            if (roster.state(place.member()) != Member.State.LOST) {
                throw unreachable;
            }
            LOG.debug("deployment {}: node {} is lost", deployment, place.node(), unreachable);
        }
    }

    /** From all nodes: one may have come with it meanwhile, or have it although it did not answer. */
    private void takeBack(String virtualNode, ServiceUse use) {
        nodes(virtualNode).reversed().forEach(place -> removeQuietly(place, use.id()));
    }

    private void removeQuietly(Located place, String use) {
        remove(place, use)
                .ifPresent(failed -> LOG.warn(
                        "deployment {}: technical service '{}' could not be removed from node {}",
                        deployment,
                        use,
                        place.node(),
                        failed));
    }

    /** @return why it may still be there */
    private Optional<RuntimeException> remove(Located place, String use) {
        try {
            onNode(place, agent -> agent.removeService(place.node(), use));
            return Optional.empty();
        } catch (RuntimeException failed) {
            return Optional.of(failed);
        }
    }

    private DeploymentException refusal(String virtualNode, String why) {
        return new DeploymentException("deployment " + deployment + ", virtual node '" + virtualNode + "': " + why);
    }

    private DeploymentException refusal(String virtualNode, String why, Throwable cause) {
        return new DeploymentException(
                "deployment " + deployment + ", virtual node '" + virtualNode + "': " + why, cause);
    }
}
