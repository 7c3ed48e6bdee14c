package org.actium.deployment.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentEvent;
import org.actium.deployment.api.DeploymentException;
import org.actium.deployment.api.DeploymentListener;
import org.actium.deployment.api.DeploymentState;
import org.actium.deployment.api.Plan;
import org.actium.deployment.api.RuntimeStatus;
import org.actium.deployment.api.VirtualNode;
import org.actium.deployment.spi.Job;
import org.actium.deployment.spi.LaunchRequest;
import org.actium.remote.api.JoinToken;
import org.actium.remote.api.NoSuchRemoteObjectException;
import org.actium.remote.api.RemotingException;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.spi.NodeRef;
import org.actium.service.api.ServiceUse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out a blueprint, and undoes it. What it learns goes into the {@link Roster}, which knows the states.
 *
 * <p>Threading: each launch, and each runtime that is prepared or released, has a thread of its own.
 */
final class ActiveDeployment implements Deployment {

    private static final Logger LOG = LoggerFactory.getLogger(ActiveDeployment.class);

    /** How long runtimes may take to let go of their nodes before they are stopped or given back regardless. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** After which a look-up that found nothing is tried again. */
    private static final Duration LOOKUP_PERIOD = Duration.ofSeconds(1);

    private final String id;
    private final Blueprint blueprint;
    private final Plan plan;
    private final Optional<Endpoint> parent;
    private final Optional<Endpoint> leaseHolder;
    private final Site site;
    private final EventHistory events;
    private final Roster roster;
    private final ServiceChanges changes;
    private final ServiceBundles bundles;
    private final Instant started;
    private final Queue<Registration> timers = new ConcurrentLinkedQueue<>();
    private final Queue<Registration> followed = new ConcurrentLinkedQueue<>();
    private final Queue<JoinToken> tokens = new ConcurrentLinkedQueue<>();
    private final Queue<Job> jobs = new ConcurrentLinkedQueue<>();
    private final Queue<Registration> acquisitions = new ConcurrentLinkedQueue<>();
    private final Map<String, Registration> registered = new ConcurrentHashMap<>(); // by the name for others
    private final Map<Source, Registration> retries = new ConcurrentHashMap<>(); // of look-ups

    /**
     * @param parent where launched runtimes report; present if the blueprint launches any
     * @param leaseHolder whom they do not outlive, if that is not the parent
     */
    ActiveDeployment(
            String id,
            Blueprint blueprint,
            Optional<Endpoint> parent,
            Optional<Endpoint> leaseHolder,
            Site site,
            DeploymentListener listener) {
        this.id = id;
        this.blueprint = blueprint;
        this.plan = blueprint.plan(id, parent, site.membership().lease());
        this.parent = parent;
        this.leaseHolder = leaseHolder;
        this.site = site;
        this.started = site.time().instant();
        this.events = new EventHistory("deployment-" + id + "-events", site.threads());
        this.roster = new Roster(id, blueprint, site.agents().self(), site.time(), events::add);
        this.bundles = new ServiceBundles(site.extensions(), site.services());
        this.changes = new ServiceChanges(id, blueprint, roster, site, bundles, events::add);
        events.listen(event -> {
            log(event);
            listener.happened(event);
        });
    }

    private void log(DeploymentEvent event) {
        switch (event) {
            case DeploymentEvent.Ready ready -> LOG.info("deployment {}: {}", id, ready);
            case DeploymentEvent.Failed failed -> LOG.warn("deployment {}: {}", id, failed);
            case DeploymentEvent.Lost lost -> LOG.warn("deployment {}: {}", id, lost);
            case DeploymentEvent.Degraded degraded -> LOG.warn("deployment {}: {}", id, degraded);
            case DeploymentEvent.Mended mended -> LOG.info("deployment {}: {}", id, mended);
            case DeploymentEvent.NotReady notReady -> LOG.error("deployment {}: {}", id, notReady);
            case DeploymentEvent.Launched launched -> LOG.debug("deployment {}: {}", id, launched);
            case DeploymentEvent.Joined joined -> LOG.debug("deployment {}: {}", id, joined);
            case DeploymentEvent.NodeAttached attached -> LOG.debug("deployment {}: {}", id, attached);
        }
    }

