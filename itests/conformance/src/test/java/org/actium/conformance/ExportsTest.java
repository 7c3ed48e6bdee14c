package org.actium.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.List;
import java.util.function.Supplier;
import org.actium.exports.api.ExportedName;
import org.actium.exports.api.ExportedObject;
import org.actium.exports.api.Exports;
import org.actium.naming.api.NameTakenException;
import org.actium.naming.api.UnknownNameException;
import org.actium.naming.api.WrongKindException;
import org.actium.object.api.ActiveContext;
import org.actium.remote.api.NoSuchRemoteObjectException;
import org.actium.remote.api.RemoteFailureException;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** Plain objects that others call through an interface, at once and without a queue. */
@RunWith(Parameterized.class)
public class ExportsTest {

    @Parameters(name = "{0}")
    public static Object[] settings() {
        return Setting.values();
    }

    @Rule
    public final Grid grid;

    public ExportsTest(Setting setting) {
        grid = new Grid(setting);
    }

    /** What is bought. */
    public record Item(String name, int price) implements Serializable {}

    /** Not known by name to anybody. */
    public static class TooExpensive extends RuntimeException {
        private static final long serialVersionUID = 1;

        public TooExpensive(String message) {
            super(message);
        }
    }

    /** The part of a shop that others may know. */
    public interface Priced {
        int total();
    }

    public interface Shop extends Priced {
        Item sell(String name, int price);

        void tell(Shop other, Item item);

        Shop self();

        void failUnserializably();
    }

    /** Counts. */
    public static class CornerShop implements Shop {
        private int total;

        @Override
        public Item sell(String name, int price) {
            if (price > 100) {
                throw new TooExpensive(name + " for " + price);
            }
            total += price;
            return new Item(name, price);
        }

        @Override
        public void tell(Shop other, Item item) {
            other.sell(item.name(), item.price());
        }

        @Override
        public Shop self() {
            return this;
        }

        @Override
        public void failUnserializably() {
            throw new IllegalStateException("no way") {
                private static final long serialVersionUID = 1;
                private final transient Object nothing = null;
                private final Object thread = new Object();

                @Override
                public String getMessage() {
                    return "no way" + (nothing == thread);
                }
            };
        }

        @Override
        public int total() {
            return total;
        }
    }

    /** Exports where it is. */
    public static class Exporter {
        private ExportedObject<Shop> shop;

        public String open(String name) {
            shop = exports().export(Shop.class, new CornerShop(), name);
            return shop.url();
        }

        public String openNameless() {
            shop = exports().export(Shop.class, new CornerShop());
            return shop.url();
        }

        public boolean shut() {
            shop.close();
            return true;
        }

        private static Exports exports() {
            return ActiveContext.current().facility(Exports.class);
        }
    }

    private Exporter exporter() {
        return grid.objects().newActive(Exporter.class).on(grid.node()).start();
    }

    private Exports exports() {
        return grid.runtime().exports();
    }

    @Test
    @Row({79, 82})
    public void anExportedObjectIsFoundByItsUrlAndCalledThroughItsInterface() {
        Shop shop = exports().lookup(Shop.class, exporter().open("corner"));

        assertThat(shop.sell("bread", 3)).isEqualTo(new Item("bread", 3));
        assertThat(shop.sell("milk", 2)).isEqualTo(new Item("milk", 2));
        assertThat(shop.total()).isEqualTo(5);
    }

