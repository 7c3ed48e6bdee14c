package org.actium.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.Cache;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** One-way, asynchronous, synchronous; what may be passed. */
@RunWith(Parameterized.class)
public class CallsTest {

    @Parameters(name = "{0}")
    public static Object[] settings() {
        return Setting.values();
    }

    @Rule
    public final Grid grid;

    public CallsTest(Setting setting) {
        grid = new Grid(setting);
    }

    /** A result that can be stood in for. */
    public static class Tally implements Serializable {
        private static final long serialVersionUID = 1;
        private int count;

        public Tally() {}

        Tally(int count) {
            this.count = count;
        }

        public void increment() {
            count++;
        }

        public int count() {
            return count;
        }
    }

    /** The same, but final. */
    public static final class Sealed implements Serializable {
        private static final long serialVersionUID = 1;
    }

    /** Carries anything. */
    public static class Parcel implements Serializable {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("serial") // that is the point
        private final Object content;

        public Parcel(Object content) {
            this.content = content;
        }

        public Object content() {
            return content;
        }
    }

    /** A method for everything. */
    public static class Desk {
        private final Tally tally = new Tally();
        private int asked;

        public void increment() {
            tally.increment();
        }

        public Tally tally() {
            return tally;
        }

        public int count() {
            return tally.count();
        }

        public byte aByte() {
            return 1;
        }

        public short aShort() {
            return 2;
        }

        public long aLong() {
            return 3;
        }

        public float aFloat() {
            return 4;
        }

        public double aDouble() {
            return 5;
        }

        public boolean aBoolean() {
            return true;
        }

        public char aChar() {
            return 'c';
        }

        public Sealed finalResult() {
            return new Sealed();
        }

        public void mayFail() throws IOException {
            throw new IOException("planted");
        }

        public Tally tallyOrFail() throws IOException {
            throw new IOException("planted");
        }

        public Future<Tally> explicit() throws IOException {
            return CompletableFuture.completedFuture(tally);
        }

        @Cache
        public Tally first() {
            asked++;
            return new Tally(asked);
        }

        @Cache
        public String word() {
            asked++;
            return "word " + asked;
        }

        public int asked() {
            return asked;
        }

        public List<Object> graph(Desk other) {
            List<Object> graph = new ArrayList<>();
            graph.add(other);
            graph.add(null);
            graph.add(new Object[] {other, null, new Desk[][] {{other}, {}}});
            graph.add(new Parcel(other));
            return graph;
        }

        public Desk self() {
            return ActiveContext.current().self(Desk.class);
        }
    }

    private Desk desk() {
        return grid.objects().newActive(Desk.class).on(grid.node()).start();
    }

    private boolean isFuture(Object result) {
        return result.getClass().isHidden();
    }

    @Test
    @Row(25)
    public void aResultIsACopy() {
        Desk desk = desk();
        desk.increment();

        Tally copy = desk.tally();
        assertThat(copy.count()).isEqualTo(1);
        desk.increment();
        desk.increment();

        assertThat(desk.count()).isEqualTo(3);
        assertThat(copy.count()).isEqualTo(1);
        grid.futures().value(copy).increment();
        assertThat(desk.count()).isEqualTo(3);
    }

    @Test
    @Row(26)
    public void resultAndExceptionsSayWhichCallsAreAsynchronous() throws Exception {
        Desk desk = desk();

        assertThat(isFuture(desk.tally())).isTrue();
        assertThat(isFuture(desk.finalResult())).isFalse();
        assertThat(desk.explicit().get().count()).isZero();
        assertThatThrownBy(desk::mayFail).isInstanceOf(IOException.class).hasMessage("planted");
        assertThatThrownBy(desk::tallyOrFail).as("at the call").isInstanceOf(IOException.class);
    }

    @Test
    @Row(27)
    public void allPrimitiveResultsArrive() {
        Desk desk = desk();

        assertThat(desk.aByte()).isEqualTo((byte) 1);
        assertThat(desk.aShort()).isEqualTo((short) 2);
        assertThat(desk.count()).isZero();
        assertThat(desk.aLong()).isEqualTo(3);
        assertThat(desk.aFloat()).isEqualTo(4);
        assertThat(desk.aDouble()).isEqualTo(5);
        assertThat(desk.aBoolean()).isTrue();
        assertThat(desk.aChar()).isEqualTo('c');
    }

    @Test
    @Row(176)
    public void aStubRemembersTheFirstResultOfACachedMethod() {
        Desk desk = desk();

        assertThat(desk.first()).isSameAs(desk.first());
        assertThat(desk.first().count()).isEqualTo(1);
        assertThat(desk.word()).isSameAs(desk.word());
        assertThat(desk.asked()).isEqualTo(2);
        assertThat(desk.self().word()).as("another stub asks for itself").isEqualTo("word 3");
    }

    @Test
    @Row(177)
    public void referencesAreReplacedWhereverTheyHangInAGraph() {
        Desk desk = desk();

        List<Object> graph = desk.graph(desk);

        Object[] array = (Object[]) graph.get(2);
        Desk[][] grid = (Desk[][]) array[2];
        assertThat(graph.get(0)).isEqualTo(desk);
        assertThat(graph.get(1)).isNull();
        assertThat(array[0]).isEqualTo(desk);
        assertThat(array[1]).isNull();
        assertThat(grid[0][0]).isEqualTo(desk);
        assertThat(grid[1]).isEmpty();
        assertThat(((Parcel) graph.get(3)).content()).isEqualTo(desk);
    }
}
