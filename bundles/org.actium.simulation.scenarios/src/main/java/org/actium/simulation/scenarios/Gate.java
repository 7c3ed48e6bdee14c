package org.actium.simulation.scenarios;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.Service;
import org.actium.simulation.Machine;
import org.actium.simulation.oracle.Observation;

/**
 * Pushed by many. While it holds, its thread of service waits for pushes, so that they must be served at once; those that
 * came before it held must be, too.
 */
public class Gate {

    private static final String PUSH = "push";

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition pushed = lock.newCondition();
    private long pushes; // guarded by lock

    /** Waits until it was pushed so often in all. */
    public void hold(long until, boolean perCaller) {
        Service service = ActiveContext.current().service();
        if (perCaller) {
            service.immediatePerCaller(PUSH);
        } else {
            service.immediate(PUSH);
        }
        lock.lock();
        try {
            while (pushes < until) {
                Machine.current().sometimes("gate held");
                pushed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        service.queued(PUSH);
    }

    public long push(String message) {
        Machine machine = Machine.current();
        machine.observe(new Observation.Served(ActiveContext.current().name(), message));
        machine.observe(new Observation.Applied(message));
        machine.sometimes("gate pushed");
        lock.lock();
        try {
            pushes++;
            pushed.signalAll();
            return pushes;
        } finally {
            lock.unlock();
        }
    }

    /** Pushes gates. */
    public static class Pusher {

        /** @return once the gate has said of each that it was pushed */
        public Receipt push(Gate gate, String name, int times) {
            String self = ActiveContext.current().name();
            Machine machine = Machine.current();
            for (int number = 1; number <= times; number++) {
                String message = self + ">" + name + "#" + number;
                machine.observe(new Observation.Sent(self, name, message));
                gate.push(message);
            }
            return new Receipt(self);
        }
    }
}
