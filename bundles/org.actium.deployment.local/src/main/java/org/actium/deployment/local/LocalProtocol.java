package org.actium.deployment.local;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.model.JvmProcess;
import org.actium.deployment.shell.api.BootRequest;
import org.actium.deployment.shell.api.ProcessJob;
import org.actium.deployment.shell.api.ProcessStarter;
import org.actium.deployment.shell.api.SystemProcesses;
import org.actium.deployment.spi.DeploymentProtocol;
import org.actium.deployment.spi.Job;
import org.actium.deployment.spi.LaunchRejectedException;
import org.actium.deployment.spi.LaunchRequest;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.spi.Threads;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts each runtime as a process of this host: what a {@code jvmProcess} means that no remote shell stands before.
 */
@Component(property = DeploymentProtocol.NAME + "=local")
public final class LocalProtocol implements DeploymentProtocol {

    private static final Logger LOG = LoggerFactory.getLogger(LocalProtocol.class);
    private static final String INSECURE = "actium.insecure.loopback";
    private static final String LOOPBACK = "127.0.0.1";
    private static final Path UNKNOWN_HOME = Path.of("${actium.home}");

    private final Optional<Path> home;
    private final NodeCommand command;
    private final ProcessStarter processes;
    private final Threads threads;
    private final Duration patience;
    private final boolean insecure;

    @Activate
    public LocalProtocol(BundleContext context, @Reference Threads threads) {
        this(
                Optional.ofNullable(context.getProperty("actium.home")).map(Path::of),
                Path.of(System.getProperty("java.home"), "bin", "java"),
                new SystemProcesses(),
                threads,
                ProcessJob.PATIENCE,
                Boolean.parseBoolean(context.getProperty(INSECURE)));
    }

    /**
     * For a runtime without a framework.
     *
     * @param home directory of the distribution whose launcher new runtimes use
     * @param java the command to start where a descriptor names none
     */
    public LocalProtocol(Path home, Path java, Threads threads) {
        this(Optional.of(home), java, new SystemProcesses(), threads, ProcessJob.PATIENCE, false);
    }

    /**
     * @param patience how long a process may take to end by itself before it is killed
     * @param insecure whether nothing protects the links of this runtime, and so of those it starts
     */
    LocalProtocol(
            Optional<Path> home,
            Path java,
            ProcessStarter processes,
            Threads threads,
            Duration patience,
            boolean insecure) {
        this.insecure = insecure;
        this.home = Objects.requireNonNull(home, "home");
        this.command = new NodeCommand(home.orElse(UNKNOWN_HOME), java);
        this.processes = Objects.requireNonNull(processes, "processes");
        this.threads = Objects.requireNonNull(threads, "threads");
        this.patience = Objects.requireNonNull(patience, "patience");
    }

    @Override
    public boolean starts(DescriptorElement element) {
        return element instanceof JvmProcess;
    }

    @Override
    public int runtimes(DescriptorElement element) {
        return 1;
    }

    @Override
    public List<String> command(LaunchRequest request) {
        return command.line(jvm(request));
    }

    @Override
    public Job launch(LaunchRequest request) {
        JvmProcess jvm = jvm(request);
        String bootRequest = bootRequest(request);
        if (home.isEmpty()) {
            throw new LaunchRejectedException(
                    "the framework property actium.home is not set, so there is no launcher to "
                            + "start; set it to the directory of a distribution");
        }
        command.check(jvm);
        List<String> line = command.line(jvm);
        Process process;
        try {
            process = processes.start(line);
        } catch (IOException noSuchCommand) {
            throw new LaunchRejectedException(
                    "'" + line.getFirst() + "' cannot be started: " + noSuchCommand.getMessage(), noSuchCommand);
        }
        var job = new ProcessJob(request.runtimeNames().getFirst(), process, threads, patience);
        tell(process, bootRequest);
        return job;
    }

    private static JvmProcess jvm(LaunchRequest request) {
        if (request.element() instanceof JvmProcess jvm) {
            return jvm;
        }
        throw new IllegalArgumentException(
                "protocol local starts no '" + request.element().elementName() + "'");
    }

    private String bootRequest(LaunchRequest request) {
        if (request.runtimeNames().size() != 1 || request.tokens().size() != 1) {
            throw new IllegalArgumentException("protocol local starts one runtime at a time, not "
                    + request.runtimeNames().size() + " with "
                    + request.tokens().size() + " tokens");
        }
        var boot = new BootRequest(request, 0).with("parent", parents(request.parent()));
        return (insecure ? boot.with("insecure", "true") : boot).text();
    }

    /** What others are told need not lead here from inside: it may be the address of a router. */
    private static String parents(Endpoint parent) {
        return isLoopback(parent)
                ? parent.toString()
                : parent + "," + new Endpoint(parent.transport(), LOOPBACK, parent.port());
    }

    private static boolean isLoopback(Endpoint parent) {
        return parent.host().startsWith("127.")
                || parent.host().equals("::1")
                || parent.host().equals("localhost");
    }

    private static void tell(Process process, String bootRequest) {
        try (Writer in = process.outputWriter(StandardCharsets.UTF_8)) {
            in.write(bootRequest);
        } catch (IOException ended) {
            // it has ended already; its job tells why, better than we could here
            LOG.debug("process {} does not read what to join: {}", process.pid(), ended.getMessage());
        }
    }
}
