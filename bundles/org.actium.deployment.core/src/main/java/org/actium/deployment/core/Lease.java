package org.actium.deployment.core;

import java.time.Duration;
import java.util.Optional;
import org.osgi.framework.BundleContext;

/** How long a runtime without its parent lives on, and a parent waits for a runtime whose link is closed. */
final class Lease {

    private static final String PROPERTY = "actium.lease.seconds";
    private static final Duration DEFAULT = Duration.ofSeconds(10);

    private Lease() {}

    static Duration of(BundleContext context) {
        return Optional.ofNullable(context.getProperty(PROPERTY))
                .map(Lease::parse)
                .orElse(DEFAULT);
    }

    /** @throws IllegalArgumentException if the text is not a whole number of seconds from 1 */
    static Duration parse(String text) {
        try {
            int seconds = Integer.parseInt(text.strip());
            if (seconds >= 1) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException notANumber) {
            // refused below, like a number that is too small
        }
        throw new IllegalArgumentException(PROPERTY + "='" + text + "' is not a whole number of seconds from 1");
    }
}
