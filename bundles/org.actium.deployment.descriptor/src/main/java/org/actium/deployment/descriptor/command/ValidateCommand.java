package org.actium.deployment.descriptor.command;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.actium.deployment.descriptor.command.Arguments.Unreadable;
import org.actium.deployment.descriptor.command.Arguments.WrongUsage;
import org.actium.deployment.model.DescriptorException;
import org.actium.deployment.spi.DescriptorReader;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code actium validate}: reads descriptors and shows everything that is wrong with them. */
@Component(service = ToIntFunction.class, property = "actium.command=validate")
public final class ValidateCommand extends DescriptorCommand {

    private static final String USAGE = """
            usage: actium validate <file>… [options]

              --var <name>=<value>   variable of the descriptors; may be repeated
              -D<name>=<value>       Java property, for variables that come from one; may be repeated
              --format text|json     how problems are written; in text as file:line:column: message
              --help                 print this

            Ends with 0 if all are valid, with 1 if one is not, with 2 if one cannot be read. A note is about what means
            less or something else here than where it was written for; an obstacle about what cannot be deployed yet.
            """;

    private final DescriptorReader reader;

    @Activate
    public ValidateCommand(@Reference DescriptorReader reader) {
        this(reader, System.out, System.err);
    }

    ValidateCommand(DescriptorReader reader, PrintStream out, PrintStream err) {
        super("validate", USAGE, out, err);
        this.reader = reader;
    }

    @Override
    int run(Arguments arguments, PrintStream out) {
        String format = arguments.format(List.of("text", "json"));
        if (arguments.words().isEmpty()) {
            throw new WrongUsage("wants the files of descriptors");
        }
        var verdicts = new ArrayList<Verdict>();
        for (String file : arguments.words()) {
            verdicts.add(verdict(file, arguments));
        }
        if (format.equals("json")) {
            out.println(VerdictJson.of(verdicts));
        } else {
            verdicts.forEach(verdict -> print(verdict, out));
        }
        if (!verdicts.stream().allMatch(Verdict::read)) {
            return DescriptorCommand.USAGE;
        }
        return verdicts.stream().allMatch(Verdict::isValid) ? OK : INVALID;
    }

    private Verdict verdict(String file, Arguments arguments) {
        try {
            return Verdict.of(file, reader.read(arguments.source(file)));
        } catch (DescriptorException wrong) {
            return Verdict.wrong(file, wrong.problems());
        } catch (Unreadable unreadable) {
            return Verdict.unreadable(file, unreadable.getMessage());
        }
    }

    private static void print(Verdict verdict, PrintStream out) {
        verdict.problems().forEach(out::println);
        verdict.notes().forEach(note -> out.println(note.at() + ": note: " + note.message()));
        verdict.obstacles().forEach(obstacle -> out.println(obstacle.at() + ": obstacle: " + obstacle.message()));
        if (verdict.isValid()) {
            out.println(verdict.file() + ": valid, " + verdict.dialect());
        } else {
            int count = verdict.problems().size();
            out.println(verdict.file() + ": " + count + (count == 1 ? " problem" : " problems"));
        }
    }
}
