package org.actium.ft.core;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actium.ft.store.api.Batch;
import org.actium.ft.store.api.Blob;
import org.actium.ft.store.api.ObjectRecord;
import org.actium.runtime.api.RuntimeAddress;

/** What the server of fault tolerance offers to runtimes. Any of them may fail because the store does. */
public interface RecoveryServer {

    String NAME = "ft.server";

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
     * @param objects that it has, with their incarnations
     */
    Orders beat(Residence residence, Map<String, Long> objects);

    /**
     * @param yours the objects that are to be there
     * @param overtaken of those that it has, those with a higher incarnation, which is said
     */
    record Orders(List<ObjectRecord> yours, Map<String, Long> overtaken) implements Serializable {}

    /** Where the object lives, or will; empty if nobody knows. */
    Optional<RuntimeAddress> locate(String object);

    /** That runtime serves that copy of the object now. For those who want to know; it may be told twice. */
    void restored(RuntimeAddress runtime, String object, long incarnation);
}
