package org.actium.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.actium.naming.api.NameTakenException;
import org.actium.naming.api.NamedObject;
import org.actium.naming.api.UnknownNameException;
import org.actium.naming.api.WrongKindException;
import org.actium.object.api.BodyTerminatedException;
import org.actium.object.api.Termination;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

@RunWith(Parameterized.class)
public class NamesTest {

    @Parameters(name = "{0}")
    public static Object[] settings() {
        return Setting.values();
    }

    @Rule
    public final Grid grid;

    public NamesTest(Setting setting) {
        grid = new Grid(setting);
    }

    public interface Till {
        int total();
    }

    public static class Shop implements Till {
        private int total;

        public void sell(int price) {
            total += price;
        }

        @Override
        public int total() {
            return total;
        }
    }

    public static class Elsewhere {}

    private Shop shop() {
        return grid.objects()
                .newActive(Shop.class)
                .on(grid.node())
                .named("corner-shop")
                .start();
    }

    /** A name at the runtime where the objects of the test live. */
    private String there(String name) {
        return grid.node().url().replaceAll("/[^/]*$", "/" + name);
    }

    @Test
    @Row(10)
    public void anObjectIsFoundByNameAndByUrlFromBothSides() {
        Shop shop = shop();
        shop.sell(3);

        String here = grid.names().register("shop", shop);
        String there = grid.names().register(there("store"), shop);

        assertThat(grid.names().lookup(Shop.class, "shop").total()).isEqualTo(3);
        assertThat(grid.names().lookup(Shop.class, here).total()).isEqualTo(3);
        assertThat(grid.names().lookup(Shop.class, there).total()).isEqualTo(3);
        assertThat(grid.names().lookup(Till.class, there).total())
                .as("as an interface of its class")
                .isEqualTo(3);
    }

    @Test
    @Row(10)
    public void namesAreListedWhereTheyAreRegistered() {
        Shop shop = shop();
        String url = grid.names().register(there("shop"), shop);
        String second = grid.names().register("second", shop);

        NamedObject listed = grid.names().list(there("")).stream()
                .filter(named -> named.name().equals("shop"))
                .findAny()
                .orElseThrow();
        assertThat(listed.url()).isEqualTo(url);
        assertThat(listed.object()).isEqualTo("corner-shop");
        assertThat(listed.type()).isEqualTo(Shop.class.getName());
        assertThat(grid.names().list()).extracting(NamedObject::url).contains(second);
    }

    @Test
    @Row(9)
    public void whateverWayAReferenceWasComeByItEqualsTheOthers() {
        Shop shop = shop();
        Shop other = shop();
        grid.names().register("shop", shop);

        Shop found = grid.names().lookup(Shop.class, "shop");

        assertThat(found).isEqualTo(shop).hasSameHashCodeAs(shop);
        assertThat(grid.names().lookup(Till.class, "shop")).isEqualTo(shop);
        assertThat(found).isNotEqualTo(other).isNotEqualTo(null).isNotEqualTo("shop");
    }

    @Test
    @Row({11, 69})
    public void aNodeIsNoObjectAndAnObjectNoNode() {
        grid.names().register(there("shop"), shop());

        assertThatThrownBy(() -> grid.names().lookup(Shop.class, grid.node().url()))
                .isInstanceOf(WrongKindException.class)
                .hasMessageContaining("'" + grid.node().name() + "'")
                .hasMessageContaining("is a node, not an active object");
        assertThatThrownBy(() -> grid.names().node(there("shop")))
                .isInstanceOf(WrongKindException.class)
                .hasMessageContaining("'shop'")
                .hasMessageContaining("is an active object, not a node");
        assertThatThrownBy(() -> grid.names().register(grid.node().url(), shop()))
                .isInstanceOf(NameTakenException.class)
                .hasMessageContaining("is a node");
    }

    @Test
    @Row(12)
    public void aNameIsTakenFromAnObjectOnlyIfThatIsAskedFor() {
        Shop first = shop();
        Shop second = shop();
        assertThat(grid.names().register(there("shop"), first)).endsWith("/shop");

        assertThatThrownBy(() -> grid.names().register(there("shop"), second))
                .isInstanceOf(NameTakenException.class)
                .hasMessageContaining("'shop' is the name of active object corner-shop")
                .hasMessageContaining("registerOrReplace");
        assertThatThrownBy(() -> grid.names().register(there("shop"), first))
                .as("its own name is taken too")
                .isInstanceOf(NameTakenException.class);

        assertThat(grid.names().registerOrReplace(there("shop"), second)).endsWith("/shop");
        assertThat(grid.names().lookup(Shop.class, there("shop"))).isEqualTo(second);
    }

    @Test
    @Row(14)
    public void anObjectHasAnAddressWithoutBeingRegistered() {
        Shop shop = shop();

        String url = grid.names().url(shop);

        assertThat(url).startsWith(there("objects/"));
        assertThat(grid.names().lookup(Shop.class, url)).isEqualTo(shop);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> grid.names().url(new Shop()))
                .withMessageContaining(Shop.class.getName())
                .withMessageContaining("not a stub");
    }

    @Test
    public void aNameThatWasTakenBackIsUnknown() {
        Shop shop = shop();
        grid.names().register(there("shop"), shop);

        assertThat(grid.names().unregister(there("shop"))).isTrue();
        assertThat(grid.names().unregister(there("shop"))).isFalse();

        assertThatThrownBy(() -> grid.names().lookup(Shop.class, there("shop")))
                .isInstanceOf(UnknownNameException.class)
                .hasMessageContaining("no active object is registered as 'shop' on runtime");
        assertThat(shop.total()).as("the object itself lives").isZero();
    }

    @Test
    public void namesGoWithTheirObjectWhereverTheyAre() {
        Shop shop = shop();
        grid.names().register("shop", shop);
        grid.names().register(there("store"), shop);

        grid.objects().terminate(shop, Termination.NOW);
        grid.eventually("the name here is gone", () -> isUnknown("shop"));
        grid.eventually("the name there is gone", () -> isUnknown(there("store")));

        assertThat(grid.names().list()).extracting(NamedObject::name).doesNotContain("shop");
        grid.names().register("shop", shop());
        assertThatThrownBy(() -> grid.names().register("late", shop))
                .isInstanceOf(BodyTerminatedException.class)
                .hasMessageContaining("corner-shop")
                .hasMessageContaining("'late'");
        assertThat(isUnknown("late")).isTrue();
    }

    private boolean isUnknown(String name) {
        try {
            grid.names().lookup(Shop.class, name);
            return false;
        } catch (UnknownNameException gone) {
            return true;
        }
    }

    @Test
    public void anObjectOfAnotherTypeIsAnErrorWithBothTypes() {
        grid.names().register(there("shop"), shop());

        assertThatThrownBy(() -> grid.names().lookup(Elsewhere.class, there("shop")))
                .isInstanceOf(WrongKindException.class)
                .hasMessageContaining("/shop' is active object corner-shop of class " + Shop.class.getName())
                .hasMessageContaining("which is no " + Elsewhere.class.getName());
    }

    @Test
    public void whatCannotBeANameIsRefused() {
        Shop shop = shop();
        for (String wrong : new String[] {"", "a/b", "corner shop", there("")}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> grid.names().register(wrong, shop))
                    .withMessageContaining("cannot be a name");
        }
    }
}
