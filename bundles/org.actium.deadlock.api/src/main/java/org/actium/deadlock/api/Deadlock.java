package org.actium.deadlock.api;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.actium.object.api.BodyId;

/**
 * Active objects that wait for each other, each for the next and the last for the first, and would do so for ever.
 *
 * @param members in the order in which they wait, the one that a policy would fail first
 */
public record Deadlock(List<Member> members) implements Serializable {

    public Deadlock {
        members = List.copyOf(members);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("a deadlock has at least one member");
        }
    }

    /**
     * An active object that waits.
     *
     * @param runtime name of the runtime it is in
     * @param serving the method it serves, for example {@code Fork.take}; empty if it serves none, as in its constructor
     * @param awaits what it waits for, for example {@code Fork.take on fork-2}
     * @param future the identity of the future it waits for, for example {@code 4f2a90c1-f12}: the same for all who hold
     *     it, in whatever runtime; empty if it waits for none, as for room in a queue
     * @param place the line of its class or a caller's where it waits, for example {@code Philosopher.eat(Philosopher.java:42)};
     *     empty if it is not known
     */
    public record Member(
            BodyId id, String name, String runtime, String serving, String awaits, String future, String place)
            implements Serializable {

        public Member {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(runtime, "runtime");
            Objects.requireNonNull(serving, "serving");
            Objects.requireNonNull(awaits, "awaits");
            Objects.requireNonNull(future, "future");
            Objects.requireNonNull(place, "place");
        }

        /** One line: {@code plato on worker-1, serving Philosopher.eat, waits for Fork.take on fork-2 (future 4f2a90c1-f12) at …}. */
        @Override
        public String toString() {
            return name + " (" + id + ") on " + runtime + (serving.isEmpty() ? "" : ", serving " + serving + ",")
                    + " waits for " + awaits + (future.isEmpty() ? "" : " (future " + future + ")")
                    + (place.isEmpty() ? "" : " at " + place);
        }
    }

    /** One line for each member, after a line that says how many there are. */
    @Override
    public String toString() {
        return members.stream()
                .map(Member::toString)
                .collect(Collectors.joining(
                        "\n  ", members.size() + " active objects wait for each other for ever:\n  ", ""));
    }
}
