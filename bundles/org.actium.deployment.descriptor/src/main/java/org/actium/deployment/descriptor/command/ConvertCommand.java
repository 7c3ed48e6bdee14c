package org.actium.deployment.descriptor.command;

import java.io.PrintStream;
import java.util.List;
import java.util.function.ToIntFunction;
import org.actium.deployment.descriptor.command.Arguments.WrongUsage;
import org.actium.deployment.spi.DescriptorLanguage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code actium convert}: writes a descriptor of any dialect in Actium's own language. */
@Component(service = ToIntFunction.class, property = "actium.command=convert")
public final class ConvertCommand extends DescriptorCommand {

    private static final String USAGE = """
            usage: actium convert <file>

            Prints the descriptor in Actium's own language, with its variables and comments. The file stays as it is.

              --help                 print this
            """;

    private final DescriptorLanguage language;

    @Activate
    public ConvertCommand(@Reference DescriptorLanguage language) {
        this(language, System.out, System.err);
    }

    ConvertCommand(DescriptorLanguage language, PrintStream out, PrintStream err) {
        super("convert", USAGE, out, err);
        this.language = language;
    }

    @Override
    int run(Arguments arguments, PrintStream out) {
        if (arguments.words().size() != 1) {
            throw new WrongUsage("wants the file of one descriptor");
        }
        arguments.format(List.of("text"));
        arguments.refuseVariables("variables stay what they are, with their defaults");
        out.print(language.convert(arguments.source(arguments.words().getFirst())));
        return OK;
    }
}
