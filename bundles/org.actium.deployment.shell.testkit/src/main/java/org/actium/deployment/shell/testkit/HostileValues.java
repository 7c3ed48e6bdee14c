package org.actium.deployment.shell.testkit;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a descriptor may say to have a command run that is not its own, and where it may say so. */
public final class HostileValues {

    private HostileValues() {}

    /** Each would make the file if a shell saw it unquoted, or quoted in the wrong way; or would change what is quoted. */
    public static List<String> making(Path file) {
        String touch = "touch " + file;
        return List.of(
                "$(" + touch + ")",
                "`" + touch + "`",
                "; " + touch + " ;",
                "' ; " + touch + " ; '",
                "\" ; " + touch + " ; \"",
                "'\\''; " + touch + "; '\\''",
                "&& " + touch,
                "| " + touch,
                "\n" + touch + "\n",
                "!! ^a^b\t\t",
                "$HOME ~ * ? [a-z] \\ #",
                "-oProxyCommand=" + touch);
    }

    /**
     * Places for names, which are refused if they could be anything else: process definitions, with {@code %s} for the value.
     *
     * @param shell name of the shell
     * @param list class of a list of hosts for it
     */
    static Map<String, String> names(String shell, String list) {
        var places = new LinkedHashMap<String, String>();
        places.put("hostname", step(shell, "hostname='%s'", ""));
        places.put("username", step(shell, "hostname='node7' username='%s'", ""));
        places.put("name of a variable", step(shell, "hostname='node7'", variable("name='%s' value='x'")));
        places.put("hostlist", list("processListbyHost", list, "hostlist='%s'"));
        places.put("user in a hostlist", list("processListbyHost", list, "hostlist='%s@node7'"));
        places.put("domain", list("processListbyHost", list, "hostlist='node7' domain='%s'"));
        places.put("repeat", list("processListbyHost", list, "hostlist='node7' repeat='%s'"));
        places.put("fixedName", list("processList", list, "fixedName='%s' list='[1-2]'"));
        places.put("list", list("processList", list, "fixedName='node' list='%s'"));
        places.put("padding", list("processList", list, "fixedName='node' list='[1-2]' padding='%s'"));
        places.put("hostname of a gateway", gate(list, "hostname='%s'"));
        places.put("username of a gateway", gate(list, "hostname='gate' username='%s'"));
        return places;
    }

    /** Places for names that a bridge of a node provider has. */
    static List<String> bridges(String shell) {
        return Stream.of("hostname='%s'", "hostname='gate' username='%s'")
                .map(attributes -> """
                        <actium xmlns="urn:actium:deployment:1">
                        <virtualNode name="vn"/>
                        <resources><bridge refid="b"><group refid="g"><host refid="h"/></group></bridge></resources>
                        <host id="h" os="unix" hostCapacity="1" vmCapacity="1"/>
                        <SHELLBridge id="b" ATTRIBUTES/>
                        <SHELLGroup id="g" hostList="node7"/>
                        </actium>
                        """.replace("SHELL", shell).replace("ATTRIBUTES", attributes))
                .toList();
    }

    /** Places for values that may be anything; behind a gateway, so that they are quoted twice. */
    static Map<String, String> values(String shell) {
        var places = new LinkedHashMap<String, String>();
        places.put("value of a variable", behindGate(shell, variable("name='V' value='%s'")));
        places.put("commandPath", behindGate(shell, "<commandPath value='%s'/>"));
        return places;
    }

    private static String behindGate(String shell, String inside) {
        return "<processDefinition id='way'><" + shell + "Process hostname='gate'><processReference refid='inner'/></"
                + shell
                + "Process></processDefinition>"
                + step(shell, "hostname='node7'", inside).replace("id='way'", "id='inner'");
    }

    private static String gate(String list, String attributes) {
        return list("hierarchicalProcess", list, attributes)
                .replace("<processReference", "<hierarchicalReference refid='local'/><processReference");
    }

    private static String variable(String attributes) {
        return "<environment><variable " + attributes + "/></environment>";
    }

    private static String step(String shell, String attributes, String inside) {
        return "<processDefinition id='way'><" + shell + "Process " + attributes + ">" + inside
                + "<processReference refid='local'/></" + shell + "Process></processDefinition>";
    }

    private static String list(String element, String list, String attributes) {
        return "<processDefinition id='way'><" + element + " class='" + list + "' " + attributes
                + "><processReference refid='local'/></" + element + "></processDefinition>";
    }
}
