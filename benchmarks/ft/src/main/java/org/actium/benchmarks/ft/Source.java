package org.actium.benchmarks.ft;

import java.io.Serializable;
import java.util.Random;

/** An active object that calls another one, which takes what comes. */
public class Source implements Serializable {

    private static final long serialVersionUID = 1;
    private static final int MESSAGE_BYTES = 1024;

    private final byte[] state;

    /** @param bytes that it has as its state, too */
    public Source(int bytes) {
        state = Sink.random(bytes);
    }

    public int size() {
        return state.length;
    }

    /** In which it is. */
    public long process() {
        return ProcessHandle.current().pid();
    }

    /** Sends so many messages of 1 KiB, one-way. @return when all have been served: how many that were since ever */
    public long flood(Sink sink, int messages) {
        byte[] content = new byte[MESSAGE_BYTES];
        new Random(messages).nextBytes(content);
        for (int i = 0; i < messages; i++) {
            sink.take(content);
        }
        return sink.taken();
    }

    /** Calls and waits, one call after the other. @return how many nanoseconds each took */
    public long[] ask(Sink sink, int calls) {
        long[] nanos = new long[calls];
        for (int i = 0; i < calls; i++) {
            long begun = System.nanoTime();
            sink.taken();
            nanos[i] = System.nanoTime() - begun;
        }
        return nanos;
    }
}
