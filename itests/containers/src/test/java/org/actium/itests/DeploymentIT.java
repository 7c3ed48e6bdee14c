package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentEvent;
import org.actium.deployment.api.DeploymentListener;
import org.actium.deployment.api.DeploymentState;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.Inventory;
import org.actium.future.api.Futures;
import org.actium.itests.application.Worker;
import org.actium.itests.support.Containers;
import org.actium.itests.support.Descriptors;
import org.actium.itests.support.Eventually;
import org.actium.itests.support.Processes;
import org.actium.object.api.ActiveObjects;
import org.actium.object.api.OutcomeUnknownException;
import org.actium.object.api.RequestNotSentException;
import org.actium.remote.api.Admission;
import org.actium.runtime.api.Node;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;

/** A container deploys descriptors: child JVMs join it, host its active objects, fail, and go. */
@RunWith(PaxExam.class)
public class DeploymentIT {

    private static final List<String> OWN_THREADS = List.of("tcp-reader-", "tcp-writer-", "tcp-listener-", "output-");

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    /** The text of a join token. */
    private static final Pattern TOKEN = Pattern.compile("\\b[0-9a-f]{8}\\.[A-Za-z0-9_-]{32}(?![A-Za-z0-9_-])");

    @Inject
    private Admission admission;

    @Inject
    private Deployments deployments;

    @Inject
    private ActiveObjects objects;

    @Inject
    private Futures futures;

    @Inject
    private Inventory inventory;

    @Configuration
    public Option[] container() {
        return Containers.assembly("node");
    }

    @After
    public void nothingIsLeft() {
        List<Long> pids = Processes.children().stream().map(ProcessHandle::pid).toList();
        deployments.deployments().forEach(Deployment::undeploy);
        Processes.awaitNone(pids);
        assertThat(Processes.children()).isEmpty();
        assertThat(deployments.deployments()).isEmpty();
    }

    private Worker worker(Node node) {
        return objects.newActive(Worker.class).on(node).start();
    }

    @Test
    public void aDescriptorPutsActiveObjectsOnOtherJvms() {
        Deployment deployment =
                deployments.deploy(Descriptors.example("local.xml", Map.of("NODES", "3")), DeploymentListener.NONE);
        List<Node> nodes = deployment.virtualNode("workers").waitReady();

        List<Worker> workers = objects.newActiveOnEach(nodes, Worker.class);

        Set<Long> processes = new HashSet<>();
        for (Worker worker : workers) {
            worker.add(2);
            assertThat(worker.count()).isEqualTo(2);
            processes.add(worker.process());
        }
        assertThat(workers)
                .extracting(Worker::node)
                .isEqualTo(nodes.stream().map(Node::name).toList());
        assertThat(nodes).hasSize(3);
        assertThat(processes).hasSize(3).doesNotContain(ProcessHandle.current().pid());
        assertThat(deployment.state()).isEqualTo(DeploymentState.READY);
        assertThat(workers.get(0).ask(workers.get(1)).text())
                .as("two children talk to each other")
                .isEqualTo("2");
        assertThat(inventory.objects()).hasSize(3);
        assertThat(inventory.nodes())
                .extracting(Inventory.NodeView::virtualNode)
                .contains("workers");
    }

    @Test
    public void nobodyCanListTheTokensOfChildren() throws IOException {
        assertThat(admission.issue(Duration.ofSeconds(10)).text()).containsPattern(TOKEN);
        deployments
                .deploy(Descriptors.example("local.xml", Map.of("NODES", "2")), DeploymentListener.NONE)
                .virtualNode("workers")
                .waitReady();

        List<ProcessHandle> children = Processes.children();
        assertThat(children).hasSize(2);
        for (ProcessHandle child : children) {
            for (String file : List.of("cmdline", "environ")) {
                assertThat(Files.readString(
                                Path.of("/proc", Long.toString(child.pid()), file), StandardCharsets.ISO_8859_1))
                        .as(file)
                        .isNotEmpty()
                        .doesNotContainPattern(TOKEN);
            }
        }
    }

    @Test
    public void exceptionsComeBackWithBothStacks() {
        Deployment deployment =
                deployments.deploy(Descriptors.example("local.xml", Map.of("NODES", "1")), DeploymentListener.NONE);
        Worker worker = worker(deployment.virtualNode("workers").node());

        Worker.Report failed = worker.fail("planted");

        assertThatThrownBy(failed::text)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("planted")
                .satisfies(thrown -> assertThat(thrown.getStackTrace())
                        .extracting(StackTraceElement::getMethodName)
                        .containsSubsequence("fail", "exceptionsComeBackWithBothStacks"));
    }

