package org.actium.deployment.shell.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.model.Launch;
import org.actium.deployment.model.Launch.Setting;
import org.actium.deployment.spi.HostList;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.Spelling;
import org.actium.deployment.spi.XmlElement;

/** One element of a descriptor that stands for one host, or for each of several, whatever the shell that leads there. */
public record HostStep(Launch launch) {

    private static final String OF_THE_SCRIPTS = "actium_";
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** A host, and the user there if one is named. */
    public record Account(Optional<String> user, String host) {}

    /**
     * The element as a launch, whose runtimes are its hosts. Names of hosts, users and variables are checked here; all
     * other values may hold anything, since they are quoted where they are used.
     *
     * @param bundle the one that carries it out
     * @return empty if a name is none, which is reported
     */
    public static Optional<DescriptorElement> read(XmlElement element, String bundle, Problems problems) {
        try {
            var step = new HostStep(launch(element, OptionalInt.empty(), bundle));
            step.environment();
            int hosts = step.hops("", account -> List.of()).size();
            if (hosts == 0) {
                throw new IllegalArgumentException("it names no host");
            }
            return Optional.of(launch(element, OptionalInt.of(hosts), bundle));
        } catch (IllegalArgumentException wrong) {
            problems.report(element.at(), "'" + element.name() + "': " + wrong.getMessage());
            return Optional.empty();
        }
    }

    private static Launch launch(XmlElement element, OptionalInt hosts, String bundle) {
        return new Launch(element.name(), element.settings("id"), List.of(), hosts, Optional.of(bundle), element.at());
    }

    /**
     * One for each host, in the order of the list.
     *
     * @param client makes the command that leads to a host, without the line that is run there
     * @throws IllegalArgumentException saying what is wrong with the names
     */
    public List<Hop> hops(String shell, Function<Account, List<String>> client) {
        return accounts().stream()
                .map(account -> new Hop(shell, account.user(), account.host(), client.apply(account)))
                .toList();
    }

    private List<Account> accounts() {
        Optional<String> user = text("username");
        var accounts = new ArrayList<Account>();
        for (String host : hosts()) {
            int at = host.indexOf('@'); // a name of a list may begin with a user
            Optional<String> own = at < 0 ? user : Optional.of(host.substring(0, at));
            accounts.add(new Account(own, host.substring(at + 1) + domain()));
        }
        return accounts;
    }

    private List<String> hosts() {
        List<String> hosts = hostsOnce();
        int times = number("repeat", 1);
        if ((long) hosts.size() * times > HostList.MOST) {
            throw new IllegalArgumentException("it names more than " + HostList.MOST + " hosts");
        }
        var all = new ArrayList<String>();
        for (int i = 0; i < times; i++) {
            all.addAll(hosts);
        }
        return all;
    }

    private List<String> hostsOnce() {
        String element = launch.elementName();
        if (element.equals("processList")) {
            int padding = number("padding", 0);
            String name = text("fixedName").orElse("");
            return HostList.numbers(text("list").orElse(""), padding).stream()
                    .map(number -> name + number)
                    .toList();
        }
        if (element.equals("processListbyHost")) {
            return HostList.names(text("hostlist").orElse(""));
        }
        if (element.endsWith("Group")) {
            return HostList.names(text("hostList").orElse(""));
        }
        return List.of(text("hostname")
                .orElseThrow(() -> new IllegalArgumentException("'" + element + "' needs the attribute 'hostname'")));
    }

    /** The value of a setting, 1 where it says nothing. */
    private int number(String name, int least) {
        String text = text(name).orElse("1").strip();
        try {
            int number = Integer.parseInt(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException none) {
            // as one that is too small
        }
        throw new IllegalArgumentException("attribute '" + name + "' is '" + Spelling.shortened(text)
                + "'; it must be a whole number from " + least + " to " + Integer.MAX_VALUE);
    }

    private String domain() {
        return text("domain").map(domain -> "." + domain).orElse("");
    }

    /**
     * Variables for the runtimes behind this step, each {@code NAME=VALUE}.
     *
     * @throws IllegalArgumentException if a name is none, or one that start.sh uses itself
     */
    public List<String> environment() {
        var names = values("environment/variable/name");
        var values = values("environment/variable/value");
        var environment = new ArrayList<String>();
        for (int i = 0; i < names.size(); i++) {
            if (!VARIABLE.matcher(names.get(i)).matches()) {
                throw new IllegalArgumentException("'" + names.get(i) + "' cannot be the name of a variable");
            }
            if (names.get(i).startsWith(OF_THE_SCRIPTS)) {
                throw new IllegalArgumentException("the variable '" + names.get(i)
                        + "' cannot be set: names that begin with '" + OF_THE_SCRIPTS
                        + "' are those of the script that starts runtimes; give it another name");
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

    /** The value of a setting that says something. */
    public Optional<String> text(String name) {
        return launch.setting(name).filter(value -> !value.isBlank());
    }
}
