package org.actium.object.core;

import org.actium.object.api.CreationException;
import org.actium.runtime.api.Node;

/** What the objects on a node, or its threads that serve none, ask for in the order of what they send. */
enum Ordering {
    /** What happened before is served before, whoever sent it. */
    CAUSAL,
    /** Each pair keeps its order, and no target waits for another one. */
    FIFO;

    static final String PROPERTY = "actium.ordering";

    /** @throws CreationException naming the property and what is wrong with it */
    static Ordering of(Node node) {
        String text = node.property(PROPERTY).orElse("causal");
        return switch (text) {
            case "causal" -> CAUSAL;
            case "fifo" -> FIFO;
            default ->
                throw new CreationException("no active object sends from node " + node.name() + ": its property "
                        + PROPERTY + " is '" + text + "', which is neither 'causal' nor 'fifo'");
        };
    }
}
