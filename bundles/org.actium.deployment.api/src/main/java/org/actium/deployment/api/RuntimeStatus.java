package org.actium.deployment.api;

import java.io.Serializable;
import java.util.Objects;

/**
 * One runtime of a deployment.
 *
 * @param name what it is called
 * @param jvm the JVM definition it comes from
 * @param detail for people: process, address, or why it failed
 */
public record RuntimeStatus(String name, String jvm, State state, String detail) implements Serializable {

    public RuntimeStatus {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(jvm, "jvm");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(detail, "detail");
    }

    /** What became of a runtime. */
    public enum State {
        LAUNCHED,
        JOINED,
        FAILED,
        LOST,
        STOPPED
    }
}
