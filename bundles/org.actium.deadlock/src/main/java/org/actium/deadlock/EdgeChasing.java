package org.actium.deadlock;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.actium.deadlock.api.Deadlock;
import org.actium.object.api.BodyId;
import org.actium.object.spi.Need;
import org.actium.runtime.api.RuntimeAddress;

/**
 * The part of one runtime in finding circles of waits: edge chasing after Chandy, Misra and Haas, "Distributed deadlock
 * detection", ACM TOCS 1(2), 1983, section 3, where a process waits for one resource. A state machine without I/O: it is
 * told of suspects and of messages, and answers with what is to be done. Calls must not overlap.
 *
 * <p>A probe begins at a wait that has lasted long and goes from wait to wait:
 *
 * <pre>
 *   Follow*  along futures that one runtime passed on to another, to the runtime that made the call
 *   Ask      to the runtime of the called object: is it waiting?
 *   Waits    back, behind every reply that the object gave before: is the call still unanswered?
 *   Pass     there again: is it still in the same wait? Then go on from it.
 * </pre>
 *
 * After that the edge is certain: the object cannot answer before its own wait has ended. In a circle of such edges no
 * wait can be the first to end. When a probe comes back to where it began, the runtime of the first member (the lowest of
 * those whose wait can be ended by an exception) sends a second probe round, which has to find the same waits, collects
 * what the report says of them, and is reported once.
 *
 * <p>Differences from the paper: probes carry their path, since a report needs it, so no process has to remember who
 * depends on it; edges are verified as above, because replies may be under way; suspects send probes again and again,
 * since an edge may also appear when a pending future is passed on, without any wait beginning.
 */
final class EdgeChasing {

    /** A probe that has not come round after as many objects is given up. */
    static final int LONGEST_PATH = 1000;

    /** A probe that is sent from runtime to runtime as often without coming to an object is given up. */
    static final int MOST_FUTURES = 1000;

    private final RuntimeAddress self;
    private final LocalWaits waits;
    private final Queue<Message> toSelf = new ArrayDeque<>();
    private final Map<WaitId, Long> confirming = new HashMap<>(); // first member to the round of suspects it began in
    private final Set<WaitId> reported = new HashSet<>(); // by first member
    private List<Action> actions = new ArrayList<>();
    private long round;

    EdgeChasing(RuntimeAddress self, LocalWaits waits) {
        this.self = self;
        this.waits = waits;
    }

    /** Sends a probe from each of these waits, which have lasted long. */
    List<Action> suspect(List<WaitId> suspects) {
        round++;
        confirming.keySet().removeIf(wait -> !isCurrent(wait));
        reported.removeIf(wait -> !isCurrent(wait));
        for (WaitId suspect : suspects) {
            follow(Probe.from(hop(suspect, false), List.of()), new Edge.Start.OfWait());
        }
        return whatIsToBeDone();
    }

    /** A message has come from another runtime. */
    List<Action> receive(RuntimeAddress from, Message message) {
        handle(from, message);
        return whatIsToBeDone();
    }

    private List<Action> whatIsToBeDone() {
        for (Message message = toSelf.poll(); message != null; message = toSelf.poll()) {
            handle(self, message);
        }
        List<Action> done = actions;
        actions = new ArrayList<>();
        return done;
    }

    private void handle(RuntimeAddress from, Message message) {
        switch (message) {
            case Message.Follow(Probe probe, long future) -> follow(probe, new Edge.Start.OfFuture(from.id(), future));
            case Message.Ask(Probe probe, Edge edge) -> ask(from, probe, edge);
            case Message.Waits(Probe probe, Edge edge, WaitId wait) -> verify(from, probe, edge, wait);
            case Message.Pass(Probe probe, WaitId wait) -> pass(probe, wait);
            case Message.Confirm(List<WaitId> circle) -> confirm(circle);
        }
    }

    private void follow(Probe probe, Edge.Start start) {
        switch (need(probe, start)) {
            case Need.Reply reply -> send(reply.home(), new Message.Ask(probe, edge(start, reply)));
            case Need.Room room -> send(room.home(), new Message.Ask(probe, edge(start, room)));
            case Need.Value(RuntimeAddress from, long future) -> {
                if (probe.futures() < MOST_FUTURES) {
                    send(from, new Message.Follow(probe.followingOneMoreFuture(), future));
                }
            }
            case Need.None _ -> {}
        }
    }

