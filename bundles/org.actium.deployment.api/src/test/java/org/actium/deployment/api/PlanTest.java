package org.actium.deployment.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.actium.deployment.api.Plan.PlannedLaunch;
import org.actium.deployment.api.Plan.PlannedVirtualNode;
import org.actium.service.api.ServiceUse;
import org.junit.Test;

public class PlanTest {

    @Test
    public void theTextShowsNodesServicesInOrderAndEveryCommand() {
        Plan plan = new Plan(
                "grid.xml",
                Map.of("NODES", "2", "HEAP", "64m"),
                List.of(
                        new PlannedVirtualNode(
                                "workers",
                                2,
                                false,
                                List.of("local", "pool"),
                                List.of(
                                        new ServiceUse("properties", "properties", Map.of("b", "2", "a", "1")),
                                        new ServiceUse("ft", "org.example.Ft", Map.of()))),
                        new PlannedVirtualNode(
                                "levels",
                                3,
                                false,
                                List.of("local", "pool", "plain"),
                                List.of(new ServiceUse("ft", "ft", Map.of())),
                                Map.of(
                                        "pool",
                                        List.of(
                                                new ServiceUse("ft", "ft", Map.of()),
                                                new ServiceUse("limit", "limit", Map.of("perSecond", "9"))))),
                        new PlannedVirtualNode(
                                "bare",
                                1,
                                false,
                                List.of("plain"),
                                List.of(new ServiceUse("ft", "ft", Map.of())),
                                Map.of("plain", List.of())),
                        new PlannedVirtualNode("main", 1, true, List.of(), List.of()),
                        new PlannedVirtualNode("rest", 0, false, List.of("pool"), List.of())),
                List.of(
                        new PlannedLaunch(
                                "local",
                                "local",
                                2,
                                1,
                                List.of("/usr/bin/java", "-Dname=two words", "Main"),
                                List.of("classpath has no meaning here")),
                        new PlannedLaunch("pool", "joined", 0, 2, List.of(), List.of())));

        assertThat(plan.text()).isEqualTo("""
                        grid.xml
                          variables
                            HEAP = 64m
                            NODES = 2
                          virtual nodes
                            workers: 2 nodes from local, pool
                              technical service 1: properties (a=1, b=2)
                              technical service 2: ft, which is org.example.Ft
                            levels: 3 nodes from local, pool, plain
                              technical service 1: ft
                              on nodes from pool
                                technical service 1: ft
                                technical service 2: limit (perSecond=9)
                            bare: 1 node from plain
                              technical service 1: ft
                              on nodes from plain: no technical service
                            main: 1 node from this runtime
                            rest: as many nodes as come from pool
                          launches
                            local: 2 runtimes by local, 1 node in each
                              /usr/bin/java '-Dname=two words' Main
                              note: classpath has no meaning here
                            pool: as many runtimes as there are by joined, 2 nodes in each
                        """);
    }

    @Test
    public void aPlanThatLaunchesNothingSaysSo() {
        assertThat(new Plan("here.xml", Map.of(), List.of(), List.of()).text()).isEqualTo("""
                        here.xml
                          virtual nodes
                          launches
                            none
                        """);
    }
}
