package org.actium.examples.hello;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.actium.object.api.ActiveObjectException;
import org.actium.simulation.grid.SimulatedGrid;
import org.junit.Rule;
import org.junit.Test;

public class LostCounterTest {

    @Rule
    public final SimulatedGrid grid = SimulatedGrid.of(1).seeds(20);

    @Test
    public void whoCallsALostCounterIsTold() {
        Counter counter =
                grid.objects().newActive(Counter.class, 0).on(grid.node("h1")).start();
        grid.kill("h1").after(ofSeconds(3));

        grid.sleep(ofSeconds(2));
        assertThat(counter.count().value()).isZero();

        grid.sleep(ofSeconds(2));
        assertThatThrownBy(() -> counter.count().value()).isInstanceOf(ActiveObjectException.class);
    }
}
