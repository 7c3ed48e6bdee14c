package org.actium.launcher.container;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.actium.launcher.cli.CommandFailure;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/** A framework with the bundles of an assembly. Any thread may close it. */
public final class Container implements AutoCloseable {

    private static final long STOP_LIMIT_MILLIS = 20_000;

    /** We may hear of a service before a component gets it; and one that offers none itself tells nobody when it has. */
    private static final long LOOK_AGAIN_NANOS = 100_000_000;

    private final Framework framework;
    private final FrameworkLog log;
    private final String assembly;
    private final List<Bundle> bundles;
    private final List<Runnable> afterStop = new CopyOnWriteArrayList<>();

    private Container(Framework framework, FrameworkLog log, String assembly, List<Bundle> bundles) {
        this.framework = framework;
        this.log = log;
        this.assembly = assembly;
        this.bundles = bundles;
    }

    /**
     * Installs the bundles and resolves them; nothing runs yet.
     *
     * @param properties of the framework
     * @throws CommandFailure naming every bundle that cannot be installed or does not resolve
     */
    static Container install(Assembly assembly, Map<String, String> properties) {
        var log = new FrameworkLog();
        var configuration = new HashMap<String, Object>(properties);
        configuration.put("felix.log.logger", log);
        Framework framework = new FrameworkFactory().newFramework(configuration);
        try {
            framework.init();
            var container = new Container(framework, log, assembly.name(), installed(assembly, framework));
            container.resolve();
            return container;
        } catch (BundleException unusable) {
            throw StartFailure.of("the framework does not start", List.of(reason(unusable)));
        } catch (CommandFailure failure) {
            stop(framework);
            throw failure;
        }
    }

    private static List<Bundle> installed(Assembly assembly, Framework framework) {
        var installed = new ArrayList<Bundle>();
        var problems = new ArrayList<String>();
        var startLevel = framework.adapt(FrameworkStartLevel.class);
        for (var bundle : assembly.bundles()) {
            try {
                startLevel.setInitialBundleStartLevel(bundle.startLevel());
                // by reference: the jar stays where it is instead of being copied into the storage
                installed.add(framework.getBundleContext().installBundle("reference:file:" + bundle.file()));
            } catch (BundleException unusable) {
                problems.add(bundle.file().getFileName() + ": " + reason(unusable));
            }
        }
        if (!problems.isEmpty()) {
            throw StartFailure.of("assembly '" + assembly.name() + "' is damaged", problems);
        }
        return installed;
    }

    private void resolve() throws BundleException {
        if (framework.adapt(FrameworkWiring.class).resolveBundles(bundles)) {
            return;
        }
        framework.start(); // reaches the level at which bundles may be started, to be told why these cannot
        var reasons = bundles.stream()
                .filter(bundle -> bundle.getState() == Bundle.INSTALLED)
                .map(Container::reasonNotToStart)
                .toList();
        throw StartFailure.of("assembly '" + assembly + "' does not resolve", Unresolved.rootCauses(reasons));
    }

    /** Offers a service from outside all bundles; those that need it while they start must find it before. */
    <T> void offer(Class<T> type, T service, Map<String, String> properties) {
        framework.getBundleContext().registerService(type, service, new Hashtable<>(properties));
    }

    /**
     * Starts the bundles, level by level; returns when all are started.
     *
     * @throws CommandFailure naming every bundle that does not start
     */
    void start() {
        List<Bundle> started =
                bundles.stream().filter(bundle -> !isFragment(bundle)).toList();
        try {
            for (Bundle bundle : started) {
                bundle.start(Bundle.START_ACTIVATION_POLICY);
            }
            framework.start();
        } catch (BundleException unusable) {
            throw StartFailure.of("the framework does not start", List.of(reason(unusable)));
        }
        var failed = started.stream()
                .filter(bundle -> (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) == 0)
                .map(Container::reasonNotToStart)
                .toList();
        if (!failed.isEmpty()) {
            throw framework.getState() == Bundle.ACTIVE
                    ? StartFailure.of("assembly '" + assembly + "' does not start", failed)
                    : hasStopped();
        }
        log.started();
    }

