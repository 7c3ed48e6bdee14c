package org.actium.simulation.network;

import java.util.Map;
import java.util.TreeMap;
import org.actium.simulation.engine.Lane;

/** The operating system of a host, as far as the network is concerned: it goes on while the host is paused. */
final class NetworkHost {

    private static final int FIRST_FREE_PORT = 10_000;
    private static final int FIRST_DIALLING_PORT = 49_152;
    private static final int DIALLING_PORTS = 65_536 - FIRST_DIALLING_PORT;

    private final String name;
    private final Map<Integer, SimulatedListener> listeners = new TreeMap<>();
    private Lane lane;
    private boolean answers;
    private int nextPort = FIRST_FREE_PORT;
    private int dialled;

    NetworkHost(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** The life the host lives now, or lived last. */
    Lane lane() {
        return lane;
    }

    void boot(Lane newLane) {
        lane = newLane;
        answers = true;
    }

    /** @param vanished nothing is left to tell others that the host is gone */
    void crash(boolean vanished) {
        listeners.clear();
        answers = !vanished;
    }

    /** Whether there is anybody to answer a packet, be it with a refusal. */
    boolean answers() {
        return answers;
    }

    int freePort() {
        while (listeners.containsKey(nextPort)) {
            nextPort++;
        }
        return nextPort++;
    }

    /** How many connections were dialled from here, this one included. */
    int countDialled() {
        return ++dialled;
    }

    static int diallingPort(int count) {
        return FIRST_DIALLING_PORT + count % DIALLING_PORTS;
    }

    Map<Integer, SimulatedListener> listeners() {
        return listeners;
    }

    @Override
    public String toString() {
        return name;
    }
}
