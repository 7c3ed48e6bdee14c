package org.actium.deployment.descriptor.command;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.actium.deployment.descriptor.command.Arguments.WrongUsage;
import org.actium.deployment.spi.DescriptorLanguage;
import org.actium.deployment.spi.DescriptorReader;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code actium explain}: says what an element of the language means, or what an id of a descriptor stands for. */
@Component(service = ToIntFunction.class, property = "actium.command=explain")
public final class ExplainCommand extends DescriptorCommand {

    private static final String USAGE = """
            usage: actium explain <deployment> [--name <container>]
                   actium explain <element>
                   actium explain <id> <file> [options]

            Says what a deployment of a running container has come to, what an element of descriptors means, or what an
            id of this descriptor stands for.

              --var <name>=<value>   variable of the descriptor; may be repeated
              -D<name>=<value>       Java property, for variables that come from one; may be repeated
              --help                 print this
            """;

    /** Part of what is said of a word that is no element: it may be a deployment. */
    static final String NO_ELEMENT = "no element of descriptors is called";

    private final DescriptorReader reader;
    private final DescriptorLanguage language;

    @Activate
    public ExplainCommand(@Reference DescriptorReader reader, @Reference DescriptorLanguage language) {
        this(reader, language, System.out, System.err);
    }

    ExplainCommand(DescriptorReader reader, DescriptorLanguage language, PrintStream out, PrintStream err) {
        super("explain", USAGE, out, err);
        this.reader = reader;
        this.language = language;
    }

    @Override
    int run(Arguments arguments, PrintStream out) {
        if (arguments.words().isEmpty() || arguments.words().size() > 2) {
            throw new WrongUsage("wants an element, or an id and the file of a descriptor");
        }
        arguments.format(List.of("text"));
        String id = arguments.words().getFirst();
        if (arguments.words().size() == 1) {
            out.print(language.explain(id)
                    .orElseThrow(() -> new WrongUsage(NO_ELEMENT + " '" + id
                            + "'; for an id of a descriptor name its file, too; a deployment is explained by the container it "
                            + "runs in")));
            return OK;
        }
        String file = arguments.words().get(1);
        Optional<String> explanation = language.explain(id, reader.read(arguments.source(file)));
        out.print(explanation.orElseThrow(() -> new WrongUsage("nothing in " + file + " is called '" + id + "'")));
        return OK;
    }
}
