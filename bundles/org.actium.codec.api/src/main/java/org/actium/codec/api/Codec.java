package org.actium.codec.api;

import java.io.InputStream;
import java.io.OutputStream;
import org.osgi.annotation.versioning.ProviderType;

/** Writes object graphs and reads them back with the semantics of Java serialization. Safe for use by many threads. */
@ProviderType
public interface Codec {

    /**
     * Writes the graph that starts at the value, {@code null} included. The stream stays open.
     *
     * @param substitution asked for every object of the graph before it is written
     * @throws CodecException if something in the graph is not serializable, naming the path of fields that leads to it
     */
    void write(Object value, OutputStream out, Substitution substitution);

    /**
     * Reads what {@link #write} wrote.
     *
     * @param classes where class names are looked up and which classes are admitted
     * @throws CodecException if the bytes are damaged, or name a class that is missing or not admitted
     */
    Object read(InputStream in, ClassScope classes, Substitution substitution);

    /**
     * A copy that shares with the original only what cannot change (strings, boxes, enums, records of such …) and what
     * the substitution restores to the same object.
     *
     * @throws CodecException as {@link #write}
     */
    <T> T copy(T value, Substitution substitution);
}
