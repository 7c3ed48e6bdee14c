package org.actium.simulation.scenarios;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.actium.object.api.ActiveContext;
import org.actium.simulation.Machine;
import org.actium.simulation.oracle.Observation;

/** Tells others what it hears, always one-way. */
public class Gossip {

    private static final int MOST_AT_ONCE = 3;

    private final Map<String, Long> told = new TreeMap<>();
    private List<Friend> friends = List.of();

    /** A gossip as others know it. */
    public record Friend(String name, Gossip gossip) implements Serializable {}

    /**
     * Something to tell.
     *
     * @param hops how often it may be passed on
     * @param seed who is told
     */
    public record Rumour(String name, int hops, long seed) implements Serializable {}

    /** Must be the first call. */
    public void meet(List<Friend> all) {
        friends = all;
    }

    public void hear(Rumour rumour) {
        String self = ActiveContext.current().name();
        Machine machine = Machine.current();
        machine.observe(new Observation.Queued(self, rumour.name()));
        machine.observe(new Observation.Served(self, rumour.name()));
        machine.observe(new Observation.Applied(rumour.name()));
        machine.sometimes("rumour heard");
        if (rumour.hops() > 0) {
            tell(self, rumour);
        }
    }

    /** First some, then some others: who hears of it from both must hear the first one first. */
    private void tell(String self, Rumour heard) {
        SplittableRandom random = new SplittableRandom(heard.seed());
        for (int left = random.nextInt(MOST_AT_ONCE) + 1; left > 0; left--) {
            Friend friend = friends.get(random.nextInt(friends.size()));
            long number = told.merge(friend.name(), 1L, Long::sum);
            Rumour rumour = new Rumour(
                    self + ">" + friend.name() + "#" + number, random.nextInt(heard.hops()), random.nextLong());
            Machine.current().observe(new Observation.Sent(self, friend.name(), rumour.name()));
            friend.gossip().hear(rumour);
        }
    }
}
