package org.actium.deployment.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actium.object.api.ObjectInfo;
import org.actium.remote.api.NoSuchRemoteObjectException;
import org.actium.runtime.api.Node;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalServiceException;
import org.junit.Test;

public class LocalAgentTest {

    private final InMemoryDomain domain = new InMemoryDomain();
    private final InMemoryDomain.Peer here = domain.runtime("here");
    private final InMemoryDomain.Peer there = domain.runtime("there");
    private final RuntimeAgent agent = new Agents(here.links, here.remoteObjects).at(there.links.self());

    @Test
    public void createsNodesForOthers() {
        Node node = here.handles.node(agent.createNode("d1-workers-1", "workers"));

        assertThat(node.runtime()).isEqualTo(there.id());
        assertThat(node.virtualNode()).contains("workers");
        assertThat(there.runtime.node("d1-workers-1")).contains(node);
    }

    @Test
    public void refusesANameThatIsTaken() {
        agent.createNode("n", "workers");

        assertThatThrownBy(() -> agent.createNode("n", "workers"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("runtime there has a node 'n' already");
    }

    @Test
    public void appliesServicesAndPassesFailuresOn() {
        there.services.install("properties");
        agent.createNode("n", "workers");
        agent.applyServices("n", "d1/workers", List.of(new ServiceUse("s", "properties", Map.of())));

        assertThat(there.services.log).containsExactly("s of d1/workers applied to n, which is there");
        assertThatThrownBy(() -> agent.applyServices("n", "g", List.of(new ServiceUse("f", "ft", Map.of()))))
                .isInstanceOf(TechnicalServiceException.class);
        assertThatThrownBy(() -> agent.applyServices("gone", "g", List.of()))
                .isInstanceOf(TechnicalServiceException.class)
                .hasMessageContaining("runtime there has no node 'gone'");
    }

    @Test
    public void removesTheServicesBeforeTheNode() {
        agent.createNode("n", "workers");

        agent.removeNode("n");
        agent.removeNode("n");

        assertThat(there.services.log).containsExactly("removed from n, which is there");
        assertThat(there.nodeNames()).isEmpty();
    }

    @Test
    public void removesOnlyTheNodesThatOthersCreated() {
        there.runtime.createNode("own", Optional.empty());
        agent.createNode("n", "workers");

        there.agent.removeDeployedNodes();

        assertThat(there.nodeNames()).containsExactly("own");
    }

    @Test
    public void reportsNodesAndObjects() {
        agent.createNode("n", "workers");
        there.runtime.node("n").orElseThrow().setProperty("arg1", "aaa");

        assertThat(agent.nodes())
                .extracting(NodeReport::name, NodeReport::virtualNode, NodeReport::properties)
                .containsExactly(tuple("default", "", Map.of()), tuple("n", "workers", Map.of("arg1", "aaa")));
        assertThat(agent.objects()).extracting(ObjectInfo::name).containsExactly("counter-1");
    }

    @Test
    public void stopsItsRuntime() {
        agent.stop("enough");

        assertThat(there.stopped.getCount()).isZero();
    }

    @Test
    public void isOfferedUntilItIsClosed() {
        there.agent.close();

        assertThatThrownBy(agent::nodes).isInstanceOf(NoSuchRemoteObjectException.class);
    }
}
