package org.actium.debug;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.actium.debug.api.Debugger;
import org.actium.debug.api.Stop;
import org.actium.object.api.BodyId;
import org.actium.object.spi.ObjectListener;

/** The gates of the objects of this runtime that can be stopped. */
final class GateTable implements DebugAccess, ObjectListener {

    private final String runtime;
    private final Map<BodyId, Gate> gates = new ConcurrentHashMap<>();

    /** @param runtime name of this one */
    GateTable(String runtime) {
        this.runtime = Objects.requireNonNull(runtime, "runtime");
    }

    Gate add(BodyId object, Class<?> type) {
        Gate gate = new Gate(object, type, runtime);
        gates.put(object, gate);
        return gate;
    }

    @Override
    public void ended(BodyId object) {
        gates.remove(object);
    }

    /** No object stops any more. */
    void close() {
        gates.values().forEach(Gate::retire);
    }

    @Override
    public void pause(BodyId object) {
        gate(object).pause();
    }

    @Override
    public void stopBefore(BodyId object, String method) {
        gate(object).stopBefore(method);
    }

    @Override
    public void step(BodyId object) {
        gate(object).step();
    }

    @Override
    public void resume(BodyId object) {
        gate(object).resume();
    }

    @Override
    public void release(BodyId object) {
        gate(object).release();
    }

    @Override
    public List<Stop> stops() {
        return gates.values().stream()
                .map(Gate::stop)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingLong(stop -> stop.object().number()))
                .toList();
    }

    private Gate gate(BodyId object) {
        return Optional.ofNullable(gates.get(object))
                .orElseThrow(
                        () -> new IllegalStateException("active object " + object + " cannot be stopped on runtime "
                                + runtime + ": it has ended, or property " + Debugger.NODE_PROPERTY
                                + " of its node was not 'true' when it was created"));
    }
}
