package org.actium.deployment.shell;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.api.HostCheck;
import org.actium.deployment.api.HostReport;
import org.actium.deployment.model.DescriptorException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code actium doctor}: looks at the hosts of a descriptor and says what is to be mended. */
@Component(service = ToIntFunction.class, property = "actium.command=doctor")
public final class DoctorCommand implements ToIntFunction<String[]> {

    private static final String USAGE = """
            usage: actium doctor <descriptor.xml> [options]

              --var <name>=<value>   variable of the descriptor; may be repeated
              --listen <host>:<port> where the hosts are to dial this one; without it, any address and port is tried
              --help                 print this

            Looks at each host that is reached through a remote shell, and at each gateway before it. Starts nothing there.
            Ends with 0 if all are well, with 1 if something is to be mended.
            """;

    private static final int WELL = 0;
    private static final int ILL = 1;
    private static final int WRONG_USAGE = 2;

    private final Deployments deployments;
    private final HostCheck hosts;
    private final PrintStream out;
    private final PrintStream err;

    @Activate
    public DoctorCommand(@Reference Deployments deployments, @Reference HostCheck hosts) {
        this.deployments = deployments;
        this.hosts = hosts;
        this.out = System.out;
        this.err = System.err;
    }

    @Override
    public int applyAsInt(String[] arguments) {
        try {
            return run(List.of(arguments));
        } catch (DescriptorException wrong) {
            wrong.problems().forEach(err::println);
        } catch (NoSuchFileException missing) {
            err.println("actium doctor: there is no file '" + missing.getFile() + "'");
        } catch (IOException | IllegalArgumentException wrong) {
            err.println("actium doctor: " + wrong.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return WRONG_USAGE;
    }

    private int run(List<String> arguments) throws IOException, InterruptedException {
        if (arguments.contains("--help")) {
            out.print(USAGE);
            return WELL;
        }
        List<HostReport> reports = hosts.examine(deployments.read(source(arguments)));
        out.print(HostReport.text(reports));
        return reports.stream().allMatch(HostReport::isWell) ? WELL : ILL;
    }

    private static DescriptorSource source(List<String> arguments) throws IOException {
        Map<String, String> variables = new LinkedHashMap<>();
        List<String> files = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("--var") && i + 1 < arguments.size()) {
                argument = "--var=" + arguments.get(++i);
            }
            if (argument.startsWith("--var=") && argument.indexOf('=', 6) > 6) {
                String pair = argument.substring(6);
                variables.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            } else if (argument.startsWith("-")) {
                throw new IllegalArgumentException("does not know '" + argument + "'; try --help");
            } else {
                files.add(argument);
            }
        }
        if (files.size() != 1) {
            throw new IllegalArgumentException("wants the file of one descriptor; try --help");
        }
        String file = files.getFirst();
        return new DescriptorSource(file, Files.readAllBytes(Path.of(file)), variables);
    }
}
