package org.actium.codec.api;

import java.io.Serializable;
import java.util.Objects;

/**
 * The name of a class loader that both ends of a link understand: in a framework, a bundle.
 *
 * @param name symbolic name of the bundle; empty for the one flat class path of a JVM without a framework
 */
public record ClassSpace(String name, String version) implements Serializable {

    /** The class path of a JVM without a framework. */
    public static final ClassSpace FLAT = new ClassSpace("", "");

    public ClassSpace {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
    }

    @Override
    public String toString() {
        return name.isEmpty() ? "class path" : name + " " + version;
    }
}
