package org.actium.deployment.local;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.actium.deployment.model.JvmProcess;
import org.actium.deployment.shell.api.NodeOptions;
import org.actium.deployment.spi.LaunchRejectedException;

/**
 * The command line of a node container: options of the distribution, options of the descriptor, launcher. Options of
 * the descriptor come later and so win; a garbage collector of theirs replaces ours, since a JVM refuses two.
 *
 * @param home directory of the distribution
 * @param java what to start where the descriptor does not say
 */
record NodeCommand(Path home, Path java) {

    private static final String MAIN = "org.actium.launcher.Main";
    private static final int JAVA_WANTED = 25;

    NodeCommand {
        Objects.requireNonNull(home, "home");
        Objects.requireNonNull(java, "java");
    }

    /** One list element to an argument. */
    List<String> line(JvmProcess jvm) {
        List<String> asked = jvm.jvmParameters();
        var command = new ArrayList<String>();
        if (jvm.lowPriority() && File.separatorChar == '/') {
            command.addAll(JvmProcess.LOW_PRIORITY);
        }
        command.add(java(jvm));
        command.addAll(NodeOptions.besides(asked, home));
        if (Files.exists(cache()) && asked.stream().noneMatch(option -> option.startsWith("-XX:AOT"))) {
            command.add("-XX:AOTCache=" + cache());
        }
        command.addAll(asked);
        command.addAll(List.of("-cp", launcher().toString(), MAIN, "node", "--boot", "-"));
        return command;
    }

    /** @throws LaunchRejectedException if the command cannot be run; names the file, and the setting that names it */
    void check(JvmProcess jvm) {
        if (!Files.isRegularFile(launcher())) {
            throw new LaunchRejectedException("there is no launcher " + launcher() + "; actium.home is '" + home
                    + "' and must be the directory of a distribution");
        }
        String command = java(jvm);
        String source = jvm.javaPath().isPresent() ? "the descriptor names in javaPath" : "this runtime runs on";
        if (command.indexOf('/') >= 0) {
            Path file = Path.of(command);
            if (!Files.isRegularFile(file)) {
                throw new LaunchRejectedException("there is no file " + command + ", which " + source);
            }
            if (!Files.isExecutable(file)) {
                throw new LaunchRejectedException(
                        "the file " + command + ", which " + source + ", is not executable for this user");
            }
            if (jvm.javaPath().isPresent()) {
                checkVersion(command);
            }
        }
    }

    /** A JDK says its version in the file {@code release}; what has none is tried as it is. */
    private static void checkVersion(String command) {
        Optional<String> version = version(Path.of(command));
        if (version.filter(NodeCommand::isTooOld).isPresent()) {
            throw new LaunchRejectedException("javaPath '" + command + "' is Java " + version.get() + "; Actium needs "
                    + JAVA_WANTED + " or newer");
        }
    }

    private static Optional<String> version(Path java) {
        try {
            // a link such as /usr/bin/java leads into the JDK it belongs to
            Path release = java.toRealPath().resolve("../../release").normalize();
            if (!Files.isRegularFile(release)) {
                return Optional.empty();
            }
            var properties = new Properties();
            try (Reader reader = Files.newBufferedReader(release)) {
                properties.load(reader);
            }
            return Optional.ofNullable(properties.getProperty("JAVA_VERSION"))
                    .map(version -> version.replace("\"", ""));
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean isTooOld(String version) {
        try {
            // 1.8.0_412 is a version too, of the scheme before Java 9
            return Integer.parseInt(version.split("\\D", 2)[0]) < JAVA_WANTED;
        } catch (NumberFormatException unknown) {
            return false;
        }
    }

    private String java(JvmProcess jvm) {
        return jvm.javaPath().orElseGet(java::toString);
    }

    /** The manifest of this jar names the others. The cache knows it as the whole class path, and fits no other. */
    private Path launcher() {
        return home.resolve("lib").resolve("org.actium.launcher.jar");
    }

    /** Classes prepared for the JVM; made when the distribution is first used, and not there before. */
    private Path cache() {
        return home.resolve("lib").resolve("node.aot");
    }
}
