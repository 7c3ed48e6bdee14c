package org.actium.deployment.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentEvent;
import org.actium.deployment.api.DeploymentException;
import org.actium.deployment.api.DeploymentListener;
import org.actium.deployment.api.DeploymentState;
import org.actium.deployment.api.NodesMissingException;
import org.actium.deployment.api.VirtualNode;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.DescriptorException;
import org.actium.deployment.spi.DeploymentProtocol;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Node;
import org.actium.service.api.ServiceUse;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Virtual nodes of one application that another one uses. */
public class RegistrationTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    private final InMemoryDomain domain = new InMemoryDomain();
    private final InMemoryDomain.Peer owner = domain.runtime("owner");
    private final InMemoryDomain.Peer user = domain.runtime("user");
    private final Extensions extensions = new Extensions();
    private final FakeProtocol fork = new FakeProtocol(domain);
    private final Deployer owning = owner.deployer(extensions);
    private final Deployer using = user.deployer(extensions);
    private final Happenings happenings = new Happenings();

    @Before
    public void install() {
        extensions.addDeploymentProtocol(fork, Map.of(DeploymentProtocol.NAME, "fork"));
    }

    @Test
    public void aRegisteredVirtualNodeIsThatOfAnotherApplicationToo() {
        Deployment registered = owning.deploy(renderers(), DeploymentListener.NONE);
        List<String> nodes = names(registered.virtualNode("workers").waitReady());

        Deployment looking = using.deploy(lookingUp("renderers"), happenings);

        assertThat(names(looking.virtualNode("renderers").waitReady()))
                .isEqualTo(nodes)
                .hasSize(2);
        assertThat(looking.state()).isEqualTo(DeploymentState.READY);
        assertThat(looking.plan().steps())
                .containsExactly("look up virtual node 'renderers' in the runtime at " + endpoint());
        assertThat(registered.plan().steps())
                .containsExactly("register virtual node 'workers' as 'renderers' when it is ready");

        looking.undeploy();
        assertThat(names(registered.virtualNode("workers").nodes()))
                .as("they are not those of who has looked them up")
                .isEqualTo(nodes);
        assertThat(fork.started.get("d1-worker-1").nodeNames()).containsExactly("d1-workers-1");
    }

    @Test
    public void whoLooksUpTooEarlyGetsTheNodesWhenTheyAreThere() throws InterruptedException {
        Deployment looking = using.deploy(lookingUp("renderers"), happenings);
        domain.time.advance(Duration.ofSeconds(3));
        assertThat(looking.virtualNode("renderers").isReady()).isFalse();

        fork.joinAtOnce = false;
        Deployment registered = owning.deploy(renderers(), DeploymentListener.NONE);
        domain.time.advance(Duration.ofSeconds(3));
        assertThat(looking.virtualNode("renderers").nodes())
                .as("it is not ready")
                .isEmpty();

        fork.join("d1-worker-1");
        fork.join("d1-worker-2");
        registered.virtualNode("workers").waitReady();
        domain.time.advance(Duration.ofSeconds(1));
        assertThat(happenings.await(DeploymentEvent.Ready.class, 1))
                .containsExactly(new DeploymentEvent.Ready("renderers", 2));
    }

    @Test
    public void whoLooksUpWhatIsNotThereIsToldWhatIsMissing() {
        VirtualNode renderers = using.deploy(lookingUp("renderers"), happenings).virtualNode("renderers");

        domain.time.advance(Duration.ofSeconds(70));

        assertThatThrownBy(renderers::waitReady)
                .isInstanceOf(NodesMissingException.class)
                .hasMessage(
                        "virtual node 'renderers': 0 runtimes joined within 70 s; needs at least 1 node, has 0; missing what the runtime at "
                                + endpoint()
                                + " has registered as 'renderers' (that runtime has registered no virtual node of "
                                + "this name)");
    }

    @Test
    public void whoLooksUpWhereNobodyIsIsToldSo() {
        domain.kill(owner);
        VirtualNode renderers = using.deploy(lookingUp("renderers"), happenings).virtualNode("renderers");

        domain.time.advance(Duration.ofSeconds(70));

        assertThatThrownBy(renderers::waitReady).hasMessageEndingWith("(nothing answers at " + endpoint() + ")");
    }

    @Test
    public void aNameIsNotTakenFromAnother() {
        Deployment first = owning.deploy(renderers(), DeploymentListener.NONE);
        first.virtualNode("workers").waitReady();

        assertThatThrownBy(() -> owning.deploy(renderers(), DeploymentListener.NONE))
                .isInstanceOf(DeploymentException.class)
                .hasMessage(
                        "grid.xml:3:1: virtual node 'workers' cannot be registered as 'renderers': runtime owner has "
                                + "another of that name; undeploy that one, or give 'register' a name");
        assertThat(owning.deployments()).containsExactly(first);
        assertThat(fork.started).as("nothing was started for it").hasSize(2);

        first.undeploy();
        assertThat(owning.deploy(renderers(), DeploymentListener.NONE)
                        .virtualNode("workers")
                        .waitReady())
                .hasSize(2);
    }

    @Test
    public void technicalServicesOfNodesThatAreLookedUpAreThoseOfWhoRegisteredThem() {
        user.services.install("limit");
        owning.deploy(renderers(), DeploymentListener.NONE)
                .virtualNode("workers")
                .waitReady();
        VirtualNode renderers = using.deploy(lookingUp("renderers"), happenings).virtualNode("renderers");
        renderers.waitReady();

        assertThatThrownBy(() -> renderers.apply(new ServiceUse("slow", "limit", Map.of())))
                .isInstanceOf(DeploymentException.class)
                .hasMessage(
                        "deployment d1, virtual node 'renderers': technical services cannot be applied to it, because"
                                + " its nodes are what the runtime at " + endpoint()
                                + " has registered as 'renderers'; apply"
                                + " them there, to the deployment that they belong to");
        assertThat(renderers.services()).isEmpty();

        assertThatThrownBy(() -> using.deploy(
                        new TestDescriptor()
                                .technicalService("slow", "limit")
                                .lookedUp("renderers", endpoint(), "slow")
                                .build(),
                        DeploymentListener.NONE))
                .isInstanceOf(DescriptorException.class)
                .hasMessageContaining("virtual node 'renderers' is looked up")
                .hasMessageContaining("cannot have slow; name them in the descriptor of that one");
    }

    private static Descriptor renderers() {
        return new TestDescriptor()
                .launched("worker", 2, 1)
                .registered("workers", "renderers")
                .virtualNode("workers")
                .on("worker")
                .build();
    }

    private Descriptor lookingUp(String name) {
        return new TestDescriptor().lookedUp(name, endpoint()).build();
    }

    private Endpoint endpoint() {
        return owner.links.self().endpoints().getFirst();
    }

    private static List<String> names(List<Node> nodes) {
        return nodes.stream().map(Node::name).toList();
    }
}