    @Override
    public void activate(String... virtualNodes) {
        List<String> names = virtualNodes.length == 0
                ? blueprint.targets().stream()
                        .map(target -> target.definition().name())
                        .toList()
                : List.of(virtualNodes);
        names.forEach(this::virtualNode); // all there, or nothing happens
        register(names);
        Roster.Work work = roster.activate(names).orElseThrow(() -> {
            registered.values().forEach(Registration::close);
            return new DeploymentException(
                    "deployment " + id + " (" + source() + ") is undeployed, nothing of it can be activated");
        });
        LOG.info("deployment {} ({}) activates {}", id, source(), names);
        for (Target target : blueprint.targets()) {
            String virtualNode = target.definition().name();
            if (names.contains(virtualNode)) {
                timers.add(site.time().after(target.definition().timeout(), () -> roster.timeIsUp(virtualNode)));
            }
        }
        work.extend().forEach(member -> site.threads().run(() -> prepare(member)));
        List<Runnable> steps = new ArrayList<>();
        for (Source source : work.begin()) {
            switch (source) {
                case Source.Current current -> {} // it runs, and was extended
                case Source.Acquisition acquisition -> steps.add(() -> acquire(acquisition));
                case Source.Lookup lookup -> steps.add(() -> lookUp(lookup));
                case Source.Launch launch -> {
                    List<Member> members = roster.members(launch);
                    for (int from = 0; from < members.size(); from += launch.perLaunch()) {
                        List<Member> together = members.subList(from, from + launch.perLaunch());
                        steps.add(() -> launch(launch, together));
                    }
                }
            }
        }
        Concurrently.run(
                site.threads(),
                steps.stream()
                        .<Runnable>map(step -> () -> unlessUndeploying(step))
                        .toList());
    }

    /** Offers them to other applications; what they are asked for they have as soon as they are ready. */
    private void register(List<String> virtualNodes) {
        blueprint.descriptor().application().registrations().stream()
                .filter(registration -> virtualNodes.contains(registration.virtualNode()))
                .forEach(registration ->
                        registered.computeIfAbsent(registration.name(), name -> exported(registration)));
    }

    private Registration exported(org.actium.deployment.model.Registration registration) {
        try {
            return site.agents()
                    .remoteObjects()
                    .export(
                            RegisteredNodes.class,
                            RegisteredNodes.nameOf(registration.name()),
                            () -> registeredNodes(registration.virtualNode()));
        } catch (IllegalStateException taken) {
            throw new DeploymentException(
                    registration.at() + ": virtual node '" + registration.virtualNode() + "' cannot be registered as '"
                            + registration.name() + "': runtime "
                            + site.agents().self().name()
                            + " has another of that name; undeploy that one, or give 'register' a name",
                    taken);
        }
    }

    private List<NodeRef> registeredNodes(String virtualNode) {
        return roster.isReady(virtualNode)
                ? roster.nodes(virtualNode).stream().map(site.handles()::ref).toList()
                : List.of();
    }

    /** Until something is found, or nobody waits for it any more. */
    private void lookUp(Source.Lookup lookup) {
        String reason;
        try {
            List<NodeRef> found = site.agents()
                    .remoteObjects()
                    .at(
                            site.agents().links().resolve(lookup.endpoint()),
                            RegisteredNodes.class,
                            RegisteredNodes.nameOf(lookup.virtualNode()))
                    .nodes();
            if (!found.isEmpty()) {
                roster.found(lookup, found.stream().map(site.handles()::node).toList());
                return;
            }
            reason = "it is not ready there";
        } catch (NoSuchRemoteObjectException notRegistered) {
            reason = "that runtime has registered no virtual node of this name";
        } catch (RuntimeException | LinkageError failed) {
            LOG.debug("deployment {}: look-up of {} failed", id, lookup.virtualNode(), failed);
            reason = reason(failed);
        }
        if (roster.notFound(lookup, reason)) {
            retries.put(lookup, site.time().after(LOOKUP_PERIOD, () -> unlessUndeploying(() -> lookUp(lookup))));
        }
    }

