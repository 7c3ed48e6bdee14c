package org.actium.application.core;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.Plan;
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
              -D<name>=<value>       Java property, for variables that come from one; may be repeated
              --format text|dot|svg  how it is written: for people, for Graphviz, or as a picture; a container with
                                     REST gives JSON: POST /api/plans
              --help                 print this
            """;

    private static final Set<String> FORMATS = Set.of("text", "dot", "svg");

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
            CommandLine line = CommandLine.parse(
                    propertiesAsOptions(arguments), Set.of("var", "format", "property"), Set.of("help"));
            if (line.has("help")) {
                out.print(USAGE);
                return ExitCode.OK;
            }
            Plan plan = plan(line);
            out.print(shown(plan, line.value("format").orElse("text")));
            plan.obstacles().forEach(err::println);
            return plan.obstacles().isEmpty() ? ExitCode.OK : ExitCode.USAGE;
        } catch (UsageException wrong) {
            err.println("actium plan: " + wrong.getMessage());
            return ExitCode.USAGE;
        } catch (DescriptorException wrong) {
            wrong.problems().forEach(err::println);
            return ExitCode.USAGE;
        }
    }

    /** {@code -Dname=value} is short for {@code --property name=value}. */
    private static List<String> propertiesAsOptions(String... arguments) {
        return Arrays.stream(arguments)
                .map(argument -> argument.startsWith("-D") ? "--property=" + argument.substring(2) : argument)
                .toList();
    }

    private Plan plan(CommandLine line) {
        if (line.words().size() != 1 || !line.rest().isEmpty()) {
            throw new UsageException("wants the file of one descriptor");
        }
        String format = line.value("format").orElse("text");
        if (!FORMATS.contains(format)) {
            throw new UsageException("format '" + format
                    + "' is none of text, dot, svg; JSON comes from a container with REST: POST /api/plans");
        }
        Path file = Path.of(line.words().getFirst());
        return deployments.plan(deployments.read(DescriptorFile.read(file, line.pairs("var"), line.pairs("property"))));
    }

    private static String shown(Plan plan, String format) {
        return switch (format) {
            case "dot" -> plan.dot();
            case "svg" -> plan.svg();
            default -> plan.outline();
        };
    }
}
