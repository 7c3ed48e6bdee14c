package org.actium.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** A connection breaks and another one takes its place: what both sides have told each other before still holds. */
@RunWith(Parameterized.class)
@NotIn(value = Setting.ONE_RUNTIME, because = "within one runtime there is no connection")
public class ReconnectTest {

    private static final int CALLS = 20;

    @Parameters(name = "{0}")
    public static Object[] settings() {
        return Setting.of(ReconnectTest.class);
    }

    @Rule
    public final Grid grid;

    public ReconnectTest(Setting setting) {
        grid = new Grid(setting);
    }

    /** Classes that a link describes when they first travel, and calls by number from then on. */
    public interface Shape extends Serializable {
        int size();
    }

    /** A record. */
    public record Square(int size) implements Shape {}

    /** Of two levels. */
    public static class Round implements Shape {
        private static final long serialVersionUID = 1;
        private final int size;

        Round(int size) {
            this.size = size;
        }

        @Override
        public int size() {
            return size;
        }
    }

    /** The lower level. */
    public static final class Oval extends Round {
        private static final long serialVersionUID = 1;
        private final Weight weight;

        Oval(int size, Weight weight) {
            super(size);
            this.weight = weight;
        }

        @Override
        public int size() {
            return super.size() + weight.ordinal();
        }
    }

    /** In one of them. */
    public enum Weight {
        LIGHT,
        HEAVY
    }

    /** Answers with shapes of other classes than it gets. */
    public static class Mint {
        private int taken;

        public int take(Shape shape) {
            taken += shape.size();
            return taken;
        }

        public int takeAll(List<Shape> shapes) {
            shapes.forEach(this::take);
            return taken;
        }

        public Shape answer(int size) {
            return size % 2 == 0 ? new Square(size) : new Oval(size, Weight.LIGHT);
        }
    }

    private Mint mint() {
        return grid.objects().newActive(Mint.class).on(grid.node()).start();
    }

    @Test
    public void classesThatWereDescribedBeforeAreStillKnown() {
        Mint mint = mint();
        assertThat(mint.take(new Square(1))).isEqualTo(1);
        assertThat(mint.answer(2)).isEqualTo(new Square(2));
        grid.breakLinks();
        assertThat(mint.take(new Square(2))).as("described before").isEqualTo(3);
        assertThat(mint.take(new Oval(3, Weight.HEAVY))).as("a new one").isEqualTo(7);
        assertThat(mint.answer(4)).isEqualTo(new Square(4));
        assertThat(mint.answer(5).size()).isEqualTo(5);
        grid.breakLinks();
        assertThat(mint.takeAll(List.of(new Round(1), new Oval(1, Weight.LIGHT), new Square(1))))
                .as("a method called for the first time, with classes of all ages")
                .isEqualTo(10);
        assertThat(mint.answer(7).size()).isEqualTo(7);
    }

    @Test
    public void descriptionsThatWereUnderWayArriveBeforeWhatNeedsThem() {
        Mint mint = mint();
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        int expected = 0;
        for (int i = 1; i <= CALLS; i++) {
            Shape shape = switch (i % 3) {
                case 0 -> new Square(i);
                case 1 -> new Round(i);
                default -> new Oval(i, Weight.LIGHT);
            };
            expected += i;
            answers.add(grid.futures().async(() -> mint.take(shape)));
            if (i == CALLS / 2) {
                grid.breakLinks();
            }
        }
        assertThat(answers.getLast().join()).as("each of them once").isEqualTo(expected);
    }
}
