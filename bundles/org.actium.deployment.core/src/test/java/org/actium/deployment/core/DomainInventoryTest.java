package org.actium.deployment.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.actium.deployment.api.Inventory.NodeView;
import org.actium.deployment.api.Inventory.ObjectView;
import org.actium.service.api.ServiceOffer;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class DomainInventoryTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(10);

    private final InMemoryDomain domain = new InMemoryDomain();
    private final InMemoryDomain.Peer here = domain.runtime("here");
    private final InMemoryDomain.Peer b = domain.runtime("b");
    private final InMemoryDomain.Peer a = domain.runtime("a");
    private final DomainInventory inventory =
            new DomainInventory(here.links, here.remoteObjects, here.services, domain.time, domain.threads);

    @Test
    public void listsThisRuntimeThenTheOthersByName() {
        here.links.to(b.links.self());
        here.links.to(a.links.self());
        b.agent.createNode("d1-workers-1", "workers", "d1/workers");

        assertThat(inventory.nodes())
                .extracting(NodeView::runtime, NodeView::name, NodeView::virtualNode)
                .containsExactly(
                        tuple("here", "default", ""),
                        tuple("a", "default", ""),
                        tuple("b", "default", ""),
                        tuple("b", "d1-workers-1", "workers"));
        assertThat(inventory.objects()).extracting(ObjectView::runtime).containsExactly("here", "a", "b");
    }

    @Test
    public void aRuntimeWithoutAnAgentIsLeftOut() {
        here.links.to(a.links.self());
        a.agent.close();

        assertThat(inventory.nodes()).extracting(NodeView::runtime).containsExactly("here");
    }

    @Test
    public void aRuntimeThatDoesNotAnswerIsLeftOut() throws InterruptedException {
        here.links.to(a.links.self());
        CountDownLatch never = new CountDownLatch(1);
        a.agent.close();
        a.remoteObjects.export(RuntimeAgent.class, RuntimeAgent.NAME, new SilentAgent(never));

        var asked = CompletableFuture.supplyAsync(inventory::nodes);
        domain.time.awaitTimer(Duration.ofSeconds(5));
        here.links.to(b.links.self());
        domain.time.advance(Duration.ofSeconds(5));

        assertThat(asked.join()).extracting(NodeView::runtime).doesNotContain("a");
        never.countDown();
    }

    @Test
    public void listsTheTechnicalServicesOfThisRuntime() {
        here.services.install("properties");

        assertThat(inventory.services()).extracting(ServiceOffer::id).containsExactly("properties");
    }
}
