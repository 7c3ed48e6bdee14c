package org.actium.remote.tcp;

import java.time.Duration;

/**
 * What somebody may cost who has not said who he is.
 *
 * @param time how long he may take
 * @param pending how many of them there may be at a time on one listener
 */
record GreetingLimits(Duration time, int pending) {

    static final GreetingLimits DEFAULT = new GreetingLimits(Duration.ofSeconds(15), 64);
}
