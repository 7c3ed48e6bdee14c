package org.actium.deployment.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.api.Plan;
import org.actium.deployment.descriptor.XmlDescriptorReader;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.model.JvmProcess;
import org.actium.deployment.spi.DeploymentProtocol;
import org.actium.deployment.spi.Job;
import org.actium.deployment.spi.LaunchRequest;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Descriptors of a size that shows what is quadratic; {@code ./actium benchmark descriptors} says how long they take. */
public class LargePlanTest {

    private static final int JVMS = 10_000;

    /** One does for a test; {@code benchmarks/descriptors.sh} wants the figures of several. */
    private static final int ROUNDS = Integer.getInteger("actium.rounds", 1);

    /** Far more than it takes; what would be quadratic takes longer. */
    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    private final InMemoryDomain domain = new InMemoryDomain();
    private final InMemoryDomain.Peer here = domain.runtime("here");
    private final Extensions extensions = new Extensions();
    private final Deployer deployer = here.deployer(extensions);

    @Test
    public void tenThousandJvmsAreReadResolvedAndPlanned() {
        extensions.addReader(new XmlDescriptorReader(List.of(), name -> null));
        extensions.addDeploymentProtocol(new LocalStarter(), Map.of(DeploymentProtocol.NAME, "local"));
        DescriptorSource source = DescriptorSource.of("large.xml", tenThousandJvms());
        Plan plan = null;
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (int round = 1; round <= ROUNDS; round++) {
            long start = System.nanoTime();
            long processor = threads.getCurrentThreadCpuTime();
            plan = deployer.plan(deployer.read(source));
            System.out.println("round " + round + ": read, resolved and planned in "
                    + (System.nanoTime() - start) / 1_000_000 + " ms, of which "
                    + (threads.getCurrentThreadCpuTime() - processor) / 1_000_000 + " ms on a processor");
        }

        assertThat(plan.launches()).hasSize(JVMS);
        assertThat(plan.virtualNodes())
                .singleElement()
                .satisfies(all -> assertThat(all.expected()).isEqualTo(JVMS));
        assertThat(plan.obstacles()).isEmpty();
    }

    private static String tenThousandJvms() {
        String names = IntStream.range(0, JVMS)
                .mapToObj(i -> "<vmName value='jvm%d'/>".formatted(i))
                .collect(Collectors.joining("\n"));
        String jvms = IntStream.range(0, JVMS)
                .mapToObj(i -> "<jvm name='jvm%d'><processReference refid='local'/></jvm>".formatted(i))
                .collect(Collectors.joining("\n"));
        return "<actium xmlns='urn:actium:deployment:1'><variables><descriptorVariable name='ID' value='local'/></variables>"
                + "<virtualNode name='all'>" + names + "</virtualNode>" + jvms.replace("'local'", "'${ID}'")
                + "<processDefinition id='local'><jvmProcess/></processDefinition></actium>";
    }

    /** Stands in for the bundle that starts JVMs on this host. */
    private static final class LocalStarter implements DeploymentProtocol {

        @Override
        public boolean starts(DescriptorElement element) {
            return element instanceof JvmProcess;
        }

        @Override
        public int runtimes(DescriptorElement element) {
            return 1;
        }

        @Override
        public List<String> command(LaunchRequest request) {
            return List.of("java", request.runtimeNames().getFirst());
        }

        @Override
        public Job launch(LaunchRequest request) {
            throw new AssertionError("a plan starts nothing");
        }
    }
}
