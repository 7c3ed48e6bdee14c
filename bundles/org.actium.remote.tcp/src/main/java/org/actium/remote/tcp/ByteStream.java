package org.actium.remote.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of a connection between frames and socket. One thread reads, one at a time writes; neither blocks: a socket
 * from which nothing comes, or which takes no more, is waited for with a selector.
 */
sealed interface ByteStream permits BareStream, TlsStream {

    /** Reads what there is, as far as it fits; -1 if no more will come. */
    int read(ByteBuffer target) throws IOException;

    /** So much room there must be in the target of a read. */
    int roomToRead();

    /** An empty buffer of the kind into which it reads with the fewest copies. */
    ByteBuffer buffer(int capacity);

    /** Whether another read may give something although nothing more has reached the socket. */
    boolean hasMore();

    /** Takes bytes as long as the socket does. */
    void write(ByteBuffer source) throws IOException;

    /** Whether all that was taken is with the socket. */
    boolean isWritten();
}
