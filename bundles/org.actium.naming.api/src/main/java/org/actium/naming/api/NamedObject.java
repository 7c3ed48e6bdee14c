package org.actium.naming.api;

import java.io.Serializable;
import java.util.Objects;

/**
 * An active object that is registered.
 *
 * @param url what is looked up from elsewhere
 * @param object what it is called in messages and consoles
 * @param type name of its class
 * @param runtime name of the runtime it is on
 */
public record NamedObject(String name, String url, String object, String type, String runtime) implements Serializable {

    public NamedObject {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(object, "object");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(runtime, "runtime");
    }
}
