package org.actium.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.cli.ExitCode;
import org.actium.launcher.cli.Options;
import org.actium.launcher.cli.Terminal;
import org.actium.launcher.container.Home;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class NewCommandTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path project;
    private NewCommand command;

    @Before
    public void start() throws IOException {
        Path home = folder.newFolder("home").toPath();
        Files.writeString(home.resolve("build.properties"), "version=1.0.0");
        project = folder.getRoot().toPath().resolve("project");
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        command = new NewCommand(new Home(home), new Terminal(InputStream.nullInputStream(), nowhere, nowhere));
    }

    private int create(String name, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("technical-service", name, "--directory", project.toString()));
        arguments.addAll(List.of(options));
        return command.run(Options.parse(command.syntax(), arguments));
    }

    @Test
    public void wordsOfTheLanguageAreNoPartOfAPackage() {
        for (String word : List.of("class", "int", "new", "true", "null")) {
            refused(
                    "'org.example." + word + "' cannot be its Java package, because '" + word
                            + "' is a word of the language; choose another name, or say --package, with one such as"
                            + " org.example." + word + "service",
                    word);
        }
        refused("because 'native' is a word of the language", "guard", "--package", "org.native.guard");
        refused("those of java are of the JDK", "guard", "--package", "java.guard");
        refused("'org.example.' is no Java package in lower case; say --package", "guard", "--package", "org.example.");
        refused("'org.1.guard' is no Java package", "guard", "--package", "org.1.guard");
    }

    @Test
    public void aNameOfWhatAServiceUsesIsRefused() {
        for (Map.Entry<String, String> taken : Map.of(
                        "node", "Node",
                        "map", "Map",
                        "string", "String",
                        "override", "Override",
                        "test", "Test",
                        "door", "Door",
                        "technical-service", "TechnicalService")
                .entrySet()) {
            refused(
                    "would be class " + taken.getValue() + ", but uses another class of that name; choose another name,"
                            + " such as " + taken.getKey() + "-service",
                    taken.getKey());
        }
    }

    @Test
    public void namesThatOnlyLookLikeThoseAreWritten() throws IOException {
        assertThat(create("my-new")).isEqualTo(ExitCode.OK);
        assertThat(project.resolve("src/main/java/org/example/mynew/MyNew.java"))
                .content()
                .contains("package org.example.mynew;", "class MyNew implements", "@Offer(id = \"my-new\")");
    }

    @Test
    public void anotherPackageMakesANamePossible() throws IOException {
        assertThat(create("class", "--package", "org.example.classes")).isEqualTo(ExitCode.OK);
        assertThat(project.resolve("src/test/java/org/example/classes/ClassTest.java"))
                .exists();
    }

    private void refused(String reason, String name, String... options) {
        assertThatThrownBy(() -> create(name, options))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining(reason);
        assertThat(project).as("nothing is written").doesNotExist();
    }
}
