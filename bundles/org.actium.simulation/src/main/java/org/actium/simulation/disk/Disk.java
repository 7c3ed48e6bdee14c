package org.actium.simulation.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Named files of one host. Everything may block for as long as the disk is slow. What was written is there at once for
 * whoever reads, and after a crash only if it was synced: the contents of a file by {@link #sync}, that there is a file
 * of that name, or none any more, by {@link #syncNames}.
 */
public interface Disk {

    /** The names of all files, sorted. */
    List<String> list() throws IOException;

    boolean exists(String file) throws IOException;

    /** @throws IOException if there is no such file */
    long size(String file) throws IOException;

    /**
     * Reads into the buffer until it is full or the file ends.
     *
     * @return the number of bytes read, 0 at the end of the file
     */
    int read(String file, long position, ByteBuffer target) throws IOException;

    /**
     * Writes all of the buffer; makes the file if there is none, and fills what lies before the position with zeros.
     */
    void write(String file, long position, ByteBuffer source) throws IOException;

    /** Writes all of the buffer behind the end; makes the file if there is none. */
    void append(String file, ByteBuffer source) throws IOException;

    /** Cuts the file if it is longer. */
    void truncate(String file, long size) throws IOException;

    /** After this returned, a crash leaves what was written to the file before it was called. */
    void sync(String file) throws IOException;

    /** Does nothing if there is no such file. */
    void delete(String file) throws IOException;

    /** Replaces the target if there is one; after a crash there is either the old target or the new one. */
    void rename(String file, String target) throws IOException;

    /** After this returned, a crash leaves the names as they were when it was called, or changed since. */
    void syncNames() throws IOException;
}
