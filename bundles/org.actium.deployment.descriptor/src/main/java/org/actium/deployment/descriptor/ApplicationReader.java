package org.actium.deployment.descriptor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.actium.deployment.model.DataSpace;
import org.actium.deployment.model.ExecutableDefinition;
import org.actium.deployment.model.ExecutableDefinition.Instances;
import org.actium.deployment.model.FileTransferDefinition;
import org.actium.deployment.model.LeaseHolder;
import org.actium.deployment.model.Lookup;
import org.actium.deployment.model.MainDefinition;
import org.actium.deployment.model.Registration;
import org.actium.deployment.model.RuntimeConfiguration;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.Spelling;
import org.actium.deployment.spi.XmlElement;
import org.actium.runtime.api.Endpoint;

/** Reads what a descriptor says of the application beside its virtual nodes. */
final class ApplicationReader {

    private static final Pattern HOST = Pattern.compile("\\[?[A-Za-z0-9_:][A-Za-z0-9_.:%-]*]?");
    private static final int MOST_PORT = 65535;
    private static final String IMPLICIT = "implicit";

    private static final Map<String, String> IGNORED = Map.of(
            "bootClasspath", "classes come from bundles",
            "applicationClasspath", "classes come from bundles",
            "proactiveClasspath", "classes come from bundles",
            "securityPolicy", "Java has no security manager any more",
            "log4jProperties", "the distribution decides how runtimes log",
            "userProperties", "Actium has other properties");

    private final XmlElement root;
    private final Problems problems;
    private final Problems obstacles;
    private final Problems notes;

    ApplicationReader(XmlElement root, Problems problems, Problems obstacles, Problems notes) {
        this.root = root;
        this.problems = problems;
        this.obstacles = obstacles;
        this.notes = notes;
    }

    List<Registration> registrations(Definitions virtualNodes) {
        var registrations = new ArrayList<Registration>();
        for (XmlElement register : root.children("register")) {
            String name = register.attribute("virtualNode").orElse("");
            if (!name.isBlank() && virtualNodes.resolve(name, register, problems)) {
                String published = register.attribute("name").orElse(name);
                if (published.chars().anyMatch(Character::isISOControl)) {
                    problems.report(
                            register.at(),
                            "attribute 'name' of 'register' is '" + Spelling.shortened(published)
                                    + "', with a control character, such as a line break; take it out");
                }
                registrations.add(new Registration(name, published, register.at()));
            }
        }
        return registrations;
    }

    /** @param acquired virtual nodes that need a look-up */
    List<Lookup> lookups(Definitions acquired) {
        var lookups = new LinkedHashMap<String, Lookup>();
        for (XmlElement lookup : root.children("lookup")) {
            String name = lookup.attribute("virtualNode").orElse("");
            if (name.isBlank() || !acquired.resolve(name, lookup, problems)) {
                continue;
            }
            Optional<String> host =
                    lookup.attribute("host").map(String::strip).filter(value -> !value.isEmpty() && !value.equals("*"));
            host.ifPresent(place -> requireHost(place, lookup));
            String port = lookup.attribute("port").orElse("").strip();
            OptionalInt number = OptionalInt.empty();
            if (!port.equals("*")) {
                number = OptionalInt.of(
                        port.isEmpty()
                                ? Lookup.DEFAULT_PORT
                                : lookup.integer("port", 0, problems).orElse(0));
            }
            if (number.isPresent() && number.getAsInt() > MOST_PORT) {
                problems.report(
                        lookup.at(),
                        "attribute 'port' of 'lookup' is '" + Spelling.shortened(port) + "'; ports end at "
                                + MOST_PORT);
                continue;
            }
            if (lookups.putIfAbsent(name, new Lookup(name, host, number, lookup.at())) != null) {
                problems.report(
                        lookup.at(), "virtual node '" + Spelling.shortened(name) + "' is looked up twice; remove one");
            }
        }
        acquired.byId().forEach((name, element) -> {
            if (!lookups.containsKey(name)) {
                problems.report(
                        element.at(),
                        "virtual node '" + Spelling.shortened(name)
                                + "' is acquired, but no 'lookup' says from where; add <lookup virtualNode='"
                                + Spelling.shortened(name) + "' host='…'/>");
            } else {
                requirePlace(lookups.get(name));
            }
        });
        return List.copyOf(lookups.values());
    }

