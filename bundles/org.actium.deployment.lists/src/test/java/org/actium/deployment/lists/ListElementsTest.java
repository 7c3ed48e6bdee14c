package org.actium.deployment.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.descriptor.XmlDescriptorReader;
import org.actium.deployment.model.DescriptorException;
import org.actium.deployment.model.Launch;
import org.actium.deployment.shell.api.Hop;
import org.actium.deployment.shell.api.HostStep;
import org.junit.Test;

/** The hosts that lists stand for, and who leads there. */
public class ListElementsTest {

    @Test
    public void aListOfNumbersIsOneHostForEach() {
        assertThat(hosts("processList", "fixedName='node' list='[1-3]'")).containsExactly("node1", "node2", "node3");
        assertThat(hosts("processList", "fixedName='node' list='[0-6;3]^[3]'")).containsExactly("node0", "node6");
        assertThat(hosts("processList", "fixedName='node' list='[1-2] [9-10]'"))
                .containsExactly("node1", "node2", "node9", "node10");
        assertThat(hosts("processList", "fixedName='10.0.0.' list='[7-8]'")).containsExactly("10.0.0.7", "10.0.0.8");
    }

    @Test
    public void paddingIsTheLeastWidthOfANumber() {
        assertThat(hosts("processList", "fixedName='node' list='[9-10]' padding='3'"))
                .containsExactly("node009", "node010");
        assertThat(hosts("processList", "fixedName='node' list='[9-10]' padding='0'"))
                .containsExactly("node9", "node10");
        assertThat(hosts("processList", "fixedName='node' list='[009-10]' padding='2'"))
                .as("as wide as the range is written")
                .containsExactly("node009", "node010");
    }

    @Test
    public void namesOfAListMayHoldRangesAndUsers() {
        assertThat(hosts("processListbyHost", "hostlist='a  bob@r[1-2]n[08-10;2]'"))
                .containsExactly("a", "bob@r1n08", "bob@r1n10", "bob@r2n08", "bob@r2n10");
        assertThat(hosts("processListbyHost", "hostlist='a bob@b' username='ann'"))
                .as("who says it of one host wins")
                .containsExactly("ann@a", "bob@b");
    }

    @Test
    public void domainUserAndRepetitionAreForTheWholeList() {
        assertThat(hosts("processList", "fixedName='n' list='[1-2]' domain='site.org' username='ann' repeat='2'"))
                .containsExactly("ann@n1.site.org", "ann@n2.site.org", "ann@n1.site.org", "ann@n2.site.org");
        assertThat(hosts("processListbyHost", "hostlist='bob@a b' domain='site.org' repeat='2'"))
                .containsExactly("bob@a.site.org", "b.site.org", "bob@a.site.org", "b.site.org");
    }

    @Test
    public void theClassSaysWhoLeadsThere() {
        Map.of(
                        "org.objectweb.proactive.core.process.ssh.SSHProcessList", "ssh",
                        "org.objectweb.proactive.core.process.rsh.RSHProcessList", "rsh",
                        "RSHHierarchicalProcess", "rsh",
                        "org.objectweb.proactive.core.process.rlogin.RLoginProcessList", "rlogin",
                        "SomethingElse", "ssh")
                .forEach((type, shell) -> {
                    for (String list : List.of(
                            "<processList fixedName='n' list='[1-2]' class='" + type + "'>",
                            "<processListbyHost hostlist='n' class='" + type + "'>",
                            "<hierarchicalProcess hostname='gate' class='" + type + "'>")) {
                        assertThat(launch(list).bundle()).as(list).hasValue("org.actium.deployment." + shell);
                    }
                });
        assertThat(launch("<processListbyHost hostlist='n'>").bundle()).hasValue("org.actium.deployment.ssh");
    }

    @Test
    public void whatNamesNoHostsIsRefusedWithItsPlace() {
        assertThat(problem("<processList fixedName='n' list='1-3'>")).contains("'1-3' is no range; write [from-to]");
        assertThat(problem("<processList fixedName='n' list='[3-1]'>"))
                .contains("the range [3-1] ends before it begins");
        assertThat(problem("<processList fixedName='n' list='[1-3]' padding='two'>"))
                .contains("'processList': attribute 'padding' is 'two'; it must be a whole number from 0");
        assertThat(problem("<processListbyHost hostlist='n[1-'>"))
                .contains("'processListbyHost': 'n[1-' is no name of hosts");
        assertThat(problem("<processListbyHost hostlist='n[1-3]^[1-3]'>")).contains("names no host");
        assertThat(problem("<processListbyHost hostlist='n' repeat='0'>"))
                .contains("'processListbyHost': attribute 'repeat' is '0'; it must be a whole number from 1");
        assertThat(problem("<processListbyHost hostlist='n' repeat='2147483647'>"))
                .contains("more than 100000 hosts");
        assertThat(problem("<processListbyHost hostlist='n' domain='a b'>")).contains("cannot be the name of a host");
        assertThat(problem("<hierarchicalProcess hostname='gate;reboot'>"))
                .contains("'gate;reboot' cannot be the name of a host");
        assertThat(problem("<hierarchicalProcess hostname='gate' username='$(reboot)'>"))
                .contains("'$(reboot)' cannot be the name of a user");
    }

    private static List<String> hosts(String element, String attributes) {
        Launch launch = launch("<" + element + " " + attributes + ">");
        List<Hop> hops = new HostStep(launch).hops("ssh", account -> List.of());
        assertThat(launch.runtimes()).hasValue(hops.size());
        return hops.stream().map(Hop::toString).toList();
    }

    private static Launch launch(String start) {
        return (Launch) new XmlDescriptorReader(List.of(new ListElements()), name -> null)
                .read(DescriptorSource.of("grid.xml", descriptor(start)))
                .processes()
                .get("list")
                .element();
    }

    /** All problems, each of which is at the element. */
    private static String problem(String start) {
        DescriptorException refused = catchThrowableOfType(DescriptorException.class, () -> launch(start));
        assertThat(refused).as(start).isNotNull();
        assertThat(refused.problems())
                .allSatisfy(problem -> assertThat(problem.toString()).startsWith("grid.xml:4:30: "));
        return refused.problems().stream().map(Object::toString).collect(Collectors.joining("\n"));
    }

    private static String descriptor(String start) {
        String element = start.substring(1, start.indexOf(' '));
        String behind = element.equals("hierarchicalProcess") ? "<hierarchicalReference refid='local'/>" : "";
        return """
                <actium xmlns="urn:actium:deployment:1">
                <virtualNode name="vn"><vmName value="jvm"/></virtualNode>
                <jvm name="jvm"><processReference refid="list"/></jvm>
                <processDefinition id="list">%s%s<processReference refid="local"/></%s></processDefinition>
                <processDefinition id="local"><jvmProcess/></processDefinition>
                </actium>
                """.formatted(start, behind, element);
    }
}
