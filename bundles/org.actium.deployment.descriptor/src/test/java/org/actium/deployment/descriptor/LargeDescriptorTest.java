package org.actium.deployment.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.actium.deployment.model.Descriptor;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class LargeDescriptorTest {

    /** Far more than it takes; what would be quadratic takes longer. */
    @Rule
    public final Timeout deadline = Timeout.seconds(20);

    @Test
    public void tenThousandJvmsAreReadAndResolved() {
        String descriptor = tenThousandJvms();
        Descriptor read = new Reading().read(descriptor);

        assertThat(read.jvms()).hasSize(10_000);
        assertThat(read.virtualNode("all").orElseThrow().jvms()).hasSize(10_000);
    }

    @Test
    public void launchesThatMultiplyAreLimited() {
        String doubling = IntStream.range(0, 60)
                .mapToObj(i -> """
                        <processDefinition id="p%d"><independentProcessSequence><processReference refid="p%d"/>
                        <processReference refid="p%d"/></independentProcessSequence></processDefinition>
                        """.formatted(i, i + 1, i + 1))
                .collect(Collectors.joining());

        assertThat(new Reading()
                        .problems(Reading.around(
                                doubling + "<processDefinition id='p60'><jvmProcess/></processDefinition>")))
                .anySatisfy(problem -> assertThat(problem).contains("leads to more than 100000 steps"));
    }

    private static String tenThousandJvms() {
        String names = IntStream.range(0, 10_000)
                .mapToObj(i -> "<vmName value='jvm%d'/>".formatted(i))
                .collect(Collectors.joining("\n"));
        String jvms = IntStream.range(0, 10_000)
                .mapToObj(i -> "<jvm name='jvm%d'><processReference refid='local'/></jvm>".formatted(i))
                .collect(Collectors.joining("\n"));
        return "<actium xmlns='urn:actium:deployment:1'><virtualNode name='all'>" + names + "</virtualNode>" + jvms
                + "<processDefinition id='local'><jvmProcess/></processDefinition></actium>";
    }
}