    private void unlessUndeploying(Runnable step) {
        if (roster.begin()) {
            try {
                step.run();
            } finally {
                roster.end();
            }
        }
    }

    private void launch(Source.Launch launch, List<Member> members) {
        List<JoinToken> issued = new ArrayList<>();
        try {
            for (Member member : members) {
                issued.add(site.membership()
                        .expect(patience(launch), address -> site.threads().run(() -> joined(member, address))));
            }
            tokens.addAll(issued);
            Job job = launch.protocol()
                    .launch(new LaunchRequest(
                            launch.element(),
                            members.stream().map(Member::name).toList(),
                            parent.orElseThrow(),
                            issued.stream().map(JoinToken::text).toList(),
                            site.membership().lease(),
                            leaseHolder));
            jobs.add(job);
            members.forEach(member -> roster.launched(List.of(member), job.description(member.name())));
            job.whenEnded(reason -> {
                issued.forEach(site.membership()::withdraw);
                roster.ended(members, reason);
            });
            job.whenRuntimeEnded((runtime, reason) -> {
                for (int i = 0; i < members.size(); i++) {
                    if (members.get(i).name().equals(runtime)) {
                        site.membership().withdraw(issued.get(i));
                        roster.ended(List.of(members.get(i)), reason);
                    }
                }
            });
        } catch (RuntimeException | LinkageError refused) {
            LOG.debug("deployment {}: launch of {} failed", id, launch.name(), refused);
            issued.forEach(site.membership()::withdraw);
            members.forEach(member -> roster.fail(member, reason(refused)));
        }
    }

    /** How long a runtime may take to join: as long as somebody waits for it. */
    private Duration patience(Source source) {
        return blueprint.targets().stream()
                .filter(target -> source.shares().stream()
                        .anyMatch(share ->
                                share.virtualNode().equals(target.definition().name())))
                .map(target -> target.definition().timeout())
                .max(Duration::compareTo)
                .orElseThrow();
    }

    private void joined(Member member, RuntimeAddress address) {
        if (roster.awaitLaunchedThenJoined(member, address)) {
            follow(member, address);
            prepare(member);
        }
    }

    private void acquire(Source.Acquisition source) {
        try {
            acquisitions.add(source.protocol().acquire(source.element(), address -> acquired(source, address)));
        } catch (RuntimeException | LinkageError refused) {
            LOG.debug("deployment {}: acquisition by {} failed", id, source.name(), refused);
            roster.sourceFailed(source, reason(refused));
        }
    }

    /** Says whether the runtime is of use, or another one is wanted in its place. */
    private boolean acquired(Source.Acquisition source, RuntimeAddress address) {
        Optional<Member> enlisted = roster.enlist(source, address);
        enlisted.ifPresent(member -> {
            follow(member, address);
            prepare(member);
        });
        return enlisted.filter(roster::isReplaced).isEmpty();
    }

    private void follow(Member member, RuntimeAddress address) {
        followed.add(site.membership().follow(address, new Membership.Follower() {
            @Override
            public void lost(String reason) {
                roster.lost(member, reason);
            }

            @Override
            public void back() {
                // its nodes were taken off the list: what is left of them there is of no use to anybody
                site.threads().run(() -> clean(member));
            }
        }));
    }

