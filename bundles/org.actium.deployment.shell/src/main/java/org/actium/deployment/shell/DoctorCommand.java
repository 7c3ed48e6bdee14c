package org.actium.deployment.shell;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.DescriptorException;
import org.actium.deployment.model.ElementDefinition;
import org.actium.deployment.model.JvmDefinition;
import org.actium.deployment.model.Launch;
import org.actium.deployment.shell.api.SystemProcesses;
import org.actium.remote.api.Links;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;
import org.osgi.framework.BundleContext;
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

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_HOSTS = 1000;
    private static final int WELL = 0;
    private static final int ILL = 1;
    private static final int WRONG_USAGE = 2;

    private final Deployments deployments;
    private final Links links;
    private final Shells shells;
    private final Path home;
    private final Threads threads;
    private final Time time;
    private final PrintStream out;
    private final PrintStream err;

    @Activate
    public DoctorCommand(
            BundleContext context,
            @Reference Deployments deployments,
            @Reference Links links,
            @Reference Shells shells,
            @Reference Threads threads,
            @Reference Time time) {
        this.deployments = deployments;
        this.links = links;
        this.shells = shells;
        this.home = Path.of(String.valueOf(context.getProperty("actium.home")));
        this.threads = threads;
        this.time = time;
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
        List<Launch> launches = launches(deployments.read(source(arguments)));
        if (launches.isEmpty()) {
            out.println("nothing of it is started through a remote shell");
            return WELL;
        }
        var doctor = new Doctor(shells.all(), home, new SystemProcesses(), threads, time, PATIENCE);
        try (ServerSocket dialled = new ServerSocket(0, MOST_HOSTS)) {
            return print(doctor.examine(launches, endpoints(dialled.getLocalPort())));
        }
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

    /** What the virtual nodes are mapped to and remote shells lead to. */
    private List<Launch> launches(Descriptor descriptor) {
        Set<Launch> launches = new LinkedHashSet<>();
        for (JvmDefinition jvm : descriptor.jvms().values()) {
            if (jvm.origin() instanceof JvmDefinition.Creation creation) {
                ElementDefinition process = descriptor.processes().get(creation.reference());
                if (process.element() instanceof Launch launch && Route.leads(launch, shells.all())) {
                    launches.add(launch);
                }
            }
        }
        return List.copyOf(launches);
    }

    /** Where this runtime listens for others; if nowhere, all addresses of this host, at a port that answers meanwhile. */
    private List<Endpoint> endpoints(int port) {
        List<Endpoint> listening = links.self().endpoints().stream()
                .filter(endpoint -> endpoint.transport().equals(Endpoint.TCP))
                .filter(endpoint -> !RemoteLauncher.isLoopback(endpoint.host()))
                .toList();
        return listening.isEmpty()
                ? RemoteLauncher.addressesOfThisHost().stream()
                        .map(address -> new Endpoint(address, port))
                        .toList()
                : listening;
    }

    private int print(List<Doctor.Report> reports) {
        int bad = 0;
        for (Doctor.Report report : reports) {
            out.println(report.way());
            for (Finding finding : report.findings()) {
                out.printf("  %-10s %s%n", finding.what(), finding.found());
                if (finding.remedy().isPresent()) {
                    out.printf("  %-10s %s%n", "  mend:", finding.remedy().get());
                    bad++;
                }
            }
        }
        long well = reports.stream().filter(Doctor.Report::isWell).count();
        out.println(well + " of " + reports.size() + " hosts are well"
                + (bad == 0 ? "" : ", " + bad + (bad == 1 ? " thing is" : " things are") + " to be mended"));
        return bad == 0 ? WELL : ILL;
    }
}
