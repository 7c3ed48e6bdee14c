package org.actium.ft.core;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.actium.ft.api.RecoveryEvent;
import org.actium.ft.api.RecoveryStatus;
import org.actium.ft.core.protocol.Party;
import org.actium.ft.store.api.Batch;
import org.actium.ft.store.api.Blob;
import org.actium.ft.store.api.ObjectRecord;
import org.actium.runtime.api.RuntimeAddress;

/** What the server of fault tolerance offers to runtimes. Any of them may fail because the store does. */
public interface RecoveryServer {

    String NAME = "ft.server";

    /** Of what is said here; others are not understood. */
    int VERSION = 4;

    /** The one that this server understands. */
    default int version() {
        return VERSION;
    }

    /** Blocks until all of it is safe. @throws org.actium.ft.store.api.RefusedException if it is not and will not be */
    void commit(Batch batch);

    /** Empty if there is no such object. */
    Optional<Progress> progress(String object);

    /**
     * How far the store is.
     *
     * @param inputs of the log; 0 if it is empty
     * @param checkpoint the latest one
     */
    record Progress(ObjectRecord object, long inputs, long checkpoint) implements Serializable {}

    /** Empty if there is no such object. */
    Optional<Saved> saved(String object);

    /**
     * What an object is recovered from.
     *
     * @param checkpoint the latest that is sound
     * @param log that is kept; may begin before the checkpoint
     */
    record Saved(ObjectRecord object, Blob checkpoint, List<Blob> log) implements Serializable {}

    /**
     * A residence is there. One that is not heard of for long loses its objects to others.
     *
     * @param takes whether others' objects may be recovered there
     * @param objects that it has, with their incarnations
     */
    Orders beat(Residence residence, boolean takes, Map<String, Long> objects);

    /**
     * @param yours the objects that are to be there
     * @param overtaken of those that it has, those with a higher incarnation, which is said
     */
    record Orders(List<ObjectRecord> yours, Map<String, Long> overtaken) implements Serializable {}

    /**
     * There are callers, or objects, and these have to do with others. Callers that are not heard of for long are gone.
     *
     * @param caller the present instance of its callers
     * @param others as {@link Party#together} says them
     */
    Present attend(Residence caller, Set<Party> others);

    /**
     * @param counted false if the callers are gone, as others have been told: they must not go on under that name
     * @param gone of the others those that are, for good
     */
    record Present(boolean counted, Set<Party> gone) implements Serializable {}

    /** That instance of callers is gone. */
    void leave(Residence caller);

    /** Where the object lives, or will; empty if nobody knows. */
    Optional<RuntimeAddress> locate(String object);

    /** @param run of whose objects; empty for all */
    RecoveryStatus status(Optional<String> run);

    /**
     * What has happened since that event, as far as it is remembered; numbers begin anew with the server.
     *
     * @param run whom it concerns; empty for all
     */
    News news(long after, Optional<String> run);

    /**
     * @param last number of the latest event there has been, from 1; 0 if there was none
     * @param events in order
     */
    record News(long last, List<RecoveryEvent> events) implements Serializable {
        public News {
            events = List.copyOf(events);
        }
    }

    /** That runtime serves that copy of the object now. For those who want to know; it may be told twice. */
    void restored(RuntimeAddress runtime, String object, long incarnation);
}
