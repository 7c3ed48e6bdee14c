package org.actium.service.properties;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.actium.runtime.api.Node;
import org.actium.runtime.core.LocalRuntime;
import org.junit.Test;

public class NodePropertiesTest {

    private final LocalRuntime runtime = new LocalRuntime("here", new Random(1));
    private final Node one = runtime.createNode("one", Optional.of("workers"));
    private final Node two = runtime.createNode("two", Optional.of("workers"));
    private final NodeProperties properties = new NodeProperties();

    @Test
    public void setsAPropertyForEachArgumentOnEachNode() {
        properties.init(Map.of("arg1", "bbb", "arg2", "ccc"));

        properties.apply(one);
        properties.apply(two);

        assertThat(one.properties()).containsEntry("arg1", "bbb").containsEntry("arg2", "ccc");
        assertThat(two.properties()).containsEntry("arg1", "bbb").containsEntry("arg2", "ccc");
    }

    @Test
    public void removingTakesAwayWhatItSetAndNothingElse() {
        one.setProperty("mine", "kept");
        properties.init(Map.of("arg1", "bbb"));
        properties.apply(one);
        properties.apply(two);

        properties.remove(one);

        assertThat(one.properties()).doesNotContainKey("arg1").containsEntry("mine", "kept");
        assertThat(two.property("arg1")).contains("bbb");
    }

    @Test
    public void removingRestoresTheValueThatWasThereBefore() {
        one.setProperty("arg1", "aaa");
        properties.init(Map.of("arg1", "bbb"));
        properties.apply(one);

        properties.remove(one);

        assertThat(one.property("arg1")).contains("aaa");
    }

    @Test
    public void removingLeavesAValueThatSomebodyElseSetSince() {
        properties.init(Map.of("arg1", "bbb"));
        properties.apply(one);
        one.setProperty("arg1", "changed");

        properties.remove(one);

        assertThat(one.property("arg1")).contains("changed");
    }

    @Test
    public void removingFromANodeItWasNotAppliedToDoesNothing() {
        one.setProperty("arg1", "bbb");
        properties.init(Map.of("arg1", "bbb"));

        properties.remove(one);

        assertThat(one.property("arg1")).contains("bbb");
    }
}
