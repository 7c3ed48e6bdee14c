package org.actium.deployment.core;

/** Ends this runtime. */
@FunctionalInterface
public interface Stop {

    /** Sets the end going and returns; doing it twice does nothing more. */
    void stop();
}
