package org.actium.remote.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** Bytes to one place behind an ssh server, and back. */
interface Passage {

    /** One of the clients of ssh that there are. */
    @FunctionalInterface
    interface Opening {
        /**
         * @param timeout for the ssh server
         * @throws IOException if it is known by now that it leads nowhere
         */
        Passage open(Way way, Duration timeout) throws IOException;
    }

    /** For people who look at threads and logs. */
    String name();

    InputStream input();

    OutputStream output();

    /** Ends it when what was written is through, or soon if the other side hangs; blocks until then. */
    void finish();

    /** Ends it at once. */
    void cut();

    /** What ssh has to say when nothing comes through; ends it. */
    String complaint();
}
