package org.actium.histories;

import java.util.Optional;

/**
 * What one object does when operations come one after the other.
 *
 * @param <S> its state: a value with {@code equals} and {@code hashCode}
 */
public interface Model<S> {

    S initial();

    /** The state behind the operation; empty if its result, where it is known, is not that of this state. */
    Optional<S> apply(S state, Operation operation);
}
