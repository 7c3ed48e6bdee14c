package org.actium.deployment.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.actium.deployment.api.Degradation;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentEvent;
import org.actium.deployment.api.DeploymentException;
import org.actium.deployment.api.DeploymentListener;
import org.actium.deployment.api.DeploymentState;
import org.actium.deployment.api.DeploymentText;
import org.actium.deployment.api.DeploymentsListener;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.api.RuntimeStatus;
import org.actium.deployment.api.VirtualNode;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.DescriptorException;
import org.actium.deployment.spi.AcquisitionProtocol;
import org.actium.deployment.spi.DeploymentProtocol;
import org.actium.provision.api.ProvisionException;
import org.actium.provision.api.RefusedForNowException;
import org.actium.remote.api.UnreachableException;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.service.api.Combination;
import org.actium.service.api.ServiceGroup;
import org.actium.service.api.ServiceOffer;
import org.actium.service.api.ServiceUse;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class DeployerTest {

    private static final Duration LEASE = Duration.ofSeconds(10);

    @Rule
    public final Timeout deadline = Timeout.seconds(20);

    private final InMemoryDomain domain = new InMemoryDomain();
    private final InMemoryDomain.Peer here = domain.runtime("here");
    private final Membership membership = new Membership(here.links, here.links, domain.time, domain.threads, LEASE);
    private final Extensions extensions = new Extensions();
    private final Deployer deployer = here.deployer(extensions, membership);
    private final FakeProtocol fork = new FakeProtocol(domain);
    private final FakeAcquisition pool = new FakeAcquisition();
    private final Happenings happenings = new Happenings();
    private Descriptor descriptor = new TestDescriptor().build();

    @Before
    public void install() {
        extensions.addReader(source -> descriptor);
        extensions.addDeploymentProtocol(fork, Map.of(DeploymentProtocol.NAME, "fork"));
        extensions.addAcquisitionProtocol(pool, Map.of(AcquisitionProtocol.NAME, "pool"));
    }

    @Test
    public void handsOutNodesInTheOrderOfTheDescriptorWhateverJoinsFirst() throws InterruptedException {
        fork.joinAtOnce = false;
        Deployment deployment = deploy(workers(3));

        fork.join("d1-worker-3");
        happenings.await(DeploymentEvent.NodeAttached.class, 1);
        fork.join("d1-worker-1");
        happenings.await(DeploymentEvent.NodeAttached.class, 1);
        fork.join("d1-worker-2");

        assertThat(names(deployment.virtualNode("workers").waitReady()))
                .containsExactly("d1-workers-1", "d1-workers-2", "d1-workers-3");
        assertThat(fork.started.get("d1-worker-2").nodeNames()).containsExactly("d1-workers-2");
        assertThat(deployment.state()).isEqualTo(DeploymentState.READY);
    }

    @Test
    public void whoListensToAllHearsOfThoseThereAreAndThoseToCome() throws InterruptedException {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        DeploymentsListener listener = (deployment, event) -> heard.add(deployment.id() + " " + event);
        Deployment first = deploy(workers(1));
        first.virtualNode("workers").waitReady();
        deployer.addListener(listener);
        assertThat(heard.take()).as("from its beginning").startsWith("d1 d1-worker: started");
        assertThat(taken(heard, "d1 workers: ready with 1 node")).contains("d1 d1-worker: joined after 0 ms");

        fork.joinAtOnce = false;
        deploy(workers(1));
        assertThat(heard.take()).startsWith("d2 d2-worker: started");
        fork.jobs.get("d2-worker").end("no space");
        assertThat(taken(heard, "d2 d2-worker: failed: no space")).isNotEmpty();
        assertThat(first.events().getFirst()).isInstanceOf(DeploymentEvent.Launched.class);

        deployer.removeListener(listener);
        assertThat(deploy(workers(1)).events()).as("something happened").isNotEmpty();
        assertThat(heard).noneMatch(line -> line.startsWith("d3"));
    }

    private static List<String> taken(BlockingQueue<String> heard, String last) throws InterruptedException {
        List<String> all = new ArrayList<>();
        do {
            all.add(heard.take());
        } while (!all.getLast().equals(last));
        return all;
    }

    @Test
    public void virtualNodesActivatedApartShareTheRuntimesTheyAreMappedTo() throws InterruptedException {
        Deployment deployment = prepare();
        assertThat(deployment.state()).isEqualTo(DeploymentState.ACTIVATING);
        assertThat(deployment.runtimes()).isEmpty();

        deployment.activate("workers");
        assertThat(names(deployment.virtualNode("workers").waitReady())).containsExactly("d1-workers-1");
        assertThat(deployment.state()).isEqualTo(DeploymentState.READY);
        assertThat(fork.started.get("d1-shared").nodeNames()).containsExactly("d1-workers-1");

        deployment.activate("viewers", "workers");
        assertThat(names(deployment.virtualNode("viewers").waitReady()))
                .containsExactly("d1-viewers-1", "d1-viewers-2", "d1-viewers-3");
        assertThat(fork.started).as("one was there").containsOnlyKeys("d1-shared", "d1-own");
        assertThat(fork.started.get("d1-shared").nodeNames()).containsExactly("d1-workers-1", "d1-viewers-2");
        assertThat(here.nodeNames()).containsExactly("d1-viewers-1");

        deployment.undeploy();
        assertThat(here.nodeNames()).isEmpty();
        assertThat(fork.jobs.get("d1-shared").closed).isTrue();
    }

    @Test
    public void oneMayBeActivatedWhileTheSharedRuntimeIsOnItsWay() throws InterruptedException {
        fork.joinAtOnce = false;
        Deployment deployment = prepare();
        deployment.activate("workers");
        deployment.activate("viewers");

        fork.join("d1-shared");
        fork.join("d1-own");

        assertThat(deployment.virtualNode("viewers").waitReady()).hasSize(3);
        assertThat(deployment.virtualNode("workers").waitReady()).hasSize(1);
    }

    @Test
    public void theTimeOutCountsFromTheActivation() throws InterruptedException {
        fork.joinAtOnce = false;
        Deployment deployment = prepare();
        domain.time.advance(Duration.ofHours(1));
        assertThat(deployment.state()).isEqualTo(DeploymentState.ACTIVATING);

        deployment.activate("workers");
        domain.time.advance(Duration.ofSeconds(69));
        assertThat(deployment.state()).isEqualTo(DeploymentState.ACTIVATING);
        domain.time.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> deployment.virtualNode("workers").waitReady())
                .hasMessageContaining("0 of 1 runtime joined within 70 s");
    }

    @Test
    public void oneThatWaitsForItsTimeOutIsReadyOnlyThen() throws InterruptedException {
        Deployment deployment = deployer.deploy(
                new TestDescriptor()
                        .launched("worker", 2, 1)
                        .virtualNode("workers")
                        .on("worker")
                        .timeout(Duration.ofSeconds(30))
                        .waitForTimeout()
                        .build(),
                happenings);
        happenings.await(DeploymentEvent.NodeAttached.class, 2);
        VirtualNode workers = deployment.virtualNode("workers");
        assertThat(workers.nodes()).as("they may be used already").hasSize(2);
        domain.time.advance(Duration.ofMillis(29_999));
        assertThat(workers.isReady()).isFalse();

        domain.time.advance(Duration.ofMillis(1));
        assertThat(workers.waitReady()).hasSize(2);
        assertThat(deployment.plan().steps())
                .containsExactly("wait 30 s before virtual node 'workers' is ready, whatever comes sooner");
    }

    @Test
    public void whoWaitsForAVirtualNodeThatIsNotActivatedIsToldSo() {
        Deployment deployment = prepare();

        assertThatThrownBy(() -> deployment.virtualNode("viewers").waitReady())
                .isInstanceOf(DeploymentException.class)
                .hasMessage(
                        "virtual node 'viewers' of deployment d1 is not activated; nothing would come: activate it first");
        assertThatThrownBy(() -> deployment.virtualNode("viewers").take(Duration.ofSeconds(1)))
                .hasMessageContaining("is not activated");
        assertThatThrownBy(() -> deployment.activate("workers", "wrokers"))
                .hasMessageContaining("has no virtual node 'wrokers'; it has workers, viewers");
        assertThat(fork.requests).isEmpty();

        deployment.undeploy();
        assertThatThrownBy(deployment::activate).hasMessageContaining("is undeployed");
        assertThat(deployment.state()).isEqualTo(DeploymentState.UNDEPLOYED);
    }

    /** {@code workers} on one runtime, {@code viewers} here, on the same and on one of their own. */
    private Deployment prepare() {
        return deployer.prepare(
                new TestDescriptor()
                        .launched("shared", 1, 1)
                        .launched("own", 1, 1)
                        .virtualNode("workers")
                        .on("shared")
                        .and()
                        .virtualNode("viewers")
                        .here()
                        .on("shared", "own")
                        .build(),
                happenings);
    }

    @Test
    public void tellsTheListenerInOrder() throws InterruptedException {
        deploy(workers(1));
        happenings.await(DeploymentEvent.Ready.class, 1);

        assertThat(happenings.kinds())
                .containsExactly("launched d1-worker", "joined d1-worker", "attached d1-workers-1", "ready workers");
    }

    @Test
    public void theStatusOfARuntimeSaysHowItWasStartedAndWhereItIs() {
        Deployment deployment = deploy(workers(1));
        deployment.virtualNode("workers").waitReady();

        assertThat(deployment.runtimes())
                .containsExactly(new RuntimeStatus(
                        "d1-worker",
                        "worker",
                        RuntimeStatus.State.JOINED,
                        "process of d1-worker, "
                                + fork.started.get("d1-worker").links.self()));
    }

    @Test
    public void aRuntimeMayJoinBeforeItsLaunchReturns() throws InterruptedException {
        fork.joinAtOnce = false;
        fork.beforeReturn = request -> fork.join("d1-worker");

        deploy(workers(1));
        happenings.await(DeploymentEvent.Ready.class, 1);

        assertThat(happenings.kinds()).startsWith("launched d1-worker", "joined d1-worker");
    }

    @Test
    public void aLaunchKnowsNamesParentAndTokensAndKeepsTheSecretsToItself() throws InterruptedException {
        deploy(new TestDescriptor()
                .launched("cluster", 2, 1, new TestDescriptor.Fork(2))
                .virtualNode("workers")
                .on("cluster")
                .build());
        happenings.await(DeploymentEvent.Ready.class, 1);

        var request = fork.requests.get("d1-cluster-3");
        assertThat(request.runtimeNames()).containsExactly("d1-cluster-3", "d1-cluster-4");
        assertThat(request.parent()).isEqualTo(here.links.self().endpoints().getFirst());
        assertThat(request.lease()).isEqualTo(LEASE);
        assertThat(request.tokens()).hasSize(2);
        assertThat(request.toString()).doesNotContain("secret");
    }

    @Test
    public void aLaunchKnowsWhoHoldsTheLeaseOfItsRuntimes() throws InterruptedException {
        Endpoint holder = domain.runtime("holder").links.self().endpoints().getFirst();
        Deployment deployment = deploy(new TestDescriptor()
                .launched("worker", 1, 1)
                .leaseHeldBy(holder)
                .virtualNode("workers")
                .on("worker")
                .build());
        happenings.await(DeploymentEvent.Ready.class, 1);

        assertThat(fork.requests.get("d1-worker").leaseHolder()).contains(holder);
        assertThat(deployment.plan().steps())
                .containsExactly("have the runtime at " + holder
                        + " hold the lease of those that are launched: they end with it, not with this one");
    }

    @Test
    public void theRuntimeThatDeploysHoldsTheLeaseIfItIsNamed() throws InterruptedException {
        deploy(new TestDescriptor()
                .launched("worker", 1, 1)
                .leaseHeldBy(here.links.self().endpoints().getFirst())
                .virtualNode("workers")
                .on("worker")
                .build());
        happenings.await(DeploymentEvent.Ready.class, 1);

        assertThat(fork.requests.get("d1-worker").leaseHolder()).isEmpty();
    }

    /** To other hosts {@code localhost} is themselves. */
    @Test
    public void theHolderOfTheLeaseIsNamedAsOthersKnowIt() {
        RuntimeAddress holder = domain.runtime("holder").links.self();
        Endpoint known = holder.endpoints().getFirst();

        assertThat(List.of("localhost", "127.0.0.1", "127.0.1.1", "::1"))
                .allSatisfy(host -> assertThat(Deployer.asOthersKnow(new Endpoint(host, known.port()), holder))
                        .isEqualTo(known));
        Endpoint named = new Endpoint("desk7", known.port());
        assertThat(Deployer.asOthersKnow(named, holder)).isEqualTo(named);
    }

    @Test
    public void nothingIsLaunchedIfNobodyIsThereToHoldTheLease() {
        Descriptor descriptor = new TestDescriptor()
                .launched("worker", 1, 1)
                .leaseHeldBy(new Endpoint("10.0.0.7", 4000))
                .virtualNode("workers")
                .on("worker")
                .build();

        assertThatThrownBy(() -> deploy(descriptor))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("grid.xml:")
                .hasMessageContaining("the runtime at 10.0.0.7:4000 cannot hold the lease of others")
                .hasMessageContaining("actium start --join");
        assertThat(fork.requests).isEmpty();
        assertThat(deployer.deployments()).isEmpty();
    }

    @Test
    public void everyNodeHasItsTechnicalServicesBeforeItIsHandedOut() throws InterruptedException {
        here.services.install("properties");
        fork.beforeJoin = peer -> peer.services.install("properties");
        deploy(new TestDescriptor()
                .launched("worker", 1, 2)
                .technicalService("settings", "properties")
                .virtualNode("workers")
                .on("worker")
                .with("settings")
                .build());
        happenings.await(DeploymentEvent.Ready.class, 1);

        assertThat(fork.started.get("d1-worker").services.log)
                .containsExactly(
                        "settings of d1/workers applied to d1-workers-1, which is there",
                        "settings of d1/workers applied to d1-workers-2, which is there");
        assertThat(fork.started.get("d1-worker").services.groups)
                .as("other runtimes have a d1 with workers too")
                .containsExactly(new ServiceGroup(here.links.self().id(), "d1", "workers").text());
    }

    @Test
    public void aServiceAppliedMeanwhileReachesTheNodesThereAndThoseToCome() throws InterruptedException {
        here.services.install("limit");
        fork.beforeJoin = peer -> peer.services.install("limit");
        fork.joinAtOnce = false;
        Deployment deployment = deploy(workers(2));
        fork.join("d1-worker-1");
        happenings.await(DeploymentEvent.NodeAttached.class, 1);

        deployment.virtualNode("workers").apply(new ServiceUse("slow", "limit", Map.of("perSecond", "3")));
        assertThat(fork.started.get("d1-worker-1").services.log)
                .containsExactly("slow of d1/workers applied to d1-workers-1, which is there");
        fork.join("d1-worker-2");
        happenings.await(DeploymentEvent.Ready.class, 1);

        assertThat(fork.started.get("d1-worker-2").services.log)
                .containsExactly("slow of d1/workers applied to d1-workers-2, which is there");
        assertThat(deployment.virtualNode("workers").services())
                .containsExactly(new ServiceUse("slow", "limit", Map.of("perSecond", "3")));
    }

    @Test
    public void theBundleOfAServiceThatIsAppliedWhileANodeComesIsBroughtToItsRuntime() {
        List.of("properties", "limit").forEach(here.services::install);
        extensions.addProvisioner((Bringing) (target, bundle, version) -> {
            InMemoryDomain.Peer lacking = fork.started.get(target.name());
            String service = bundle.substring("bundle.".length());
            if (lacking.services.offer(service).isEmpty()) {
                lacking.services.install(service);
            }
        });
        Deployment deployment = deployedWhile(workers -> workers.apply(new ServiceUse("slow", "limit", Map.of())));

        assertThat(fork.started.get("d1-shared").services.log)
                .startsWith(
                        "settings of d1/workers applied to d1-workers-1, which is there",
                        "slow of d1/workers applied to d1-workers-1, which is there");
    }

    @Test
    public void aNodeThatComesWhileAServiceIsAppliedThatItCannotHaveLivesOnWithout() {
        List.of("properties", "limit", "trace").forEach(here.services::install);
        fork.beforeJoin = peer -> List.of("properties", "trace").forEach(peer.services::install);
        Deployment deployment = deployedWhile(workers -> {
            workers.apply(new ServiceUse("slow", "limit", Map.of()));
            workers.apply(new ServiceUse("traced", "trace", Map.of()));
        });

        assertThat(fork.started.get("d1-shared").services.log)
                .startsWith(
                        "settings of d1/workers applied to d1-workers-1, which is there",
                        "traced of d1/workers applied to d1-workers-1, which is there");
        VirtualNode workers = deployment.virtualNode("workers");
        assertThat(workers.degraded())
                .containsExactly(new Degradation(
                        "d1-workers-1",
                        "slow",
                        "is missing, because the node came while it was applied to the virtual node, and cannot have it:"
                                + " node 'd1-workers-1': nothing on d1-shared provides 'limit'; remove it from the virtual"
                                + " node, and apply it again"));
        assertThat(DeploymentText.of(deployment))
                .contains("\n  degraded: virtual node workers, node d1-workers-1: technical service 'slow' is missing");

        fork.started.get("d1-shared").services.install("limit");
        workers.removeService("slow");
        assertThat(workers.degraded()).isEmpty();
        workers.apply(new ServiceUse("slow", "limit", Map.of()));
        assertThat(workers.degraded()).isEmpty();
    }

    @Test
    public void whatIsRemovedAndAppliedAgainWhileANodeComesHasTheSamePlaceThere() {
        List.of("properties", "limit").forEach(here.services::install);
        fork.beforeJoin = peer -> List.of("properties", "limit").forEach(peer.services::install);
        ServiceUse settings = new ServiceUse("settings", "properties", Map.of());
        Deployment deployment = deployedWhile(workers -> {
            workers.removeService("settings");
            workers.apply(new ServiceUse("slow", "limit", Map.of()));
            workers.apply(settings);
        });

        assertThat(fork.started.get("d1-shared").services.log)
                .startsWith(
                        "settings of d1/workers applied to d1-workers-1, which is there",
                        "settings removed from d1-workers-1",
                        "slow of d1/workers applied to d1-workers-1, which is there",
                        "settings of d1/workers applied to d1-workers-1, which is there");
    }

    /**
     * With virtual nodes {@code workers}, which has {@code settings}, and {@code viewers}, which has none and gets its node
     * on the same runtime, after all that concerns the one of {@code workers}.
     *
     * @param change made before the node of {@code workers} is listed
     */
    private Deployment deployedWhile(Consumer<VirtualNode> change) {
        fork.joinAtOnce = false;
        Deployment deployment = deployer.prepare(
                new TestDescriptor()
                        .launched("shared", 1, 1)
                        .technicalService("settings", "properties")
                        .virtualNode("workers")
                        .on("shared")
                        .with("settings")
                        .and()
                        .virtualNode("viewers")
                        .on("shared")
                        .build(),
                happenings);
        deployment.activate("workers");
        AtomicBoolean changed = new AtomicBoolean();
        Consumer<InMemoryDomain.Peer> before = fork.beforeJoin;
        fork.beforeJoin = peer -> {
            before.accept(peer);
            peer.services.whileApplying = () -> {
                if (!changed.getAndSet(true)) {
                    change.accept(deployment.virtualNode("workers"));
                    deployment.activate("viewers");
                }
            };
        };
        fork.join("d1-shared");
        deployment.virtualNode("workers").waitReady();
        assertThat(deployment.virtualNode("viewers").waitReady())
                .as("its runtime lives")
                .hasSize(1);
        return deployment;
    }

    @Test
    public void aServiceThatFailsOnOneNodeIsTakenOffTheOthers() {
        here.services.install("limit");
        fork.beforeJoin = peer -> peer.services.install("limit");
        Deployment deployment = deploy(workers(3));
        deployment.virtualNode("workers").waitReady();
        fork.started.get("d1-worker-3").services.offers.clear();

        assertThatThrownBy(() -> deployment.virtualNode("workers").apply(new ServiceUse("slow", "limit", Map.of())))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("virtual node 'workers'")
                .hasMessageContaining("d1-workers-3");

        assertThat(fork.started.get("d1-worker-1").services.log)
                .containsExactly(
                        "slow of d1/workers applied to d1-workers-1, which is there", "slow removed from d1-workers-1");
        assertThat(fork.started.get("d1-worker-2").services.log).hasSize(2);
        assertThat(deployment.virtualNode("workers").services()).isEmpty();
    }

    @Test
    public void aServiceIsTakenOffTheNodeThatHasItAndDidNotAnswerToo() {
        here.services.install("limit");
        fork.beforeJoin = peer -> peer.services.install("limit");
        Deployment deployment = deploy(workers(2));
        deployment.virtualNode("workers").waitReady();
        AtomicBoolean answers = new AtomicBoolean();
        fork.started.get("d1-worker-2").services.afterApplying = () -> {
            if (!answers.getAndSet(true)) {
                throw new UnreachableException("no answer within 10 s");
            }
        };

        assertThatThrownBy(() -> deployment.virtualNode("workers").apply(new ServiceUse("slow", "limit", Map.of())))
                .isInstanceOf(UnreachableException.class);

        for (int i = 1; i <= 2; i++) {
            assertThat(fork.started.get("d1-worker-" + i).services.log)
                    .containsExactly(
                            "slow of d1/workers applied to d1-workers-" + i + ", which is there",
                            "slow removed from d1-workers-" + i);
        }
    }

    @Test
    public void aServiceOfTheDescriptorIsRemovedFromTheNodesThereAndNotAppliedToThoseToCome()
            throws InterruptedException {
        here.services.install("properties");
        fork.beforeJoin = peer -> peer.services.install("properties");
        fork.joinAtOnce = false;
        Deployment deployment = deploy(new TestDescriptor()
                .launched("worker", 2, 1)
                .technicalService("settings", "properties")
                .virtualNode("workers")
                .on("worker")
                .with("settings")
                .build());
        fork.join("d1-worker-1");
        happenings.await(DeploymentEvent.NodeAttached.class, 1);

        deployment.virtualNode("workers").removeService("settings");
        fork.join("d1-worker-2");
        happenings.await(DeploymentEvent.Ready.class, 1);

        assertThat(fork.started.get("d1-worker-1").services.log).last().isEqualTo("settings removed from d1-workers-1");
        assertThat(fork.started.get("d1-worker-2").services.log).isEmpty();
        assertThatThrownBy(() -> deployment.virtualNode("workers").removeService("settings"))
                .hasMessage(
                        "deployment d1, virtual node 'workers': it has no technical service 'settings'; it has none");
    }

    @Test
    public void aServiceIsRemovedByItsOwnNameIfTheVirtualNodeHasItOnce() {
        here.services.install("limit");
        fork.beforeJoin = peer -> peer.services.install("limit");
        VirtualNode workers = deploy(workers(1)).virtualNode("workers");
        workers.waitReady();
        workers.apply(new ServiceUse("slow", "limit", Map.of()));
        workers.apply(new ServiceUse("slower", "limit", Map.of()));

        assertThatThrownBy(() -> workers.removeService("limit"))
                .isInstanceOf(DeploymentException.class)
                .hasMessage("deployment d1, virtual node 'workers': it has the technical service 'limit' several times;"
                        + " give the id of one: slow, slower");
        workers.removeService("slower");
        workers.removeService("org.example.limit");

        assertThat(workers.services()).isEmpty();
        assertThat(fork.started.get("d1-worker").services.log).last().isEqualTo("slow removed from d1-workers-1");
    }

    @Test
    public void aNodeThatCannotRemoveAServiceIsNamedAndItCanBeTriedAgain() {
        here.services.install("limit");
        fork.beforeJoin = peer -> peer.services.install("limit");
        Deployment deployment = deploy(workers(2));
        VirtualNode workers = deployment.virtualNode("workers");
        workers.waitReady();
        workers.apply(new ServiceUse("slow", "limit", Map.of()));
        fork.started.get("d1-worker-1").services.required.add("slow");

        assertThatThrownBy(() -> workers.removeService("slow"))
                .isInstanceOf(DeploymentException.class)
                .hasMessage(
                        "deployment d1, virtual node 'workers': technical service 'slow' is still on 1 of 2 nodes, and"
                                + " will be on those to come: d1-workers-1 could not remove it: node 'd1-workers-1': 'slow' is"
                                + " required; remove it again once they can");
        assertThat(fork.started.get("d1-worker-2").services.log).contains("slow removed from d1-workers-2");
        assertThat(workers.services()).extracting(ServiceUse::id).containsExactly("slow");

        fork.started.get("d1-worker-1").services.required.clear();
        workers.removeService("slow");
        assertThat(fork.started.get("d1-worker-1").services.log).endsWith("slow removed from d1-workers-1");
        assertThat(workers.services()).isEmpty();
    }

    @Test
    public void aServiceThatIsNotThereOrDoesNotGoTogetherIsAppliedToNoNode() {
        here.services.install("limit");
        fork.beforeJoin = peer -> peer.services.install("limit");
        Deployment deployment = deploy(workers(1));
        deployment.virtualNode("workers").waitReady();

        assertThatThrownBy(() -> deployment.virtualNode("workers").apply(new ServiceUse("x", "gone", Map.of())))
                .hasMessage("deployment d1, virtual node 'workers': no installed bundle provides the technical service"
                        + " 'gone'; installed: limit");
        here.services.rules = uses ->
                uses.isEmpty() ? List.of() : List.of(new Combination.Conflict(List.of(), "'slow' excludes everything"));
        assertThatThrownBy(() -> deployment.virtualNode("workers").apply(new ServiceUse("slow", "limit", Map.of())))
                .isInstanceOf(DeploymentException.class)
                .hasMessage("deployment d1, virtual node 'workers': 'slow' excludes everything");

        assertThat(fork.started.get("d1-worker").services.log).isEmpty();
    }

    @Test
    public void aConflictThatIsThereAlreadyDoesNotStopWhatHasNothingToDoWithIt() {
        List<String> all = List.of("store", "ft", "limit");
        all.forEach(here.services::install);
        fork.beforeJoin = peer -> all.forEach(peer.services::install);
        Deployment deployment = deploy(workers(1));
        VirtualNode workers = deployment.virtualNode("workers");
        workers.waitReady();
        List.of("store", "ft").forEach(id -> workers.apply(new ServiceUse(id, id, Map.of())));
        Combination.Conflict lack = new Combination.Conflict(List.of(), "'ft' requires 'storage'"); // store has gone
        here.services.rules = uses -> uses.stream().anyMatch(use -> use.id().equals("ft")) ? List.of(lack) : List.of();

        assertThat(workers.services()).extracting(ServiceUse::id).containsExactly("store", "ft");
        workers.apply(new ServiceUse("limit", "limit", Map.of()));
        assertThat(workers.services()).extracting(ServiceUse::id).containsExactly("store", "ft", "limit");
        workers.removeService("limit");
        workers.removeService("ft");

        assertThat(workers.services()).extracting(ServiceUse::id).containsExactly("store");
        assertThatThrownBy(() -> workers.apply(new ServiceUse("ft", "ft", Map.of())))
                .isInstanceOf(DeploymentException.class)
                .hasMessage("deployment d1, virtual node 'workers': 'ft' requires 'storage'");
    }

    @Test
    public void theBundleOfATechnicalServiceIsBroughtToARuntimeThatLacksIt() {
        here.services.install("properties");
        List<String> brought = new CopyOnWriteArrayList<>();
        extensions.addProvisioner((Bringing) (target, bundle, version) -> {
            brought.add(bundle + " " + version + " to " + target.name());
            fork.started.get(target.name()).services.install("properties");
        });

        deploy(new TestDescriptor()
                        .launched("worker", 1, 2)
                        .technicalService("settings", "properties")
                        .virtualNode("workers")
                        .on("worker")
                        .here()
                        .with("settings")
                        .build())
                .virtualNode("workers")
                .waitReady();

        assertThat(brought).containsOnly("bundle.properties 1.2.0 to d1-worker");
        assertThat(fork.started.get("d1-worker").services.log).hasSize(2);
    }

    @Test
    public void servicesOfOneSourceOfNodesAreAmongThoseOfTheVirtualNode() {
        List.of("properties", "limit").forEach(here.services::install);
        fork.beforeJoin = peer -> List.of("properties", "limit").forEach(peer.services::install);

        VirtualNode workers = deploy(new TestDescriptor()
                        .launched("worker", 1, 1)
                        .launched("cluster", 1, 1)
                        .technicalService("settings", "properties")
                        .technicalService("limit", "limit")
                        .virtualNode("workers")
                        .on("worker", "cluster")
                        .with("settings")
                        .withOn("cluster", "settings", "limit")
                        .build())
                .virtualNode("workers");
        workers.waitReady();

        assertThat(workers.services()).extracting(ServiceUse::id).containsExactly("settings", "limit");
        workers.removeService("limit");
        assertThat(workers.services()).extracting(ServiceUse::id).containsExactly("settings");
        assertThat(fork.started.get("d1-cluster").services.log)
                .anyMatch(line -> line.startsWith("limit of d1/workers applied to "))
                .anyMatch(line -> line.startsWith("limit removed from "));
        assertThat(fork.started.get("d1-worker").services.log).noneMatch(line -> line.startsWith("limit"));
    }

    /** A provisioner of a bundle that is updated once, at a moment of the test's choice. */
    private final class Updated implements Bringing {

        final List<String> brought = new CopyOnWriteArrayList<>();
        final CountDownLatch thrice = new CountDownLatch(3);
        private volatile Runnable beforeNext = () -> {};

        void update() {
            Registration changing = here.services.changing();
            here.services.offers.clear();
            here.services.offers.add(new ServiceOffer("properties", "P", "bundle.properties", "1.3.0"));
            changing.close();
        }

        @Override
        public void ensure(RuntimeAddress target, String bundle, String version) {
            Runnable before = beforeNext;
            beforeNext = () -> {};
            before.run();
            if (here.services.changes() > 0 && version.equals("1.2.0")) {
                throw new ProvisionException("bundle " + bundle + " " + version + " is not installed here");
            }
            brought.add(version);
            thrice.countDown();
        }
    }

    @Test
    public void aBundleThatIsUpdatedWhileItIsBroughtIsBroughtAsItIsThen() {
        here.services.install("properties");
        Updated updated = new Updated();
        updated.beforeNext = updated::update;
        extensions.addProvisioner(updated);
        fork.beforeJoin = peer -> peer.services.install("properties");

        deploy(oneWorkerWithSettings()).virtualNode("workers").waitReady();

        assertThat(updated.brought).containsOnly("1.3.0");
    }

    @Test
    public void aNodeThatComesWhileABundleIsUpdatedGetsTheUpdatedOne() throws InterruptedException {
        here.services.install("properties");
        Updated updated = new Updated();
        extensions.addProvisioner(updated);
        fork.beforeJoin = peer -> {
            peer.services.install("properties");
            peer.services.whileApplying = updated::update;
        };

        deploy(oneWorkerWithSettings()).virtualNode("workers").waitReady();

        updated.thrice.await();
        assertThat(updated.brought).containsExactly("1.2.0", "1.3.0", "1.3.0");
    }

    @Test
    public void aNodeThatLacksAServiceBecauseItsBundleIsStoppedThereIsDegradedUntilItIsBack() throws Exception {
        here.services.install("properties");
        fork.beforeJoin = peer -> peer.services.install("properties");
        Deployment deployment = deploy(oneWorkerWithSettings());
        VirtualNode workers = deployment.virtualNode("workers");
        Node node = workers.waitReady().getFirst();
        InMemoryDomain.Peer there = fork.started.get("d1-worker");
        String group = new ServiceGroup(here.id(), "d1", "workers").text();
        ServiceUse settings = workers.services().getFirst();
        there.services.offers.clear();
        there.services.stopped.put("properties", "bundle.properties");

        there.services.withdraw(node, group, settings);

        Degradation missing = new Degradation(
                "d1-workers-1",
                "settings",
                "is missing, because bundle bundle.properties is stopped on runtime d1-worker; start it there with"
                        + " actium:bundle-start bundle.properties, or, if it has no console, remove the service from the virtual node"
                        + " and apply it again, which starts it");
        assertThat(happenings.await(DeploymentEvent.Degraded.class, 1))
                .containsExactly(new DeploymentEvent.Degraded("workers", missing));
        assertThat(workers.degraded()).containsExactly(missing);

        domain.cut(here, there);
        there.services.withdraw(node, group);
        domain.heal(here, there);
        here.links.to(there.links.self());

        assertThat(happenings.await(DeploymentEvent.Mended.class, 1))
                .as("told when there is a link again")
                .containsExactly(new DeploymentEvent.Mended("workers", "d1-workers-1", "settings"));
        assertThat(workers.degraded()).isEmpty();
    }

    @Test
    public void aServiceThatIsBackIsToldEvenIfNobodyKnowsWhatWasToldBefore() throws Exception {
        here.services.install("properties");
        fork.beforeJoin = peer -> peer.services.install("properties");
        Deployment deployment = deploy(oneWorkerWithSettings());
        VirtualNode workers = deployment.virtualNode("workers");
        Node node = workers.waitReady().getFirst();
        InMemoryDomain.Peer there = fork.started.get("d1-worker");
        String group = new ServiceGroup(here.id(), "d1", "workers").text();
        there.services.withdraw(node, group, workers.services().getFirst());
        happenings.await(DeploymentEvent.Degraded.class, 1);

        there.restartNews(() -> there.services.withdraw(node, group));

        assertThat(happenings.await(DeploymentEvent.Mended.class, 1))
                .containsExactly(new DeploymentEvent.Mended("workers", "d1-workers-1", "settings"));
        assertThat(workers.degraded()).isEmpty();
    }

    @Test
    public void oneWhoCannotBeToldWhatANodeLacksKeepsItFromNobodyElse() throws Exception {
        InMemoryDomain.Peer deaf = domain.runtime("deaf");
        deaf.remoteObjects.export(ServiceNews.class, ServiceNews.NAME, (deployment, virtualNode, node, lacking) -> {
            throw new IllegalStateException("no such thing is known here");
        });
        here.links.to(deaf.links.self());
        here.services.install("properties");
        Node older = here.runtime.createNode("older", Optional.empty());
        VirtualNode workers = deploy(workersHereWithSettings()).virtualNode("workers");
        Node node = workers.waitReady().getFirst();
        ServiceUse settings = workers.services().getFirst();

        here.services.withdraw(older, new ServiceGroup(deaf.id(), "d7", "workers").text(), settings);
        here.services.withdraw(node, new ServiceGroup(here.id(), "d1", "workers").text(), settings);

        assertThat(happenings.await(DeploymentEvent.Degraded.class, 1)).hasSize(1);
        assertThat(workers.degraded()).hasSize(1);
    }

    @Test
    public void aNodeOfThisRuntimeThatLacksAServiceIsDegradedToo() throws Exception {
        here.services.install("properties");
        Deployment deployment = deploy(workersHereWithSettings());
        VirtualNode workers = deployment.virtualNode("workers");
        Node node = workers.waitReady().getFirst();
        here.services.offers.clear();

        here.services.withdraw(
                node,
                new ServiceGroup(here.id(), "d1", "workers").text(),
                workers.services().getFirst());

        happenings.await(DeploymentEvent.Degraded.class, 1);
        assertThat(workers.degraded())
                .containsExactly(new Degradation(
                        "d1-workers-1",
                        "settings",
                        "is missing, because no bundle on runtime here offers 'properties' any more; install it there, or"
                                + " remove the service from the virtual node"));
        workers.removeService("settings");
        assertThat(workers.degraded()).as("it is not wanted any more").isEmpty();
        assertThat(happenings.await(DeploymentEvent.Mended.class, 1))
                .as("said once")
                .containsExactly(new DeploymentEvent.Mended("workers", "d1-workers-1", "settings"));
    }

    @Test
    public void aNodeThatComesWhileABundleIsUpdatedAndCannotHaveTheUpdatedOneIsDegradedUntilItCan() throws Exception {
        here.services.install("properties");
        fork.beforeJoin = peer -> peer.services.install("properties");
        AtomicInteger brought = new AtomicInteger();
        AtomicBoolean able = new AtomicBoolean();
        extensions.addProvisioner((Bringing) (target, bundle, version) -> {
            if (brought.incrementAndGet() > 2 && !able.get()) {
                throw new ProvisionException("it does not resolve on " + target.name());
            }
        });
        Deployment deployment = deployedWhile(workers -> new Updated().update());

        assertThat(deployment.virtualNode("workers").degraded())
                .containsExactly(new Degradation(
                        "d1-workers-1",
                        "settings",
                        "is that of before its bundle was updated, because the node came meanwhile: it does not resolve on"
                                + " d1-shared; remove it from the virtual node, and apply it again"));
        assertThat(happenings.await(DeploymentEvent.Degraded.class, 1)).hasSize(1);

        able.set(true);
        new Updated().update();

        assertThat(happenings.await(DeploymentEvent.Mended.class, 1))
                .containsExactly(new DeploymentEvent.Mended("workers", "d1-workers-1", "settings"));
        assertThat(deployment.virtualNode("workers").degraded()).isEmpty();
    }

    private static Descriptor oneWorkerWithSettings() {
        return new TestDescriptor()
                .launched("worker", 1, 1)
                .technicalService("settings", "properties")
                .virtualNode("workers")
                .on("worker")
                .with("settings")
                .build();
    }

    private static Descriptor workersHereWithSettings() {
        return new TestDescriptor()
                .technicalService("settings", "properties")
                .virtualNode("workers")
                .here()
                .with("settings")
                .build();
    }

    @Test
    public void aBundleThatCannotBeBroughtFailsTheRuntime() {
        here.services.install("properties");
        extensions.addProvisioner((Bringing) (target, bundle, version) -> {
            throw new ProvisionException("bundle " + bundle + " does not resolve on " + target.name());
        });

        Deployment deployment = deploy(oneWorkerWithSettings());

        assertThatThrownBy(() -> deployment.virtualNode("workers").waitReady())
                .hasMessageContaining("d1-worker (joined, but could not be prepared: bundle bundle.properties does not"
                        + " resolve on d1-worker)");
    }

    @Test
    public void aBundleThatAnotherRuntimeReplacesBeforeItIsUsedIsNotTakenForTheOneThatWasBrought() {
        here.services.install("properties");
        fork.beforeJoin = peer -> {
            peer.services.install("properties");
            peer.services.whileApplying = () -> peer.services.install("replaced");
        };
        extensions.addProvisioner(notReplaced());

        Deployment deployment = deploy(oneWorkerWithSettings());

        assertThatThrownBy(() -> deployment.virtualNode("workers").waitReady())
                .hasMessageContaining(
                        "d1-worker (joined, but could not be prepared: bundle bundle.properties is another"
                                + " one on d1-worker)");
    }

    @Test
    public void norIsItWhereItsServiceIsAppliedToAVirtualNodeThatWorks() {
        List.of("properties", "limit").forEach(here.services::install);
        fork.beforeJoin = peer -> List.of("properties", "limit").forEach(peer.services::install);
        extensions.addProvisioner(notReplaced());
        VirtualNode workers = deploy(oneWorkerWithSettings()).virtualNode("workers");
        workers.waitReady();
        InMemoryDomain.Peer worker = fork.started.get("d1-worker");
        worker.services.whileApplying = () -> worker.services.install("replaced");

        assertThatThrownBy(() -> workers.apply(new ServiceUse("slow", "limit", Map.of())))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("virtual node 'workers': bundle bundle.limit is another one on d1-worker");
        assertThat(workers.services()).extracting(ServiceUse::id).containsExactly("settings");
        assertThat(worker.services.log.getLast()).startsWith("slow removed from ");
    }

    private Bringing notReplaced() {
        return (target, bundle, version) -> {
            if (fork.started.get(target.name()).services.offer("replaced").isPresent()) {
                throw new RefusedForNowException("bundle " + bundle + " is another one on " + target.name());
            }
        };
    }

    @Test
    public void virtualNodesOnOneJvmGetNodesInTheSameRuntime() {
        Deployment deployment = deploy(new TestDescriptor()
                .launched("worker", 1, 1)
                .virtualNode("a")
                .on("worker")
                .and()
                .virtualNode("b")
                .on("worker")
                .build());

        Node a = deployment.virtualNode("a").node();
        Node b = deployment.virtualNode("b").node();

        assertThat(a.runtime()).isEqualTo(b.runtime());
        assertThat(a).isNotEqualTo(b);
        assertThat(fork.jobs).hasSize(1);
    }

    @Test
    public void currentJvmGivesANodeOfThisRuntime() {
        Deployment deployment =
                deploy(new TestDescriptor().virtualNode("main").here().build());

        Node node = deployment.virtualNode("main").node();

        assertThat(node.runtime()).isEqualTo(here.id());
        assertThat(here.runtime.node("d1-main-1")).contains(node);
        assertThat(deployment.runtimes())
                .as("it was neither started nor acquired")
                .isEmpty();
    }

    @Test
    public void nodesAreGivenInTurn() {
        VirtualNode workers = deploy(workers(2)).virtualNode("workers");

        assertThat(names(List.of(workers.node(), workers.node(), workers.node())))
                .containsExactly("d1-workers-1", "d1-workers-2", "d1-workers-1");
    }

    @Test
    public void failsAtTheTimeOutAndSaysWhatIsMissing() throws InterruptedException {
        fork.joinAtOnce = false;
        Deployment deployment = deploy(workers(2));
        fork.join("d1-worker-1");
        happenings.await(DeploymentEvent.NodeAttached.class, 1);

        CompletableFuture<Throwable> waiting =
                failureOf(() -> deployment.virtualNode("workers").waitReady());
        domain.time.advance(Duration.ofSeconds(70));

        assertThat(waiting.join())
                .isInstanceOf(DeploymentException.class)
                .hasMessage(
                        "virtual node 'workers': 1 of 2 runtimes joined within 70 s; missing d1-worker-2 (process of"
                                + " d1-worker-2 has not joined); see whether all hosts answer: actium doctor");
        assertThat(deployment.state()).isEqualTo(DeploymentState.FAILED);
        assertThat(deployment.failure()).contains(waiting.join().getMessage());
        assertThat(names(deployment.virtualNode("workers").nodes()))
                .as("what came is still there")
                .containsExactly("d1-workers-1");
    }

    @Test
    public void failsAsSoonAsALaunchIsRefusedAndTheRestIsNotEnough() throws InterruptedException {
        fork.refuse("d1-worker-2", "no such command: fork");

        Deployment deployment = deploy(workers(2));

        assertThatThrownBy(() -> deployment.virtualNode("workers").waitReady())
                .isInstanceOf(DeploymentException.class)
                .hasMessageStartingWith("virtual node 'workers': ")
                .hasMessageContaining(" of 2 runtimes joined after 0 ms; missing ")
                .hasMessageContaining("d1-worker-2 (no such command: fork)");
        assertThat(statusOf(deployment, "d1-worker-2")).isEqualTo(RuntimeStatus.State.FAILED);
        assertThat(happenings.await(DeploymentEvent.NotReady.class, 1))
                .containsExactly(new DeploymentEvent.NotReady(
                        "workers", deployment.failure().orElseThrow()));
    }

    @Test
    public void failsAsSoonAsAProcessEndsAndTheRestIsNotEnough() throws InterruptedException {
        fork.joinAtOnce = false;
        Deployment deployment = deploy(workers(2));
        fork.join("d1-worker-1");
        happenings.await(DeploymentEvent.NodeAttached.class, 1);
        domain.time.advance(Duration.ofMillis(1200));

        fork.jobs.get("d1-worker-2").end("process ended with exit code 1: Error: could not create the JVM");

        assertThatThrownBy(() -> deployment.virtualNode("workers").waitReady())
                .hasMessage("virtual node 'workers': 1 of 2 runtimes joined after 1.2 s; missing d1-worker-2 (process"
                        + " ended with exit code 1: Error: could not create the JVM)");
    }

    @Test
    public void aMinimumIsEnoughWhenNoMoreCanCome() {
        fork.refuse("d1-worker-2", "no");

        Deployment deployment = deploy(workers(3, mapping -> mapping.minimum(2)));

        assertThat(names(deployment.virtualNode("workers").waitReady()))
                .containsExactly("d1-workers-1", "d1-workers-3");
        assertThat(deployment.state()).isEqualTo(DeploymentState.READY);
    }

    @Test
    public void aMinimumIsEnoughAtTheTimeOutAndLateOnesAreAdded() throws InterruptedException {
        fork.joinAtOnce = false;
        Deployment deployment = deploy(workers(2, mapping -> mapping.minimum(1)));
        fork.join("d1-worker-2");
        happenings.await(DeploymentEvent.NodeAttached.class, 1);
        assertThat(deployment.virtualNode("workers").isReady()).isFalse();

        domain.time.advance(Duration.ofSeconds(70));
        assertThat(names(deployment.virtualNode("workers").waitReady())).containsExactly("d1-workers-2");

        fork.join("d1-worker-1");
        happenings.await(DeploymentEvent.NodeAttached.class, 1);
        assertThat(names(deployment.virtualNode("workers").nodes())).containsExactly("d1-workers-1", "d1-workers-2");
    }

    @Test
    public void aLimitedWaitSaysWhatIsMissingAndChangesNothing() throws InterruptedException {
        fork.joinAtOnce = false;
        Deployment deployment = deploy(workers(1, mapping -> mapping.minimum(1)));
        CompletableFuture<Throwable> waiting =
                failureOf(() -> deployment.virtualNode("workers").waitReady(Duration.ofSeconds(5)));
        domain.time.awaitTimer(Duration.ofSeconds(5));
        domain.time.advance(Duration.ofSeconds(5));

        assertThat(waiting.join())
                .isInstanceOf(DeploymentException.class)
                .hasMessage("virtual node 'workers': 0 of 1 runtime joined within 5 s; missing d1-worker (process of"
                        + " d1-worker has not joined); see whether all hosts answer: actium doctor");
        assertThat(deployment.state()).isEqualTo(DeploymentState.ACTIVATING);
        fork.join("d1-worker");
        assertThat(deployment.virtualNode("workers").waitReady()).hasSize(1);
    }

    @Test
    public void anInterruptEndsTheWait() throws InterruptedException {
        fork.joinAtOnce = false;
        VirtualNode workers = deploy(workers(1)).virtualNode("workers");
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread waiter = Thread.ofVirtual().start(() -> {
            try {
                workers.waitReady();
            } catch (CancellationException stopped) {
                interrupted.complete(Thread.currentThread().isInterrupted());
            }
        });

        waiter.interrupt();

        assertThat(interrupted.join()).as("and the thread stays interrupted").isTrue();
    }

    @Test
    public void aRuntimeThatCannotBePreparedHasFailedAndIsStopped() throws InterruptedException {
        here.services.install("properties");
        Deployment deployment = deploy(oneWorkerWithSettings());

        assertThatThrownBy(() -> deployment.virtualNode("workers").waitReady())
                .hasMessage(
                        "virtual node 'workers': 0 of 1 runtime joined after 0 ms; missing d1-worker (joined, but could"
                                + " not be prepared: node 'd1-workers-1': nothing on d1-worker provides 'properties')");
        fork.started.get("d1-worker").stopped.await();
        assertThat(fork.started.get("d1-worker").nodeNames()).isEmpty();
    }

    @Test
    public void aNodeNameThatIsTakenFailsTheRuntimeAndLeavesTheNodeAlone() throws InterruptedException {
        fork.beforeJoin = peer -> peer.runtime.createNode("d1-workers-1", Optional.empty());

        Deployment deployment = deploy(workers(1));

        assertThatThrownBy(() -> deployment.virtualNode("workers").waitReady())
                .hasMessageContaining("has a node 'd1-workers-1' already");
        fork.started.get("d1-worker").stopped.await();
        assertThat(fork.started.get("d1-worker").nodeNames()).containsExactly("d1-workers-1");
    }

    @Test
    public void aRuntimeWhoseLinkStaysClosedForTheLeaseIsLost() throws InterruptedException {
        Deployment deployment = deploy(workers(2));
        deployment.virtualNode("workers").waitReady();

        domain.cut(here, fork.started.get("d1-worker-1"));
        domain.time.advance(Duration.ofSeconds(9));
        assertThat(deployment.virtualNode("workers").nodes()).hasSize(2);
        domain.time.advance(Duration.ofSeconds(1));

        assertThat(happenings.await(DeploymentEvent.Lost.class, 1))
                .containsExactly(new DeploymentEvent.Lost(
                        "d1-worker-1", "link lost (broken by the test), not back within 10 s"));
        assertThat(names(deployment.virtualNode("workers").nodes())).containsExactly("d1-workers-2");
        assertThat(statusOf(deployment, "d1-worker-1")).isEqualTo(RuntimeStatus.State.LOST);
        assertThat(deployment.virtualNode("workers").waitReady())
                .as("ready it was")
                .hasSize(1);
    }

    @Test
    public void aLinkThatComesBackWithinTheLeaseLosesNothing() {
        Deployment deployment = deploy(workers(1));
        deployment.virtualNode("workers").waitReady();
        InMemoryDomain.Peer worker = fork.started.get("d1-worker");

        domain.cut(here, worker);
        domain.time.advance(Duration.ofSeconds(9));
        domain.heal(here, worker);
        worker.links.to(here.links.self());
        domain.time.advance(Duration.ofSeconds(20));

        assertThat(deployment.virtualNode("workers").nodes()).hasSize(1);
        assertThat(statusOf(deployment, "d1-worker")).isEqualTo(RuntimeStatus.State.JOINED);
    }

    @Test
    public void aRuntimeWhoseProcessEndsIsLostAtOnce() throws InterruptedException {
        Deployment deployment = deploy(workers(1));
        deployment.virtualNode("workers").waitReady();

        domain.kill(fork.started.get("d1-worker"));
        fork.jobs.get("d1-worker").end("process ended with exit code 137");

        assertThat(happenings.await(DeploymentEvent.Lost.class, 1).getFirst().reason())
                .isEqualTo("process ended with exit code 137");
        assertThatThrownBy(() -> deployment.virtualNode("workers").node())
                .isInstanceOf(DeploymentException.class)
                .hasMessage(
                        "virtual node 'workers' has no node left: d1-worker (lost: process ended with exit code 137)");
    }

    @Test
    public void aLostRuntimeThatComesBackIsStopped() throws InterruptedException {
        Deployment deployment = deploy(workers(1));
        deployment.virtualNode("workers").waitReady();
        InMemoryDomain.Peer worker = fork.started.get("d1-worker");
        domain.cut(here, worker);
        domain.time.advance(LEASE);
        happenings.await(DeploymentEvent.Lost.class, 1);

        domain.heal(here, worker);
        worker.links.to(here.links.self());

        worker.stopped.await();
        assertThat(worker.nodeNames()).isEmpty();
    }

    @Test
    public void acquiredRuntimesAreUsedAndGivenBackAlive() throws InterruptedException {
        Deployment deployment = deploy(acquired(OptionalInt.of(2)));
        InMemoryDomain.Peer second = domain.runtime("hand-2");
        InMemoryDomain.Peer first = domain.runtime("hand-1");
        pool.handOut(second);
        pool.handOut(first);

        assertThat(names(deployment.virtualNode("workers").waitReady()))
                .containsExactly("d1-workers-1", "d1-workers-2");
        assertThat(deployment.runtimes())
                .extracting(RuntimeStatus::name, RuntimeStatus::jvm, RuntimeStatus::state)
                .containsExactly(
                        tuple("hand-2", "offered", RuntimeStatus.State.JOINED),
                        tuple("hand-1", "offered", RuntimeStatus.State.JOINED));

        deployment.undeploy();

        assertThat(first.nodeNames()).isEmpty();
        assertThat(second.nodeNames()).isEmpty();
        assertThat(pool.takers).isEmpty();
        assertThat(first.stopped.getCount()).as("still running").isEqualTo(1);
        assertThat(deployment.runtimes()).extracting(RuntimeStatus::detail).containsExactly("given back", "given back");
    }

    @Test
    public void anAcquiredRuntimeThatDoesNotAnswerIsReplaced() throws InterruptedException {
        Deployment deployment = deploy(acquired(OptionalInt.of(2)));
        InMemoryDomain.Peer dead = domain.runtime("hand-1");
        domain.kill(dead);

        assertThat(pool.handOut(dead)).as("it is of use").isFalse();
        assertThat(happenings.await(DeploymentEvent.Failed.class, 1).getFirst().reason())
                .startsWith("joined, but could not be prepared: nothing answers at ");
        assertThat(pool.handOut(domain.runtime("hand-2"))).isTrue();
        assertThat(deployment.state()).isEqualTo(DeploymentState.ACTIVATING);
        assertThat(pool.handOut(domain.runtime("hand-3"))).isTrue();

        assertThat(deployment.virtualNode("workers").waitReady()).hasSize(2);
        assertThat(deployment.runtimes())
                .extracting(RuntimeStatus::name, RuntimeStatus::state)
                .containsExactly(
                        tuple("hand-1", RuntimeStatus.State.FAILED),
                        tuple("hand-2", RuntimeStatus.State.JOINED),
                        tuple("hand-3", RuntimeStatus.State.JOINED));
    }

    @Test
    public void whoeverWasToBeReplacedIsNamedWhenNobodyHasCome() {
        Deployment deployment = deploy(acquired(OptionalInt.of(1)));
        InMemoryDomain.Peer dead = domain.runtime("hand-1");
        domain.kill(dead);
        pool.handOut(dead);

        domain.time.advance(Duration.ofSeconds(70));

        assertThatThrownBy(() -> deployment.virtualNode("workers").waitReady())
                .hasMessageContaining("0 of 1 runtime joined within 70 s; missing hand-1 (joined, but could not be")
                .hasMessageEndingWith(", 1 of jvm 'offered'");
    }

    @Test
    public void anAcquiredRuntimeThatIsLostBeforeItHasItsNodesIsReplaced() throws InterruptedException {
        here.services.install("properties");
        InMemoryDomain.Peer lost = domain.runtime("hand-1");
        lost.links.to(here.links.self());
        extensions.addProvisioner((Bringing) (target, bundle, version) -> {
            if (target.name().equals("hand-1")) {
                domain.cut(here, lost);
                domain.time.advance(LEASE);
            }
        });
        Deployment deployment = deploy(acquired(OptionalInt.of(1), "properties"));

        assertThat(pool.handOut(lost)).as("it is of use").isFalse();
        happenings.await(DeploymentEvent.Lost.class, 1);
        InMemoryDomain.Peer other = domain.runtime("hand-2");
        other.services.install("properties");
        assertThat(pool.handOut(other)).isTrue();

        assertThat(deployment.virtualNode("workers").waitReady()).hasSize(1);
    }

    @Test
    public void anAcquiredRuntimeThatAnswersThatItCannotIsAFailure() {
        here.services.install("properties");
        Deployment deployment = deploy(acquired(OptionalInt.of(1), "properties"));

        assertThat(pool.handOut(domain.runtime("hand-1"))).isTrue();

        assertThatThrownBy(() -> deployment.virtualNode("workers").waitReady())
                .hasMessageContaining("nothing on hand-1 provides 'properties'");
    }

    @Test
    public void acquiredNodesHaveTheTechnicalServicesOfCreatedOnes() throws InterruptedException {
        InMemoryDomain.Peer acquired = domain.runtime("hand-1");
        for (String service : List.of("properties", "limit")) {
            here.services.install(service);
            acquired.services.install(service);
        }
        fork.beforeJoin = peer -> {
            peer.services.install("properties");
            peer.services.install("limit");
        };
        Deployment deployment = deploy(new TestDescriptor()
                .launched("worker", 1, 1)
                .acquired("offered", OptionalInt.of(1), 1)
                .technicalService("settings", "properties")
                .virtualNode("workers")
                .on("worker", "offered")
                .with("settings")
                .build());
        pool.handOut(acquired);
        happenings.await(DeploymentEvent.Ready.class, 1);
        InMemoryDomain.Peer created = fork.started.get("d1-worker");
        VirtualNode workers = deployment.virtualNode("workers");

        for (InMemoryDomain.Peer peer : List.of(created, acquired)) {
            assertThat(peer.services.log)
                    .as("%s, before its node is handed out", peer)
                    .singleElement()
                    .asString()
                    .matches("settings of d1/workers applied to d1-workers-\\d, which is there");
        }
        workers.apply(new ServiceUse("slow", "limit", Map.of()));
        workers.removeService("settings");
        for (InMemoryDomain.Peer peer : List.of(created, acquired)) {
            assertThat(peer.services.log.get(1)).startsWith("slow of d1/workers applied to d1-workers-");
            assertThat(peer.services.log.get(2)).startsWith("settings removed from d1-workers-");
        }
        deployment.undeploy();
        assertThat(acquired.nodeNames()).isEmpty();
        assertThat(acquired.services.log).last().asString().startsWith("removed from d1-workers-");
    }

    @Test
    public void aRuntimeAcquiredLaterHasWhatWasAppliedMeanwhile() throws InterruptedException {
        here.services.install("limit");
        Deployment deployment = deploy(acquired(OptionalInt.empty()));
        InMemoryDomain.Peer first = domain.runtime("hand-1");
        InMemoryDomain.Peer second = domain.runtime("hand-2");
        first.services.install("limit");
        second.services.install("limit");
        pool.handOut(first);
        deployment.virtualNode("workers").waitReady();

        deployment.virtualNode("workers").apply(new ServiceUse("slow", "limit", Map.of()));
        pool.handOut(second);
        happenings.await(DeploymentEvent.NodeAttached.class, 2);

        assertThat(first.services.log)
                .containsExactly("slow of d1/workers applied to d1-workers-offered-1, which is there");
        assertThat(second.services.log)
                .containsExactly("slow of d1/workers applied to d1-workers-offered-2, which is there");
    }

    @Test
    public void missingAcquiredRuntimesAreCounted() {
        Deployment deployment = deploy(acquired(OptionalInt.of(2)));

        domain.time.advance(Duration.ofSeconds(70));

        assertThatThrownBy(() -> deployment.virtualNode("workers").waitReady())
                .hasMessage("virtual node 'workers': 0 of 2 runtimes joined within 70 s; missing 2 of jvm 'offered'");
    }

    @Test
    public void aVirtualNodeThatTakesWhateverComesIsReadyWithTheFirstAndGrows() throws InterruptedException {
        Deployment deployment = deploy(acquired(OptionalInt.empty()));
        VirtualNode workers = deployment.virtualNode("workers");
        assertThat(workers.isReady()).isFalse();

        pool.handOut(domain.runtime("hand-1"));
        assertThat(names(workers.waitReady())).containsExactly("d1-workers-offered-1");
        pool.handOut(domain.runtime("hand-2"));

        assertThat(names(workers.nodes())).containsExactly("d1-workers-offered-1", "d1-workers-offered-2");
        assertThat(workers.expected()).isZero();
    }

    @Test
    public void undeployRemovesServicesAndNodesStopsRuntimesAndClosesJobs() throws InterruptedException {
        here.services.install("properties");
        fork.beforeJoin = peer -> peer.services.install("properties");
        Deployment deployment = deploy(new TestDescriptor()
                .launched("worker", 2, 1)
                .technicalService("settings", "properties")
                .virtualNode("workers")
                .on("worker")
                .here()
                .with("settings")
                .build());
        deployment.virtualNode("workers").waitReady();

        deployment.undeploy();

        assertThat(deployment.state()).isEqualTo(DeploymentState.UNDEPLOYED);
        assertThat(deployer.deployments()).isEmpty();
        assertThat(here.nodeNames()).isEmpty();
        assertThat(here.services.log).last().isEqualTo("removed from d1-workers-1, which is there");
        for (InMemoryDomain.Peer worker : fork.started.values()) {
            worker.stopped.await();
            assertThat(worker.services.log).last().asString().startsWith("removed from d1-workers-");
        }
        assertThat(fork.jobs.values()).allMatch(job -> job.closed);
        assertThat(deployment.runtimes()).extracting(RuntimeStatus::state).containsOnly(RuntimeStatus.State.STOPPED);
        assertThat(deployment.virtualNode("workers").nodes()).isEmpty();
        assertThatThrownBy(() -> deployment.virtualNode("workers").waitReady())
                .hasMessage("virtual node 'workers': deployment d1 is undeployed, it has no nodes any more");
        assertThat(happenings.kinds())
                .as("an end that was asked for is no news")
                .noneMatch(kind -> kind.startsWith("lost"));
    }

    @Test
    public void undeployingTwiceDoesNothingMore() {
        Deployment deployment = deploy(workers(1));
        deployment.undeploy();
        fork.jobs.get("d1-worker").closed = false;

        deployment.undeploy();

        assertThat(fork.jobs.get("d1-worker").closed).isFalse();
    }

    @Test
    public void undeployTakesBackTokensNobodyUsed() {
        fork.joinAtOnce = false;
        Deployment deployment = deploy(workers(2));
        assertThat(domain.openTokens()).hasSize(2);

        deployment.undeploy();

        assertThat(domain.openTokens()).isEmpty();
        assertThat(fork.jobs.values()).allMatch(job -> job.closed);
    }

    @Test
    public void undeployWakesThoseWhoWait() throws InterruptedException {
        fork.joinAtOnce = false;
        Deployment deployment = deploy(workers(1));
        CompletableFuture<Throwable> waiting =
                failureOf(() -> deployment.virtualNode("workers").waitReady());

        deployment.undeploy();

        assertThat(waiting.join()).hasMessageContaining("deployment d1 is undeployed");
    }

    @Test
    public void undeployWaitsForALaunchThatIsUnderWayAndStopsWhatItStarted() throws InterruptedException {
        Halt launching = new Halt();
        fork.joinAtOnce = false;
        fork.beforeLaunch = request -> launching.pass();
        CompletableFuture<Deployment> deploying = CompletableFuture.supplyAsync(() -> deploy(workers(1)));
        launching.awaitSomebody();
        Deployment deployment = deployer.deployments().getFirst();
        CompletableFuture<Void> undeploying = CompletableFuture.runAsync(deployment::undeploy);
        CompletableFuture<Void> alsoUndeploying = CompletableFuture.runAsync(deployment::undeploy);

        launching.open();
        undeploying.join();
        alsoUndeploying.join();

        assertThat(fork.jobs.get("d1-worker").closed).isTrue();
        assertThat(deploying.join().state()).isEqualTo(DeploymentState.UNDEPLOYED);
    }

    @Test
    public void aRuntimeThatJoinsWhileItIsUndeployedIsNotPrepared() throws InterruptedException {
        Halt requested = new Halt();
        fork.joinAtOnce = false;
        fork.beforeReturn = request -> requested.pass();
        CompletableFuture<Deployment> deploying = CompletableFuture.supplyAsync(() -> deploy(workers(1)));
        requested.awaitSomebody();
        Deployment deployment = deployer.deployments().getFirst();
        CompletableFuture<Throwable> waiting =
                failureOf(() -> deployment.virtualNode("workers").waitReady());
        CompletableFuture<Void> undeploying = CompletableFuture.runAsync(deployment::undeploy);
        assertThat(waiting.join()).hasMessageContaining("is undeployed");
        InMemoryDomain.Peer late = fork.join("d1-worker");

        requested.open();
        undeploying.join();

        assertThat(late.nodeNames()).isEmpty();
        assertThat(fork.jobs.get("d1-worker").closed).isTrue();
        assertThat(deploying.join().virtualNode("workers").nodes()).isEmpty();
    }

    @Test
    public void undeployDoesNotWaitForEverForAServiceThatHangs() throws InterruptedException {
        here.services.install("properties");
        Halt applying = new Halt();
        fork.beforeJoin = peer -> {
            peer.services.install("properties");
            peer.services.whileApplying = applying::pass;
        };
        Deployment deployment = deploy(oneWorkerWithSettings());
        applying.awaitSomebody();
        CompletableFuture<Void> undeploying = CompletableFuture.runAsync(deployment::undeploy);
        domain.time.awaitTimer(Duration.ofSeconds(10));

        domain.time.advance(Duration.ofSeconds(10));
        undeploying.join();

        assertThat(fork.jobs.get("d1-worker").closed).isTrue();
        applying.open();
    }

    @Test
    public void closingUndeploysEverythingAndRefusesWhatIsNew() {
        Deployment one = deploy(workers(1));
        Deployment two = deploy(workers(1));

        deployer.close();

        assertThat(List.of(one.state(), two.state())).containsOnly(DeploymentState.UNDEPLOYED);
        assertThatThrownBy(() -> deploy(workers(1)))
                .isInstanceOf(DeploymentException.class)
                .hasMessage("grid.xml: runtime here is stopping and deploys nothing any more");
    }

    @Test
    public void deploymentsAreNumberedAndListedOldestFirst() {
        Deployment one = deploy(workers(1));
        Deployment two = deploy(workers(1));

        assertThat(deployer.deployments()).containsExactly(one, two);
        assertThat(deployer.deployment("d2")).contains(two);
        assertThat(deployer.deployment("d3")).isEmpty();
        assertThat(two.plan().launches().getFirst().command()).contains("d2-worker");
        assertThat(two.source()).isEqualTo("grid.xml");
    }

    @Test
    public void aDescriptorThatCannotBePlannedStartsNothingAndTakesNoNumber() {
        descriptor = new TestDescriptor().virtualNode("unmapped").build();

        assertThatThrownBy(() -> deployer.deploy(source(), DeploymentListener.NONE))
                .isInstanceOf(DescriptorException.class);

        assertThat(deployer.deployments()).isEmpty();
        assertThat(deploy(workers(1)).id()).isEqualTo("d1");
    }

    @Test
    public void aPlanStartsNothing() {
        assertThat(deployer.plan(workers(2)).launches()).hasSize(1);

        assertThat(fork.requests).isEmpty();
        assertThat(domain.openTokens()).isEmpty();
    }

    @Test
    public void aListenerThatThrowsHarmsNobody() {
        descriptor = workers(1);

        Deployment deployment = deployer.deploy(source(), event -> {
            throw new IllegalStateException("listener");
        });

        assertThat(deployment.virtualNode("workers").waitReady()).hasSize(1);
    }

    @Test
    public void anUnknownVirtualNodeIsRefusedWithThoseThereAre() {
        Deployment deployment = deploy(workers(1));

        assertThatThrownBy(() -> deployment.virtualNode("slaves"))
                .isInstanceOf(DeploymentException.class)
                .hasMessage("deployment d1 (grid.xml) has no virtual node 'slaves'; it has workers");
    }

    @Test
    public void withoutAReaderTheBundleToInstallIsNamed() {
        Deployer bare = domain.runtime("bare").deployer(new Extensions(), membership);

        assertThatThrownBy(() -> bare.read(source()))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("install org.actium.deployment.descriptor");
    }

    private static Descriptor workers(int runtimes) {
        return workers(runtimes, mapping -> mapping);
    }

    private static Descriptor workers(int runtimes, UnaryOperator<TestDescriptor.Mapping> options) {
        return options.apply(new TestDescriptor()
                        .launched("worker", runtimes, 1)
                        .virtualNode("workers")
                        .on("worker"))
                .build();
    }

    /** @param services technical services of the nodes */
    private static Descriptor acquired(OptionalInt runtimes, String... services) {
        var descriptor = new TestDescriptor().acquired("offered", runtimes, 1);
        for (String service : services) {
            descriptor.technicalService(service, service);
        }
        return descriptor.virtualNode("workers").on("offered").with(services).build();
    }

    private Deployment deploy(Descriptor what) {
        descriptor = what;
        return deployer.deploy(source(), happenings);
    }

    private static DescriptorSource source() {
        return new DescriptorSource("grid.xml", new byte[0], Map.of());
    }

    private static List<String> names(List<Node> nodes) {
        return nodes.stream().map(Node::name).toList();
    }

    private static RuntimeStatus.State statusOf(Deployment deployment, String runtime) {
        return deployment.runtimes().stream()
                .filter(status -> status.name().equals(runtime))
                .findFirst()
                .orElseThrow()
                .state();
    }

    /** What the action throws, on a thread of its own. */
    private static CompletableFuture<Throwable> failureOf(Runnable action) {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                action.run();
                failure.complete(new AssertionError("nothing was thrown"));
            } catch (RuntimeException thrown) {
                failure.complete(thrown);
            }
        });
        return failure;
    }

    /** Stops who comes there until the test lets it go on. */
    private static final class Halt {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);

        void pass() {
            reached.countDown();
            try {
                opened.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }

        void awaitSomebody() throws InterruptedException {
            reached.await();
        }

        void open() {
            opened.countDown();
        }
    }
}
