package org.actium.deployment.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.actium.deployment.api.DeploymentEvent;
import org.actium.deployment.api.DeploymentException;
import org.actium.deployment.api.DeploymentState;
import org.actium.deployment.api.NodesMissingException;
import org.actium.deployment.api.RuntimeStatus;
import org.actium.deployment.core.Member.State;
import org.actium.deployment.core.Readiness.Verdict;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.spi.Time;

/**
 * What is known about one deployment: what became of each of its runtimes, which nodes its virtual nodes have, and
 * whether they are ready. It acts on nothing: others report what happened; it tells the listener and wakes who waits.
 *
 * <p>Threading: any thread may call any method; only those named {@code await} or {@code wait} block. One lock guards
 * everything; under it nobody is called but the consumer of events, which must not block.
 */
final class Roster {

    private final String deployment;
    private final Time time;
    private final long began;
    private final Consumer<DeploymentEvent> events;
    private final List<Source> sources;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Member> members = new ArrayList<>(); // guarded by lock
    private final Map<String, Muster> musters = new LinkedHashMap<>(); // guarded by lock
    private final Map<Source, String> failedSources = new HashMap<>(); // guarded by lock
    private final Set<Source> begun = new LinkedHashSet<>(); // guarded by lock
    private boolean undeploying; // guarded by lock
    private boolean undeployed; // guarded by lock
    private int activities; // guarded by lock

    Roster(String deployment, Blueprint blueprint, RuntimeAddress self, Time time, Consumer<DeploymentEvent> events) {
        this.deployment = deployment;
        this.time = time;
        this.began = time.nanos();
        this.events = events;
        this.sources = blueprint.sources();
        blueprint.targets().forEach(target -> musters.put(target.definition().name(), new Muster(target)));
        for (int i = 0; i < sources.size(); i++) {
            switch (sources.get(i)) {
                case Source.Current current -> members.add(new Member(current, i, 0, self, began));
                case Source.Launch launch -> {
                    List<String> names = Blueprint.runtimeNames(deployment, launch);
                    for (int k = 0; k < names.size(); k++) {
                        members.add(new Member(launch, i, k, names.get(k), began));
                    }
                }
                case Source.Acquisition acquisition -> {} // enlisted as they come
                case Source.Lookup lookup -> {} // its nodes are on runtimes of others
            }
        }
    }

    /**
     * What an activation has to do.
     *
     * @param begin sources from which nothing came before
     * @param extend runtimes that are there and get more nodes; whoever prepares them calls {@link #settled} afterwards
     */
    record Work(List<Source> begin, List<Member> extend) {}

    /** These virtual nodes wait for nodes from now on; empty if it is too late. */
    Optional<Work> activate(List<String> virtualNodes) {
        return change(() -> {
            if (undeploying) {
                return Optional.empty();
            }
            virtualNodes.stream()
                    .map(musters::get)
                    .filter(muster -> !muster.isActivated())
                    .forEach(muster -> muster.activate(time.nanos()));
            List<Source> begin = sources.stream()
                    .filter(source -> !(source instanceof Source.Current))
                    .filter(source -> source.shares().isEmpty()
                            || source.shares().stream().anyMatch(this::isActivated))
                    .filter(begun::add)
                    .toList();
            List<Member> extend = members.stream()
                    .filter(member -> member.state() == State.JOINED && !member.isBusy())
                    .filter(member -> !wanted(member).isEmpty())
                    .toList();
            extend.forEach(Member::busy);
            judge();
            return Optional.of(new Work(begin, extend));
        });
    }

    private boolean isActivated(Share share) {
        return musters.get(share.virtualNode()).isActivated();
    }

    private List<Share> wanted(Member member) {
        return member.source().shares().stream()
                .filter(share -> isActivated(share) && !member.serves(share))
                .toList();
    }

    /**
     * The shares whose nodes the runtime is to get now. If there are none, nobody prepares it any more: whatever is
     * activated later begins anew.
     */
    List<Share> next(Member member) {
        return change(() -> {
            List<Share> wanted = undeploying || member.state() != State.JOINED ? List.<Share>of() : wanted(member);
            if (wanted.isEmpty()) {
                member.settled();
            }
            return wanted;
        });
    }

    /** The runtimes are on their way. */
    void launched(List<Member> started, String description) {
        change(() -> started.forEach(member -> {
            if (member.become(State.LAUNCHED, description)) {
                member.launchedAt(time.nanos());
                tell(new DeploymentEvent.Launched(member.name(), description));
            }
        }));
    }

