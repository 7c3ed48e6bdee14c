package org.actium.simulation.scenarios;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.actium.object.api.ActiveObjectException;
import org.actium.object.api.BodyTerminatedException;
import org.actium.object.api.OutcomeUnknownException;
import org.actium.object.api.RequestNotSentException;
import org.actium.simulation.Machine;
import org.actium.simulation.oracle.Observation;

/** How one of those who call workers does so: the oracles hear what is sent and what its sender is told. */
final class Voice {

    private static final String CALL = "call";

    private final String self;
    private final boolean faulty;
    private final Map<String, Long> sent = new TreeMap<>();
    private final HeardFutures heard;

    /** What lists are sent from: used again as soon as a call has returned, as every caller may. */
    private final List<Integer> scratch = new ArrayList<>();

    /**
     * A call whose result is still to be heard.
     *
     * @param receipt empty if the call could not be sent
     */
    record Pending(Message message, Optional<Receipt> receipt) {}

    /**
     * @param self who calls: a place and a name
     * @param faulty whether hosts or links may fail in this run, so that calls may, too
     */
    Voice(String self, boolean faulty) {
        this.self = self;
        this.faulty = faulty;
        this.heard = new HeardFutures(self);
    }

    /** Calls one-way. If the link is lost nobody is told, so where that may be the message may be lost, too. */
    void tell(Peer peer, Content content, int hops, long seed) {
        Message message = send(peer, content, hops, seed);
        try {
            peer.worker().tell(message);
            scratch.clear();
            if (faulty) {
                observe(new Observation.GivenUp(message.name()));
            }
        } catch (ActiveObjectException told) {
            failed(message, told);
        }
    }

    /** Calls and waits for the result. */
    void count(Peer peer, Content content, int hops, long seed) {
        Message message = send(peer, content, hops, seed);
        observe(new Observation.Opened(CALL, message.name()));
        try {
            peer.worker().count(message);
            Machine.current().sometimes("call answered");
        } catch (ActiveObjectException told) {
            failed(message, told);
        }
        observe(new Observation.Closed(CALL, message.name()));
    }

    /** Calls; whoever does must {@link #hear} the result. */
    Pending ask(Peer peer, Content content, int hops, long seed) {
        Message message = send(peer, content, hops, seed);
        observe(new Observation.Opened(CALL, message.name()));
        try {
            Receipt receipt = peer.worker().ask(message);
            scratch.clear();
            return new Pending(message, Optional.of(receipt));
        } catch (ActiveObjectException told) {
            failed(message, told);
            return new Pending(message, Optional.empty());
        }
    }

    /** Waits for the result of a call. */
    void hear(Pending pending) {
        Message message = pending.message();
        try {
            pending.receipt().ifPresent(receipt -> {
                heard.read(message.name(), receipt);
                Machine.current().sometimes("future heard");
            });
        } catch (ActiveObjectException told) {
            failed(message, told);
        }
        observe(new Observation.Closed(CALL, message.name()));
    }

    /** Waits for the result of a call of somebody else, who may have lost it. */
    void overhear(Content.Promise promise) {
        try {
            heard.read(promise.call(), promise.receipt());
            Machine.current().sometimes("future of another heard");
        } catch (ActiveObjectException told) {
            Machine.current().sometimes("future of another failed");
            if (!faulty) {
                Machine.current()
                        .fail("the result of " + promise.call() + " failed at " + self + " although nothing else did: "
                                + told);
            }
        }
    }

    /** Looks again at all futures it has heard. */
    void readAgain() {
        heard.readAgain();
    }

    /** Leaves it to others to wait for the result. */
    Optional<Receipt> pass(Pending pending) {
        if (faulty) {
            observe(new Observation.GivenUp(pending.message().name()));
        }
        observe(new Observation.Closed(CALL, pending.message().name()));
        return pending.receipt();
    }

    private Message send(Peer peer, Content content, int hops, long seed) {
        long number = sent.merge(peer.name(), 1L, Long::sum);
        Message message =
                new Message(self + ">" + peer.name() + "#" + number, lent(content), content.sum(), hops, seed);
        observe(new Observation.Sent(self, peer.name(), message.name()));
        return message;
    }

    /** Where that is possible, a view of what the sender will write over. */
    private Content lent(Content content) {
        if (content instanceof Content.Numbers(List<Integer> numbers)) {
            scratch.clear();
            scratch.addAll(numbers);
            return new Content.Numbers(Collections.unmodifiableList(scratch));
        }
        return content;
    }

    private void failed(Message message, ActiveObjectException told) {
        Machine machine = Machine.current();
        if (!faulty) {
            machine.fail(message.name() + " failed although nothing else did: " + told);
        }
        machine.sometimes(told.getClass().getSimpleName());
        switch (told) {
            // what comes from further on says nothing of the first hop
            case RequestNotSentException _, BodyTerminatedException _ ->
                observe(
                        message.hops() == 0
                                ? new Observation.Refused(message.name())
                                : new Observation.GivenUp(message.name()));
            case OutcomeUnknownException _ -> observe(new Observation.GivenUp(message.name()));
            default -> machine.fail(message.name() + " failed in a way that no fault explains: " + told);
        }
    }

    private static void observe(Observation observation) {
        Machine.current().observe(observation);
    }
}
