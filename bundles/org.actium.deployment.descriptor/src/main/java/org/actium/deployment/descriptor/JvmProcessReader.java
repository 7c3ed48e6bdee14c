package org.actium.deployment.descriptor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
            Map.entry("class", "Actium has its own way to start a JVM"),
            Map.entry("closeStream", "the streams of a JVM are always read"),
            Map.entry("os", "commands are no text for a shell"),
            Map.entry("hostname", "the process that refers to this one says where it runs"),
            Map.entry("username", "the process that refers to this one says as whom it runs"));

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
                case "javaPath" -> javaPath = javaPath(child, problems);
                case "jvmParameters" -> parameters.addAll(parameters(child, problems));
                case "classname", "parameters" ->
                    problems.report(
                            child.at(),
                            "'" + child.name() + "' is not supported: a JVM always runs Actium's launcher; remove it");
                default -> {
                    if (IGNORED.containsKey(child.name())) {
                        ignored.add(child.name() + ": " + IGNORED.get(child.name()));
                    }
                }
            }
        }
        if (!element.attribute("priority").orElse("normal").equals("normal")) {
            problems.report(
                    element.at(),
                    "priority='" + Spelling.shortened(element.attributes().get("priority"))
                            + "' is not supported; remove it, or write 'normal'");
        }
        return Optional.of(new JvmProcess(javaPath, parameters, ignored));
    }

    private static Optional<String> javaPath(XmlElement javaPath, Problems problems) {
        if (javaPath.children().size() != 1) {
            problems.report(javaPath.at(), "'javaPath' needs one <absolutePath value='…'/>");
            return Optional.empty();
        }
        XmlElement path = javaPath.children().getFirst();
        if (path.name().equals("relativePath")) {
            problems.report(
                    path.at(),
                    "'relativePath' is not supported in 'javaPath': it does not say on which host; use 'absolutePath', "
                            + "with a variable if need be");
            return Optional.empty();
        }
        return path.attribute("value").filter(value -> !value.isBlank());
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