    Optional<LeaseHolder> leaseHolder() {
        List<XmlElement> holders = root.children("leaseHolder");
        if (holders.isEmpty()) {
            return Optional.empty();
        }
        XmlElement holder = holders.getFirst();
        holders.stream()
                .skip(1)
                .forEach(another -> problems.report(another.at(), "there is a 'leaseHolder' already; remove one"));
        String host = holder.attribute("host").orElse("").strip();
        OptionalInt port = holder.integer("port", 1, problems);
        requireHost(host, holder);
        if (host.isEmpty() || port.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LeaseHolder(new Endpoint(host, port.getAsInt()), holder.at()));
        } catch (IllegalArgumentException tooHigh) {
            problems.report(holder.at(), "attribute 'port' of 'leaseHolder': " + tooHigh.getMessage());
            return Optional.empty();
        }
    }

    /** Reports what cannot be the name or address of a host; that it is missing is reported elsewhere. */
    private void requireHost(String host, XmlElement element) {
        if (!host.isEmpty() && !HOST.matcher(host).matches()) {
            problems.report(
                    element.at(),
                    "attribute 'host' of '" + element.name() + "': '" + Spelling.shortened(host)
                            + "' cannot be the name of a host");
        }
    }

    /** The original let programs say it between activation and use. */
    private void requirePlace(Lookup lookup) {
        if (lookup.host().isEmpty() || lookup.port().isEmpty()) {
            String missing = lookup.host().isEmpty() ? "host" : "port";
            obstacles.report(
                    lookup.at(),
                    "'lookup' of virtual node '" + Spelling.shortened(lookup.virtualNode()) + "' does not say the "
                            + missing + " of the runtime that knows it; write " + missing
                            + "='${NAME}' and give that variable a value");
        }
    }

    Map<String, MainDefinition> mains(Definitions virtualNodes) {
        Definitions definitions = Definitions.of("mainDefinition", root.children("mainDefinition"), "id", problems);
        var mains = new LinkedHashMap<String, MainDefinition>();
        definitions.byId().forEach((id, main) -> {
            List<String> mapped = values(main, "mapToVirtualNode");
            main.children("mapToVirtualNode")
                    .forEach(map -> map.attribute("value")
                            .filter(name -> !name.isBlank())
                            .ifPresent(name -> virtualNodes.resolve(name, map, problems)));
            List<String> classpath = main.children("classpath").stream()
                    .flatMap(paths -> paths.children().stream())
                    .flatMap(path -> path.attribute("value").stream())
                    .toList();
            mains.put(
                    id,
                    new MainDefinition(
                            id, main.attribute("class").orElse(""), values(main, "arg"), mapped, classpath, main.at()));
            notes.report(
                    main.at(),
                    "deploying starts no main class; 'actium run <jar> --descriptor <this file>' deploys and runs this one");
        });
        return mains;
    }

    Map<String, FileTransferDefinition> fileTransfers(Definitions definitions) {
        var transfers = new LinkedHashMap<String, FileTransferDefinition>();
        definitions.byId().forEach((id, transfer) -> {
            if (id.equals(IMPLICIT)) {
                problems.report(
                        transfer.at(),
                        "'implicit' is no id of a fileTransfer: it stands for that of the virtual node; rename it");
            }
            List<FileTransferDefinition.Item> items = transfer.children().stream()
                    .flatMap(item -> item(item).stream())
                    .toList();
            transfers.put(id, new FileTransferDefinition(id, items, transfer.at()));
        });
        return transfers;
    }

    private static Optional<FileTransferDefinition.Item> item(XmlElement item) {
        String source = item.attribute("src").orElse("");
        String destination =
                item.attribute("dest").filter(dest -> !dest.isEmpty()).orElse(source);
        return switch (item.name()) {
            case "file" -> Optional.of(new FileTransferDefinition.SingleFile(source, destination));
            case "dir" ->
                Optional.of(new FileTransferDefinition.Directory(
                        source,
                        destination,
                        item.attribute("includes").orElse("*"),
                        item.attribute("excludes").orElse("")));
            default -> Optional.empty();
        };
    }

    List<ExecutableDefinition> executables(Definitions nodeProviders) {
        var executables = new ArrayList<ExecutableDefinition>();
        for (XmlElement element : Stream.concat(root.children("executable").stream(), root.children("mpi").stream())
                .toList()) {
            executable(element, nodeProviders).ifPresent(executables::add);
            obstacles.report(
                    element.at(),
                    "'" + element.name()
                            + "' runs a command on hosts, which no bundle does yet; remove it, and start it by other means");
        }
        return executables;
    }

    private Optional<ExecutableDefinition> executable(XmlElement element, Definitions nodeProviders) {
        var providers = new ArrayList<String>();
        for (XmlElement use : element.children("nodeProvider")) {
            use.attribute("refid")
                    .filter(id -> !id.isBlank() && nodeProviders.resolve(id, use, problems))
                    .ifPresent(providers::add);
        }
        List<XmlElement> commands = element.children("command");
        if (commands.size() != 1) {
            problems.report(element.at(), "'" + element.name() + "' needs one 'command'; it has " + commands.size());
            return Optional.empty();
        }
        XmlElement command = commands.getFirst();
        var words = new ArrayList<String>();
        words.add(command.attribute("name").orElse(""));
        command.children("arg").forEach(argument -> words.add(text(argument)));
        Instances instances =
                switch (element.attribute("instances").map(String::strip).orElse("onePerHost")) {
                    case "onePerVM" -> Instances.PER_RUNTIME;
                    case "onePerCapacity" -> Instances.PER_CAPACITY;
                    default -> Instances.PER_HOST;
                };
        return Optional.of(new ExecutableDefinition(
                words,
                HostReader.child(command, "path"),
                instances,
                element.name().equals("mpi"),
                providers,
                element.at()));
    }

    List<DataSpace> data() {
        var spaces = new ArrayList<DataSpace>();
        for (XmlElement data : root.children("data")) {
            obstacles.report(
                    data.at(),
                    "'data' asks for data spaces, which no bundle offers yet; remove it, and pass the data otherwise");
            for (XmlElement space : data.children()) {
                switch (space.name()) {
                    case "inputDefault", "input" -> spaces.add(space(space, false));
                    case "outputDefault", "output" -> spaces.add(space(space, true));
                    default -> {
                        // not a space: the naming service, or scratch room on the hosts
                    }
                }
            }
        }
        return spaces;
    }

    private DataSpace space(XmlElement space, boolean output) {
        String id = space.attribute("id").orElse("");
        if (id.equals("default")) {
            problems.report(space.at(), "'default' is no id of a data space: it stands for the default one; rename it");
        }
        Optional<XmlElement> location = space.child("location");
        return new DataSpace(
                output,
                id,
                space.child("remoteAccess").flatMap(access -> access.attribute("url")),
                location.flatMap(place -> place.attribute("hostname")),
                location.flatMap(place -> place.attribute("path")),
                space.at());
    }

    RuntimeConfiguration runtime() {
        List<XmlElement> runtimes = root.children("runtime");
        if (runtimes.size() > 1) {
            problems.report(runtimes.get(1).at(), "how runtimes are started is said twice; remove this");
        }
        if (runtimes.isEmpty()) {
            return RuntimeConfiguration.NONE;
        }
        XmlElement runtime = runtimes.getFirst();
        var parameters = new ArrayList<String>();
        var ignored = new ArrayList<String>();
        Optional<XmlElement> java = Optional.empty();
        for (XmlElement configuration : runtime.children("configuration")) {
            for (XmlElement setting : configuration.children()) {
                switch (setting.name()) {
                    case "java" -> java = Optional.of(setting);
                    case "jvmarg" -> parameters.addAll(CommandWords.split(setting, problems));
                    case "debug" ->
                        parameters.add(setting.attribute("command")
                                .orElse("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=0"));
                    case "proactiveSecurity" ->
                        obstacles.report(
                                setting.at(),
                                "'proactiveSecurity' names security policies, which no bundle enforces yet; remove it to deploy without");
                    default -> {
                        if (IGNORED.containsKey(setting.name())) {
                            ignored.add(setting.name() + ": " + IGNORED.get(setting.name()));
                            notes.report(
                                    setting.at(),
                                    "'" + setting.name() + "' is left out: " + IGNORED.get(setting.name()));
                        }
                    }
                }
            }
        }
        return new RuntimeConfiguration(
                runtime.attributes().containsKey("relpath") ? Optional.of(HostReader.path(runtime)) : Optional.empty(),
                java.map(HostReader::path),
                parameters,
                ignored);
    }

    private static List<String> values(XmlElement element, String children) {
        return element.children(children).stream()
                .flatMap(child -> child.attribute("value").stream())
                .toList();
    }

    private static String text(XmlElement element) {
        return element.text().isEmpty() ? element.attribute("value").orElse("") : element.text();
    }
}
