package org.actium.object.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.actium.codec.api.Immutable;
import org.actium.codec.java.JavaCodec;
import org.actium.codec.java.ReadLimits;
import org.actium.codec.java.SharingSettings;
import org.actium.object.api.Creation;
import org.actium.runtime.api.Node;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** The debug mode that finds objects of classes called immutable that change. */
public class SharedValuesTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(20);

    private final Queue<String> reports = new ConcurrentLinkedQueue<>();
    private final MemoryNetwork network = new MemoryNetwork();
    private final TestRuntime here = new TestRuntime("here", network, checkingCodec());
    private final TestRuntime there = new TestRuntime("there", network, checkingCodec());
    private final Node far = there.runtime.createNode("far", Optional.empty());

    private JavaCodec checkingCodec() {
        return new JavaCodec(
                ReadLimits.DEFAULT, new SharingSettings(Set.of(Named.class.getName()), Optional.of(reports::add)));
    }

    @After
    public void stop() {
        here.close();
        there.close();
    }

    /** Lies: it can be changed. */
    @Immutable
    public static final class Price implements Serializable {
        private static final long serialVersionUID = 1;
        private long cents = 5;
        private final List<String> notes = new ArrayList<>();

        public long cents() {
            return cents;
        }
    }

    /** Lies as well, on the word of the configuration. */
    public static final class Named implements Serializable {
        private static final long serialVersionUID = 1;
        private int value;
    }

    /** Does not lie: what it changes does not travel. */
    @Immutable
    public static final class Honest implements Serializable {
        private static final long serialVersionUID = 1;
        private final String text = "text";
        private final List<Integer> numbers = List.of(1, 2, 3);
        private transient int hash;

        @Override
        public int hashCode() {
            hash = text.hashCode() + numbers.hashCode();
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Honest;
        }
    }

    /** Keeps a price, passes it on, changes it. */
    public static class Shop implements Serializable {
        private static final long serialVersionUID = 1;
        private Object kept;

        public int keep(Object value) {
            kept = value;
            return kept.hashCode();
        }

        public int raise(Price price) {
            price.cents++;
            return 0;
        }

        public int pass(Shop next) {
            return next.keep(kept);
        }

        public int passChanged(Shop next) {
            next.keep(kept);
            ((Price) kept).cents = 9;
            return next.keep(kept);
        }

        public Object give() {
            return kept;
        }
    }

    private Shop shop(TestRuntime runtime, String name) {
        Creation<Shop> creation = here.objects.newActive(Shop.class).named(name);
        return (runtime == here ? creation : creation.on(far)).start();
    }

    @Test
    public void aChangeByWhoeverServesIsFoundWhenItHasServed() {
        shop(here, "till").raise(new Price());

        assertThat(reports)
                .singleElement()
                .asString()
                .startsWith("an object of " + Price.class.getName()
                        + " changed after a thread that serves no active object handed it to till with raise(")
                .contains(": .cents was 5, is 6; seen when till has served raise(")
                .contains("remove @Immutable")
                .contains("transient");
    }

    @Test
    public void aChangeByASenderIsFoundWhenItSendsTheObjectAgain() {
        Shop first = shop(here, "first");
        first.keep(new Price());
        assertThat(reports).isEmpty();

        first.passChanged(shop(here, "second"));

        assertThat(reports)
                .singleElement()
                .asString()
                .contains("changed after first handed it to second with keep(")
                .contains(".cents was 5, is 9; seen when first hands it to second with keep(");
    }

    @Test
    public void aChangeOfAResultIsFound() {
        Shop shop = shop(here, "shop");
        shop.keep(new Price());
        Price result = (Price) shop.give();
        result.notes.add("cheap");

        shop.give();

        assertThat(reports)
                .singleElement()
                .asString()
                .contains(
                        "changed after shop handed it to a thread that serves no active object with the result of give")
                .contains(".notes was java.util.ArrayList of 0, is java.util.ArrayList of 1");
    }

    @Test
    public void aChangeInsideOfWhatIsCopiedIsFound() {
        Shop shop = shop(here, "shop");
        Named named = new Named();
        shop.keep(new ArrayList<>(List.of(named)));
        named.value = 1;

        shop.keep(new ArrayList<>(List.of(named)));

        assertThat(reports).singleElement().asString().contains(Named.class.getName(), ".value was 0, is 1");
    }

    @Test
    public void aChangeIsReportedOnce() {
        Shop shop = shop(here, "shop");
        Price price = new Price();
        shop.keep(price);
        price.cents = 7;
        shop.keep(price);
        shop.keep(price);

        assertThat(reports).hasSize(1);
    }

    @Test
    public void aChangeInAnotherRuntimeIsFoundThere() {
        Shop first = shop(there, "first");
        Price price = new Price();
        first.keep(price);
        price.cents = 7;
        first.keep(price);
        assertThat(reports)
                .as("between runtimes nothing is shared: the sender may change what is its own")
                .isEmpty();

        first.passChanged(shop(there, "second"));

        assertThat(reports)
                .singleElement()
                .asString()
                .contains("changed after first handed it to second", ".cents was 7, is 9");
    }

    @Test
    public void whatIsSentElsewhereIsWatchedWhereItIsShared() {
        Price price = new Price();
        Shop near = shop(here, "near");
        near.keep(price);
        shop(there, "distant").keep(price);
        price.cents = 7;

        near.pass(shop(here, "neighbour"));

        assertThat(reports)
                .singleElement()
                .asString()
                .contains("handed it to near", "near hands it to neighbour", ".cents was 5, is 7");
    }

    @Test
    public void whatDoesNotChangeIsNeverReported() {
        Shop first = shop(here, "first");
        Shop second = shop(here, "second");
        Shop third = shop(there, "third");
        Honest honest = new Honest();
        for (int i = 0; i < 100; i++) {
            first.keep(i % 2 == 0 ? honest : List.of(honest, new Price()));
            first.pass(second);
            second.pass(third);
            second.give().hashCode();
            third.give().hashCode();
        }

        assertThat(reports).isEmpty();
    }
}
