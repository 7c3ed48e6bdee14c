package org.actium.service.testkit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.actium.object.spi.ObjectHandles;
import org.actium.runtime.api.Node;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalService;
import org.actium.service.api.TechnicalServices;
import org.actium.service.core.FixedCatalog;
import org.actium.service.core.ServiceTable;
import org.actium.testkit.EmbeddedRuntime;

/**
 * The technical services of a runtime in a test. They are applied as in production, to nodes with real active objects:
 *
 * <pre>
 *   &#64;Rule public final EmbeddedGrid grid = new EmbeddedGrid();
 *
 *   TestServices services = new TestServices(grid.runtime("a"), Map.of("limit", Limit::new));
 *   Node node = services.node("one");
 *   services.apply(node, "limit", Map.of("perSecond", "10"));
 *   Counter counter = grid.objects().newActive(Counter.class).on(node).start();
 * </pre>
 */
public final class TestServices {

    private static final String GROUP = "test/workers";

    private final EmbeddedRuntime runtime;
    private final ServiceTable table;

    /** @param services how to make an instance of each, by id */
    public TestServices(EmbeddedRuntime runtime, Map<String, Supplier<TechnicalService>> services) {
        this.runtime = runtime;
        this.table = new ServiceTable(new FixedCatalog(services), runtime.runtime(), runtime.objects(), (ObjectHandles)
                runtime.objects()); // one object space offers both
        runtime.intercept(table);
    }

    /** A new node, of virtual node {@code workers}. */
    public Node node(String name) {
        return runtime.runtime().createNode(name, Optional.of("workers"));
    }

    /** Applies one service under its own id. */
    public void apply(Node node, String service, Map<String, String> arguments) {
        apply(node, new ServiceUse(service, service, arguments));
    }

    /** Applies several together, all or none. */
    public void apply(Node node, ServiceUse... uses) {
        table.apply(node, GROUP, List.of(uses));
    }

    public void remove(Node node, String use) {
        table.remove(node, use);
    }

    public TechnicalServices table() {
        return table;
    }
}
