package org.actium.simulation.scenarios;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.actium.simulation.Machine;
import org.actium.simulation.oracle.Observation;
import org.actium.simulation.oracle.Oracle;

/** Objects to nothing; knows whether there is something left to wait for before a run may end. */
final class Settling implements Oracle {

    /** After that, whoever still waits will wait for ever, which other oracles will say. */
    static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final Duration LOOK = Duration.ofMillis(20);

    /** Name to who has to finish it. */
    private final Map<String, String> unfinished = new HashMap<>();

    private final Set<String> finished = new HashSet<>();

    @Override
    public Optional<String> observe(Observation observation) {
        switch (observation) {
            case Observation.Sent(String from, String to, String message) -> begin(message, from);
            case Observation.Applied(String message) -> finish(message);
            case Observation.GivenUp(String message) -> finish(message);
            case Observation.Refused(String message) -> finish(message);
            case Observation.Opened(String kind, String name) -> begin(kind + " " + name, name);
            case Observation.Closed(String kind, String name) -> finish(kind + " " + name);
            case Observation.Died(String place) -> unfinished.values().removeIf(by -> Observation.isAt(place, by));
            case Observation.Queued _,
                    Observation.Served _,
                    Observation.FutureSet _,
                    Observation.IncarnationStarted _,
                    Observation.IncarnationActed _ -> {}
        }
        return Optional.empty();
    }

    private void begin(String name, String by) {
        if (!finished.contains(name)) {
            unfinished.put(name, by);
        }
    }

    private void finish(String name) {
        finished.add(name);
        unfinished.remove(name);
    }

    /** Blocks until everything sent and begun has come to an end. */
    void await(Machine machine) {
        Duration limit = machine.now().plus(PATIENCE);
        while (!unfinished.isEmpty() && machine.now().compareTo(limit) < 0) {
            machine.sleep(LOOK);
        }
    }
}
