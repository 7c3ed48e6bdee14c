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
import org.actium.service.api.ServiceGroup;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalServiceException;
import org.actium.service.core.ServiceTable;
import org.junit.Test;

public class LocalAgentTest {

    private final InMemoryDomain domain = new InMemoryDomain();
    private final InMemoryDomain.Peer here = domain.runtime("here");
    private final InMemoryDomain.Peer there = domain.runtime("there");
    private final RuntimeAgent agent = new Agents(here.links, here.remoteObjects).at(there.links.self());

    @Test
    public void createsNodesForOthers() {
        Node node = here.handles.node(agent.createNode("d1-workers-1", "workers", "d1/workers"));

        assertThat(node.runtime()).isEqualTo(there.id());
        assertThat(node.virtualNode()).contains("workers");
        assertThat(there.runtime.node("d1-workers-1")).contains(node);
    }

    @Test
    public void refusesANameThatIsTaken() {
        agent.createNode("n", "workers", "d1/workers");

        assertThatThrownBy(() -> agent.createNode("n", "workers", "d1/workers"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("runtime there has a node 'n' already");
    }

    @Test
    public void appliesServicesAndPassesFailuresOn() {
        there.services.install("properties");
        agent.createNode("n", "workers", "d1/workers");
        agent.applyServices("n", "d1/workers", List.of(new ServiceUse("s", "properties", Map.of())));

        assertThat(there.services.log).containsExactly("s of d1/workers applied to n, which is there");
        assertThatThrownBy(() -> agent.applyServices("n", "g", List.of(new ServiceUse("f", "ft", Map.of()))))
                .isInstanceOf(TechnicalServiceException.class);
        assertThatThrownBy(() -> agent.applyServices("gone", "g", List.of()))
                .isInstanceOf(TechnicalServiceException.class)
                .hasMessageContaining("runtime there has no node 'gone'");
    }

    @Test
    public void removingWhatANodeDoesNotHaveDoesNothing() {
        agent.createNode("n", "workers", "d1/workers");

        agent.removeService("n", "s");
        agent.removeService("gone", "s");

        assertThat(there.services.log).isEmpty();
    }

    @Test
    public void aServiceRemovedWhileItsBundleIsStoppedDoesNotComeBackWithTheBundle() {
        OneService bundle = new OneService("label");
        ServiceTable table = new ServiceTable(bundle, there.runtime);
        there.agent.close();
        there.agentWith(table);
        Node first = here.handles.node(agent.createNode("first", "workers", "d1/workers"));
        Node second = here.handles.node(agent.createNode("second", "workers", "d1/workers"));
        ServiceUse use = new ServiceUse("gold", "label", Map.of());
        agent.applyServices("first", "d1/workers", List.of(use));
        agent.applyServices("second", "d1/workers", List.of(use));

        bundle.stop();
        agent.removeService("first", "gold");
        bundle.start();

        assertThat(table.applied(local(first))).isEmpty();
        assertThat(table.applied(local(second))).containsExactly(use);
    }

    @Test
    public void aServiceThatMayNotBeRemovedIsReported() {
        there.services.install("store");
        agent.createNode("n", "workers", "d1/workers");
        agent.applyServices("n", "d1/workers", List.of(new ServiceUse("s", "store", Map.of())));
        there.services.required.add("s");

        assertThatThrownBy(() -> agent.removeService("n", "s"))
                .isInstanceOf(TechnicalServiceException.class)
                .hasMessageContaining("'s' is required");
    }

    private Node local(Node node) {
        return there.runtime.node(node.name()).orElseThrow();
    }

    @Test
    public void removesTheServicesBeforeTheNode() {
        agent.createNode("n", "workers", "d1/workers");

        agent.removeNode("n");
        agent.removeNode("n");

        assertThat(there.services.log).containsExactly("removed from n, which is there");
        assertThat(there.nodeNames()).isEmpty();
    }

    @Test
    public void removesOnlyTheNodesThatOthersCreated() {
        there.runtime.createNode("own", Optional.empty());
        String itself = new ServiceGroup(there.runtime.id(), "d1", "workers").text();
        String others = new ServiceGroup(here.runtime.id(), "d1", "workers").text();
        agent.createNode("deployed by itself", "workers", itself);
        agent.createNode("n", "workers", others);

        there.agent.removeDeployedNodes();

        assertThat(there.nodeNames()).containsExactlyInAnyOrder("own", "deployed by itself");
    }

    @Test
    public void aNodeOfItsOwnIsNotTakenForOneOfTheSameNameThatOthersCreatedBefore() {
        String others = new ServiceGroup(here.runtime.id(), "d1", "workers").text();
        agent.createNode("n", "workers", others);
        there.runtime.removeNode("n"); // not through the agent
        there.runtime.createNode("n", Optional.empty());

        there.agent.removeDeployedNodes();

        assertThat(there.nodeNames()).containsExactly("n");
    }

    @Test
    public void reportsNodesAndObjects() {
        agent.createNode("n", "workers", "d1/workers");
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
