package org.actium.service.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.actium.runtime.api.Node;
import org.actium.service.api.ServiceUse;
import org.actium.service.testkit.TestServices;
import org.actium.testkit.EmbeddedGrid;
import org.junit.Rule;
import org.junit.Test;

public class OrderingServiceTest {

    @Rule
    public final EmbeddedGrid grid = new EmbeddedGrid();

    @Test
    public void choosesTheOrderOfTheNodeUntilItIsRemoved() {
        TestServices services = services();
        Node node = services.node("one");

        services.apply(node, "ordering", Map.of("order", "fifo"));
        assertThat(node.property("actium.ordering")).contains("fifo");
        assertThat(grid.objects().newActive(Echo.class).on(node).start().echo(3))
                .as("objects work on such a node")
                .isEqualTo(3);

        services.remove(node, "ordering");
        assertThat(node.property("actium.ordering")).isEmpty();
    }

    @Test
    public void isUsedOnceAndOnlyWithAnOrderThereIs() {
        TestServices services = services();
        Node node = services.node("one");

        assertThatThrownBy(() -> services.apply(node, "ordering", Map.of("order", "total")))
                .hasMessageContaining("argument 'order' is 'total', which is neither 'causal' nor 'fifo'");
        assertThatThrownBy(() -> services.apply(
                        node,
                        new ServiceUse("a", "ordering", Map.of("order", "fifo")),
                        new ServiceUse("b", "ordering", Map.of("order", "causal"))))
                .hasMessageContaining("do not go together")
                .hasMessageContaining("excludes 'order-of-messages'");
        assertThat(node.properties()).doesNotContainKey("actium.ordering");
    }

    private TestServices services() {
        return new TestServices(grid.runtime("test"), Map.of("ordering", OrderingService::new));
    }

    /** Says what it hears. */
    public static class Echo {
        public int echo(int heard) {
            return heard;
        }
    }
}