    /** Gives the runtime its nodes, each with its technical services, as long as there are any it lacks. */
    private void prepare(Member member) {
        try {
            RuntimeAddress address = roster.address(member).orElseThrow();
            if (member.source().shares().isEmpty()) {
                roster.prepared(member, List.of(), List.of());
            }
            for (List<Share> shares = roster.next(member); !shares.isEmpty(); shares = roster.next(member)) {
                List<Share> now = shares;
                RuntimeAgent agent = site.agents().at(address);
                Map<Share, List<ServiceUse>> services = new HashMap<>();
                now.forEach(share -> services.put(share, changes.services(share)));
                long changesBefore = site.services().changes();
                bundles.bring(member, address, uses(services));
                createNodes(member, now, services, agent).ifPresent(nodes -> {
                    bundles.confirm(member, address, uses(services));
                    roster.prepared(member, now, nodes);
                    nodes.forEach(node -> catchUp(member, address, node, now, services));
                    if (site.services().changedSince(changesBefore)) {
                        bringAgain(member, address, nodes, services);
                    }
                });
            }
        } catch (RuntimeException | LinkageError failed) {
            LOG.debug("deployment {}: runtime {} could not be prepared", id, member.name(), failed);
            String reason = "joined, but could not be prepared: " + reason(failed);
            if (failed instanceof RemotingException ? roster.silent(member, reason) : roster.fail(member, reason)) {
                clean(member);
            }
        } finally {
            roster.settled(member);
        }
    }

    /** Which technical services a node lacks now, and why. */
    void lacking(String virtualNode, String node, Map<String, String> lacking) {
        changes.lacking(virtualNode, node, lacking);
    }

    /** Does not block: what can be mended now is mended on a thread of its own. */
    void bundlesChanged() {
        if (changes.areOutdated()) {
            site.threads().run(() -> unlessUndeploying(changes::renewOutdated));
        }
    }

    private static List<ServiceUse> uses(Map<Share, List<ServiceUse>> services) {
        return services.values().stream().flatMap(List::stream).toList();
    }

    /** Who updates a bundle takes care of the nodes that are listed by then; these may not have been. */
    private void bringAgain(
            Member member, RuntimeAddress address, List<Attachment> nodes, Map<Share, List<ServiceUse>> services) {
        services.forEach((share, uses) -> {
            try {
                bundles.bring(member, address, uses);
            } catch (RuntimeException refused) {
                nodes.stream()
                        .filter(node -> node.virtualNode().equals(share.virtualNode()))
                        .forEach(node ->
                                changes.outdated(node.virtualNode(), node.node().name(), uses, refused));
            }
        });
    }

    /** What was changed of the virtual node while this node came. */
    private void catchUp(
            Member member,
            RuntimeAddress address,
            Attachment node,
            List<Share> shares,
            Map<Share, List<ServiceUse>> services) {
        shares.stream()
                .filter(share -> share.virtualNode().equals(node.virtualNode()))
                .forEach(share -> changes.catchUp(member, address, node.node().name(), share, services.get(share)));
    }

    /** Empty if the runtime is no longer wanted, or no longer there. */
    private Optional<List<Attachment>> createNodes(
            Member member, List<Share> shares, Map<Share, List<ServiceUse>> services, RuntimeAgent agent) {
        List<Attachment> created = new ArrayList<>();
        for (Share share : shares) {
            for (int k = 0; k < share.nodes(); k++) {
                String node = share.nodeName(id, member.index(), k);
                if (!roster.creating(member, node)) {
                    return Optional.empty();
                }
                NodeRef ref = create(member, agent, node, share.virtualNode());
                if (!services.get(share).isEmpty()) {
                    agent.applyServices(node, changes.group(share.virtualNode()), services.get(share));
                }
                created.add(
                        new Attachment(share.virtualNode(), k, site.handles().node(ref)));
            }
        }
        return Optional.of(created);
    }

