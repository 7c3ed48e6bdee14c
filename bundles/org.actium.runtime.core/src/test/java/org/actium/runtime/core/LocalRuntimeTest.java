package org.actium.runtime.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
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

    /** Nodes of one name being equal, a listener would take what the second has for what the first had. */
    @Test
    public void aNameIsTakenUntilAllHaveHeardThatItsNodeIsRemoved() throws InterruptedException {
        Node first = runtime.createNode("n", Optional.empty());
        List<String> refusals = new CopyOnWriteArrayList<>();
        Thread other = Thread.ofPlatform().unstarted(() -> {
            try {
                runtime.createNode("n", Optional.empty());
            } catch (IllegalArgumentException refused) {
                refusals.add(refused.getMessage());
            }
        });
        runtime.listen(new NodeListener() {
            @Override
            public void removed(Node node) {
                other.start();
                try {
                    other.join(); // refused, it does not wait for those who hear
                } catch (InterruptedException stopped) {
                    throw new IllegalStateException(stopped);
                }
                assertThat(runtime.nodes()).containsExactly(runtime.defaultNode());
            }
        });

        runtime.removeNode("n");

        assertThat(refusals).singleElement().asString().startsWith("runtime r1 is still removing its node 'n'");
        assertThat(runtime.createNode("n", Optional.empty())).isNotSameAs(first);
    }

    @Test
    public void aNameIsFreeAgainAlsoAfterAListenerBroke() {
        runtime.createNode("n", Optional.empty());
        runtime.listen(new NodeListener() {
            @Override
            public void removed(Node node) {
                throw new NoClassDefFoundError("optional/Thing");
            }
        });

        assertThatThrownBy(() -> runtime.removeNode("n")).isInstanceOf(NoClassDefFoundError.class);

        assertThat(runtime.createNode("n", Optional.empty()).name()).isEqualTo("n");
    }
}
