package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.actium.itests.support.Containers;
import org.actium.itests.support.OnHosts;
import org.actium.itests.support.SharedContainer;
import org.actium.itests.support.TestBed;
import org.junit.ClassRule;
import org.junit.Test;

/** Small by default; {@code -Dactium.cycles=50 -Dactium.hosts=24} for all of it. */
public class ManyDeploymentsIT extends OnHosts {

    private static final int CYCLES = Integer.getInteger("actium.cycles", 3);
    private static final int HOSTS = Integer.getInteger("actium.hosts", 4);

    @ClassRule
    public static final TestBed BED = new TestBed(HOSTS);

    @ClassRule
    public static final SharedContainer CONTAINER = container(Containers.home());

    public ManyDeploymentsIT() {
        super(BED, CONTAINER);
    }

    @Test
    public void deployingAgainAndAgainLeavesNothing() throws IOException {
        String one =
                descriptor("workers", "<sshProcess hostname='host1'><processReference refid='local'/></sshProcess>");
        start();
        for (int cycle = 1; cycle <= CYCLES; cycle++) {
            String id = deployed(one);
            assertThat(cli.run("undeploy", id).exitCode()).as("cycle " + cycle).isZero();
            assertThat(BED.containersOn("host1")).as("cycle " + cycle).isEmpty();
        }
    }

    @Test
    public void manyHostsAtOnceJoin() throws IOException {
        String id = deploy(descriptor("workers", """
                <processList fixedName="host" list="[1-%d]"><processReference refid="local"/></processList>""".formatted(HOSTS)));

        assertThat(cli.run("nodes").out()).contains("actium://10.77.0." + HOSTS + ":");
        assertThat(cli.run("undeploy", id).exitCode()).isZero();
    }
}
