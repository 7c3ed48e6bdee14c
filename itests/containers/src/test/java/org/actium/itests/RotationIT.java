package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.options;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.inject.Inject;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentListener;
import org.actium.deployment.api.Deployments;
import org.actium.itests.application.Worker;
import org.actium.itests.support.Containers;
import org.actium.itests.support.Descriptors;
import org.actium.itests.support.Sockets;
import org.actium.object.api.ActiveObjects;
import org.actium.remote.api.Link;
import org.actium.remote.api.Links;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;

/** Certificates that live for seconds, and calls that go on and on. */
@RunWith(PaxExam.class)
public class RotationIT {

    private static final Duration LIFE = Duration.ofSeconds(10);

    @Rule
    public final Timeout deadline = Timeout.seconds(180);

    @Inject
    private Deployments deployments;

    @Inject
    private ActiveObjects objects;

    @Inject
    private Links links;

    @Configuration
    public Option[] container() {
        return options(
                CoreOptions.composite(Containers.assembly("node")),
                frameworkProperty("actium.certificate.seconds").value(Long.toString(LIFE.toSeconds())));
    }

    @After
    public void undeployAll() {
        deployments.deployments().forEach(Deployment::undeploy);
    }

    @Test
    public void callsGoOnOverTheSameLinksWhileCertificatesAreReplaced() {
        Deployment deployment =
                deployments.deploy(Descriptors.example("local.xml", Map.of("NODES", "2")), DeploymentListener.NONE);
        List<Worker> workers =
                objects.newActiveOnEach(deployment.virtualNode("workers").waitReady(), Worker.class);
        assertThat(workers.getFirst().ask(workers.getLast()).text()).isEqualTo("0");
        List<Link> before = links.all();
        Set<String> sockets = Sockets.carrying(links);
        assertThat(sockets).as("one connection for each link").hasSameSizeAs(before);

        long begun = System.nanoTime();
        int calls = 0;
        while (System.nanoTime() - begun < LIFE.multipliedBy(5).dividedBy(2).toNanos()) {
            calls++;
            for (Worker worker : workers) {
                worker.add(1);
                assertThat(worker.count()).isEqualTo(calls);
            }
        }

        assertThat(workers.getFirst().ask(workers.getLast()).text())
                .as("one child calls the other")
                .isEqualTo(Integer.toString(calls));
        assertThat(links.all()).as("no link was replaced").containsExactlyInAnyOrderElementsOf(before);
        assertThat(Sockets.carrying(links)).as("the very same connections").isEqualTo(sockets);
    }
}
