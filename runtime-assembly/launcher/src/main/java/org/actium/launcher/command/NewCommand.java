package org.actium.launcher.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
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

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);

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
        requirePackage(root);
        requireNoOtherClass(name);
        Path directory = Path.of(options.value("--directory").orElse(name)).toAbsolutePath();
        if (Files.exists(directory)) {
            throw CommandFailure.usage(directory + " is there already; say --directory, or remove it");
        }
        write(directory, name, root);
        terminal.out().println("wrote " + directory);
        terminal.out().println("build and test it with: cd " + directory + " && mvn verify");
        return ExitCode.OK;
    }

    private static void requirePackage(String root) {
        if (!PACKAGE.matcher(root).matches()) {
            throw CommandFailure.usage("'" + root
                    + "' is no Java package in lower case; say --package, with one such as" + " org.example.guard");
        }
        List<String> names = List.of(root.split("\\."));
        if (names.getFirst().equals("java")) {
            throw CommandFailure.usage("'" + root + "' cannot be its package, because those of java are of the JDK; say"
                    + " --package, with one of your own, such as org.example.guard");
        }
        names.stream().filter(SourceVersion::isKeyword).findFirst().ifPresent(keyword -> {
            throw CommandFailure.usage("'" + root + "' cannot be its Java package, because '" + keyword
                    + "' is a word of the language; choose another name, or say --package, with one such as"
                    + " org.example." + keyword + "service");
        });
    }

    /** One of that name beside it would be taken for another one that it uses. */
    private static void requireNoOtherClass(String name) throws IOException {
        String type = type(name);
        Pattern used = Pattern.compile("\\b" + type + "\\b");
        for (String file : List.of("Service.java", "ServiceTest.java")) {
            String code = COMMENT.matcher(template(file).replace("@Class@", "")).replaceAll("");
            if (used.matcher(code).find()) {
                throw CommandFailure.usage("a technical service '" + name + "' would be class " + type
                        + ", but uses another class of that name; choose another name, such as " + name + "-service");
            }
        }
    }

    private static String type(String name) {
        return Arrays.stream(name.split("-"))
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
    }

    private void write(Path directory, String name, String root) throws IOException {
        String type = type(name);
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
