package org.actium.service.properties;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.actium.runtime.api.Node;
import org.actium.runtime.core.LocalRuntime;
import org.actium.service.api.ServiceUse;
import org.actium.service.core.FixedCatalog;
import org.actium.service.core.ServiceTable;
import org.junit.Test;

public class NodePropertiesTest {

    private final LocalRuntime runtime = new LocalRuntime("here", new Random(1));
    private final ServiceTable table =
            new ServiceTable(new FixedCatalog(Map.of("properties", NodeProperties::new)), runtime);
    private final Node one = runtime.createNode("one", Optional.of("workers"));
    private final Node two = runtime.createNode("two", Optional.of("workers"));

    @Test
    public void setsAPropertyForEachArgumentOnEachNode() {
        apply(one, Map.of("arg1", "bbb", "arg2", "ccc"));
        apply(two, Map.of("arg1", "bbb", "arg2", "ccc"));

        assertThat(one.properties()).containsEntry("arg1", "bbb").containsEntry("arg2", "ccc");
        assertThat(two.properties()).containsEntry("arg1", "bbb").containsEntry("arg2", "ccc");
    }

    @Test
    public void removingTakesAwayWhatItSetAndNothingElse() {
        one.setProperty("mine", "kept");
        apply(one, Map.of("arg1", "bbb"));
        apply(two, Map.of("arg1", "bbb"));

        table.remove(one);

        assertThat(one.properties()).doesNotContainKey("arg1").containsEntry("mine", "kept");
        assertThat(two.property("arg1")).contains("bbb");
    }

    @Test
    public void removingRestoresTheValueThatWasThereBefore() {
        one.setProperty("arg1", "aaa");
        apply(one, Map.of("arg1", "bbb"));

        table.remove(one);

        assertThat(one.property("arg1")).contains("aaa");
    }

    @Test
    public void removingLeavesAValueThatSomebodyElseSetSince() {
        apply(one, Map.of("arg1", "bbb"));
        one.setProperty("arg1", "changed");

        table.remove(one);

        assertThat(one.property("arg1")).contains("changed");
    }

    private void apply(Node node, Map<String, String> arguments) {
        table.apply(node, "d1/workers", List.of(new ServiceUse("settings", "properties", arguments)));
    }
}
