package org.actium.simulation.interleaving;

import java.util.List;

/** A program of several threads that may go wrong. Its classes are loaded anew for each test, woven or not. */
public interface Race {

    /** What the threads do, one element each; they run at the same time. */
    List<Runnable> threads();

    /** What went wrong, asked when no thread can run any more; empty if nothing did. */
    String verdict();
}
