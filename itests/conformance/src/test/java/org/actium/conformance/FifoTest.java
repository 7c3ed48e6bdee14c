package org.actium.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** Each setting has its own way from one object to another: none, sockets within a JVM and between two, simulated ones. */
@RunWith(Parameterized.class)
public class FifoTest {

    private static final int NUMBERS = 60;

    @Parameters(name = "{0}")
    public static Object[] settings() {
        return Setting.values();
    }

    @Rule
    public final Grid grid;

    public FifoTest(Setting setting) {
        grid = new Grid(setting);
    }

    /** Sends numbers, with as much ballast as makes them take the way differently long. */
    public static class Counter {
        public int count(Recorder... recorders) {
            for (int number = 0; number < NUMBERS; number++) {
                byte[] ballast = new byte[number % 3 == 0 ? 5_000 : 0];
                recorders[number % recorders.length].note(number, ballast);
            }
            return NUMBERS;
        }
    }

    public static class Recorder {
        private final ArrayList<Integer> noted = new ArrayList<>();

        public void note(int number, byte[] ballast) {
            noted.add(number);
        }

        public int size() {
            return noted.size();
        }

        public String noted() {
            return noted.toString();
        }
    }

    private Recorder recorder(int node) {
        return grid.objects().newActive(Recorder.class).on(grid.node(node)).start();
    }

    private static String expected(int first, int step) {
        return IntStream.iterate(first, number -> number < NUMBERS, number -> number + step)
                .boxed()
                .toList()
                .toString();
    }

    @Test
    @Row(53)
    public void whatOneObjectSendsToAnotherArrivesInOrder() {
        Recorder recorder = recorder(0);
        Counter counter =
                grid.objects().newActive(Counter.class).on(grid.node(1)).start();

        counter.count(recorder);

        assertThat(recorder.noted()).isEqualTo(expected(0, 1));
    }

    @Test
    @Row(53)
    public void alsoIfItSendsToSeveralByTurnsAndSeveralSend() {
        List<Recorder> recorders = new ArrayList<>();
        Collections.addAll(recorders, recorder(0), recorder(2));
        Counter back = grid.objects().newActive(Counter.class).on(grid.node(2)).start();
        Recorder here = recorder(1);
        Counter counter =
                grid.objects().newActive(Counter.class).on(grid.node(1)).start();

        counter.count(recorders.toArray(Recorder[]::new));
        back.count(here);

        assertThat(recorders.get(0).noted()).isEqualTo(expected(0, 2));
        assertThat(recorders.get(1).noted()).isEqualTo(expected(1, 2));
        assertThat(here.noted()).isEqualTo(expected(0, 1));
    }

    @Test
    @Row(53)
    public void alsoWhereNodesAskForNoMoreThanThat() {
        for (int node = 0; node < 3; node++) {
            grid.node(node).setProperty("actium.ordering", "fifo");
        }
        List<Recorder> recorders = List.of(recorder(0), recorder(1), recorder(2));
        List<Counter> counters = new ArrayList<>();
        for (int node = 0; node < 3; node++) {
            counters.add(
                    grid.objects().newActive(Counter.class).on(grid.node(node)).start());
        }
        Recorder last = recorder(0);

        counters.get(1).count(recorders.toArray(Recorder[]::new));
        counters.get(0).count(last);

        for (int i = 0; i < 3; i++) {
            Recorder recorder = recorders.get(i);
            grid.eventually("all arrive", () -> recorder.size() == NUMBERS / 3);
            assertThat(recorder.noted()).isEqualTo(expected(i, 3));
        }
        grid.eventually("all arrive", () -> last.size() == NUMBERS);
        assertThat(last.noted()).isEqualTo(expected(0, 1));
    }
}
