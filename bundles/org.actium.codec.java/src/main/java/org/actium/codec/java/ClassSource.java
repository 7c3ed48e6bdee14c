package org.actium.codec.java;

import java.io.ObjectStreamClass;

/** Where a reader gets the classes of a stream from. Serves one read. */
interface ClassSource {

    /** Called once for each class descriptor, in the order of the stream. */
    Class<?> resolve(ObjectStreamClass descriptor) throws ClassNotFoundException;
}
