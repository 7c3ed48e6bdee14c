package org.actium.deployment.core;

import java.time.Duration;
import org.osgi.framework.BundleContext;

/** Reads how long a runtime without its parent, or a child without its link, is waited for. */
final class Lease {

    private static final String PROPERTY = "actium.lease.seconds";
    private static final Duration DEFAULT = Duration.ofSeconds(10);

    private Lease() {}

    static Duration of(BundleContext context) {
        String text = context.getProperty(PROPERTY);
        if (text == null) {
            return DEFAULT;
        }
        try {
            return Duration.ofSeconds(Integer.parseUnsignedInt(text.strip()));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    PROPERTY + "='" + text + "' is not a whole number of seconds", notANumber);
        }
    }
}
