package org.actium.service.policy;

import java.time.Duration;
import java.util.Optional;
import org.actium.object.api.ActiveObjectException;
import org.actium.object.api.BodyTerminatedException;
import org.actium.object.api.CallRefusedException;
import org.actium.object.api.CallTimeoutException;
import org.actium.object.api.CreationException;
import org.actium.object.api.InboxFullException;
import org.actium.object.api.OutcomeUnknownException;
import org.actium.object.api.RemoteFailureException;
import org.actium.object.api.RequestNotSentException;
import org.actium.object.api.ServiceInterruptedException;
import org.actium.object.spi.CallPolicy;

/**
 * Makes a call again, after a pause that doubles each time, if that is safe:
 *
 * <table>
 *   <tr><td>it was not sent, or was refused before the object saw it (by an interceptor, or a full queue)</td>
 *       <td>any method: nothing has happened</td></tr>
 *   <tr><td>no result within the limit; the link was lost; it was refused, but perhaps after it was served</td>
 *       <td>idempotent methods only: it may have been served, be under way, or be served later, also after the
 *       repetition</td></tr>
 *   <tr><td>the object has ended; its service was interrupted; what it threw cannot be read</td>
 *       <td>never: another attempt would end alike, or somebody wanted it so</td></tr>
 *   <tr><td>the method threw something of its own</td><td>never: that is its result</td></tr>
 * </table>
 *
 * <p>A refusal that the object itself got from a further one, and let pass, is not taken for a refusal of the call.
 *
 * @param limit of each attempt
 * @param attempts at most
 * @param pause before the second attempt
 */
record RepeatedCalls(Optional<Duration> limit, int attempts, Duration pause, boolean idempotent) implements CallPolicy {

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    @Override
    public Optional<Duration> again(int made, ActiveObjectException failure, boolean mayBeServed) {
        return made < attempts && isSafe(failure, mayBeServed) ? Optional.of(pauseAfter(made)) : Optional.empty();
    }

    private boolean isSafe(ActiveObjectException failure, boolean mayBeServed) {
        return switch (failure) {
            case RequestNotSentException _, InboxFullException _, CallRefusedException _ -> idempotent || !mayBeServed;
            case CallTimeoutException _, OutcomeUnknownException _ -> idempotent;
            case BodyTerminatedException _,
                    ServiceInterruptedException _,
                    RemoteFailureException _,
                    CreationException _ -> false;
        };
    }

    private Duration pauseAfter(int made) {
        Duration doubled = pause;
        for (int i = 1; i < made && doubled.compareTo(LONGEST_PAUSE) < 0; i++) {
            doubled = doubled.multipliedBy(2);
        }
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
}
