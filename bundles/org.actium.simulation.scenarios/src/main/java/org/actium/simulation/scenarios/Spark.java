package org.actium.simulation.scenarios;

import org.actium.object.api.ActiveObjectException;
import org.actium.simulation.Machine;

/** An active object that does not live long. */
public class Spark {

    private int glowed;

    public void glow() {
        glowed++;
        Machine.current().sometimes("spark used");
    }

    public Receipt ash() {
        Machine.current().sometimes("spark used");
        return new Receipt("ash after " + glowed);
    }

    /** Waits for the ash of another one. */
    public void mix(Receipt ash) {
        try {
            ash.text();
            Machine.current().sometimes("ash mixed");
        } catch (ActiveObjectException none) {
            Machine.current().sometimes("no ash");
        }
    }
}
