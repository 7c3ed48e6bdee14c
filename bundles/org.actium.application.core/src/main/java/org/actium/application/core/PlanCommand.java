package org.actium.application.core;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.model.DescriptorException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code actium plan}: prints what deploying a descriptor would do, and does nothing of it. */
@Component(service = ToIntFunction.class, property = "actium.command=plan")
public final class PlanCommand implements ToIntFunction<String[]> {

    private static final String USAGE = """
            usage: actium plan <descriptor.xml> [options]

              --var <name>=<value>   variable of the descriptor; may be repeated
              --format text          the only format here; a container with REST gives JSON: POST /api/plans
              --help                 print this
            """;

    private final Deployments deployments;
    private final PrintStream out;
    private final PrintStream err;

    @Activate
    public PlanCommand(@Reference Deployments deployments) {
        this(deployments, System.out, System.err);
    }

    PlanCommand(Deployments deployments, PrintStream out, PrintStream err) {
        this.deployments = deployments;
        this.out = out;
        this.err = err;
    }

    @Override
    public int applyAsInt(String[] arguments) {
        try {
            CommandLine line = CommandLine.parse(List.of(arguments), Set.of("var", "format"), Set.of("help"));
            out.print(line.has("help") ? USAGE : plan(line));
            return ExitCode.OK;
        } catch (UsageException wrong) {
            err.println("actium plan: " + wrong.getMessage());
            return ExitCode.USAGE;
        } catch (DescriptorException wrong) {
            wrong.problems().forEach(err::println);
            return ExitCode.USAGE;
        }
    }

    private String plan(CommandLine line) {
        if (line.words().size() != 1 || !line.rest().isEmpty()) {
            throw new UsageException("wants the file of one descriptor");
        }
        String format = line.value("format").orElse("text");
        if (!format.equals("text")) {
            throw new UsageException(
                    "format '" + format + "' is not text; JSON comes from a container with REST: POST /api/plans");
        }
        Path file = Path.of(line.words().getFirst());
        return deployments
                .plan(deployments.read(DescriptorFile.read(file, line.pairs("var"))))
                .text();
    }
}
