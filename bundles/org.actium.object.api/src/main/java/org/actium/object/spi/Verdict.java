package org.actium.object.spi;

import java.util.Objects;

/** What an interceptor wants done with a request that has just arrived. */
public sealed interface Verdict {

    Verdict DELIVER = new Deliver();

    /** Queue it for service. */
    record Deliver() implements Verdict {}

    /**
     * Drop it, as something already dealt with. A sender that waits for its outcome gets an
     * {@link org.actium.object.api.OutcomeUnknownException} with the reason; of a one-way call the reason is logged only,
     * so write it for the operator.
     */
    record Discard(String reason) implements Verdict {
        public Discard {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** Refuse it: the sender gets a {@link org.actium.object.api.CallRefusedException} with the reason. */
    record Refuse(String reason) implements Verdict {
        public Refuse {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
