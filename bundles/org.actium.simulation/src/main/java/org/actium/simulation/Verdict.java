package org.actium.simulation;

/** What a run says. Only {@link #PASSED} is green. */
public enum Verdict {
    PASSED,
    /** Nothing failed, but the run proves nothing: a fault did not hit, or hardly anything was done. */
    VOID,
    FAILED
}
