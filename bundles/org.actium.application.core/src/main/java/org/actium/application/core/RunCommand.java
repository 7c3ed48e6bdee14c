package org.actium.application.core;

import java.io.PrintStream;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.model.DescriptorException;
import org.actium.ft.api.RecoveryListener;
import org.actium.future.api.Futures;
import org.actium.object.api.ActiveObjects;
import org.actium.provision.api.JarWrapper;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.Time;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** {@code actium run}: finds an application and runs it on the calling thread. */
@Component(service = ToIntFunction.class, property = "actium.command=run")
public final class RunCommand implements ToIntFunction<String[]> {

    private final Applications applications;
    private final Deployments deployments;
    private final ActiveObjects objects;
    private final Futures futures;
    private final Recoveries recoveries;
    private final boolean endsWithParent;
    private final Time time;
    private final Stopwatch stopwatch;
    private final PrintStream out;
    private final PrintStream err;

    @Activate
    public RunCommand(
            BundleContext context,
            @Reference Deployments deployments,
            @Reference ActiveObjects objects,
            @Reference Futures futures,
            @Reference Time time,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) Optional<JarWrapper> wrapper) {
        this(
                new Applications(context, wrapper),
                deployments,
                objects,
                futures,
                listener -> {
                    ServiceRegistration<RecoveryListener> heard =
                            context.registerService(RecoveryListener.class, listener, null);
                    return () -> {
                        try {
                            heard.unregister();
                        } catch (IllegalStateException stopping) {
                            // the container has done it
                        }
                    };
                },
                context.getProperty("actium.parent") != null
                        && !Boolean.parseBoolean(context.getProperty("actium.parent.keep")),
                time,
                new Stopwatch(time, started(context).orElse(time.instant())),
                System.out,
                System.err);
    }

    RunCommand(
            Applications applications,
            Deployments deployments,
            ActiveObjects objects,
            Futures futures,
            Recoveries recoveries,
            boolean endsWithParent,
            Time time,
            Stopwatch stopwatch,
            PrintStream out,
            PrintStream err) {
        this.applications = applications;
        this.deployments = deployments;
        this.objects = objects;
        this.futures = futures;
        this.recoveries = recoveries;
        this.endsWithParent = endsWithParent;
        this.time = time;
        this.stopwatch = stopwatch;
        this.out = out;
        this.err = err;
    }

    /** Where one may hear of recoveries, until the answer is closed. */
    @FunctionalInterface
    interface Recoveries {
        Registration listen(RecoveryListener listener);
    }

    /** As the script says; what the system says of the process may be off by a second. */
    private static Optional<Instant> started(BundleContext context) {
        return Optional.ofNullable(context.getProperty("actium.started"))
                .map(Long::parseLong)
                .map(Instant::ofEpochMilli);
    }

    @Override
    public int applyAsInt(String[] arguments) {
        try {
            CommandLine line = RunArguments.line(arguments);
            if (line.has("help")) {
                out.print(RunArguments.USAGE);
                return ExitCode.OK;
            }
            return run(withMain(RunArguments.of(line)));
        } catch (DescriptorException wrong) {
            wrong.problems().forEach(err::println);
            return ExitCode.USAGE;
        } catch (UsageException wrong) {
            err.println("actium run: " + wrong.getMessage());
            return ExitCode.USAGE;
        }
    }

    /** A descriptor that was named may also say which class is to be run. */
    private RunArguments withMain(RunArguments arguments) {
        return arguments
                .descriptor()
                .map(file -> deployments.read(DescriptorFile.read(file, arguments.variables())))
                .map(descriptor -> DescriptorMain.completed(
                        arguments, descriptor.application().mains()))
                .orElse(arguments);
    }

    private int run(RunArguments arguments) {
        try (Application application = applications.start(arguments.application(), arguments.main())) {
            Progress progress = new Progress(stopwatch, out, arguments.quiet());
            Optional<DescriptorSource> descriptor = descriptor(arguments, application);
            try (Emergency emergency =
                    new Emergency(arguments, deployments, endsWithParent, recoveries, time, progress)) {
                return new ApplicationRun(
                                application, arguments, deployments, objects, futures, emergency, progress, err)
                        .run(descriptor);
            }
        } catch (BundleException notStarted) {
            err.println("application '" + arguments.application() + "' cannot be started: " + notStarted.getMessage());
            return ExitCode.FAILED;
        }
    }

    private static Optional<DescriptorSource> descriptor(RunArguments arguments, Application application) {
        if (arguments.descriptor().isPresent()) {
            return Optional.of(DescriptorFile.read(arguments.descriptor().get(), arguments.variables()));
        }
        Optional<DescriptorSource> own = application.descriptor(arguments.variables());
        if (own.isEmpty() && !arguments.variables().isEmpty()) {
            throw new UsageException("application '" + application.name() + "' has no descriptor with variables "
                    + String.join(", ", arguments.variables().keySet()) + "; name one with --descriptor");
        }
        return own;
    }
}
