package org.actium.deployment.descriptor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.model.JvmProcess;
import org.actium.deployment.spi.ElementReader;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.Spelling;
import org.actium.deployment.spi.XmlElement;

/** Reads {@code jvmProcess}. Inheritance by {@code extendedJvm} has been resolved before, by {@link ExtendedJvms}. */
final class JvmProcessReader implements ElementReader {

    private static final Set<String> CLASSES = Set.of(
            "org.objectweb.proactive.core.process.JVMNodeProcess",
            "org.objectweb.proactive.core.process.JVMProcessImpl");

    /** Children and attributes that have no meaning here, and why. */
    private static final Map<String, String> IGNORED = Map.ofEntries(
            Map.entry("classpath", "classes come from bundles"),
            Map.entry("bootclasspath", "classes come from bundles"),
            Map.entry("policyFile", "Java has no security manager any more"),
            Map.entry("log4jpropertiesFile", "the distribution decides how runtimes log"),
            Map.entry("ProActiveUserPropertiesFile", "Actium has other properties"),
            Map.entry("environment", "it has no effect on a JVM that no shell starts"),
            Map.entry("commandPath", "javaPath says which command is run"),
            Map.entry("classname", "a JVM always runs Actium's launcher"),
            Map.entry("parameters", "a JVM always runs Actium's launcher"),
            Map.entry("class", "Actium has its own way to start a JVM"),
            Map.entry("closeStream", "the streams of a JVM are always read"),
            Map.entry("os", "commands are no text for a shell"),
            Map.entry("hostname", "the process that refers to this one says where it runs"),
            Map.entry("username", "the process that refers to this one says as whom it runs"));

    /** How descriptors before 2004 called what they are relative to. */
    private static final Map<String, String> ORIGINS = Map.of(
            "userHome", "user.home",
            "workingDirectory", "user.dir",
            "fromClasspath", "user.classpath");

    private final UnaryOperator<String> properties;

    /** @param properties the Java system property of a name, or null */
    JvmProcessReader(UnaryOperator<String> properties) {
        this.properties = properties;
    }

    @Override
    public Set<String> elements() {
        return Set.of("jvmProcess");
    }

    @Override
    public Optional<DescriptorElement> read(XmlElement element, Problems problems) {
        var ignored = new ArrayList<String>();
        element.attributes().forEach((attribute, value) -> {
            if (IGNORED.containsKey(attribute) && !(attribute.equals("class") && CLASSES.contains(value))) {
                ignored.add(attribute + "='" + Spelling.shortened(value) + "': " + IGNORED.get(attribute));
            }
        });
        Optional<String> javaPath = Optional.empty();
        var parameters = new ArrayList<String>();
        for (XmlElement child : element.children()) {
            switch (child.name()) {
                case "javaPath" -> javaPath = javaPath(child, ignored, problems);
                case "jvmParameters" -> parameters.addAll(parameters(child, problems));
                default -> {
                    if (IGNORED.containsKey(child.name())) {
                        ignored.add(child.name() + ": " + IGNORED.get(child.name()));
                    }
                }
            }
        }
        boolean low = element.attribute("priority").map(String::strip).equals(Optional.of("low"));
        return Optional.of(new JvmProcess(javaPath, parameters, ignored, low));
    }

    private Optional<String> javaPath(XmlElement javaPath, List<String> notes, Problems problems) {
        if (javaPath.children().size() != 1) {
            problems.report(javaPath.at(), "'javaPath' needs one <absolutePath value='…'/>");
            return Optional.empty();
        }
        XmlElement path = javaPath.children().getFirst();
        Optional<String> value = path.attribute("value").filter(text -> !text.isBlank());
        return path.name().equals("relativePath") ? value.flatMap(text -> relative(text, path, notes)) : value;
    }

    /** As the original did, from a directory of the host that deploys. */
    private Optional<String> relative(String path, XmlElement element, List<String> notes) {
        String origin = element.attribute("origin")
                .map(text -> ORIGINS.getOrDefault(text.strip(), text.strip()))
                .orElse("user.home");
        Optional<String> directory =
                Optional.ofNullable(origin.equals("user.classpath") ? null : properties.apply(origin));
        String java = directory.orElse("") + (path.startsWith("/") ? "" : "/") + path;
        notes.add("javaPath: relativePath value='" + Spelling.shortened(path) + "' "
                + (directory.isPresent()
                        ? "is taken from " + origin + " of this host: " + Spelling.shortened(java)
                        : "with origin='" + Spelling.shortened(origin)
                                + "' leads to no file; the java of the runtime that " + "deploys is taken"));
        return directory.map(found -> java);
    }

    private static List<String> parameters(XmlElement jvmParameters, Problems problems) {
        var options = new ArrayList<String>();
        for (XmlElement parameter : jvmParameters.children("parameter")) {
            if (parameter.attributes().containsKey("value")) {
                options.addAll(CommandWords.split(parameter, problems));
            }
        }
        return options;
    }
}