    private void ask(RuntimeAddress asker, Probe probe, Edge edge) {
        // in this order: if the wait is still there when the probe passes, it was there when the part was not done
        Optional<WaitId> wait = waits.waitOf(edge.to());
        if (wait.isPresent() && isUpToItsThread(asker, edge)) {
            send(asker, new Message.Waits(probe, edge, wait.get()));
        }
    }

    private boolean isUpToItsThread(RuntimeAddress asker, Edge edge) {
        return switch (edge.part()) {
            case Edge.Part.Answer(String signature, long call) ->
                waits.isServedInTurn(edge.to(), signature, asker.id(), call);
            case Edge.Part.MakeRoom(BodyId sender, long sequence) -> waits.holdsBack(edge.to(), sender, sequence);
        };
    }

    private void verify(RuntimeAddress home, Probe probe, Edge edge, WaitId wait) {
        boolean still = switch (need(probe, edge.from())) {
            case Need.Reply reply -> edge(edge.from(), reply).equals(edge);
            case Need.Room room -> edge(edge.from(), room).equals(edge);
            case Need.Value _, Need.None _ -> false;
        };
        if (still) {
            send(home, new Message.Pass(probe, wait));
        }
    }

    private void pass(Probe probe, WaitId wait) {
        if (!isCurrent(wait) || !probe.mayGoThrough(wait)) {
            return;
        }
        if (probe.first().equals(wait)) {
            close(probe);
        } else if (!probe.hasComeThrough(wait) && probe.path().size() < LONGEST_PATH) {
            follow(probe.through(hop(wait, probe.confirms())), new Edge.Start.OfWait());
        }
    }

    private void close(Probe probe) {
        if (!probe.confirms()) {
            List<Hop> circle = fromFirstMember(probe.path());
            send(
                    circle.getFirst().home(),
                    new Message.Confirm(circle.stream().map(Hop::id).toList()));
        } else if (probe.path().size() == probe.expected().size() && reported.add(probe.first())) {
            Deadlock deadlock = new Deadlock(
                    probe.path().stream().map(hop -> hop.member().orElseThrow()).toList());
            actions.add(new Action.Report(deadlock, probe.first()));
        }
    }

    /** Whoever finds the circle, wherever it began to look, comes to the same first member. */
    private static List<Hop> fromFirstMember(List<Hop> path) {
        Hop first = path.stream()
                .min(Comparator.comparing((Hop hop) -> !hop.canFail()).thenComparing(Hop::id))
                .orElseThrow();
        List<Hop> circle = new ArrayList<>(path);
        Collections.rotate(circle, -path.indexOf(first));
        return circle;
    }

    private void confirm(List<WaitId> circle) {
        WaitId first = circle.getFirst();
        if (isCurrent(first)
                && !reported.contains(first)
                && !Long.valueOf(round).equals(confirming.put(first, round))) {
            follow(Probe.from(hop(first, true), circle), new Edge.Start.OfWait());
        }
    }

    private Need need(Probe probe, Edge.Start start) {
        return switch (start) {
            case Edge.Start.OfWait() -> waits.need(probe.last());
            case Edge.Start.OfFuture future -> waits.need(future.holder(), future.number());
        };
    }

    private static Edge edge(Edge.Start start, Need.Reply need) {
        return new Edge(start, need.producer(), new Edge.Part.Answer(need.signature(), need.call()));
    }

    private static Edge edge(Edge.Start start, Need.Room need) {
        return new Edge(start, need.owner(), new Edge.Part.MakeRoom(need.sender(), need.sequence()));
    }

    private Hop hop(WaitId wait, boolean described) {
        return new Hop(
                wait, self, waits.canFail(wait), described ? Optional.of(waits.describe(wait)) : Optional.empty());
    }

    private boolean isCurrent(WaitId wait) {
        return waits.waitOf(wait.waiting()).equals(Optional.of(wait));
    }

    private void send(RuntimeAddress to, Message message) {
        if (to.id().equals(self.id())) {
            toSelf.add(message);
        } else {
            actions.add(new Action.Send(to, message));
        }
    }
}
