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
    private final List<Planet> planets = new ArrayList<>();

    /** Creates the planets, each on the next node. */
    PlanetarySystem(Experiment experiment, int reportEvery, ActiveObjects objects, Supplier<Node> nodes) {
        this.experiment = experiment;
        for (int i = 0; i < experiment.planets().size(); i++) {
            planets.add(objects.newActive(Planet.class, i, experiment, reportEvery)
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
        // each call returns a future at once; the planets put the answer off until they have arrived
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
