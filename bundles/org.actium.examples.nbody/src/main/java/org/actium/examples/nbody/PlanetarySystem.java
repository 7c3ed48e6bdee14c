package org.actium.examples.nbody;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.actium.future.api.FutureList;
import org.actium.future.api.Futures;
import org.actium.object.api.ActiveObjects;
import org.actium.runtime.api.Node;

/** The planets of one experiment, each an active object. */
final class PlanetarySystem {

    private final Experiment experiment;
    private final boolean recoverable;
    private final List<Planet> planets = new ArrayList<>();

    /** Creates the planets, each on the next node, where they are as lasting as their runtimes. */
    PlanetarySystem(Experiment experiment, int reportEvery, ActiveObjects objects, Supplier<Node> nodes) {
        this(experiment, reportEvery, objects, nodes, false);
    }

    /** @param recoverable whether objects on those nodes go on elsewhere when their runtime is lost */
    PlanetarySystem(
            Experiment experiment, int reportEvery, ActiveObjects objects, Supplier<Node> nodes, boolean recoverable) {
        this.experiment = experiment;
        this.recoverable = recoverable;
        Class<? extends Planet> type = recoverable ? Planet.class : WaitingPlanet.class;
        for (int i = 0; i < experiment.planets().size(); i++) {
            planets.add(objects.newActive(type, i, experiment, reportEvery)
                    .on(nodes.get())
                    .named("planet-" + i)
                    .start());
        }
    }

    /**
     * Sets them in motion and blocks until all have arrived.
     *
     * @throws org.actium.object.api.ActiveObjectException if one is lost
     */
    Summary run(Progress progress, Futures futures) {
        planets.forEach(planet -> planet.begin(planets, progress));
        if (recoverable) {
            progress.allHaveArrived(); // such a planet puts nothing off, and is not lost
        }
        // each call returns a future at once; waiting planets put the answer off until they have arrived
        List<Arrival> arrivals = planets.stream().map(Planet::arrival).toList();
        FutureList<Arrival> awaited = futures.list();
        arrivals.forEach(awaited::add);
        while (awaited.size() > 0) {
            // whoever waits for one that is lost waits for ever, so that one is to be heard of whichever it is
            awaited.takeAny().planet();
        }
        return new Summary(experiment, arrivals.stream().map(Arrival::planet).toList());
    }
}
