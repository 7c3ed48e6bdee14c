package org.actium.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.VirtualNode;
import org.actium.service.api.ServiceUse;
import org.actium.testkit.Fake;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class ServiceCommandsTest {

    @Rule
    public final Gogo gogo = new Gogo();

    private final List<ServiceUse> services = new ArrayList<>();
    private final List<Deployment> deployed = new ArrayList<>(List.of(deployment("d1")));

    @Before
    public void registerCommands() {
        Deployments deployments = Fake.of(
                Deployments.class, Map.of("deployments", (Function<Object[], Object>) none -> List.copyOf(deployed)));
        gogo.add(new ServiceApply(deployments), List.of("service-apply"));
        gogo.add(new ServiceRemove(deployments), List.of("service-remove"));
    }

    @Test
    public void appliesWithArgumentsAndRemoves() {
        assertThat(run("actium:service-apply workers rate-limit perSecond=10 burst=3"))
                .contains("d1/workers has 0 nodes with technical services rate-limit");
        assertThat(services)
                .containsExactly(new ServiceUse("rate-limit", "rate-limit", Map.of("perSecond", "10", "burst", "3")));

        assertThat(run("actium:service-remove d1/workers rate-limit")).contains("no technical services");
        assertThat(services).isEmpty();
    }

    @Test
    public void saysWhichVirtualNodesThereAre() {
        deployed.add(deployment("d2"));

        assertThat(run("actium:service-apply workers metrics"))
                .contains("several deployments have a virtual node 'workers'; say which: d1/workers, d2/workers");
        assertThat(run("actium:service-apply viewers metrics"))
                .contains("there is no virtual node 'viewers' here: d1/workers, d2/workers");
        assertThat(run("actium:service-apply d2/workers metrics fast")).contains("name=value, not 'fast'");
        assertThat(run("actium:service-apply d2/workers")).contains("service-apply <virtual node> <service>");
    }

    private String run(String line) {
        var out = new ByteArrayOutputStream();
        try {
            new ConsoleSession(
                            gogo.processor(),
                            new ByteArrayInputStream((line + "\nexit\n").getBytes(StandardCharsets.UTF_8)),
                            out)
                    .run();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private Deployment deployment(String id) {
        VirtualNode workers = Fake.of(
                VirtualNode.class,
                Map.of(
                        "name",
                        "workers",
                        "nodes",
                        List.of(),
                        "services",
                        (Function<Object[], Object>) none -> List.copyOf(services),
                        "apply",
                        (Function<Object[], Object>) use -> {
                            services.add((ServiceUse) use[0]);
                            return null;
                        },
                        "removeService",
                        (Function<Object[], Object>) use -> {
                            services.removeIf(service -> service.id().equals(use[0]));
                            return null;
                        }));
        return Fake.of(Deployment.class, Map.of("id", id, "virtualNodes", List.of(workers)));
    }
}
