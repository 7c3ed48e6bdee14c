package org.actium.deployment.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentEvent;
import org.actium.deployment.api.DeploymentException;
import org.actium.deployment.api.NodesMissingException;
import org.actium.deployment.api.VirtualNode;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.spi.DeploymentProtocol;
import org.actium.runtime.api.Registration;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** {@link VirtualNode#take}, listeners that come late, and the activation of some virtual nodes. */
public class TakenNodesTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    @Rule
    public final Timeout deadline = Timeout.seconds(20);

    private final InMemoryDomain domain = new InMemoryDomain();
    private final InMemoryDomain.Peer here = domain.runtime("here");
    private final Extensions extensions = new Extensions();
    private final Deployer deployer = here.deployer(extensions);
    private final FakeProtocol fork = new FakeProtocol(domain);
    private final Happenings happenings = new Happenings();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    @Before
    public void install() {
        extensions.addDeploymentProtocol(fork, Map.of(DeploymentProtocol.NAME, "fork"));
        fork.joinAtOnce = false;
    }

    @After
    public void stop() {
        callers.shutdownNow();
    }

    @Test
    public void aNodeIsGivenAsSoonAsItIsThereThoughOthersAreMissing() throws Exception {
        VirtualNode workers = workers(2).virtualNode("workers");
        Future<String> taken = callers.submit(take(workers));
        domain.time.awaitTimer(LIMIT);

        fork.join("d1-worker-2");

        assertThat(taken.get()).isEqualTo("d1-workers-2");
        assertThat(workers.isReady()).isFalse();
    }

    @Test
    public void theWaitLastsItsWholeLimitAndSaysWhatItWaitedFor() throws Exception {
        VirtualNode workers = workers(2).virtualNode("workers");
        Future<String> taken = callers.submit(take(workers));
        domain.time.awaitTimer(LIMIT);

        domain.time.advance(LIMIT.minusNanos(1));
        assertThat(taken.isDone()).as("a nanosecond before").isFalse();
        domain.time.advance(Duration.ofNanos(1));

        NodesMissingException missing = missing(taken);
        assertThat(missing)
                .hasMessageStartingWith(
                        "virtual node 'workers': 0 of 2 runtimes joined within 5 s; missing d1-worker-1");
        assertThat(missing.virtualNode()).isEqualTo("workers");
        assertThat(missing.expected()).isEqualTo(2);
        assertThat(missing.attached()).isZero();
        assertThat(missing.waited()).isEqualTo(LIMIT);
    }

    @Test
    public void aNodeThatIsThereIsGivenWithoutWaitingAndOnlyOnce() throws InterruptedException {
        VirtualNode workers = workers(2).virtualNode("workers");
        fork.join("d1-worker-1");
        happenings.await(DeploymentEvent.NodeAttached.class, 1);

        assertThat(workers.take(Duration.ofDays(1)).name()).isEqualTo("d1-workers-1");
        fork.join("d1-worker-2");
        assertThat(workers.take(Duration.ofDays(1)).name()).isEqualTo("d1-workers-2");
        NodesMissingException none =
                catchThrowableOfType(NodesMissingException.class, () -> workers.take(Duration.ofDays(1)));

        assertThat(none).as("at once: no more can come").hasMessageEndingWith("were taken before: 2");
        assertThat(none.waited()).isZero();
    }

    @Test
    public void theWaitEndsWhenTheLastRuntimeThatCouldComeFails() throws Exception {
        VirtualNode workers = workers(1).virtualNode("workers");
        Future<String> taken = callers.submit(take(workers));
        domain.time.awaitTimer(LIMIT);

        fork.jobs.get("d1-worker").end("exit code 1");

        assertThat(missing(taken)).hasMessageContaining("exit code 1");
    }

    @Test
    public void undeployingEndsTheWait() throws Exception {
        Deployment deployment = workers(1);
        Future<String> taken = callers.submit(take(deployment.virtualNode("workers")));
        domain.time.awaitTimer(LIMIT);

        deployment.undeploy();

        assertThatThrownBy(taken::get)
                .hasCauseInstanceOf(DeploymentException.class)
                .hasMessageContaining("is undeployed");
    }

    @Test
    public void anInterruptEndsTheWait() throws Exception {
        VirtualNode workers = workers(1).virtualNode("workers");
        Future<Boolean> interrupted = callers.submit(() -> {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> workers.take(LIMIT)).isInstanceOf(CancellationException.class);
            return Thread.currentThread().isInterrupted();
        });

        assertThat(interrupted.get()).isTrue();
    }

    @Test
    public void concurrentCallersGetDistinctNodesAndAllOfThem() throws Exception {
        int nodes = 40;
        int callersTooMany = 8;
        VirtualNode workers = workers(nodes).virtualNode("workers");
        List<Future<String>> taken = new ArrayList<>();
        for (int i = 0; i < nodes + callersTooMany; i++) {
            taken.add(callers.submit(take(workers)));
        }
        List<String> runtimes = new ArrayList<>(
                IntStream.rangeClosed(1, nodes).mapToObj(k -> "d1-worker-" + k).toList());
        Collections.shuffle(runtimes, new Random(42));
        runtimes.forEach(runtime -> callers.execute(() -> fork.join(runtime)));

        List<String> names = new ArrayList<>();
        int refused = 0;
        for (Future<String> caller : taken) {
            try {
                names.add(caller.get());
            } catch (ExecutionException failed) {
                assertThat(failed.getCause()).isInstanceOf(NodesMissingException.class);
                refused++;
            }
        }

        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, nodes)
                        .mapToObj(k -> "d1-workers-" + k)
                        .toList());
        assertThat(refused)
                .as("time stood still: nobody waits for what cannot come")
                .isEqualTo(callersTooMany);
    }

    @Test
    public void aListenerThatComesLateHearsEverythingOnceAndInOrder() throws InterruptedException {
        Deployment deployment = workers(2);
        fork.join("d1-worker-1");
        happenings.await(DeploymentEvent.NodeAttached.class, 1);
        Happenings late = new Happenings();

        deployment.listen(late);
        fork.join("d1-worker-2");
        late.await(DeploymentEvent.Ready.class, 1);
        happenings.await(DeploymentEvent.Ready.class, 1);

        assertThat(late.kinds())
                .isEqualTo(happenings.kinds())
                .contains("attached d1-workers-1", "attached d1-workers-2");
    }

    @Test
    public void aListenerThatWentHearsNothingMore() throws InterruptedException {
        Deployment deployment = workers(1);
        Happenings gone = new Happenings();
        Registration listening = deployment.listen(gone);
        gone.await(DeploymentEvent.Launched.class, 1);
        listening.close();
        Happenings stays = new Happenings();
        deployment.listen(stays);

        fork.join("d1-worker");
        stays.await(DeploymentEvent.Ready.class, 1);

        assertThat(gone.kinds()).containsExactly("launched d1-worker");
    }

    @Test
    public void oneVirtualNodeOfADescriptorIsActivatedAloneAndTheOtherLater() {
        fork.joinAtOnce = true;
        Descriptor both = new TestDescriptor()
                .launched("one", 1, 1)
                .launched("two", 1, 1)
                .virtualNode("first")
                .on("one")
                .and()
                .virtualNode("second")
                .on("two")
                .build();

        Deployment first = deployer.deploy(both.only("first"), happenings);
        first.virtualNode("first").waitReady();
        assertThat(fork.requests).containsOnlyKeys("d1-one");
        Deployment second = deployer.deploy(both.only("second"), happenings);
        second.virtualNode("second").waitReady();
        assertThat(fork.requests).containsOnlyKeys("d1-one", "d2-two");
        first.undeploy();

        assertThat(second.virtualNode("second").nodes()).hasSize(1);
        assertThatThrownBy(() -> both.only("third"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("grid.xml has no virtual node 'third'; it has first, second");
    }

    private Deployment workers(int runtimes) {
        return deployer.deploy(
                new TestDescriptor()
                        .launched("worker", runtimes, 1)
                        .virtualNode("workers")
                        .on("worker")
                        .build(),
                happenings);
    }

    private static Callable<String> take(VirtualNode workers) {
        return () -> workers.take(LIMIT).name();
    }

    private static NodesMissingException missing(Future<String> taken) {
        ExecutionException failed = catchThrowableOfType(ExecutionException.class, taken::get);
        return (NodesMissingException) failed.getCause();
    }
}
