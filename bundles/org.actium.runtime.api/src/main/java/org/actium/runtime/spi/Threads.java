package org.actium.runtime.spi;

import org.osgi.annotation.versioning.ConsumerType;

/** Starts threads. None of them is a daemon by accident: whoever starts one makes sure it ends. */
@ConsumerType
public interface Threads {

    /**
     * Runs the task on a virtual thread without a name, which may have run others before: what a task leaves behind in
     * thread locals, later ones may find. It may block. Nobody waits for it or hears how it ended: the hot path.
     */
    void run(Runnable task);

    /** Starts a virtual thread for something that lives long enough to deserve a name. */
    Thread start(String name, Runnable task);

    /** Starts a thread that may block in the operating system for long, such as the reader of a connection. */
    Thread startReader(String name, Runnable task);
}
