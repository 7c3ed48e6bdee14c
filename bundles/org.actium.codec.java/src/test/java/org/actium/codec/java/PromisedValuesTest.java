package org.actium.codec.java;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.actium.codec.api.Immutable;
import org.actium.codec.api.SharingCheck;
import org.junit.Test;

public class PromisedValuesTest {

    private final SharingCheck check = new PromisedValues(new Sharing(Set.of(Named.class.getName())), _ -> {});

    private record Line(String article, int[] pieces) implements Serializable {}

    /** Says it never changes, and can be changed everywhere. */
    @Immutable
    private static final class Order implements Serializable {
        private static final long serialVersionUID = 1;
        int number = 5;
        String customer = "Ada";
        final List<Line> lines = new ArrayList<>(List.of(new Line("nail", new int[] {100, 200})));
        final Map<String, Object> notes = new HashMap<>(Map.of("a", "b"));
        final Date due = new Date(0);
        Object next = this;
        transient int hash;
    }

    private static final class Named implements Serializable {
        private static final long serialVersionUID = 1;
    }

    private enum Level {
        LOW,
        HIGH;
        private int uses;
    }

    private record Basket(Object content) implements Serializable {}

    private String change(Consumer<Order> change) {
        Order order = new Order();
        SharingCheck.Contents before = check.contents(order);
        change.accept(order);
        return before.differenceTo(check.contents(order)).orElse("");
    }

    @Test
    public void namesTheFieldThatChanged() {
        assertThat(change(order -> order.number = 7)).isEqualTo(".number was 5, is 7");
        assertThat(change(order -> order.customer = "Bob")).isEqualTo(".customer was \"Ada\", is \"Bob\"");
        assertThat(change(order -> order.customer = null)).isEqualTo(".customer was \"Ada\", is null");
        assertThat(change(order -> order.lines.getFirst().pieces()[1] = 3))
                .isEqualTo(".lines[0].pieces was [100, 200], is [100, 3]");
        assertThat(change(order -> order.lines.clear()))
                .isEqualTo(".lines was java.util.ArrayList of 1, is java.util.ArrayList of 0");
        assertThat(change(order -> order.notes.put("a", "c"))).isEqualTo(".notes[a] was \"b\", is \"c\"");
        assertThat(change(order -> order.due.setTime(1)))
                .isEqualTo(".due was another value of java.util.Date, is another value of java.util.Date");
        assertThat(change(order -> order.next = Level.LOW))
                .isEqualTo(".next was " + Order.class.getName() + ", is " + Level.class.getName() + ".LOW");
    }

    @Test
    public void whatDoesNotTravelMayChange() {
        assertThat(change(order -> order.hash = 31)).isEmpty();
    }

    @Test
    public void whatIsReplacedByItsEqualHasNotChanged() {
        assertThat(change(order -> order.customer = new StringBuilder("Ada").toString()))
                .isEmpty();
    }

    @Test
    public void findsThePromisedObjectsOfAGraphOnceEach() {
        Order order = new Order();
        Named named = new Named();

        assertThat(check.promised(
                        new Object[] {new Basket(order), List.of(named, "text"), order, Level.HIGH, new Date(), null}))
                .containsExactlyInAnyOrder(order, named, Level.HIGH);
        assertThat(check.promised(new Basket(new int[] {1}))).isEmpty();
    }

    @Test
    public void constantsOfEnumsAreLookedInto() {
        SharingCheck.Contents before = check.contents(Level.HIGH);
        Level.HIGH.uses++;

        assertThat(before.differenceTo(check.contents(Level.HIGH))).hasValue(".uses was 0, is 1");
    }

    @Test
    public void keepsNothingAlive() {
        Order order = new Order();
        WeakReference<Order> gone = new WeakReference<>(order);
        SharingCheck.Contents contents = check.contents(order);
        order = null;
        while (gone.get() != null) {
            System.gc();
            Thread.onSpinWait();
        }

        assertThat(contents.differenceTo(check.contents(new Order()))).isEmpty();
    }
}
