package org.actium.ft.api;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How recoverable objects stand, at one server.
 *
 * @param runtimes that live, or have objects that were not recovered yet
 * @param objects by their ids
 * @param trouble why the store does not take what objects receive; meanwhile these, and their callers, wait
 */
public record RecoveryStatus(List<RuntimeStatus> runtimes, List<ObjectStatus> objects, Optional<String> trouble)
        implements Serializable {

    /** Nothing is there. */
    public static final RecoveryStatus NOTHING = new RecoveryStatus(List.of(), List.of(), Optional.empty());

    public RecoveryStatus {
        Objects.requireNonNull(trouble, "trouble");
        runtimes = List.copyOf(runtimes);
        objects = List.copyOf(objects);
    }

    /**
     * @param runtime its name; its identity if the server has never heard of it
     * @param alive whether it was heard of lately
     * @param takes whether objects are recovered there
     * @param silent how long it has not been heard of
     * @param objects how many are there, or were
     */
    public record RuntimeStatus(String runtime, boolean alive, boolean takes, Duration silent, int objects)
            implements Serializable {}

    /**
     * @param domain which objects roll back together
     * @param incarnation which copy of it counts
     * @param runtime where that is, or was
     * @param checkpoints their numbers, the latest one last
     * @param log what it has received since the first of them; an entry has what came at once
     */
    public record ObjectStatus(
            String object,
            String domain,
            long incarnation,
            String runtime,
            State state,
            List<Long> checkpoints,
            LogStatus log)
            implements Serializable {

        public ObjectStatus {
            checkpoints = List.copyOf(checkpoints);
        }
    }

    public record LogStatus(long entries, long bytes) implements Serializable {}

    public enum State {
        /** On a runtime that lives. */
        THERE,
        /** On its way to a runtime that takes it. */
        RECOVERING,
        /** Its runtime was not heard of lately, and no other has it so far. */
        LOST
    }
}
