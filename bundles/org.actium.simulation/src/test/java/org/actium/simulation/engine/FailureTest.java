package org.actium.simulation.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.Test;

public class FailureTest {

    @Test
    public void theSameObjectionToOtherNamesIsOfTheSameKind() {
        assertThat(violation("h2 still has active objects: [h2/spark]"))
                .isEqualTo(violation("h3.2 still has active objects: [h3/a, h3/b]"))
                .isEqualTo("violation: scenario: _ still has active objects");
        assertThat(violation("h1/b: h1/a>h1/b#3 began after h1/a>h1/b#4"))
                .isEqualTo(violation("h2/c: h1/a>h2/c#12 began after h1/a>h2/c#13"));
        assertThat(violation("future h1/f was 'red' when h2/a read it first, and is 'blue' now"))
                .isEqualTo(violation("future h3/g was 'x' when h4/b read it first, and is 'y' now"));
    }

    @Test
    public void anotherObjectionOfTheSameScenarioIsOfAnotherKind() {
        assertThat(violation("h2 still has active objects: [h2/spark]"))
                .isNotEqualTo(violation("refused: java.lang.IllegalStateException"));
    }

    @Test
    public void anotherAssertionOfTheSameTestIsOfAnotherKind() {
        List<String> kinds = List.of(
                uncaught(() -> assertThat(1).isEqualTo(2)),
                uncaught(() -> assertThat(1).isZero()));

        assertThat(kinds)
                .doesNotHaveDuplicates()
                .allMatch(kind -> kind.contains(" at " + getClass().getName() + "."));
        assertThat(uncaught(() -> fail("h1"))).isEqualTo(uncaught(() -> fail("h2")));
    }

    private static void fail(String host) {
        throw new AssertionError(host + " failed");
    }

    private static String violation(String what) {
        return new Failure.Violation("scenario", what, 7).kind();
    }

    private static String uncaught(Runnable action) {
        try {
            action.run();
        } catch (AssertionError thrown) {
            return new Failure.Uncaught("h1 boot", thrown).kind();
        }
        throw new IllegalStateException("nothing was thrown");
    }
}
