package org.actium.codec.java;

import java.io.ObjectStreamClass;
import java.util.Iterator;

/** For copies: the very classes that were written, in the order in which they were written. */
record WrittenClasses(Iterator<Class<?>> written) implements ClassSource {

    @Override
    public Class<?> resolve(ObjectStreamClass descriptor) {
        return written.next();
    }
}