    /**
     * A launched runtime has joined. Waits for the launch to return if the runtime was faster.
     *
     * @return whether the caller is to prepare it, and to call {@link #settled} afterwards
     */
    boolean awaitLaunchedThenJoined(Member member, RuntimeAddress address) {
        return change(() -> {
            while (member.state() == State.STARTING && !undeploying) {
                changed.awaitUninterruptibly();
            }
            if (undeploying || !member.become(State.JOINED, member.detail() + ", " + address)) {
                return false;
            }
            member.joinedFrom(address);
            member.busy();
            tell(new DeploymentEvent.Joined(member.name(), Duration.ofNanos(time.nanos() - member.since())));
            return true;
        });
    }

    /** A runtime was acquired; empty if it is no longer wanted. Else the caller prepares it, then calls {@link #settled}. */
    Optional<Member> enlist(Source.Acquisition source, RuntimeAddress address) {
        return change(() -> {
            if (undeploying) {
                return Optional.empty();
            }
            int index = members(source).size();
            Member member = new Member(source, sources.indexOf(source), index, address, began);
            member.busy();
            members.add(member);
            tell(new DeploymentEvent.Joined(member.name(), Duration.ofNanos(time.nanos() - began)));
            return Optional.of(member);
        });
    }

    /** A node is about to be created there; false if the runtime is no longer wanted or no longer there. */
    boolean creating(Member member, String node) {
        return change(() -> {
            boolean go = !undeploying && member.state() == State.JOINED;
            if (go) {
                member.creates(node);
            }
            return go;
        });
    }

    /** The node was not created after all. */
    void notCreated(Member member, String node) {
        change(() -> member.createdNot(node));
    }

    /** The runtime has the nodes of these shares, and they their technical services: the virtual nodes get them now. */
    void prepared(Member member, List<Share> shares, List<Attachment> attachments) {
        change(() -> {
            if (undeploying || member.state() != State.JOINED) {
                return;
            }
            member.prepared(shares);
            for (Attachment attachment : attachments) {
                Place place = new Place(member.sourceIndex(), member.index(), attachment.position());
                musters.get(attachment.virtualNode()).attach(place, attachment.node());
                tell(new DeploymentEvent.NodeAttached(attachment.virtualNode(), attachment.node()));
            }
            judge();
        });
    }

    /** Nobody prepares the runtime any more, however that ended. */
    void settled(Member member) {
        change(member::settled);
    }

    /** The runtime will not join, or could not be prepared. Says whether that was news. */
    boolean fail(Member member, String reason) {
        return gone(member, State.FAILED, reason, new DeploymentEvent.Failed(member.name(), reason));
    }

    /**
     * The runtime did not answer while it was prepared. One that was acquired is replaced: as one that went with its host
     * a moment ago, and is still listed. Says whether that was news.
     */
    boolean silent(Member member, String reason) {
        return change(() -> {
            replaceIfUnused(member);
            return fail(member, reason);
        });
    }

    /** The runtime is gone, and replaced as a {@link #silent} one. Says whether that was news. */
    boolean lost(Member member, String reason) {
        return change(() -> {
            replaceIfUnused(member);
            return gone(member, State.LOST, reason, new DeploymentEvent.Lost(member.name(), reason));
        });
    }

    private void replaceIfUnused(Member member) {
        if (!undeploying && member.state() == State.JOINED && !member.isReady()) {
            member.replaced(member.source() instanceof Source.Acquisition);
        }
    }

    /** Whether another runtime is wanted in its place. */
    boolean isReplaced(Member member) {
        return look(member::isReplaced);
    }

    private boolean gone(Member member, State state, String reason, DeploymentEvent event) {
        return change(() -> {
            if (undeploying || !member.become(state, reason)) {
                return false;
            }
            member.source()
                    .shares()
                    .forEach(share -> musters.get(share.virtualNode()).detach(member.sourceIndex(), member.index()));
            tell(event);
            judge();
            return true;
        });
    }

    /** What started these runtimes has ended by itself. */
    void ended(List<Member> started, String reason) {
        started.forEach(member -> {
            if (!lost(member, reason)) {
                fail(member, reason);
            }
        });
    }

    /** No (more) runtimes will come from there. */
    void sourceFailed(Source source, String reason) {
        change(() -> {
            failedSources.put(source, reason);
            if (!undeploying) {
                tell(new DeploymentEvent.Failed(source.name(), reason));
                judge();
            }
        });
    }

    /** A look-up has found nodes: the virtual node gets them now. */
    void found(Source.Lookup lookup, List<Node> nodes) {
        change(() -> {
            if (undeploying) {
                return;
            }
            failedSources.remove(lookup);
            for (int i = 0; i < nodes.size(); i++) {
                musters.get(lookup.virtualNode()).attach(new Place(sources.indexOf(lookup), 0, i), nodes.get(i));
                tell(new DeploymentEvent.NodeAttached(lookup.virtualNode(), nodes.get(i)));
            }
            judge();
        });
    }

