package org.actium.object.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.actium.future.spi.Outcome;
import org.actium.object.api.BodyId;
import org.actium.runtime.api.RuntimeId;
import org.junit.Test;

public class CallerStacksTest {

    private static final BodyId TARGET = new BodyId(new RuntimeId(1, 2), 3);

    private static final String HERE = "java.util.Optional.ifPresent";
    private static final String THERE = "java.util.ArrayDeque.forEach";

    private final CallerStacks stacks = new CallerStacks();
    private final RuntimeException kept = new RuntimeException("kept");

    private static Request request() {
        return new Request(TARGET, Optional.empty(), 1, "fail()V", new Object[0], null);
    }

    /** Frames of this package are not shown, so a caller is known by what it calls in between. */
    private Request fromHere() {
        Request request = request();
        Optional.of(request).ifPresent(stacks::departing);
        return request;
    }

    private Request fromThere() {
        Request request = request();
        new ArrayDeque<>(List.of(request)).forEach(stacks::departing);
        return request;
    }

    private Stream<String> shown() {
        return Arrays.stream(kept.getStackTrace()).map(frame -> frame.getClassName() + "." + frame.getMethodName());
    }

    private void thrownTo(Request caller) {
        CallerStacks.extend(new Outcome.Failure(kept), caller);
    }

    @Test
    public void anExceptionThatIsKeptAndThrownAgainShowsItsLastCallerOnly() {
        int own = kept.getStackTrace().length;
        thrownTo(fromHere());
        int once = kept.getStackTrace().length;
        assertThat(once).isGreaterThan(own);

        for (int i = 0; i < 3; i++) {
            thrownTo(fromThere());
            assertThat(shown()).contains(THERE).doesNotContain(HERE);
            thrownTo(fromHere());
            assertThat(shown()).contains(HERE).doesNotContain(THERE);
        }
        assertThat(kept.getStackTrace()).hasSizeLessThan(once + 5);
    }

    @Test
    public void callersThatAreShownAlreadyAreLeftWhereTheyAre() {
        Request caller = fromHere();
        thrownTo(caller);
        kept.setStackTrace(Stream.concat(
                        Arrays.stream(kept.getStackTrace()),
                        Stream.of(new StackTraceElement("Middle", "passesItOn", "Middle.java", 1)))
                .toArray(StackTraceElement[]::new));

        thrownTo(caller);

        assertThat(shown()).containsOnlyOnce(HERE).endsWith("Middle.passesItOn");
    }

    @Test
    public void anExceptionThatHidesItsStackIsLeftToBeThrown() {
        RuntimeException reticent = new RuntimeException() {
            private static final long serialVersionUID = 1;

            @Override
            public StackTraceElement[] getStackTrace() {
                return null;
            }
        };

        assertThatCode(() -> CallerStacks.extend(new Outcome.Failure(reticent), fromHere()))
                .doesNotThrowAnyException();
    }
}
