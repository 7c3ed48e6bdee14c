package org.actium.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.actium.remote.api.LinkClosedException;
import org.actium.remote.api.UnreachableException;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** Exported objects whose runtime is gone. */
@RunWith(Parameterized.class)
@NotIn(value = Setting.ONE_RUNTIME, because = "within one runtime there is no other side to lose")
public class ExportLossTest {

    @Parameters(name = "{0}")
    public static Object[] settings() {
        return Setting.of(ExportLossTest.class);
    }

    @Rule
    public final Grid grid;

    public ExportLossTest(Setting setting) {
        grid = new Grid(setting);
    }

    private ExportsTest.Shop shop() {
        String url = grid.objects()
                .newActive(ExportsTest.Exporter.class)
                .on(grid.node())
                .start()
                .open("corner");
        return grid.runtime().exports().lookup(ExportsTest.Shop.class, url);
    }

    @Test
    public void callsFailWithAType() {
        ExportsTest.Shop shop = shop();
        assertThat(shop.total()).isZero();

        grid.loseTheOtherSide();

        assertThatThrownBy(shop::total).isInstanceOfAny(UnreachableException.class, LinkClosedException.class);
    }

    @Test
    public void aBrokenLinkIsDialledAnew() {
        ExportsTest.Shop shop = shop();
        shop.sell("bread", 3);

        grid.breakLinks();

        grid.eventually("it answers again", () -> isTotal(shop, 3));
    }

    private static boolean isTotal(ExportsTest.Shop shop, int total) {
        try {
            return shop.total() == total;
        } catch (UnreachableException | LinkClosedException notYet) {
            return false;
        }
    }
}