    /** A look-up has found nothing. Says whether somebody still waits for what it may find later. */
    boolean notFound(Source.Lookup lookup, String reason) {
        return change(() -> {
            failedSources.put(lookup, reason);
            return !undeploying && musters.get(lookup.virtualNode()).verdict() == Verdict.WAITING;
        });
    }

    void timeIsUp(String virtualNode) {
        change(() -> {
            musters.get(virtualNode).timeIsUp();
            judge();
        });
    }

    private void judge() {
        if (undeploying) {
            return;
        }
        for (Muster muster : musters.values()) {
            String name = muster.target().definition().name();
            muster.judge(failedNodes(name)).ifPresent(verdict -> {
                if (verdict == Verdict.READY) {
                    tell(new DeploymentEvent.Ready(name, muster.nodes().size()));
                } else {
                    String reason = shortfall(muster).text(when(muster));
                    muster.failedBecause(reason);
                    tell(new DeploymentEvent.NotReady(name, reason));
                }
            });
        }
    }

    private String when(Muster muster) {
        return muster.isTimeUp()
                ? "within " + Durations.text(muster.target().definition().timeout())
                : "after " + Durations.text(Duration.ofNanos(time.nanos() - muster.since()));
    }

    private int failedNodes(String virtualNode) {
        int failed = 0;
        for (Source source : sources) {
            int nodes = nodesOf(source, virtualNode);
            if (nodes > 0 && source.runtimes().isPresent()) {
                List<Member> known = members(source).stream()
                        .filter(member -> !member.isReplaced())
                        .toList();
                long gone = known.stream().filter(Member::isGone).count();
                long missing =
                        failedSources.containsKey(source) ? source.runtimes().getAsInt() - known.size() : 0;
                failed += (int) (nodes * (gone + missing));
            }
        }
        return failed;
    }

    private static int nodesOf(Source source, String virtualNode) {
        return source.shares().stream()
                .filter(share -> share.virtualNode().equals(virtualNode))
                .mapToInt(Share::nodes)
                .sum();
    }

    private void tell(DeploymentEvent event) {
        events.accept(event);
    }

    /** Something that an undeployment must wait for begins; false if there must be nothing new. */
    boolean begin() {
        return change(() -> {
            if (!undeploying) {
                activities++;
            }
            return !undeploying;
        });
    }

    /** It has ended. */
    void end() {
        change(() -> {
            activities--;
        });
    }

    /** From now on nothing begins and nothing is news; false if somebody else has said so before. */
    boolean beginUndeploy() {
        return change(() -> {
            boolean first = !undeploying;
            undeploying = true;
            return first;
        });
    }

    void awaitActivities() {
        awaitUntil(() -> activities == 0);
    }

    /** Waits until nobody prepares the runtime any more. */
    void awaitSettled(Member member) {
        awaitUntil(() -> !member.isBusy());
    }

    void endUndeploy() {
        change(() -> {
            members.forEach(member ->
                    member.become(State.STOPPED, member.source() instanceof Source.Launch ? "stopped" : "given back"));
            musters.values().forEach(Muster::clear);
            undeployed = true;
        });
    }

    void awaitUndeployed() {
        awaitUntil(() -> undeployed);
    }

