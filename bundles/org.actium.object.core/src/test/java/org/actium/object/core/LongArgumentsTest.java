package org.actium.object.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.actium.object.api.CallRefusedException;
import org.junit.Test;

public class LongArgumentsTest {

    private final List<String> events = new ArrayList<>();

    @Test
    public void areReadOnceAndTheirBytesAreGivenBackThen() {
        LongArguments arguments = new LongArguments(
                () -> {
                    events.add("read");
                    return new Object[] {new byte[3]};
                },
                () -> events.add("given back"));
        Object[] first = arguments.get();
        assertThat(arguments.get()).isSameAs(first);
        assertThat(events).containsExactly("read", "given back");
    }

    @Test
    public void bytesThatCannotBeReadAreKept() {
        AtomicInteger readings = new AtomicInteger();
        LongArguments arguments = new LongArguments(
                () -> {
                    if (readings.incrementAndGet() == 1) {
                        throw new CallRefusedException("a class is missing", null);
                    }
                    return new Object[0];
                },
                () -> events.add("given back"));
        assertThatThrownBy(arguments::get).isInstanceOf(CallRefusedException.class);
        assertThat(events).isEmpty();
        assertThat(arguments.get()).isEmpty();
        assertThat(events).containsExactly("given back");
    }
}
