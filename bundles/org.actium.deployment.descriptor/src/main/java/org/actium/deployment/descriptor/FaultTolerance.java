package org.actium.deployment.descriptor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.actium.deployment.model.DescriptorElement;

/**
 * What {@code faultTolerance} asks for.
 *
 * @param protocol {@code cic} or {@code pml}; the first where the descriptor does not say, since before 3.0 it was the only
 *     one and needed no word
 * @param servers URLs by the element that gives them, {@code globalServer} and its kin, in the order of the document
 * @param ttc seconds from one checkpoint to the next
 */
record FaultTolerance(String protocol, Map<String, String> servers, int ttc) implements DescriptorElement {

    static final String DEFAULT_PROTOCOL = "cic";

    /** Seconds where the descriptor does not say. */
    static final int DEFAULT_TTC = 30;

    /** The technical service that gives it. */
    static final String SERVICE = "org.actium.ft";

    FaultTolerance {
        Objects.requireNonNull(protocol, "protocol");
        servers = Collections.unmodifiableMap(new LinkedHashMap<>(servers));
    }

    @Override
    public String elementName() {
        return "faultTolerance";
    }

    /** The same as arguments of {@link #SERVICE}. */
    Map<String, String> arguments() {
        var arguments = new LinkedHashMap<String, String>();
        arguments.put("protocol", protocol);
        arguments.putAll(servers);
        arguments.put("ttc", Integer.toString(ttc));
        return arguments;
    }
}
