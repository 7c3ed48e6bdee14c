package org.actium.histories;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What an operation was given, or came back with. {@link Object#toString()} is JSON. */
public sealed interface Value {

    /** Nothing was written yet, or there is nothing to say. */
    record Nothing() implements Value {
        @Override
        public String toString() {
            return "null";
        }
    }

    record Number(long number) implements Value {
        @Override
        public String toString() {
            return Long.toString(number);
        }
    }

    /** A list, or what a {@code cas} expects and writes. */
    record Numbers(List<Long> numbers) implements Value {
        public Numbers {
            numbers = List.copyOf(numbers);
        }

        @Override
        public String toString() {
            return numbers.stream().map(Objects::toString).collect(Collectors.joining(",", "[", "]"));
        }
    }

    static Value nothing() {
        return new Nothing();
    }

    static Value of(long number) {
        return new Number(number);
    }

    static Value of(List<Long> numbers) {
        return new Numbers(numbers);
    }
}
