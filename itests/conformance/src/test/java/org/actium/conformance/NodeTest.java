package org.actium.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.actium.naming.api.UnknownNameException;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.BodyTerminatedException;
import org.actium.object.api.CreationException;
import org.actium.remote.api.UnreachableException;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Node;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

@RunWith(Parameterized.class)
public class NodeTest {

    @Parameters(name = "{0}")
    public static Object[] settings() {
        return Setting.values();
    }

    @Rule
    public final Grid grid;

    public NodeTest(Setting setting) {
        grid = new Grid(setting);
    }

    /** Creates and removes nodes of its own runtime. */
    public static class Warden {

        private static ActiumRuntime runtime() {
            return ActiveContext.current().facility(ActiumRuntime.class);
        }

        public Node create(String node, String virtualNode) {
            return runtime().createNode(node, Optional.of(virtualNode));
        }

        public String remove(String node) {
            runtime().removeNode(node);
            return node;
        }

        public boolean has(String node) {
            return runtime().node(node).isPresent();
        }

        public List<Node> nodes() {
            return runtime().nodes();
        }

        public Node defaultNode() {
            return runtime().defaultNode();
        }
    }

    public static class Resident {

        public Node node() {
            return ActiveContext.current().node();
        }

        public String property(String key) {
            return ActiveContext.current().node().property(key).orElse("none");
        }

        public boolean isSame(Node one, Node other) {
            return one.equals(other) && one.hashCode() == other.hashCode();
        }
    }

    private Warden warden() {
        return grid.objects().newActive(Warden.class).on(grid.node()).start();
    }

    private Resident resident(Node node) {
        return grid.objects().newActive(Resident.class).on(node).start();
    }

    private String there(String name) {
        return grid.node().url().replaceAll("/[^/]*$", "/" + name);
    }

    @Test
    @Row(67)
    public void anObjectReachesItsNodeAndTheNodesProperties() {
        grid.node().setProperty("colour", "green");

        Resident resident = resident(grid.node());

        assertThat(resident.node()).isEqualTo(grid.node());
        assertThat(resident.property("colour")).isEqualTo("green");
        assertThat(resident.property("size")).isEqualTo("none");
    }

    @Test
    public void aNodeThatIsAFutureIsWaitedFor() {
        Node spare = warden().create("spare", "workers");

        assertThat(resident(spare).node()).isEqualTo(grid.names().node(there("spare")));
    }

    @Test
    @Row(68)
    public void nodesAreFoundByNameHereAndElsewhere() {
        grid.futures().waitFor(warden().create("spare", "workers"));

        Node found = grid.names().node(there("spare"));

        assertThat(found.name()).isEqualTo("spare");
        assertThat(found.runtime()).isEqualTo(grid.node().runtime());
        assertThat(resident(found).node()).isEqualTo(found);
        assertThat(grid.names().node("default"))
                .isEqualTo(grid.runtime().runtime().defaultNode());
    }

    @Test
    @Row({69, 75})
    public void everyRuntimeHasADefaultNodeOfItsOwn() {
        Node here = grid.runtime().runtime().defaultNode();
        Node there = warden().defaultNode();

        assertThat(there.equals(here)).isEqualTo(there.runtime().equals(here.runtime()));
        assertThat(grid.names().node(there("default"))).isEqualTo(there);
        assertThat(resident(there).node()).isEqualTo(there);
    }

    @Test
    @Row(69)
    public void aNodeThatWasRemovedIsNoLongerFound() {
        Warden warden = warden();
        Node spare = warden.create("spare", "workers");
        warden.remove("spare");

        assertThatThrownBy(() -> grid.names().node(there("spare")))
                .isInstanceOf(UnknownNameException.class)
                .hasMessageContaining("no node 'spare'");
        assertThatThrownBy(() -> resident(spare))
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("no node 'spare'");
    }

    @Test
    @Row(70)
    public void removingANodeEndsItsObjectsAndNoOthers() {
        Warden warden = warden();
        Node spare = warden.create("spare", "workers");
        Resident onSpare = resident(spare);
        Resident beside = resident(grid.node());

        warden.remove("spare");

        assertThatThrownBy(() -> onSpare.property("colour")).isInstanceOf(BodyTerminatedException.class);
        assertThat(beside.node()).isEqualTo(grid.node());
        assertThat(warden.has("spare")).isFalse();
    }

    @Test
    @Row(71)
    public void anUnknownHostAndAnUnknownNodeAreNamed() {
        assertThatThrownBy(() -> grid.names().node("actium://no-such-host.invalid:4000/default"))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("no-such-host.invalid:4000");
        assertThatThrownBy(() -> grid.names().node(there("nobody")))
                .isInstanceOf(UnknownNameException.class)
                .hasMessageContaining("no node 'nobody'");
        assertThatThrownBy(() -> grid.names().lookup(Resident.class, "actium://no-such-host.invalid:4000/x"))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("no-such-host.invalid:4000");
    }

    @Test
    @Row(72)
    public void handlesOnOneNodeAreEqualWhereverTheyCameFrom() {
        Node found = grid.names().node(grid.node().url());
        Node own = resident(grid.node()).node();

        assertThat(found).isEqualTo(grid.node()).hasSameHashCodeAs(grid.node());
        assertThat(own).isEqualTo(grid.node()).hasSameHashCodeAs(grid.node());
        assertThat(resident(grid.node(2)).isSame(found, own)).as("elsewhere").isTrue();
        assertThat(found).isNotEqualTo(grid.node(1)).isNotEqualTo(grid.node(2));
    }

    @Test
    @Row(73)
    public void nodesCanBeToldApartAndShareTheIdentityOfTheirRuntime() {
        Warden warden = warden();
        Node one = warden.create("one", "workers");
        Node two = warden.create("two", "workers");

        assertThat(one).isNotEqualTo(two);
        assertThat(one.url()).isNotEqualTo(two.url());
        assertThat(one.runtime())
                .isEqualTo(two.runtime())
                .isEqualTo(warden.defaultNode().runtime());
    }

    @Test
    @Row(74)
    public void theVirtualNodeCanBeReadAtEachOfItsNodes() {
        Node node = warden().create("worker-1", "workers");

        assertThat(node.virtualNode()).contains("workers");
        assertThat(grid.names().node(there("worker-1")).virtualNode()).contains("workers");
        assertThat(resident(node).node().virtualNode()).contains("workers");
        assertThat(grid.node(1).virtualNode()).as("nobody deployed it").isEmpty();
    }

    @Test
    @Row(77)
    public void aRuntimeElsewhereOffersItsNodesAsTheOwnOneDoes() {
        Warden warden = warden();
        Node spare = warden.create("spare", "workers");

        assertThat(warden.nodes()).contains(warden.defaultNode(), spare);
        assertThat(warden.has("spare")).isTrue();
        spare.setProperty("colour", "green");
        assertThat(spare.properties()).containsEntry("colour", "green");
        assertThat(resident(spare).property("colour")).isEqualTo("green");
        spare.removeProperty("colour");
        assertThat(spare.property("colour")).isEmpty();
        warden.remove("spare");
        assertThat(warden.nodes()).doesNotContain(spare);
    }
}
