package org.actium.benchmarks.ft;

import java.io.Serializable;
import java.util.Random;

/** An active object that is called. */
public class Sink implements Serializable {

    private static final long serialVersionUID = 1;

    private final byte[] state;
    private long taken;

    /** @param bytes that it has as its state, too */
    public Sink(int bytes) {
        state = random(bytes);
    }

    static byte[] random(int bytes) {
        byte[] drawn = new byte[bytes];
        new Random(bytes).nextBytes(drawn);
        return drawn;
    }

    public int size() {
        return state.length;
    }

    /** In which it is. */
    public long process() {
        return ProcessHandle.current().pid();
    }

    public void take(byte[] content) {
        taken++;
    }

    public long taken() {
        return taken;
    }
}
