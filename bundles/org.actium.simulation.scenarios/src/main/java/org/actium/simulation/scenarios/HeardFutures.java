package org.actium.simulation.scenarios;

import java.util.ArrayList;
import java.util.List;
import org.actium.object.api.ActiveObjectException;
import org.actium.simulation.Machine;
import org.actium.simulation.oracle.Observation;

/**
 * The futures that somebody has read, to be read again later: what a future was once, it stays, apart from what he has
 * written on it himself.
 */
final class HeardFutures {

    private final String holder;
    private final List<Heard> all = new ArrayList<>();

    private record Heard(String future, Receipt receipt, String told) {}

    HeardFutures(String holder) {
        this.holder = holder;
    }

    /**
     * Waits for a future, tells the oracles what it is, and remembers it.
     *
     * @throws ActiveObjectException as the future does
     */
    void read(String future, Receipt receipt) {
        try {
            String text = receipt.text();
            Machine.current().observe(new Observation.FutureSet(future, holder, text));
            receipt.write(", read by " + holder);
            all.add(new Heard(future, receipt, text + ", read by " + holder));
        } catch (ActiveObjectException failed) {
            all.add(new Heard(future, receipt, words(failed)));
            throw failed;
        }
    }

    /** Fails the run if one of them is not what it was. */
    void readAgain() {
        for (Heard heard : all) {
            String now = told(heard.receipt());
            if (!now.equals(heard.told())) {
                Machine.current()
                        .fail("future " + heard.future() + " was '" + heard.told() + "' when " + holder
                                + " read it first, and is '" + now + "' now");
            }
        }
    }

    private static String told(Receipt receipt) {
        try {
            return receipt.text();
        } catch (ActiveObjectException failed) {
            return words(failed);
        }
    }

    private static String words(ActiveObjectException failed) {
        return "failed: " + failed.getClass().getSimpleName();
    }
}
