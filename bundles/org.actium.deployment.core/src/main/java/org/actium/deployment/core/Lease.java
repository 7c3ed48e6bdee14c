package org.actium.deployment.core;

import java.time.Duration;
import java.util.Optional;
import org.osgi.framework.BundleContext;

/** How long a runtime without its parent lives on, and a parent waits for a runtime whose link is closed. */
final class Lease {

    private static final String PROPERTY = "actium.lease.seconds";
    private static final Duration DEFAULT = Duration.ofSeconds(10);

    private static final String JOINING = "actium.join.seconds";

    /** A host on which many start at once is busy for longer than a link to it may be silent. */
    private static final Duration DEFAULT_JOINING = Duration.ofSeconds(60);

    private Lease() {}

    static Duration of(BundleContext context) {
        return Optional.ofNullable(context.getProperty(PROPERTY))
                .map(text -> parse(PROPERTY, text))
                .orElse(DEFAULT);
    }

    /** How long a runtime may take to join; never shorter than the lease. */
    static Duration joining(BundleContext context) {
        Duration lease = of(context);
        Duration joining = Optional.ofNullable(context.getProperty(JOINING))
                .map(text -> parse(JOINING, text))
                .orElse(DEFAULT_JOINING);
        return joining.compareTo(lease) < 0 ? lease : joining;
    }

    /** @throws IllegalArgumentException if the text is not a whole number of seconds from 1 */
    static Duration parse(String property, String text) {
        try {
            int seconds = Integer.parseInt(text.strip());
            if (seconds >= 1) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException notANumber) {
            // refused below, like a number that is too small
        }
        throw new IllegalArgumentException(property + "='" + text + "' is not a whole number of seconds from 1");
    }
}