    @Test
    public void aKilledJvmFailsItsFuturesWithATypeAndLeavesTheOthers() throws InterruptedException {
        BlockingQueue<DeploymentEvent> events = new LinkedBlockingQueue<>();
        Deployment deployment = deployments.deploy(Descriptors.example("local.xml", Map.of("NODES", "2")), events::add);
        List<Node> nodes = deployment.virtualNode("workers").waitReady();
        Worker victim = worker(nodes.get(0));
        Worker survivor = worker(nodes.get(1));
        long process = victim.process();
        Worker.Report pending = victim.hangQuietly();
        assertThat(futures.isAwaited(pending)).isTrue();

        Processes.kill(process);

        assertThatThrownBy(pending::text).isInstanceOf(OutcomeUnknownException.class);
        assertThatThrownBy(victim::count).isInstanceOfAny(RequestNotSentException.class, OutcomeUnknownException.class);
        assertThat(survivor.count()).isZero();
        DeploymentEvent event = events.take();
        while (!(event instanceof DeploymentEvent.Lost)) {
            event = events.take();
        }
        assertThat(event.toString()).contains("worker").contains("lost");
        Eventually.becomes(
                "the lost node is no longer listed",
                Duration.ofSeconds(20),
                () -> deployment.virtualNode("workers").nodes().size() == 1,
                () -> deployment.virtualNode("workers").nodes());
    }

    @Test
    public void theExamplesWithOneAndWithThreeVirtualNodesDeploy() {
        Deployment mixed = deployments.deploy(Descriptors.example("currentjvm.xml", Map.of()), DeploymentListener.NONE);
        Worker here = worker(mixed.virtualNode("here").node());
        Worker there = worker(mixed.virtualNode("there").node());
        assertThat(here.process()).isEqualTo(ProcessHandle.current().pid());
        assertThat(there.process()).isNotEqualTo(ProcessHandle.current().pid());

        Deployment three =
                deployments.deploy(Descriptors.example("three-virtual-nodes.xml", Map.of()), DeploymentListener.NONE);
        three.virtualNodes()
                .forEach(virtualNode -> assertThat(virtualNode.waitReady())
                        .as(virtualNode.name())
                        .isNotEmpty());
    }

    @Test
    public void technicalServicesConfigureNodesAsTheSlidesHaveIt() {
        Deployment deployment =
                deployments.deploy(Descriptors.example("technical-services.xml", Map.of()), DeploymentListener.NONE);

        Node vn1 = deployment.virtualNode("vn1").node();
        Node vn2 = deployment.virtualNode("vn2").node();

        assertThat(vn1.properties()).containsEntry("name1", "value1").containsEntry("name2", "value2");
        assertThat(vn2.properties()).containsEntry("colour", "green").doesNotContainKey("name1");
        assertThat(worker(vn1).nodeProperty("name1"))
                .as("as the node's own runtime sees it")
                .isEqualTo("value1");
    }

    @Test
    public void undeployingLeavesNoProcessAndNoThread() {
        Set<Thread> before = ownThreads();
        Deployment deployment =
                deployments.deploy(Descriptors.example("local.xml", Map.of("NODES", "2")), DeploymentListener.NONE);
        Worker worker = worker(deployment.virtualNode("workers").node());
        List<Long> pids = Processes.children().stream().map(ProcessHandle::pid).toList();
        assertThat(pids).hasSize(2);
        Set<Thread> added = ownThreads();
        added.removeAll(before);
        for (String prefix : List.of("tcp-reader-", "output-")) {
            assertThat(added)
                    .as("while deployed")
                    .extracting(Thread::getName)
                    .anyMatch(name -> name.startsWith(prefix));
        }

        deployment.undeploy();

        assertThat(Processes.children())
                .as("undeploy returns when none is left")
                .isEmpty();
        assertThat(deployment.state()).isEqualTo(DeploymentState.UNDEPLOYED);
        assertThatThrownBy(worker::count).isInstanceOfAny(RequestNotSentException.class, OutcomeUnknownException.class);
        Eventually.becomes(
                "no thread of the deployment is left",
                Duration.ofSeconds(10),
                () -> before.containsAll(ownThreads()),
                () -> ownThreads());
    }

    /** The threads that listen, serve a link, or read what a child writes. */
    private static Set<Thread> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> OWN_THREADS.stream().anyMatch(thread.getName()::startsWith))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
