package org.actium.application.core;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Optional;
import org.actium.application.api.Actium;
import org.actium.application.api.CurrentActium;
import org.actium.application.api.UnusableOptionException;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentException;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.api.VirtualNode;
import org.actium.deployment.model.DescriptorException;
import org.actium.future.api.Futures;
import org.actium.object.api.ActiveObjects;

/**
 * One run of one application: deploy, wait for its virtual nodes, call {@code main}, undeploy.
 *
 * <p>Once something was deployed it is undeployed before the run ends, however it ends. If the framework stops in the
 * middle (Ctrl-C), whoever deployed undeploys; doing it twice does no harm.
 */
final class ApplicationRun {

    private final Application application;
    private final RunArguments arguments;
    private final Deployments deployments;
    private final ActiveObjects objects;
    private final Futures futures;
    private final Emergency emergency;
    private final Progress progress;
    private final PrintStream err;

    ApplicationRun(
            Application application,
            RunArguments arguments,
            Deployments deployments,
            ActiveObjects objects,
            Futures futures,
            Emergency emergency,
            Progress progress,
            PrintStream err) {
        this.application = application;
        this.arguments = arguments;
        this.deployments = deployments;
        this.objects = objects;
        this.futures = futures;
        this.emergency = emergency;
        this.progress = progress;
        this.err = err;
    }

    /** @return exit code; what failed has been printed */
    int run(Optional<DescriptorSource> descriptor) {
        Method main = application.main(); // before anything is started: it may not exist
        if (descriptor.isEmpty()) {
            emergency.refuseWithoutDeployment(application.name());
            return call(main, Optional.empty());
        }
        try {
            emergency.deploySpare(descriptor.get());
            progress.print("deploying " + descriptor.get().name());
            Deployment deployment = emergency.deploy(descriptor.get());
            try {
                deployment.virtualNodes().forEach(VirtualNode::waitReady);
                emergency.protect(deployment);
                int result = call(main, Optional.of(deployment));
                return result == ExitCode.OK ? emergency.judged(err) : result;
            } finally {
                emergency.over();
                deployment.undeploy();
                progress.print("undeployed " + deployment.source());
            }
        } catch (DescriptorException wrong) {
            wrong.problems().forEach(err::println);
            return ExitCode.USAGE;
        } catch (DeploymentException failed) {
            err.println("deployment of " + descriptor.get().name() + " failed: " + failed.getMessage());
            return ExitCode.FAILED;
        }
    }

    private int call(Method main, Optional<Deployment> deployment) {
        Actium actium = new RunningActium(
                application.name(),
                objects,
                futures,
                deployment,
                application.bundle().getBundleContext(),
                arguments.options());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(application.loader());
        try {
            CurrentActium.call(
                    actium,
                    () -> main.invoke(null, (Object) arguments.arguments().toArray(String[]::new)));
            reportTimes(progress.elapsed());
            return ExitCode.OK;
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof UnusableOptionException unusable) {
                err.println("application '" + application.name() + "': " + unusable.getMessage());
                return ExitCode.USAGE;
            }
            err.println("application '" + application.name() + "' failed:");
            new ApplicationTrace(main.getDeclaringClass().getName())
                    .cut(thrown.getCause())
                    .printStackTrace(err);
            return ExitCode.FAILED;
        } catch (ReflectiveOperationException impossible) { // it was made accessible
            throw new IllegalStateException(impossible);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void reportTimes(Duration result) {
        String firstNode = progress.firstNode()
                .map(after -> "first node ready after " + Stopwatch.seconds(after) + ", ")
                .orElse("");
        progress.print(firstNode + "result after " + Stopwatch.seconds(result));
    }
}
