package org.actium.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.ws.rs.BadRequestException;
import javax.ws.rs.ClientErrorException;
import javax.ws.rs.NotFoundException;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentException;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.VirtualNode;
import org.actium.service.api.ServiceUse;
import org.actium.testkit.Fake;
import org.junit.Test;

public class VirtualNodeServicesResourceTest {

    private final List<ServiceUse> services = new ArrayList<>();
    private final VirtualNode workers = Fake.of(
            VirtualNode.class,
            Map.of(
                    "name",
                    "workers",
                    "services",
                    (Function<Object[], Object>) none -> List.copyOf(services),
                    "apply",
                    (Function<Object[], Object>) use -> {
                        services.add((ServiceUse) use[0]);
                        return null;
                    },
                    "removeService",
                    (Function<Object[], Object>) id -> {
                        throw new DeploymentException("'x' requires it");
                    }));
    private final Deployment deployment = Fake.of(Deployment.class, Map.of("virtualNodes", List.of(workers)));
    private final VirtualNodeServicesResource resource =
            new VirtualNodeServicesResource(Fake.of(Deployments.class, Map.of("deployment", (Function<Object[], Object>)
                    id -> id[0].equals("d1") ? Optional.of(deployment) : Optional.empty())));

    @Test
    public void appliesAndLists() {
        assertThat(Json.of(resource.apply("d1", "workers", "slow", "rate-limit", List.of("perSecond=3"))))
                .isEqualTo("[{\"id\":\"slow\",\"service\":\"rate-limit\",\"arguments\":{\"perSecond\":\"3\"}}]");
        assertThat(resource.apply("d1", "workers", "metrics", null, List.of()))
                .last()
                .isEqualTo(new ServiceUse("metrics", "metrics", Map.of()));
        assertThat(resource.list("d1", "workers")).hasSize(2);
    }

    @Test
    public void saysWhatIsWrong() {
        assertThatThrownBy(() -> resource.list("d2", "workers")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> resource.list("d1", "viewers"))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("there is no deployment 'd1' with a virtual node 'viewers'");
        assertThatThrownBy(() -> resource.apply("d1", "workers", "x", null, List.of("fast")))
                .isInstanceOf(BadRequestException.class)
                .hasMessage("arg wants name=value, not 'fast'");
        assertThatThrownBy(() -> resource.remove("d1", "workers", "x"))
                .isInstanceOfSatisfying(
                        ClientErrorException.class,
                        refused -> assertThat(refused.getResponse().getStatus()).isEqualTo(409))
                .hasMessage("'x' requires it");
    }
}
