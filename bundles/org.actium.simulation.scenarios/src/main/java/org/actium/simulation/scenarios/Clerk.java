package org.actium.simulation.scenarios;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.actium.object.api.Immediate;
import org.actium.simulation.Machine;

/** Promises what comes later, in every way there is. */
public class Clerk {

    /** The caller gets a transparent future. */
    public Receipt think(String name, Duration time) {
        Machine.current().sometimes("request served");
        Machine.current().sleep(time);
        return new Receipt(name);
    }

    /** Serves on while what was ordered is to come. */
    public CompletableFuture<String> order(String name, Duration time) {
        return goods(name, time);
    }

    /** On a thread of its own, which may be there when the object has ended. */
    @Immediate
    public CompletableFuture<String> orderAtOnce(String name, Duration time) {
        Machine.current().sleep(time);
        return goods(name, time);
    }

    /** Will never be delivered; told when the object ends. */
    @Immediate
    public CompletableFuture<String> orderInVain(Duration time) {
        Machine.current().sometimes("request served");
        Machine.current().sleep(time);
        return new CompletableFuture<>();
    }

    private static CompletableFuture<String> goods(String name, Duration time) {
        Machine machine = Machine.current();
        machine.sometimes("request served");
        CompletableFuture<String> goods = new CompletableFuture<>();
        machine.ports().time().after(time, () -> machine.ports().threads().run(() -> goods.complete(name)));
        return goods;
    }
}
