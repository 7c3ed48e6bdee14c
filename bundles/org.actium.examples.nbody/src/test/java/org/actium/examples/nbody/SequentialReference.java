package org.actium.examples.nbody;

import java.util.ArrayList;
import java.util.List;

/** The same experiment as one loop over all planets: velocity Verlet as in a textbook, without messages. */
final class SequentialReference {

    private final Experiment experiment;
    private List<PointMass> planets;

    SequentialReference(Experiment experiment) {
        this.experiment = experiment;
        this.planets = experiment.planets();
    }

    List<PointMass> run() {
        double half = experiment.step() / 2;
        List<Vector> accelerations = accelerations();
        for (int i = 0; i < experiment.iterations(); i++) {
            List<PointMass> moved = new ArrayList<>();
            for (int p = 0; p < planets.size(); p++) {
                moved.add(planets.get(p).kick(accelerations.get(p), half).drift(experiment.step()));
            }
            planets = moved;
            accelerations = accelerations();
            List<PointMass> kicked = new ArrayList<>();
            for (int p = 0; p < planets.size(); p++) {
                kicked.add(planets.get(p).kick(accelerations.get(p), half));
            }
            planets = kicked;
        }
        return planets;
    }

    private List<Vector> accelerations() {
        Vector[] positions = planets.stream().map(PointMass::position).toArray(Vector[]::new);
        List<Vector> accelerations = new ArrayList<>();
        for (int p = 0; p < positions.length; p++) {
            accelerations.add(experiment.gravity().acceleration(p, experiment.masses(), positions));
        }
        return accelerations;
    }
}
