package org.actium.object.core;

import java.util.List;
import java.util.Optional;
import org.actium.future.spi.PendingOutcome;
import org.actium.object.api.BodyId;
import org.actium.object.spi.Wait;

/** Whichever of several outcomes comes first. */
record AnyOf(List<PendingOutcome> outcomes) implements Awaitable {

    @Override
    public boolean isThere() {
        return outcomes.stream().anyMatch(outcome -> outcome.now().isPresent());
    }

    /** Whether who waits for any of them waits for the first: it is the only one, or all are up to the waiting object. */
    boolean isLikeOne() {
        return outcomes.stream().distinct().count() == 1
                || !isThere() && outcomes.stream().allMatch(ReplySlot::isUpToWhoWaits);
    }

    @Override
    public Wait.Kind kind() {
        return Wait.Kind.ANY_FUTURE;
    }

    @Override
    public List<BodyId> producers() {
        return outcomes.stream()
                .map(ReplySlot::producerOf)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    @Override
    public String what() {
        return outcomes.size() == 1
                ? outcomes.getFirst().call()
                : "any of " + outcomes.size() + " futures, among them "
                        + outcomes.getFirst().call();
    }
}
