package org.actium.launcher.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.actium.launcher.cli.Command;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.cli.ExitCode;
import org.actium.launcher.cli.Options;
import org.actium.launcher.cli.Syntax;
import org.actium.launcher.cli.Terminal;
import org.actium.launcher.container.Home;

/** {@code actium new technical-service <name>}: writes a bundle that builds, is tested and can be installed. */
public final class NewCommand implements Command {

    private static final String KIND = "technical-service";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern PACKAGE = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");

    private final Home home;
    private final Terminal terminal;

    public NewCommand(Home home, Terminal terminal) {
        this.home = home;
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("new", "Creates a bundle with a technical service of one's own, and its test")
                .operands(KIND + " <name>", 2, 2)
                .option("--package", "<package>", "its Java package and symbolic name; default org.example.<name>")
                .option("--directory", "<directory>", "where it is written; default <name>");
    }

    @Override
    public int run(Options options) throws IOException {
        if (!options.operands().getFirst().equals(KIND)) {
            throw CommandFailure.usage(
                    "creates a " + KIND + ", not a '" + options.operands().getFirst() + "'; try 'actium new --help'");
        }
        String name = options.operands().get(1);
        if (!NAME.matcher(name).matches()) {
            throw CommandFailure.usage(
                    "the name of a technical service is in lower case, such as rate-limit, not '" + name + "'");
        }
        String root = options.value("--package").orElse("org.example." + name.replace("-", ""));
        if (!PACKAGE.matcher(root).matches()) {
            throw CommandFailure.usage("'" + root + "' is no Java package in lower case");
        }
        Path directory = Path.of(options.value("--directory").orElse(name)).toAbsolutePath();
        if (Files.exists(directory)) {
            throw CommandFailure.usage(directory + " is there already; say --directory, or remove it");
        }
        write(directory, name, root);
        terminal.out().println("wrote " + directory);
        terminal.out().println("build and test it with: cd " + directory + " && mvn verify");
        return ExitCode.OK;
    }

    private void write(Path directory, String name, String root) throws IOException {
        String type = Arrays.stream(name.split("-"))
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
        Map<String, String> values =
                Map.of("@id@", name, "@Class@", type, "@package@", root, "@version@", home.version());
        String folder = root.replace('.', '/');
        Map<String, String> files = new LinkedHashMap<>();
        files.put("pom.xml", "pom.xml");
        files.put("README.md", "README.md");
        files.put("Service.java", "src/main/java/" + folder + "/" + type + ".java");
        files.put("ServiceTest.java", "src/test/java/" + folder + "/" + type + "Test.java");
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path target = directory.resolve(file.getValue());
            Files.createDirectories(target.getParent());
            Files.writeString(target, filled(template(file.getKey()), values));
        }
    }

    private static String template(String name) throws IOException {
        try (InputStream text = NewCommand.class.getResourceAsStream(KIND + "/" + name + ".txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String filled(String template, Map<String, String> values) {
        String text = template;
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace(value.getKey(), value.getValue());
        }
        return text;
    }
}
