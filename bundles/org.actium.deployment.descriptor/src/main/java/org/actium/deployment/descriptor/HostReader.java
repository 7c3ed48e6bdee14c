package org.actium.deployment.descriptor;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.actium.deployment.model.HostDefinition;
import org.actium.deployment.model.HostDefinition.OperatingSystem;
import org.actium.deployment.model.HostPath;
import org.actium.deployment.model.HostPath.Base;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.Spelling;
import org.actium.deployment.spi.XmlElement;

/** Reads {@code host} definitions and the paths in them. */
final class HostReader {

    private final Problems problems;
    private final Problems notes;

    HostReader(Problems problems, Problems notes) {
        this.problems = problems;
        this.notes = notes;
    }

    HostDefinition read(XmlElement host) {
        OptionalInt capacity = host.integer("hostCapacity", 1, problems);
        OptionalInt perRuntime = host.integer("vmCapacity", 1, problems);
        if (host.attributes().containsKey("hostCapacity") != host.attributes().containsKey("vmCapacity")) {
            problems.report(
                    host.at(),
                    "host '" + Spelling.shortened(host.attribute("id").orElse(""))
                            + "' has one of 'hostCapacity' and 'vmCapacity'; give both, or none for as many nodes as it "
                            + "has processors");
        }
        if (capacity.isPresent() && perRuntime.isPresent() && capacity.getAsInt() % perRuntime.getAsInt() != 0) {
            notes.report(
                    host.at(),
                    "host '" + Spelling.shortened(host.attribute("id").orElse("")) + "': hostCapacity="
                            + capacity.getAsInt() + " is no multiple of vmCapacity=" + perRuntime.getAsInt()
                            + ", so it counts runtimes, as it did before 2009");
        }
        var tools = new LinkedHashMap<String, String>();
        for (XmlElement tool : host.children("tool")) {
            String id = tool.attribute("id").orElse("");
            if (tools.putIfAbsent(id, tool.attribute("path").orElse("")) != null) {
                problems.report(
                        tool.at(), "tool '" + Spelling.shortened(id) + "' is there twice in one host; remove one");
            }
        }
        return new HostDefinition(
                host.attribute("id").orElse(""),
                system(host),
                host.attribute("username"),
                capacity,
                perRuntime,
                host.child("homeDirectory").map(HostReader::path),
                tools,
                host.child("networkInterface").flatMap(network -> network.attribute("name")),
                host.child("scratch").map(HostReader::path),
                host.at());
    }

    private static OperatingSystem system(XmlElement host) {
        return switch (host.attribute("os").map(String::strip).orElse("unix")) {
            case "windows" -> OperatingSystem.WINDOWS;
            case "cygwin" -> OperatingSystem.CYGWIN;
            default -> OperatingSystem.UNIX;
        };
    }

    static HostPath path(XmlElement path) {
        Base base = switch (path.attribute("base").orElse("root").strip().toLowerCase(Locale.ROOT)) {
            case "home" -> Base.HOME;
            case "proactive", "actium" -> Base.INSTALLATION;
            default -> Base.ROOT;
        };
        return new HostPath(
                base, path.attribute("relpath").or(() -> path.attribute("path")).orElse(""));
    }

    static Optional<HostPath> child(XmlElement element, String name) {
        return element.child(name).map(HostReader::path);
    }
}
