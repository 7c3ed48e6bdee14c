package org.actium.object.core;

import java.util.Optional;
import org.actium.object.spi.TypeFacts;

/** The rules that a class breaks: looked for once, for it is asked of each object that is created. */
record Obstacles(Optional<String> toCreation, Optional<String> toServing, Optional<String> toCalls) {

    static Obstacles of(Class<?> type) {
        TypeFacts facts = TypeFacts.of(type);
        return new Obstacles(facts.obstacleToCreation(), facts.obstacleToServing(), facts.obstacleToCalls());
    }
}
