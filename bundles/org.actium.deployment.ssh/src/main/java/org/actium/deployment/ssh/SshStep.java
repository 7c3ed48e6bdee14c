package org.actium.deployment.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.actium.deployment.model.Launch;
import org.actium.deployment.model.Launch.Setting;
import org.actium.deployment.spi.HostList;

/** One element of a descriptor that stands for hops over ssh: to one host, or to each of several. */
record SshStep(Launch launch) {

    static final String BUNDLE = "org.actium.deployment.ssh";

    static final String GATEWAY = "hierarchicalProcess";

    /** All of which this bundle reads. */
    static final Set<String> ELEMENTS =
            Set.of("sshProcess", "processList", "processListbyHost", GATEWAY, "sshGroup", "sshBridge");

    /** No question to a person, no unknown host, and an end when nothing answers any more. */
    private static final List<String> OPTIONS = List.of(
            "-T",
            "-x",
            "-o",
            "BatchMode=yes",
            "-o",
            "StrictHostKeyChecking=yes",
            "-o",
            "ControlPath=none",
            "-o",
            "ConnectTimeout=10",
            "-o",
            "ServerAliveInterval=5",
            "-o",
            "ServerAliveCountMax=2");

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /**
     * One for each host, in the order of the list.
     *
     * @throws IllegalArgumentException saying what is wrong with the names
     */
    List<Hop> hops() {
        List<String> client = client();
        Optional<String> user = text("username");
        var hops = new ArrayList<Hop>();
        for (String host : hosts()) {
            int at = host.indexOf('@'); // a name of a list may begin with a user
            Optional<String> own = at < 0 ? user : Optional.of(host.substring(0, at));
            String full = host.substring(at + 1) + domain();
            hops.add(new Hop(client, own, full));
        }
        return hops;
    }

    private List<String> client() {
        var client = new ArrayList<String>();
        client.add(text("commandPath").orElse("ssh"));
        client.addAll(OPTIONS);
        text("privateKey").or(() -> text("privateKey/relpath")).ifPresent(key -> client.addAll(List.of("-i", key)));
        text("commandOptions")
                .ifPresent(options -> client.addAll(List.of(options.strip().split("\\s+"))));
        return client;
    }

    private List<String> hosts() {
        List<String> hosts = switch (launch.elementName()) {
            case "processList" -> {
                int padding = Integer.parseInt(text("padding").orElse("1").strip());
                String name = text("fixedName").orElse("");
                yield HostList.numbers(text("list").orElse(""), padding).stream()
                        .map(number -> name + number)
                        .toList();
            }
            case "processListbyHost" -> HostList.names(text("hostlist").orElse(""));
            case "sshGroup" -> HostList.names(text("hostList").orElse(""));
            default ->
                List.of(text("hostname")
                        .orElseThrow(() -> new IllegalArgumentException(
                                "'" + launch.elementName() + "' needs the attribute 'hostname'")));
        };
        int times = Integer.parseInt(text("repeat").orElse("1").strip());
        var all = new ArrayList<String>();
        for (int i = 0; i < times; i++) {
            all.addAll(hosts);
        }
        return all;
    }

    private String domain() {
        return text("domain").map(domain -> "." + domain).orElse("");
    }

    /**
     * Variables for the runtimes behind this step, each {@code NAME=VALUE}.
     *
     * @throws IllegalArgumentException if a name is none
     */
    List<String> environment() {
        var names = values("environment/variable/name");
        var values = values("environment/variable/value");
        var environment = new ArrayList<String>();
        for (int i = 0; i < names.size(); i++) {
            if (!VARIABLE.matcher(names.get(i)).matches()) {
                throw new IllegalArgumentException("'" + names.get(i) + "' cannot be the name of a variable");
            }
            environment.add(names.get(i) + "=" + (i < values.size() ? values.get(i) : ""));
        }
        return environment;
    }

    private List<String> values(String name) {
        return launch.settings().stream()
                .filter(setting -> setting.name().equals(name))
                .map(Setting::value)
                .toList();
    }

    private Optional<String> text(String name) {
        return launch.setting(name).filter(value -> !value.isBlank());
    }
}
