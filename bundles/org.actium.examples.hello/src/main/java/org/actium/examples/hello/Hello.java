package org.actium.examples.hello;

import org.actium.application.api.Actium;
import org.actium.application.api.ActiumApplication;
import org.actium.deployment.api.VirtualNode;

/** Two counters on the nodes of a virtual node; where those are, only the descriptor knows. */
@ActiumApplication(name = "hello", descriptor = "hello.xml")
public final class Hello {

    public static void main(String[] arguments) {
        Actium actium = Actium.here();
        VirtualNode workers = actium.virtualNode("workers");
        Counter apples = actium.newActive(Counter.class, 3).on(workers.node()).start();
        Counter pears = actium.newActive(Counter.class, 4).on(workers.node()).start();

        apples.add(1); // no result, so nobody waits: one-way
        Count some = pears.count(); // returns at once: a future that is a Count
        Count all = apples.plus(some); // it may be passed on before its value is there

        System.out.println("counted on " + apples.place() + " and " + pears.place());
        System.out.println("fruit: " + all.value()); // the first use waits for the value
    }

    private Hello() {}
}
