package org.actium.deployment.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.DescriptorException;
import org.junit.Test;

/** Values of elements that start nothing, but name hosts and virtual nodes for containers that are there already. */
public class HostileNamesTest {

    private static final List<String> EVIL = List.of(
            "$(reboot)",
            "`reboot`",
            "a; reboot",
            "a&amp;&amp;reboot",
            "a|reboot",
            "a&#10;reboot",
            "a&#9;b",
            "&apos;a",
            "&quot;a",
            "a\\b",
            "-oProxyCommand=reboot",
            "a/b",
            "a@b");

    @Test
    public void whatCannotBeAHostIsRefusedWithItsPlace() {
        for (String host : EVIL) {
            assertThat(problem("<lookup virtualNode='bodies' host='" + host + "' port='2410'/>"))
                    .startsWith("attribute 'host' of 'lookup': '")
                    .endsWith("' cannot be the name of a host");
            assertThat(problem("<leaseHolder host='" + host + "' port='2410'/>"))
                    .startsWith("attribute 'host' of 'leaseHolder': '");
        }
    }

    @Test
    public void namesAndAddressesAreHosts() {
        for (String host :
                List.of("node7", "node_7.site.org", "192.0.2.7", "2001:db8::7", "::1", "[::1]", "fe80::7%eth0")) {
            assertThat(read("<lookup virtualNode='bodies' host='" + host + "' port='2410'/>")
                            .application()
                            .lookups())
                    .singleElement()
                    .satisfies(lookup -> assertThat(lookup.host()).hasValue(host));
        }
    }

    /** Names are text, never part of a command; but they stand in lines of logs and of what new runtimes are told. */
    @Test
    public void aNameOfSeveralLinesIsRefusedWithItsPlace() {
        assertThat(problem("<register virtualNode='own' name='a&#10;token=stolen'/>"))
                .isEqualTo(
                        "attribute 'name' of 'register' is 'a token=stolen', with a control character, such as a line"
                                + " break; take it out");
        assertThat(problem("<virtualNode name='a&#10;b'><vmName value='worker'/></virtualNode>"))
                .contains("'a b' has a control character in its name");
        assertThat(problem("<jvm name='a&#9;b'><processReference refid='local'/></jvm>"))
                .contains("has a control character in its name");
        assertThat(read("<register virtualNode='own' name='$(reboot); `reboot`'/>")
                        .application()
                        .registrations())
                .singleElement()
                .satisfies(registration -> assertThat(registration.name()).isEqualTo("$(reboot); `reboot`"));
    }

    /** Without its place, which is that of the element. */
    private static String problem(String element) {
        DescriptorException refused = catchThrowableOfType(DescriptorException.class, () -> read(element));
        assertThat(refused).as(element).isNotNull();
        assertThat(refused.problems()).as(element).singleElement();
        assertThat(refused.problems().getFirst().toString()).startsWith("grid.xml:4:1: ");
        return refused.problems().getFirst().toString().substring("grid.xml:4:1: ".length());
    }

    private static Descriptor read(String element) {
        String lookup = element.startsWith("<lookup") ? "" : "<lookup virtualNode='bodies' host='a' port='1'/>";
        return new XmlDescriptorReader(List.of(), name -> null)
                .read(DescriptorSource.of("grid.xml", """
                <actium xmlns="urn:actium:deployment:1">
                <acquiredVirtualNode name="bodies"/>
                <virtualNode name="own"><vmName value="worker"/></virtualNode>
                %s
                <jvm name="worker"><processReference refid="local"/></jvm>
                <processDefinition id="local"><jvmProcess/></processDefinition>
                %s
                </actium>
                """.formatted(element, lookup)));
    }
}
