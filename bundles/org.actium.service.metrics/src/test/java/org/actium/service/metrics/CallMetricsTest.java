package org.actium.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.actium.runtime.api.Node;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.actium.service.metrics.NodeMeters.Figures;
import org.actium.service.testkit.TestServices;
import org.actium.testkit.EmbeddedGrid;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;

public class CallMetricsTest {

    @Rule
    public final EmbeddedGrid grid = new EmbeddedGrid();

    private final SystemTime time = new SystemTime(new SystemThreads());
    private final MeterTable meters = new MeterTable();

    @After
    public void stopTheClock() {
        time.close();
    }

    @Test
    public void countsByNodeAndMethodWhatArrivedWasServedFailedAndSent() {
        TestServices services =
                new TestServices(grid.runtime("test"), Map.of("metrics", () -> new CallMetrics(meters, time)));
        Node node = services.node("one");
        services.apply(node, "metrics", Map.of());
        Oracle oracle = grid.objects().newActive(Oracle.class).on(node).start();
        Oracle remote =
                grid.objects().newActive(Oracle.class).on(grid.node("b")).start();

        for (int i = 0; i < 10; i++) {
            oracle.answer(i);
        }
        assertThatThrownBy(() -> oracle.answer(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(oracle.ask(remote)).isEqualTo(8);

        Figures figures = meters.figures("one").get("answer(I)I");
        assertThat(figures.arrived()).isEqualTo(11);
        assertThat(figures.served()).isEqualTo(11);
        assertThat(figures.failed()).isEqualTo(1);
        assertThat(figures.sent()).isEqualTo(1);
        assertThat(figures.longestNanos()).isBetween(1L, figures.nanos());
        assertThat(meters.metrics())
                .contains("one answer(I)I sent=1 arrived=11 served=11 failed=1 mean=")
                .doesNotContain("default ");

        services.remove(node, "metrics");
        assertThat(meters.metrics()).isEqualTo("no node of this runtime counts its calls");
    }

    /** Doubles. */
    public static class Oracle {

        public int answer(int question) {
            if (question < 0) {
                throw new IllegalArgumentException("no such question");
            }
            return 2 * question;
        }

        public int ask(Oracle other) {
            return other.answer(4);
        }
    }
}
