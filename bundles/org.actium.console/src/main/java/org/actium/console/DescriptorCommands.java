package org.actium.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentText;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.model.DescriptorException;
import org.actium.deployment.model.Problem;
import org.actium.deployment.spi.DescriptorLanguage;
import org.actium.deployment.spi.DescriptorReader;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code actium:validate}, {@code actium:convert}, {@code actium:explain}. Errors are exceptions with a message for people. */
@Component(service = DescriptorCommands.class)
@GogoCommand(
        scope = "actium",
        function = {"validate", "convert", "explain"})
public final class DescriptorCommands {

    private final DescriptorReader reader;
    private final DescriptorLanguage language;
    private final Deployments deployments;

    @Activate
    public DescriptorCommands(
            @Reference DescriptorReader reader,
            @Reference DescriptorLanguage language,
            @Reference Deployments deployments) {
        this.reader = reader;
        this.language = language;
        this.deployments = deployments;
    }

    @Descriptor("shows everything that is wrong with descriptors")
    public String validate(
            CommandSession session,
            @Descriptor("file of the descriptor") String file,
            @Descriptor("more files; variables, each name=value, and Java properties, each -Dname=value")
                    String... more) {
        Map<Boolean, List<String>> words = Stream.of(more)
                .collect(Collectors.partitioningBy(word -> word.startsWith("-") || word.indexOf('=') >= 0));
        String[] variables = words.get(true).toArray(String[]::new);
        Variables.parse(variables); // what is wrong with them is wrong once, not for each file
        return Stream.concat(Stream.of(file), words.get(false).stream())
                .map(name -> verdict(session, name, variables))
                .collect(Collectors.joining("\n"));
    }

    private String verdict(CommandSession session, String file, String... variables) {
        try {
            DescriptorSource source = source(session, file, variables);
            var descriptor = reader.read(source);
            return Stream.of(
                            descriptor.notes().stream().map(note -> note.at() + ": note: " + note.message()),
                            descriptor.obstacles().stream()
                                    .map(obstacle -> obstacle.at() + ": obstacle: " + obstacle.message()),
                            Stream.of(source.name() + ": valid, " + descriptor.dialect()))
                    .flatMap(lines -> lines)
                    .collect(Collectors.joining("\n"));
        } catch (DescriptorException wrong) {
            return wrong.problems().stream().map(Problem::toString).collect(Collectors.joining("\n"));
        } catch (IllegalArgumentException | UncheckedIOException unreadable) {
            return file + ": " + unreadable.getMessage();
        }
    }

    @Descriptor("writes a descriptor of any dialect in Actium's own language")
    public String convert(CommandSession session, @Descriptor("file of the descriptor") String file) {
        return language.convert(source(session, file)).stripTrailing();
    }

    @Descriptor("says what a deployment has come to, or what an element of descriptors means")
    public String explain(@Descriptor("id of a deployment, or name of an element") String id) {
        Optional<Deployment> deployment = deployments.deployment(id);
        return deployment
                .map(DeploymentText::of)
                .or(() -> language.explain(id))
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + id + "' is neither a deployment nor an element of descriptors"))
                .stripTrailing();
    }

    @Descriptor("says what an id of a descriptor stands for")
    public String explain(
            CommandSession session,
            @Descriptor("the id") String id,
            @Descriptor("file of the descriptor") String file,
            @Descriptor("variables, each name=value, and Java properties, each -Dname=value") String... variables) {
        return language.explain(id, reader.read(source(session, file, variables)))
                .orElseThrow(() -> new IllegalArgumentException("nothing in " + file + " is called '" + id + "'"))
                .stripTrailing();
    }

    private static DescriptorSource source(CommandSession session, String file, String... variables) {
        Path path = session.currentDir().resolve(file);
        try {
            Variables typed = Variables.parse(variables);
            return new DescriptorSource(
                    path.toString(), Files.readAllBytes(path), typed.variables(), typed.properties());
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException("there is no file " + path);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + path + ": " + unreadable.getMessage(), unreadable);
        }
    }
}
