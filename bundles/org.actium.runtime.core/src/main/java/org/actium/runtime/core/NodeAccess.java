package org.actium.runtime.core;

import java.util.Map;

/** What runtimes ask each other about their nodes. */
interface NodeAccess {

    /** Under which every runtime offers it. */
    String NAME = "org.actium.nodes";

    /** @throws IllegalArgumentException if the runtime has no such node */
    Map<String, String> properties(String node);

    void setProperty(String node, String key, String value);

    void removeProperty(String node, String key);
}
