package org.actium.object.core;

import java.time.Duration;
import java.util.Optional;
import org.actium.object.api.CreationException;
import org.actium.runtime.api.Node;

/**
 * What the properties of a node say about the bodies created there from then on; the README of this bundle lists them.
 *
 * @param inboxCapacity how many requests may wait for service
 * @param whenFull what becomes of those who send more
 * @param callerCheckPeriod how often it is looked whether those who have a thread of their own still live
 * @param ordering what holds for the order of what they send
 * @param copy of a recoverable object, which the body is; {@code null} for all others. Here, where it costs those nothing
 */
record BodySettings(
        int inboxCapacity, WhenFull whenFull, Duration callerCheckPeriod, Ordering ordering, RecoverableCopy copy) {

    static final String INBOX_CAPACITY = "actium.inbox.capacity";
    static final String INBOX_WHEN_FULL = "actium.inbox.whenFull";
    static final String CALLER_CHECK_SECONDS = "actium.immediate.callerCheckSeconds";

    private static final BodySettings DEFAULT =
            new BodySettings(100_000, WhenFull.BLOCK, Duration.ofSeconds(10), Ordering.CAUSAL, null);

    /** What becomes of those who send to a full inbox. */
    enum WhenFull {
        /** They wait until there is room. */
        BLOCK,
        /** They get an {@link org.actium.object.api.InboxFullException}. */
        FAIL
    }

    /** @throws CreationException naming the property and what is wrong with it */
    static BodySettings of(Node node) {
        if (node.property(INBOX_CAPACITY).isEmpty()
                && node.property(INBOX_WHEN_FULL).isEmpty()
                && node.property(CALLER_CHECK_SECONDS).isEmpty()
                && node.property(Ordering.PROPERTY).isEmpty()) {
            return DEFAULT;
        }
        return new BodySettings(
                positive(node, INBOX_CAPACITY, DEFAULT.inboxCapacity),
                whenFull(node),
                Duration.ofSeconds(positive(node, CALLER_CHECK_SECONDS, (int) DEFAULT.callerCheckPeriod.toSeconds())),
                Ordering.of(node),
                null);
    }

    /** The same, for the body that is this copy. */
    BodySettings of(RecoverableCopy body) {
        return new BodySettings(inboxCapacity, whenFull, callerCheckPeriod, ordering, body);
    }

    private static WhenFull whenFull(Node node) {
        Optional<String> text = node.property(INBOX_WHEN_FULL);
        return switch (text.orElse("block")) {
            case "block" -> WhenFull.BLOCK;
            case "fail" -> WhenFull.FAIL;
            default ->
                throw new CreationException("no active object on node " + node.name() + ": its property "
                        + INBOX_WHEN_FULL + " is '" + text.get() + "', which is neither 'block' nor 'fail'");
        };
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
