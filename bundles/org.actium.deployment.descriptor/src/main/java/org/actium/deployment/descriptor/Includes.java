package org.actium.deployment.descriptor;

import java.io.IOException;

/** Files that a descriptor includes. */
interface Includes {

    /**
     * Reads a file.
     *
     * @param from name of the file that includes it; a relative location is looked up beside it
     * @throws IOException with a message that says which file was tried, and why it could not be read
     */
    Included read(String from, String location) throws IOException;

    /** @param name what to call it in messages, and in a further include */
    record Included(String name, byte[] content) {}
}