    @Test
    public void itIsFoundAsWhateverItsInterfaceExtendsAndAsNothingElse() {
        String url = exporter().open("corner");
        exports().lookup(Shop.class, url).sell("bread", 3);

        assertThat(exports().lookup(Priced.class, url).total()).isEqualTo(3);
        assertThatThrownBy(() -> exports().lookup(Runnable.class, url))
                .isInstanceOf(WrongKindException.class)
                .hasMessageContaining(Shop.class.getName())
                .hasMessageContaining("is no java.lang.Runnable");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> exports().lookup(CornerShop.class, url))
                .withMessageContaining("is not an interface");
    }

    @Test
    public void anObjectWithoutANameHasAUrl() {
        String url = exporter().openNameless();

        assertThat(url).matches("actium://.*/exports/[0-9]+");
        assertThat(exports().lookup(Shop.class, url).total()).isZero();
        assertThat(exports().lookup(Shop.class, url)).isEqualTo(exports().lookup(Shop.class, url));
    }

    @Test
    public void stubsTravelAsStubsInBothDirections() {
        Shop there = exports().lookup(Shop.class, exporter().open("corner"));
        CornerShop own = new CornerShop();
        Shop here = exports().export(Shop.class, own).stub();

        there.tell(here, new Item("bread", 3));
        there.tell(there, new Item("milk", 2));

        assertThat(own.total()).as("it called back").isEqualTo(3);
        assertThat(there.total()).isEqualTo(2);
    }

    @Test
    public void whatItThrowsIsThrownToItsCallerWithBothStacks() {
        Shop shop = exports().lookup(Shop.class, exporter().open("corner"));

        assertThatThrownBy(() -> shop.sell("car", 20_000))
                .isInstanceOf(TooExpensive.class)
                .hasMessage("car for 20000")
                .satisfies(thrown -> assertThat(thrown.getStackTrace())
                        .extracting(StackTraceElement::getMethodName)
                        .contains("sell", "whatItThrowsIsThrownToItsCallerWithBothStacks"));
        assertThatThrownBy(shop::failUnserializably)
                .isInstanceOf(RemoteFailureException.class)
                .hasMessageContaining("no way");
        assertThat(shop.total()).as("it goes on").isZero();
    }

    @Test
    @Row(80)
    public void callsToWhatWasTakenBackFailAndItsNameIsFree() {
        Exporter exporter = exporter();
        String url = exporter.open("corner");
        Shop shop = exports().lookup(Shop.class, url);

        exporter.shut();

        assertThatThrownBy(shop::total)
                .isInstanceOf(NoSuchRemoteObjectException.class)
                .hasMessageContaining("is not exported");
        assertThatThrownBy(() -> exports().lookup(Shop.class, url))
                .isInstanceOf(UnknownNameException.class)
                .hasMessageContaining("no object is exported as 'corner'");
        assertThat(exporter.open("corner")).isEqualTo(url);
        assertThat(exports().lookup(Shop.class, url).total()).isZero();
    }

    @Test
    public void aNameIsTakenFromAnObjectOnlyIfThatIsAskedFor() {
        ExportedObject<Shop> first = exports().export(Shop.class, new CornerShop(), "corner");
        first.stub().sell("bread", 3);

        assertThatThrownBy(() -> exports().export(Shop.class, new CornerShop(), "corner"))
                .isInstanceOf(NameTakenException.class)
                .hasMessageContaining("'corner' is the name of")
                .hasMessageContaining("exportOrReplace");
        ExportedObject<Shop> second = exports().exportOrReplace(Shop.class, new CornerShop(), "corner");

        assertThat(exports().lookup(Shop.class, "corner").total()).isZero();
        assertThat(first.stub().total())
                .as("the first goes on without the name")
                .isEqualTo(3);
        first.close();
        assertThat(exports().lookup(Shop.class, "corner")).isEqualTo(second.stub());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> exports().export(Shop.class, new CornerShop(), "a/b"))
                .withMessageContaining("'a/b' cannot be a name");
    }

    @Test
    public void namesAreListed() {
        String url = exporter().open("corner");
        exports().export(Priced.class, new CornerShop(), "another");

        List<ExportedName> there = exports().list(url.replaceAll("/[^/]*$", ""));

        assertThat(there).contains(new ExportedName("corner", url, Shop.class.getName()));
        assertThat(exports().list()).extracting(ExportedName::name).contains("another");
    }

    /** Makes texts. */
    public interface Texts extends Supplier<String> {}

    @Test
    public void argumentsAndResultsAreCopiedAlsoInOneRuntime() {
        CornerShop own = new CornerShop();
        Shop stub = exports().export(Shop.class, own).stub();

        assertThatThrownBy(stub::self)
                .as("an object that is not serializable stays at home")
                .isNotNull();
        Texts texts = exports().export(Texts.class, () -> "text").stub();
        assertThat(texts.get()).isEqualTo("text");
    }
}
