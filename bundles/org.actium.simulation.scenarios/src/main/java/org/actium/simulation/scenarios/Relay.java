package org.actium.simulation.scenarios;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.ActiveObjectException;
import org.actium.simulation.Machine;
import org.actium.simulation.oracle.Observation;

/**
 * One of a chain along which a result comes back as a future: none of those between the one who asked and the one who
 * answers waits for it. Futures are handed to watchers on the way.
 */
public class Relay {

    private List<Relay> relays = List.of();
    private List<Watcher> watchers = List.of();

    /**
     * A question.
     *
     * @param name of its answer
     * @param hops how many relays it passes before it is answered
     * @param most how long answering it takes at most
     * @param faulty whether hosts or links may fail in this run, so that its answer may be lost
     * @param seed which way it goes, and who may watch
     */
    public record Question(String name, int hops, Duration most, boolean faulty, long seed) implements Serializable {

        Question further(long newSeed) {
            return new Question(name, hops - 1, most, faulty, newSeed);
        }

        /** Fails the run if there is nothing that could have failed. */
        void failed(String what, ActiveObjectException told) {
            if (!faulty) {
                Machine.current().fail(what + " of " + name + " failed although nothing else did: " + told);
            }
        }
    }

    /** Must be the first call. */
    public void meet(List<Relay> allRelays, List<Watcher> allWatchers) {
        relays = allRelays;
        watchers = allWatchers;
    }

    public Receipt ask(Question question) {
        SplittableRandom random = new SplittableRandom(question.seed());
        if (question.hops() == 0) {
            Machine.current()
                    .sleep(Duration.ofNanos(random.nextLong(question.most().toNanos())));
            Machine.current().sometimes("question answered");
            return new Receipt("answer to " + question.name());
        }
        Relay next = relays.get(random.nextInt(relays.size()));
        Question further = question.further(random.nextLong());
        // asking oneself is allowed for who does not wait
        Receipt answer = next.ask(further);
        for (int left = random.nextInt(3); left > 0; left--) {
            show(watchers.get(random.nextInt(watchers.size())), question, answer, random);
        }
        return answer;
    }

    /** A watcher is named by who shows it what, so that it is waited for only where it must hear. */
    private static void show(Watcher watcher, Question question, Receipt answer, SplittableRandom random) {
        String watch =
                question.name() + " by " + ActiveContext.current().name() + " " + Long.toHexString(random.nextLong());
        Machine.current().sometimes("future shown");
        try {
            watcher.watch(watch, question, answer);
        } catch (ActiveObjectException gone) {
            Machine.current().sometimes("watcher gone");
            question.failed("showing the answer", gone);
        }
    }

    /** Waits for futures of others. */
    public static class Watcher {

        private final Map<String, HeardFutures> seen = new TreeMap<>();

        public void watch(String watch, Question question, Receipt answer) {
            String self = ActiveContext.current().name();
            seen.values().forEach(HeardFutures::readAgain);
            Machine machine = Machine.current();
            // of what began here, all must end
            machine.sometimes("outcome told");
            machine.observe(new Observation.Opened("watch", self + " of " + watch));
            try {
                seen.computeIfAbsent(watch, what -> new HeardFutures(self + " of " + what))
                        .read(question.name(), answer);
                machine.sometimes("future seen");
            } catch (ActiveObjectException failed) {
                machine.sometimes("future failed");
                question.failed("watching the answer", failed);
            }
            machine.observe(new Observation.Closed("watch", self + " of " + watch));
        }
    }
}