    private void awaitUntil(BooleanSupplier condition) {
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    List<Member> members() {
        return look(() -> List.copyOf(members));
    }

    /** Those of this source that are known, in order. */
    List<Member> members(Source source) {
        return look(() ->
                members.stream().filter(member -> member.source() == source).toList());
    }

    List<String> nodesOn(Member member) {
        return look(member::nodes);
    }

    Optional<RuntimeAddress> address(Member member) {
        return look(member::address);
    }

    State state(Member member) {
        return look(member::state);
    }

    /** The runtimes that were started or acquired. */
    List<RuntimeStatus> runtimes() {
        return look(() -> members.stream()
                .filter(member -> begun.contains(member.source()))
                .map(Member::status)
                .toList());
    }

    DeploymentState state() {
        return look(() -> {
            if (undeploying) {
                return undeployed ? DeploymentState.UNDEPLOYED : DeploymentState.UNDEPLOYING;
            }
            if (musters.values().stream().anyMatch(muster -> muster.verdict() == Verdict.FAILED)) {
                return DeploymentState.FAILED;
            }
            List<Muster> activated =
                    musters.values().stream().filter(Muster::isActivated).toList();
            boolean some = !activated.isEmpty() || musters.isEmpty();
            return some && activated.stream().allMatch(muster -> muster.verdict() == Verdict.READY)
                    ? DeploymentState.READY
                    : DeploymentState.ACTIVATING;
        });
    }

    Optional<String> failure() {
        return look(() -> musters.values().stream()
                .flatMap(muster -> muster.failure().stream())
                .collect(Collectors.collectingAndThen(
                        Collectors.joining("\n"), text -> text.isEmpty() ? Optional.empty() : Optional.of(text))));
    }

    List<Node> nodes(String virtualNode) {
        return look(() -> musters.get(virtualNode).nodes());
    }

    boolean isReady(String virtualNode) {
        return look(() -> !undeploying && musters.get(virtualNode).verdict() == Verdict.READY);
    }

    /** Blocks until the virtual node is ready, at most for the limit if there is one. */
    List<Node> waitReady(String virtualNode, Optional<Duration> limit) {
        long since = time.nanos();
        AtomicBoolean expired = new AtomicBoolean();
        Optional<Registration> timer = limit.map(duration -> expireAfter(duration, expired));
        lock.lock();
        try {
            Muster muster = activated(virtualNode);
            while (muster.verdict() == Verdict.WAITING && !undeploying && !expired.get()) {
                changed.await();
            }
            if (muster.verdict() == Verdict.FAILED) {
                throw missing(muster, muster.failure().orElseThrow(), since);
            }
            if (undeploying) {
                throw undeployed(virtualNode);
            }
            if (muster.verdict() == Verdict.WAITING) {
                throw missing(muster, shortfall(muster).text("within " + Durations.text(limit.orElseThrow())), since);
            }
            return muster.nodes();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw interrupted(virtualNode);
        } finally {
            lock.unlock();
            timer.ifPresent(Registration::close);
        }
    }

    /** A node that was not taken before; blocks until there is one, at most for the limit. */
    Node take(String virtualNode, Duration limit) {
        long since = time.nanos();
        AtomicBoolean expired = new AtomicBoolean();
        Registration timer = expireAfter(limit, expired);
        lock.lock();
        try {
            Muster muster = activated(virtualNode);
            while (!undeploying) {
                Optional<Node> node = muster.take();
                if (node.isPresent()) {
                    return node.get();
                }
                if (expired.get() || !moreMayCome(muster)) {
                    String when = expired.get()
                            ? "within " + Durations.text(limit)
                            : "after " + Durations.text(Duration.ofNanos(time.nanos() - muster.since()));
                    throw missing(
                            muster,
                            shortfall(muster).text(when) + "; all nodes it has were taken before: "
                                    + muster.nodes().size(),
                            since);
                }
                changed.await();
            }
            throw undeployed(virtualNode);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw interrupted(virtualNode);
        } finally {
            lock.unlock();
            timer.close();
        }
    }

    private Muster activated(String virtualNode) {
        Muster muster = musters.get(virtualNode);
        if (!muster.isActivated() && !undeploying) {
            throw new DeploymentException("virtual node '" + virtualNode + "' of deployment " + deployment
                    + " is not activated; nothing would come: activate it first");
        }
        return muster;
    }

    private boolean moreMayCome(Muster muster) {
        Readiness readiness = muster.target().readiness();
        String name = muster.target().definition().name();
        return readiness.openEnded() || muster.nodes().size() + failedNodes(name) < readiness.expected();
    }

    private Registration expireAfter(Duration limit, AtomicBoolean expired) {
        return time.after(limit, () -> change(() -> expired.set(true)));
    }

    private NodesMissingException missing(Muster muster, String message, long since) {
        return new NodesMissingException(
                message,
                muster.target().definition().name(),
                muster.target().readiness().expected(),
                muster.nodes().size(),
                Duration.ofNanos(time.nanos() - since));
    }

    private DeploymentException undeployed(String virtualNode) {
        return new DeploymentException("virtual node '" + virtualNode + "': deployment " + deployment
                + " is undeployed, it has no nodes any more");
    }

    private static CancellationException interrupted(String virtualNode) {
        return new CancellationException("interrupted while waiting for virtual node '" + virtualNode + "'");
    }

    /** The next node in turn; blocks until the virtual node is ready. */
    Node next(String virtualNode) {
        waitReady(virtualNode, Optional.empty());
        return change(() -> {
            Muster muster = musters.get(virtualNode);
            return muster.next()
                    .orElseThrow(() -> new DeploymentException("virtual node '" + virtualNode + "' has no node left: "
                            + shortfall(muster).missing()));
        });
    }

    private Shortfall shortfall(Muster muster) {
        String name = muster.target().definition().name();
        return new Shortfall(
                muster.target(),
                sources.stream().filter(source -> nodesOf(source, name) > 0).toList(),
                members.stream()
                        .filter(member -> nodesOf(member.source(), name) > 0)
                        .toList(),
                failedSources,
                muster.nodes().size());
    }

    /** Changes something; whoever waits looks again afterwards. */
    private <T> T change(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    private void change(Runnable action) {
        change(() -> {
            action.run();
            return null;
        });
    }

    private <T> T look(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }
}
