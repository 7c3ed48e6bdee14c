package org.actium.simulation.scenarios;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.actium.object.api.ActiveContext;
import org.actium.simulation.Machine;
import org.actium.simulation.oracle.Observation;

/** Serves calls of each kind, tells the oracles so, and calls on. */
public class Worker {

    private int rank;
    private List<Peer> peers = List.of();
    private Voice voice;
    private long served;
    private final List<Given> given = new ArrayList<>();

    /** A result and what it said when it was given. */
    private record Given(Receipt receipt, String text) {}

    /** Must be the first call. */
    public void meet(List<Peer> all, int ownRank, boolean faulty) {
        rank = ownRank;
        peers = all;
        voice = new Voice(self(), faulty);
    }

    public void tell(Message message) {
        voice.readAgain();
        given.forEach(Worker::requireUnchanged);
        serve(message);
        callOn(message);
    }

    /** Who got it writes on it, which is no concern of who gave it. */
    private static void requireUnchanged(Given one) {
        if (!one.receipt().text().equals(one.text())) {
            Machine.current()
                    .fail(self() + " gave a result '" + one.text() + "', which says '"
                            + one.receipt().text() + "' now");
        }
    }

    public long count(Message message) {
        serve(message);
        callOn(message);
        return served;
    }

    public Receipt ask(Message message) {
        serve(message);
        SplittableRandom random = new SplittableRandom(message.seed());
        List<Peer> higher = peers.stream().filter(peer -> peer.rank() > rank).toList();
        if (message.hops() > 0 && !higher.isEmpty() && random.nextBoolean()) {
            Peer next = higher.get(random.nextInt(higher.size()));
            Voice.Pending further = voice.ask(next, Content.data(random), message.hops() - 1, random.nextLong());
            return voice.pass(further).orElseGet(() -> receipt(message));
        }
        callOn(message);
        return receipt(message);
    }

    private Receipt receipt(Message message) {
        String text = message.name() + " was number " + served + " of " + self();
        Receipt receipt = new Receipt(text);
        given.add(new Given(receipt, text));
        return receipt;
    }

    private void serve(Message message) {
        Machine machine = Machine.current();
        machine.observe(new Observation.Queued(self(), message.name()));
        machine.observe(new Observation.Served(self(), message.name()));
        machine.observe(new Observation.Applied(message.name()));
        machine.sometimes("request served");
        served++;
        if (message.content().sum() != message.sum()) {
            machine.fail(
                    message.name() + " was damaged: sum " + message.content().sum() + ", sent " + message.sum());
        }
        switch (message.content()) {
            case Content.Contact(Peer peer) -> voice.tell(peer, new Content.Text("your number"), 0, 0);
            case Content.Promise promise -> voice.overhear(promise);
            case Content.Text _, Content.Bytes _, Content.Numbers _, Content.Parcel _ -> {}
        }
    }

    private void callOn(Message message) {
        SplittableRandom random = new SplittableRandom(message.seed());
        if (message.hops() == 0) {
            return;
        }
        Peer next = peers.get(random.nextInt(peers.size()));
        int hops = message.hops() - 1;
        if (next.rank() <= rank || random.nextBoolean()) {
            voice.tell(next, Content.data(random), hops, random.nextLong());
        } else if (random.nextBoolean()) {
            voice.count(next, Content.data(random), hops, random.nextLong());
        } else {
            voice.hear(voice.ask(next, Content.data(random), hops, random.nextLong()));
        }
    }

    private static String self() {
        return ActiveContext.current().name();
    }
}
