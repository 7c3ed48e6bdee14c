package org.actium.runtime.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.NodeListener;
import org.junit.Test;

public class LocalRuntimeTest {

    private final LocalRuntime runtime = new LocalRuntime("r1", new SplittableRandom(1));

    @Test
    public void hasADefaultNodeThatBelongsToNoVirtualNode() {
        assertThat(runtime.nodes()).containsExactly(runtime.defaultNode());
        assertThat(runtime.defaultNode().virtualNode()).isEmpty();
        assertThatThrownBy(() -> runtime.removeNode("default")).hasMessageContaining("cannot be removed");
    }

    @Test
    public void listsNodesInOrderOfCreationAndTellsListeners() {
        List<String> news = new ArrayList<>();
        runtime.listen(new NodeListener() {
            @Override
            public void created(Node node) {
                news.add("+" + node.name());
            }

            @Override
            public void removed(Node node) {
                news.add("-" + node.name());
            }
        });

        runtime.createNode("b", Optional.of("vn"));
        runtime.createNode("a", Optional.empty());
        runtime.removeNode("b");
        runtime.removeNode("b");

        assertThat(runtime.nodes()).extracting(Node::name).containsExactly("default", "a");
        assertThat(news).containsExactly("+b", "+a", "-b");
    }

    @Test
    public void refusesASecondNodeOfTheSameNameAndKeepsTheFirst() {
        Node first = runtime.createNode("n", Optional.empty());
        first.setProperty("key", "value");

        assertThatThrownBy(() -> runtime.createNode("n", Optional.of("other")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("runtime r1 has a node 'n' already");
        assertThat(runtime.node("n").orElseThrow().property("key")).contains("value");
    }

    @Test
    public void aListenerThatFailsDoesNotKeepOthersFromHearing() {
        List<String> heard = new ArrayList<>();
        runtime.listen(new NodeListener() {
            @Override
            public void created(Node node) {
                throw new IllegalStateException("planted");
            }
        });
        runtime.listen(new NodeListener() {
            @Override
            public void created(Node node) {
                heard.add(node.name());
            }
        });

        runtime.createNode("n", Optional.empty());

        assertThat(heard).containsExactly("n");
    }

    @Test
    public void nodeUrlsNameTheEndpointOnceThereIsOne() {
        Node node = runtime.createNode("n", Optional.empty());
        assertThat(node.url()).isEqualTo("actium:///n");

        runtime.reachableAt(new Endpoint("127.0.0.1", 4711));

        assertThat(node.url()).isEqualTo("actium://127.0.0.1:4711/n");
    }

    @Test
    public void runtimesOfOneNameDifferInIdentity() {
        assertThat(new LocalRuntime("r", new SplittableRandom(1)).id())
                .isNotEqualTo(new LocalRuntime("r", new SplittableRandom(2)).id());
    }
}