    private NodeRef create(Member member, RuntimeAgent agent, String node, String virtualNode) {
        try {
            return agent.createNode(node, virtualNode, changes.group(virtualNode));
        } catch (IllegalArgumentException taken) {
            roster.notCreated(member, node); // somebody else's, so not ours to remove
            throw taken;
        }
    }

    @Override
    public void undeploy() {
        if (!roster.beginUndeploy()) {
            roster.awaitUndeployed();
            return;
        }
        LOG.info("deployment {} ({}) is being undeployed", id, source());
        timers.forEach(Registration::close);
        retries.values().forEach(Registration::close);
        registered.values().forEach(Registration::close);
        roster.awaitActivities();
        tokens.forEach(site.membership()::withdraw);
        List<Runnable> releases = roster.members().stream()
                .<Runnable>map(member -> () -> release(member))
                .toList();
        if (!Concurrently.run(site.threads(), site.time(), GRACE, releases)) {
            LOG.warn(
                    "deployment {}: some runtimes have not let go of their nodes within {}; goes on without them",
                    id,
                    Durations.text(GRACE));
        }
        followed.forEach(Registration::close);
        List<Runnable> closings = new ArrayList<>();
        jobs.forEach(job -> closings.add(() -> close(job.description(), job::close)));
        acquisitions.forEach(acquisition -> closings.add(() -> close("acquisition", acquisition::close)));
        Concurrently.run(site.threads(), closings);
        roster.endUndeploy();
        LOG.info("deployment {} ({}) is undeployed", id, source());
    }

    /** Takes back what the deployment put on the runtime, once nobody puts more there. */
    private void release(Member member) {
        roster.awaitSettled(member);
        if (roster.state(member) != Member.State.LOST) {
            clean(member);
        }
    }

    /** Removes the nodes, and stops the runtime if the deployment started it. */
    private void clean(Member member) {
        roster.address(member).map(site.agents()::at).ifPresent(agent -> {
            try {
                roster.nodesOn(member).reversed().forEach(agent::removeNode);
                if (member.source() instanceof Source.Launch) {
                    agent.stop("it belongs to deployment " + id + ", which needs it no longer");
                }
            } catch (RemotingException gone) {
                LOG.debug("deployment {}: runtime {} did not confirm its end", id, member.name(), gone);
            } catch (RuntimeException failed) {
                LOG.warn("deployment {}: runtime {} could not be cleaned", id, member.name(), failed);
            }
        });
    }

    private void close(String what, Runnable closing) {
        try {
            closing.run();
        } catch (RuntimeException failed) {
            LOG.error("deployment {}: {} could not be closed; something of it may be left", id, what, failed);
        }
    }

    private static String reason(Throwable failed) {
        return failed.getMessage() == null ? failed.toString() : failed.getMessage();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String source() {
        return blueprint.descriptor().source();
    }

    @Override
    public DeploymentState state() {
        return roster.state();
    }

    @Override
    public Optional<String> failure() {
        return roster.failure();
    }

    @Override
    public Instant started() {
        return started;
    }

    @Override
    public Plan plan() {
        return plan;
    }

    @Override
    public List<VirtualNode> virtualNodes() {
        return blueprint.targets().stream()
                .<VirtualNode>map(target -> new DeployedVirtualNode(target, roster, changes))
                .toList();
    }

    @Override
    public VirtualNode virtualNode(String name) {
        return virtualNodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new DeploymentException("deployment " + id + " (" + source()
                        + ") has no virtual node '" + name + "'; it has "
                        + virtualNodes().stream().map(VirtualNode::name).collect(Collectors.joining(", "))));
    }

    @Override
    public Registration listen(DeploymentListener listener) {
        return events.listen(listener);
    }

    @Override
    public List<DeploymentEvent> events() {
        return events.past();
    }

    @Override
    public List<RuntimeStatus> runtimes() {
        return roster.runtimes();
    }

    @Override
    public String toString() {
        return id + " (" + source() + ")";
    }
}
