package org.actium.simulation.scenarios;

import java.io.Serializable;
import java.time.Duration;
import java.util.SplittableRandom;
import org.actium.object.api.ActiveContext;
import org.actium.simulation.Machine;
import org.actium.simulation.oracle.Observation;

/** Serves slowly, with a queue that holds few. */
public class Desk {

    private static final Duration LONG = Duration.ofMillis(2);

    private final int capacity;
    private final boolean strict;

    /**
     * A desk as others know it.
     *
     * @param host on which all of those are who may call it; empty if everybody may
     */
    public record Address(String name, String host, Desk desk) implements Serializable {

        boolean isOpenTo(String caller) {
            return host.isEmpty() || Observation.isAt(host, caller);
        }
    }

    /**
     * @param capacity of its queue
     * @param strict whether all its callers are in its own runtime: then there are never more in the queue
     */
    public Desk(int capacity, boolean strict) {
        this.capacity = capacity;
        this.strict = strict;
    }

    public void note(Message message) {
        serve(message);
    }

    public long count(Message message) {
        serve(message);
        return message.sum();
    }

    public Receipt ask(Message message) {
        serve(message);
        return new Receipt(message.name() + " is done");
    }

    private void serve(Message message) {
        ActiveContext context = ActiveContext.current();
        Machine machine = Machine.current();
        machine.observe(new Observation.Queued(context.name(), message.name()));
        machine.observe(new Observation.Served(context.name(), message.name()));
        machine.observe(new Observation.Applied(message.name()));
        machine.sometimes("request served");
        look(context, machine);
        SplittableRandom random = new SplittableRandom(message.seed());
        if (random.nextInt(3) == 0) {
            machine.sleep(Duration.ofNanos(random.nextLong(LONG.toNanos())));
            look(context, machine); // by now those who wait for room have filled the queue
        }
    }

    private void look(ActiveContext context, Machine machine) {
        int queued = context.service().requestCount();
        if (queued >= capacity) {
            machine.sometimes("queue full");
        }
        if (strict && queued > capacity) {
            machine.fail(queued + " requests in the queue of " + context.name() + ", which holds " + capacity);
        }
    }
}
