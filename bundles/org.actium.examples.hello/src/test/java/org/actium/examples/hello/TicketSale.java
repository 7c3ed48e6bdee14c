package org.actium.examples.hello;

import static org.assertj.core.api.Assertions.assertThat;

import org.actium.simulation.grid.SimulatedGrid;
import org.junit.Rule;
import org.junit.Test;

/** A test that finds a defect; {@link GuideTest} runs it. */
public class TicketSale {

    /** Buys a ticket, if one is left. */
    public static class Customer {

        public Count buy(Counter tickets) {
            if (tickets.count().value() == 0) {
                return new Count(0);
            }
            tickets.add(-1);
            return new Count(1);
        }
    }

    @Rule
    public final SimulatedGrid grid = SimulatedGrid.of(3);

    @Test
    public void theLastTicketIsSoldOnce() {
        Counter tickets =
                grid.objects().newActive(Counter.class, 1).on(grid.node("h1")).start();
        Customer ann =
                grid.objects().newActive(Customer.class).on(grid.node("h2")).start();
        Customer bob =
                grid.objects().newActive(Customer.class).on(grid.node("h3")).start();

        Count forAnn = ann.buy(tickets);
        Count forBob = bob.buy(tickets);

        assertThat(forAnn.value() + forBob.value()).isEqualTo(1);
    }
}