    /**
     * Blocks until every component of ours has what it needs.
     *
     * @throws CommandFailure if one fails, or still lacks something at the limit; says what
     */
    public void awaitComponents(Duration limit) throws InterruptedException {
        BundleContext context = context();
        var components = new Components(context);
        var changes = new Semaphore(0);
        ServiceListener listener = change -> changes.release();
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            context.addServiceListener(listener);
            for (Components.State state = components.state(); !state.isComplete(); state = components.state()) {
                if (!state.failures().isEmpty()) {
                    throw StartFailure.of("the container does not start", state.failures());
                }
                long left = deadline - System.nanoTime();
                if (!changes.tryAcquire(Math.min(left, LOOK_AGAIN_NANOS), TimeUnit.NANOSECONDS)
                        && left <= LOOK_AGAIN_NANOS) {
                    throw StartFailure.of(
                            "the container is not complete after " + limit.toSeconds() + " s", state.lacks());
                }
                changes.drainPermits();
            }
            context.removeServiceListener(listener);
        } catch (IllegalStateException | NullPointerException failed) {
            throw ended(failed);
        }
    }

    /**
     * Blocks until a bundle says that something has happened.
     *
     * @param event value of the service property {@code actium.event}
     * @return whether it has happened, within the limit and before the container stopped
     */
    public boolean awaitEvent(String event, Duration limit) throws InterruptedException {
        var happened = new CompletableFuture<Boolean>();
        Thread.ofVirtual().start(() -> {
            awaitStopUninterrupted();
            happened.complete(false);
        });
        try {
            String filter = "(actium.event=" + event + ")";
            BundleContext context = context();
            context.addServiceListener(change -> happened.complete(true), filter);
            if (context.getAllServiceReferences(null, filter) != null) {
                happened.complete(true);
            }
            return happened.completeOnTimeout(false, limit.toMillis(), TimeUnit.MILLISECONDS)
                    .get();
        } catch (IllegalStateException | NullPointerException failed) {
            throw ended(failed);
        } catch (InvalidSyntaxException | ExecutionException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    /** @throws IllegalStateException if no bundle offers it */
    Object service(String type) {
        try {
            ServiceReference<?>[] offers = context().getAllServiceReferences(type, null);
            if (offers == null) {
                throw new IllegalStateException("no bundle of assembly '" + assembly + "' offers " + type);
            }
            return context().getService(offers[0]);
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    /** @throws CommandFailure if the framework was stopped from inside; it has no context then */
    private BundleContext context() {
        return Optional.ofNullable(framework.getBundleContext()).orElseThrow(Container::hasStopped);
    }

    /**
     * What a use of the framework failed of, which may be that it stops meanwhile: it then says that its context is
     * invalid, or fails because it no longer has one, depending on how far the stop is.
     */
    private RuntimeException ended(RuntimeException failed) {
        return framework.getState() == Bundle.ACTIVE ? failed : hasStopped();
    }

    private static CommandFailure hasStopped() {
        return CommandFailure.environment("the container has stopped by itself");
    }

    private void awaitStopUninterrupted() {
        try {
            awaitStop();
        } catch (InterruptedException impossible) {
            Thread.currentThread().interrupt(); // nobody knows the thread
        }
    }

    /**
     * A command that a bundle offers.
     *
     * @param name value of the service property {@code actium.command}
     * @throws CommandFailure if no bundle offers it
     */
    @SuppressWarnings("unchecked") // a service with this property takes String[]; nothing could check it
    public ToIntFunction<String[]> command(String name) {
        BundleContext context = context();
        try {
            ServiceReference<?>[] offers =
                    context.getServiceReferences(ToIntFunction.class.getName(), "(actium.command=" + name + ")");
            if (offers == null) {
                throw CommandFailure.environment("no bundle of assembly '" + assembly + "' offers the command");
            }
            return (ToIntFunction<String[]>) context.getService(offers[0]);
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    /** Runs the action once the container is closed, also if that is because the JVM was told to end. */
    public void afterStop(Runnable action) {
        afterStop.add(action);
    }

    /** Blocks until the framework is stopped, by {@link #close} or from inside. */
    public void awaitStop() throws InterruptedException {
        FrameworkEvent end;
        do {
            end = framework.waitForStop(0);
        } while (end.getType() == FrameworkEvent.STOPPED_UPDATE);
    }

    /** Stops every bundle, last started first, and returns when none runs. Closing twice does nothing more. */
    @Override
    public void close() {
        stop(framework);
        afterStop.forEach(Runnable::run);
    }

    private static void stop(Framework framework) {
        try {
            framework.stop();
            framework.waitForStop(STOP_LIMIT_MILLIS);
        } catch (BundleException cannotStop) {
            throw new IllegalStateException(cannotStop);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts it once more to be told; the framework only logs what goes wrong while it changes start levels. */
    private static String reasonNotToStart(Bundle bundle) {
        try {
            bundle.start(Bundle.START_TRANSIENT);
            return bundle.getSymbolicName() + ": started at the second attempt only";
        } catch (BundleException unusable) {
            return bundle.getSymbolicName() + ": " + reason(unusable);
        }
    }

    private static String reason(BundleException failure) {
        Throwable cause = failure.getCause();
        return failure.getMessage() + (cause == null ? "" : ": " + cause);
    }

    private static boolean isFragment(Bundle bundle) {
        return (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }
}
