package org.actium.testkit;

import org.actium.codec.api.ClassSpace;
import org.actium.codec.api.ClassSpaces;
import org.actium.runtime.api.RuntimeAddress;

/** One class path for all runtimes of a JVM. */
final class FlatClassPath implements ClassSpaces {

    @Override
    public ClassSpace spaceOf(Class<?> type) {
        return ClassSpace.FLAT;
    }

    @Override
    public ClassLoader loader(ClassSpace space, RuntimeAddress origin) {
        return FlatClassPath.class.getClassLoader();
    }
}
