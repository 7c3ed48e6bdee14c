package org.actium.service.immutability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.actium.codec.api.Immutable;
import org.actium.object.spi.SharedArguments;
import org.actium.runtime.api.Node;
import org.actium.service.testkit.TestServices;
import org.actium.testkit.EmbeddedGrid;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.RuleChain;
import org.junit.rules.Timeout;

public class ImmutabilityCheckTest {

    private final EmbeddedGrid grid = new EmbeddedGrid();

    @Rule
    public final RuleChain rules = RuleChain.outerRule(Timeout.seconds(60)).around(grid);

    private final List<String> reports = new CopyOnWriteArrayList<>();

    @Test
    public void reportsASharedArgumentThatChangesWhileTheServiceIsApplied() {
        TestServices services = services();
        Node node = services.node("one");
        Shop shop = grid.objects().newActive(Shop.class).named("till").on(node).start();
        Price before = new Price();
        shop.keep(before);
        before.cents = 9;
        shop.keep(before);
        assertThat(reports).as("nobody looks yet").isEmpty();

        services.apply(node, "immutability-check", Map.of());
        Price price = new Price();
        shop.keep(price);
        shop.keep(price);
        assertThat(reports).as("unchanged").isEmpty();
        price.cents = 7;
        shop.keep(price);
        assertThat(reports)
                .singleElement()
                .asString()
                .startsWith("node 'one': an object of " + Price.class.getName()
                        + " changed after a thread that serves no" + " active object handed it to till with keep(")
                .contains(".cents was 5, is 7");

        services.remove(node, "immutability-check");
        Price later = new Price();
        shop.keep(later);
        later.cents = 8;
        shop.keep(later);
        assertThat(reports).hasSize(1);
    }

    @Test
    public void reportsAChangeByTheObjectThatGotTheArgument() {
        TestServices services = services();
        Node node = services.node("one");
        services.apply(node, "immutability-check", Map.of());
        Shop shop = grid.objects().newActive(Shop.class).named("till").on(node).start();

        shop.raise(new Price());

        grid.eventually("reported when it has been served", () -> !reports.isEmpty());
        assertThat(reports).singleElement().asString().contains(".cents was 5, is 6", "till has served raise(");
    }

    @Test
    public void whatIsCopiedMayChange() {
        TestServices services = services();
        Node node = services.node("one");
        services.apply(node, "immutability-check", Map.of());
        Shop shop = grid.objects().newActive(Shop.class).on(node).start();
        Note note = new Note();

        shop.keep(note);
        note.text = "after";
        shop.keep(note);

        assertThat(reports).isEmpty();
    }

    @Test
    public void takesNoArguments() {
        TestServices services = services();
        Node node = services.node("one");

        assertThatThrownBy(() -> services.apply(node, "immutability-check", Map.of("depth", "3")))
                .hasMessageContaining("there are no arguments, but [depth] are given");
    }

    private TestServices services() {
        SharedArguments arguments = (SharedArguments) grid.runtime("test").objects(); // one object space offers both
        return new TestServices(
                grid.runtime("test"),
                Map.of("immutability-check", () -> new ImmutabilityCheck(arguments, reports::add)));
    }

    /** Lies: it can be changed. */
    @Immutable
    public static final class Price implements Serializable {
        private static final long serialVersionUID = 1;
        private int cents = 5;
    }

    /** Says nothing, so it is copied. */
    public static final class Note implements Serializable {
        private static final long serialVersionUID = 1;
        private String text = "before";

        @Override
        public String toString() {
            return text;
        }
    }

    /** Keeps what it gets. */
    public static class Shop {

        private Object kept;

        public int keep(Object thing) {
            kept = thing;
            return kept.hashCode();
        }

        public int raise(Price price) {
            return ++price.cents;
        }
    }
}
