package org.actium.object.core;

import java.time.Duration;
import java.util.Optional;
import org.actium.object.api.CreationException;
import org.actium.runtime.api.Node;

/**
 * What the properties of a node say about the bodies created there from then on; the README of this bundle lists them.
 *
 * @param callerCheckPeriod how often it is looked whether those who have a thread of their own still live
 */
record BodySettings(Duration callerCheckPeriod) {

    static final String CALLER_CHECK_SECONDS = "actium.immediate.callerCheckSeconds";

    /** @throws CreationException naming the property and what is wrong with it */
    static BodySettings of(Node node) {
        return new BodySettings(Duration.ofSeconds(positive(node, CALLER_CHECK_SECONDS, 10)));
    }

    private static int positive(Node node, String key, int otherwise) {
        Optional<String> text = node.property(key);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw new CreationException("no active object on node " + node.name() + ": its property " + key + " is '"
                + text.get() + "', which is not a positive whole number");
    }
}
