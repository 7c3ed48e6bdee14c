package org.actium.simulation.scenarios;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.actium.object.api.ActiveContext;
import org.actium.simulation.Machine;
import org.actium.simulation.oracle.Observation;
import org.actium.tagging.api.Tags;

/** Tells others what it hears, always one-way. */
public class Gossip {

    private static final int MOST_AT_ONCE = 3;
    private static final String ORIGIN = "origin";

    private final Map<String, Long> told = new TreeMap<>();
    private List<Friend> friends = List.of();

    /** A gossip as others know it. */
    public record Friend(String name, Gossip gossip) implements Serializable {}

    /**
     * Something to tell.
     *
     * @param origin the value of the tag that it comes with; empty if it comes without
     * @param hops how often it may be passed on
     * @param seed who is told
     */
    public record Rumour(String name, String origin, int hops, long seed) implements Serializable {}

    /** Did not go on; what was told before was told. */
    public static final class TiredException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    public Gossip() {}

    /** Spreads the rumour it is born with. */
    public Gossip(List<Friend> friends, Rumour rumour) {
        this.friends = friends;
        String self = ActiveContext.current().name();
        Machine.current().observe(new Observation.Served(self, rumour.name()));
        Machine.current().observe(new Observation.Applied(rumour.name()));
        tell(self, rumour, "");
    }

    /** Must be the first call. */
    public void meet(List<Friend> all) {
        friends = all;
    }

    /** How many it has met. */
    public int friends() {
        return friends.size();
    }

    public void hear(Rumour rumour) {
        take(ActiveContext.current().name(), rumour);
    }

    /**
     * Spreads it before it answers.
     *
     * @param answer the name of the answer
     * @throws TiredException instead, in one of two cases
     */
    public int confide(Rumour rumour, String answer) {
        String self = ActiveContext.current().name();
        take(self, rumour);
        Machine.current().observe(new Observation.Sent(self, "ear of who confided", answer));
        if (rumour.seed() % 2 == 0) {
            throw new TiredException();
        }
        return rumour.hops();
    }

    private void take(String self, Rumour rumour) {
        Machine machine = Machine.current();
        machine.observe(new Observation.Queued(self, rumour.name()));
        machine.observe(new Observation.Served(self, rumour.name()));
        machine.observe(new Observation.Applied(rumour.name()));
        machine.sometimes("rumour heard");
        String origin = tagged(self, rumour);
        if (rumour.hops() > 0) {
            tell(self, rumour, origin);
        }
    }

    /** Begins the tag, stops it, or leaves it. @return its value for what comes from here */
    private static String tagged(String self, Rumour rumour) {
        Tags tags = ActiveContext.current().facility(Tags.class);
        String carried = tags.value(ORIGIN).orElse("");
        if (!carried.equals(rumour.origin())) {
            Machine.current()
                    .fail(rumour.name() + " came to " + self + " with the tag '" + carried + "', sent was '"
                            + rumour.origin() + "'");
        }
        return switch ((int) Math.floorMod(rumour.seed() >> 1, 4L)) {
            case 0 -> {
                tags.set(ORIGIN, rumour.name());
                yield rumour.name();
            }
            case 1 -> {
                tags.stop(ORIGIN);
                yield "";
            }
            default -> carried;
        };
    }

    /** First some, then some others: who hears of it from both must hear the first one first. */
    private void tell(String self, Rumour heard, String origin) {
        SplittableRandom random = new SplittableRandom(heard.seed());
        for (int left = random.nextInt(MOST_AT_ONCE) + 1; left > 0; left--) {
            Friend friend = friends.get(random.nextInt(friends.size()));
            long number = told.merge(friend.name(), 1L, Long::sum);
            Rumour rumour = new Rumour(
                    self + ">" + friend.name() + "#" + number, origin, random.nextInt(heard.hops()), random.nextLong());
            Machine.current().observe(new Observation.Sent(self, friend.name(), rumour.name()));
            friend.gossip().hear(rumour);
        }
    }
}
