package org.actium.tagging.api;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The tags of what one active object does now: {@code ActiveContext.current().facility(Tags.class)}.
 *
 * <p>While an object serves a request, every request that it sends carries the tags in force: those the request came
 * with, as the object has changed them since. They are in force until the service of that request ends, and for what this
 * object does on that thread; a change reaches whatever is sent afterwards, and neither the sender of the request nor what
 * was sent before. Replies carry no tags.
 *
 * <p>Only on a thread that serves a request; elsewhere every method throws an {@link IllegalStateException}.
 */
@ProviderType
public interface Tags {

    /** The tags in force by name, in alphabetical order; does not change with them. */
    Map<String, String> all();

    Optional<String> value(String tag);

    /** Begins the tag, or changes its value for what comes from here. */
    void set(String tag, String value);

    /** Stops the tag here: what is sent from now on does not carry it. Does nothing if it is not in force. */
    void stop(String tag);

    /**
     * What this object remembers for a tag, whatever the tag's value; made when first asked for.
     *
     * @param lease how long it is kept after its last use; must be positive
     * @throws IllegalArgumentException if the tag is not in force
     */
    TagMemory memory(String tag, Duration lease);
}
