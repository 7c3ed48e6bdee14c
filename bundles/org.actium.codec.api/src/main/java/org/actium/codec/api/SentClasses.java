package org.actium.codec.api;

import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The classes that one end of a link has described to the other, so that messages name them by number from then on. One
 * for each link and direction; made by {@link Codec#sentClasses}. Safe for use by many threads. Keeps no class alive.
 */
@ProviderType
public interface SentClasses {

    /** Every message describes its classes itself. */
    SentClasses NONE = () -> {};

    /**
     * The other end has dropped a description: everything is described again, under numbers that were not used yet.
     * Messages written before that cannot be read there any more.
     */
    void forget();

    /** Brings descriptions to the other end. */
    @ConsumerType
    @FunctionalInterface
    interface Announcer {

        /**
         * Sends the description, so that it arrives before every message that is sent after this returns. May block;
         * meanwhile nobody else can write a class that was not described yet. If it throws, messages go on to describe the
         * class themselves.
         */
        void announce(int number, byte[] description);
    }
}
