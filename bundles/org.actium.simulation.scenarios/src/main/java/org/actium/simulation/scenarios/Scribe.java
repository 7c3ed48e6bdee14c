package org.actium.simulation.scenarios;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.actium.simulation.Machine;

/**
 * What {@link Bookkeeper} is, as an active object: writes orders down, one below the other, passes on what they say, and
 * writes down what it hears of that. Tells a herald, too.
 */
public class Scribe implements Serializable {

    private static final long serialVersionUID = 1;

    private final String name;
    private final Map<String, Scribe> colleagues = new TreeMap<>();
    private final List<Bookkeeper.Page> pages = new ArrayList<>();
    private final Map<String, Line> expected = new LinkedHashMap<>(); // mostly futures
    private Herald herald;

    public Scribe(String name) {
        this.name = name;
    }

    /** Before anything else. */
    public void meet(Map<String, Scribe> scribes, Herald teller) {
        colleagues.putAll(scribes);
        herald = teller;
    }

    /** One-way. */
    public void note(Order order) {
        write(order);
    }

    /** For those who wait at once. @return the page */
    public int page(Order order) {
        return write(order);
    }

    /** For those who wait later. */
    public Line line(Order order) {
        return new Line(write(order));
    }

    public List<Bookkeeper.Page> pages() {
        return new ArrayList<>(pages);
    }

    private int write(Order order) {
        Machine.current().sleep(Duration.ofMillis(order.millis()));
        Bookkeeper.Page page = new Bookkeeper.Page(order, new LinkedHashMap<>());
        expected.forEach((asked, line) -> page.answers().put(asked, line.number()));
        expected.clear();
        int number = pages.size();
        pages.add(page);
        tellHerald(order, number);
        for (Order.Step step : order.steps()) {
            Scribe colleague = colleagues.get(step.to());
            switch (step.way()) {
                case TELL -> colleague.note(step.order());
                case ASK -> page.answers().put(step.order().name(), colleague.page(step.order()));
                case ASK_FOR_LATER -> expected.put(step.order().name(), colleague.line(step.order()));
            }
        }
        return number;
    }

    private void tellHerald(Order order, int number) {
        if (order.millis() % 2 == 0) {
            herald.hear(name, order.name());
            return;
        }
        int count = herald.count(name, order.name());
        if (count != number + 1) {
            Machine.current()
                    .fail("the herald has heard of " + count + " orders of " + name + ", which has written down "
                            + (number + 1));
        }
    }
}
