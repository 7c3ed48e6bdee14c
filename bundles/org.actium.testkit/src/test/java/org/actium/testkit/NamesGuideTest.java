package org.actium.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.actium.exports.api.ExportedObject;
import org.actium.exports.api.Exports;
import org.actium.naming.api.NamedObject;
import org.actium.naming.api.Names;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.Termination;
import org.actium.remote.api.NoSuchRemoteObjectException;
import org.actium.tagging.api.TagMemory;
import org.actium.tagging.api.Tags;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.RuleChain;
import org.junit.rules.TestRule;
import org.junit.rules.Timeout;

/** What {@code docs/guide/names.md} shows. */
public class NamesGuideTest {

    private final EmbeddedGrid grid = new EmbeddedGrid();

    @Rule
    public final TestRule rules = RuleChain.outerRule(grid).around(Timeout.seconds(30));

    public static class Customer {

        public String buy(Shop shop) {
            return shop.sell();
        }

        public int purse() {
            return 5;
        }
    }

    public static class Shop {

        public String sell() {
            ActiveContext context = ActiveContext.current();
            String method = context.request().orElseThrow().method();
            Optional<Customer> caller = context.caller(Customer.class);
            Shop self = context.self(Shop.class);
            Names names = context.facility(Names.class);
            return method + " " + caller.isPresent() + " " + names.url(self).contains("/objects/");
        }

        public String order(Shop supplier) {
            Tags tags = ActiveContext.current().facility(Tags.class);
            tags.set("order", "4711");
            String tagged = supplier.tag();
            tags.stop("order");
            return tagged + ", " + supplier.tag();
        }

        public String tag() {
            Tags tags = ActiveContext.current().facility(Tags.class);
            Optional<String> order = tags.value("order");
            if (order.isPresent()) {
                TagMemory memory = tags.memory("order", Duration.ofSeconds(5));
                memory.put("seen", "yes");
            }
            return order.orElse("none");
        }
    }

    @Test
    public void objectsAreFoundByName() {
        Names names = grid.names();
        Shop shop = grid.objects().newActive(Shop.class).on(grid.node("b")).start();
        Shop other = grid.objects().newActive(Shop.class).start();

        String url = names.register("shop", shop);
        Shop found = names.lookup(Shop.class, url);
        Shop same = names.lookup(Shop.class, "shop");
        names.registerOrReplace("shop", other);

        assertThat(found).isEqualTo(shop).isEqualTo(same);
        List<NamedObject> all = names.list();
        assertThat(all).extracting(NamedObject::name).containsExactly("shop");
        assertThat(grid.runtime("b").names().list(url.substring(0, url.lastIndexOf('/'))))
                .isEqualTo(all);
        assertThat(names.lookup(Shop.class, "shop")).isEqualTo(other);
        assertThat(grid.runtime("b").names().lookup(Shop.class, url)).isEqualTo(other);
        assertThat(names.node("default").url()).startsWith("actium://127.0.0.1:");

        grid.objects().terminate(other, Termination.NOW);
        grid.eventually("the name is gone", () -> names.list().isEmpty());
        assertThat(names.unregister("shop")).isFalse();
    }

    /** What others may ask. */
    public interface Clock {
        String time();
    }

    @Test
    public void plainObjectsAreCalledThroughAnInterface() {
        Exports exports = grid.runtime("a").exports();
        ExportedObject<Clock> exported = exports.export(Clock.class, () -> "noon", "clock");

        Clock clock = grid.runtime("b").exports().lookup(Clock.class, exported.url());
        assertThat(clock.time()).isEqualTo("noon");

        exported.close();
        assertThatThrownBy(clock::time).isInstanceOf(NoSuchRemoteObjectException.class);
    }

    @Test
    public void anObjectKnowsWhatItServes() {
        Shop shop = grid.objects().newActive(Shop.class).on(grid.node("b")).start();
        Customer customer = grid.objects().newActive(Customer.class).start();

        assertThat(customer.buy(shop)).isEqualTo("sell true true");
        assertThat(shop.sell()).isEqualTo("sell false true");
    }

    @Test
    public void tagsSpreadUntilTheyAreStopped() {
        Shop shop = grid.objects().newActive(Shop.class).start();
        Shop supplier = grid.objects().newActive(Shop.class).on(grid.node("b")).start();

        assertThat(shop.order(supplier)).isEqualTo("4711, none");
    }
}
