package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentListener;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.DescriptorSource;
import org.actium.itests.application.Scout;
import org.actium.itests.application.Worker;
import org.actium.itests.support.Containers;
import org.actium.object.api.ActiveObjects;
import org.actium.remote.api.Links;
import org.actium.runtime.api.Node;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;

/** JVMs that accept no connections call each other through the container that has started them. */
@RunWith(PaxExam.class)
public class RelayIT {

    private static final String DESCRIPTOR = """
            <ProActiveDescriptor>
              <virtualNodesDefinition><virtualNode name="workers"/></virtualNodesDefinition>
              <deployment>
                <mapping>
                  <map virtualNode="workers"><jvmSet><vmName value="hidden"/></jvmSet></map>
                </mapping>
                <jvms>
                  <jvm name="hidden" runtimes="2">
                    <creation><processReference refid="localJVM"/></creation>
                  </jvm>
                </jvms>
              </deployment>
              <infrastructure>
                <processes>
                  <processDefinition id="localJVM">
                    <jvmProcess>
                      <jvmParameters><parameter value="-Dactium.listen=none"/></jvmParameters>
                    </jvmProcess>
                  </processDefinition>
                </processes>
              </infrastructure>
            </ProActiveDescriptor>
            """;

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    @Inject
    private Deployments deployments;

    @Inject
    private ActiveObjects objects;

    @Inject
    private Links links;

    @Configuration
    public Option[] container() {
        return Containers.assembly("node");
    }

    @After
    public void undeployAll() {
        deployments.deployments().forEach(Deployment::undeploy);
    }

    private List<Node> hidden() {
        return deployments
                .deploy(
                        new DescriptorSource("hidden.xml", DESCRIPTOR.getBytes(StandardCharsets.UTF_8), Map.of()),
                        DeploymentListener.NONE)
                .virtualNode("workers")
                .waitReady();
    }

    @Test
    public void whatTheySendEachOtherTakesTheWayThroughTheContainer() {
        List<Scout> scouts = objects.newActiveOnEach(hidden(), Scout.class);
        String relay =
                "relay through " + links.self().name() + " (" + links.self().id() + ")";

        assertThat(scouts.getFirst().wayTo(scouts.getLast())).isEqualTo(relay);
        assertThat(scouts.getLast().wayTo(scouts.getFirst())).isEqualTo(relay);
    }

    @Test
    public void twoThatAcceptNoConnectionsCallEachOther() {
        List<Worker> workers = objects.newActiveOnEach(hidden(), Worker.class);
        workers.forEach(worker -> worker.add(3));

        assertThat(workers.getFirst().ask(workers.getLast()).text()).isEqualTo("3");
        assertThat(workers.getLast().ask(workers.getFirst()).text()).isEqualTo("3");
        assertThat(links.all()).hasSize(2).allSatisfy(link -> {
            assertThat(link.route()).startsWith("tcp ");
            assertThat(link.peer().endpoints())
                    .singleElement()
                    .satisfies(way -> assertThat(way.transport()).isEqualTo("relay"));
        });
    }
}
