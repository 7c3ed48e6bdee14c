package org.actium.service.updates;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.Deployments;
import org.actium.object.api.ActiveObjects;
import org.actium.object.api.ObjectInfo;
import org.actium.object.spi.ObjectHandles;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Node;
import org.actium.service.api.BundleImpact;
import org.actium.service.api.BundleUpdates;
import org.actium.service.api.ServiceOffer;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalServices;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Looks at the set that the framework would refresh, and at what lives on its classes. */
@Component(service = BundleUpdates.class)
public final class GuardedUpdates implements BundleUpdates {

    private final BundleContext context;
    private final ActiveObjects objects;
    private final ObjectHandles handles;
    private final ActiumRuntime runtime;
    private final TechnicalServices services;
    private final Deployments deployments;

    @Activate
    public GuardedUpdates(
            BundleContext context,
            @Reference ActiveObjects objects,
            @Reference ObjectHandles handles,
            @Reference ActiumRuntime runtime,
            @Reference TechnicalServices services,
            @Reference Deployments deployments) {
        this.context = Objects.requireNonNull(context, "context");
        this.objects = Objects.requireNonNull(objects, "objects");
        this.handles = Objects.requireNonNull(handles, "handles");
        this.runtime = Objects.requireNonNull(runtime, "runtime");
        this.services = Objects.requireNonNull(services, "services");
        this.deployments = Objects.requireNonNull(deployments, "deployments");
    }

    @Override
    public BundleImpact preview(String bundle) {
        return impact(find(bundle));
    }

    @Override
    public BundleImpact update(String bundle, InputStream content, boolean force) {
        byte[] jar = read(content, "bundle " + bundle + " is not updated");
        Bundle found = find(bundle);
        String name = BundleJar.symbolicName(jar);
        if (!name.equals(found.getSymbolicName())) {
            throw new IllegalArgumentException(
                    "bundle " + found.getSymbolicName() + " is not updated: what was given is" + " bundle " + name
                            + "; install that, or give a version of " + found.getSymbolicName());
        }
        BundleImpact impact = requireNothingLost(found, force, "updated");
        boolean ran = runs(found);
        BundleRevision before = found.adapt(BundleRevision.class);
        Optional<BundleException> refusal = updated(found, jar);
        boolean replaced = found.adapt(BundleRevision.class) != before;
        if (replaced) {
            refresh(found);
        }
        Optional<BundleException> unable = ran && !runs(found) ? started(found) : Optional.empty();
        refusal.filter(refused -> !replaced).or(() -> unable).ifPresent(reason -> {
            throw new IllegalArgumentException(
                    "bundle " + name + " could not be updated as it should: " + reason.getMessage()
                            + "; it is here in version " + found.getVersion() + " now, "
                            + (runs(found) ? "started" : "not started") + "; update it again with one that works",
                    reason);
        });
        return impact;
    }

    /** Whether it is started, or will be as soon as somebody uses a class of it. */
    private static boolean runs(Bundle bundle) {
        return bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING;
    }

    /** Why the framework complains: it kept the old content, or took the new one and cannot start it. */
    private static Optional<BundleException> updated(Bundle bundle, byte[] jar) {
        try {
            bundle.update(new ByteArrayInputStream(jar));
            return Optional.empty();
        } catch (BundleException refused) {
            return Optional.of(refused);
        }
    }

    private static Optional<BundleException> started(Bundle bundle) {
        try {
            bundle.start();
            return Optional.empty();
        } catch (BundleException refused) {
            return Optional.of(refused);
        }
    }

    private static byte[] read(InputStream content, String consequence) {
        try (InputStream bytes = content) {
            return bytes.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(consequence + ": it cannot be read", unreadable);
        }
    }

    @Override
    public String install(InputStream content) {
        byte[] jar = read(content, "a bundle is not installed");
        String name = BundleJar.symbolicName(jar);
        look(name).ifPresent(present -> {
            throw new IllegalStateException(
                    "bundle " + name + " is not installed: there is one of that name already, of" + " version "
                            + present.getVersion() + "; update it, or uninstall it first");
        });
        try {
            Bundle installed = context.installBundle("installed:" + name, new ByteArrayInputStream(jar));
            try {
                start(installed);
            } catch (BundleException | RuntimeException unable) {
                installed.uninstall();
                refresh(installed);
                throw unable;
            }
            return name;
        } catch (BundleException refused) {
            throw new IllegalArgumentException(
                    "bundle " + name + " is not installed: " + refused.getMessage(), refused);
        }
    }

    @Override
    public boolean isInstalled(String bundle) {
        return look(bundle).isPresent();
    }

    @Override
    public void start(String bundle) {
        try {
            start(find(bundle));
        } catch (BundleException refused) {
            throw new IllegalArgumentException(
                    "bundle " + bundle + " is not started: " + refused.getMessage(), refused);
        }
    }

    /** Not at a level that the framework has not reached, at which nothing would happen. */
    private void start(Bundle bundle) throws BundleException {
        BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
        int reached = context.getBundle(0).adapt(FrameworkStartLevel.class).getStartLevel();
        if (level.getStartLevel() > reached) {
            level.setStartLevel(reached);
        }
        if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
            bundle.start();
        }
    }

    @Override
    public BundleImpact stop(String bundle, boolean force) {
        try {
            Bundle found = find(bundle);
            BundleImpact impact = requireNothingLost(found, force, "stopped");
            found.stop();
            return impact;
        } catch (BundleException refused) {
            throw new IllegalArgumentException(
                    "bundle " + bundle + " is not stopped: " + refused.getMessage(), refused);
        }
    }

    @Override
    public BundleImpact uninstall(String bundle, boolean force) {
        try {
            Bundle found = find(bundle);
            BundleImpact impact = requireNothingLost(found, force, "uninstalled");
            found.uninstall();
            refresh(found);
            return impact;
        } catch (BundleException refused) {
            throw new IllegalArgumentException(
                    "bundle " + bundle + " is not uninstalled: " + refused.getMessage(), refused);
        }
    }

    private BundleImpact requireNothingLost(Bundle bundle, boolean force, String done) {
        BundleImpact impact = impact(bundle);
        if (!impact.objects().isEmpty() && !force) {
            throw new IllegalStateException("bundle " + bundle.getSymbolicName() + " is not " + done + ": "
                    + impact.objects().size() + " active objects would be lost, whose classes come from it or from"
                    + " what depends on it: " + String.join(", ", impact.objects())
                    + "; end them first, or force it");
        }
        return impact;
    }

    private Optional<Bundle> look(String name) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()) || name.equals("" + bundle.getBundleId()))
                .findFirst();
    }

    private Bundle find(String name) {
        return look(name)
                .orElseThrow(() -> new IllegalArgumentException("there is no bundle '" + name
                        + "' here; give its symbolic name or number, as felix:lb lists them"));
    }

    private void refresh(Bundle bundle) {
        CountDownLatch refreshed = new CountDownLatch(1);
        wiring().refreshBundles(List.of(bundle), event -> refreshed.countDown());
        try {
            refreshed.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private FrameworkWiring wiring() {
        return context.getBundle(0).adapt(FrameworkWiring.class);
    }

    private BundleImpact impact(Bundle bundle) {
        Collection<Bundle> touched = wiring().getDependencyClosure(List.of(bundle));
        boolean everything = isFrom(touched, objects.getClass());
        List<ObjectInfo> lost = objects.objects().stream()
                .filter(object -> everything
                        || handles.here(object.id())
                                .filter(local -> isFrom(touched, local.type()))
                                .isPresent())
                .toList();
        Set<String> names = touched.stream().map(Bundle::getSymbolicName).collect(Collectors.toSet());
        List<Node> served = runtime.nodes().stream()
                .filter(node -> !servicesFrom(names, node).isEmpty())
                .toList();
        Set<String> places = new HashSet<>(lost.stream().map(ObjectInfo::node).toList());
        served.forEach(node -> places.add(node.name()));
        return new BundleImpact(
                names.stream().sorted().toList(),
                lost.stream()
                        .map(object -> object.name() + " (" + object.type() + ") on " + object.node())
                        .sorted()
                        .toList(),
                served.stream()
                        .map(node -> node.name() + ": " + String.join(", ", servicesFrom(names, node)))
                        .toList(),
                deployments.deployments().stream()
                        .filter(deployment -> hasNode(deployment, places))
                        .map(Deployment::id)
                        .toList());
    }

    private boolean hasNode(Deployment deployment, Set<String> places) {
        return deployment.virtualNodes().stream()
                .flatMap(virtualNode -> virtualNode.nodes().stream())
                .anyMatch(node -> node.runtime().equals(runtime.id()) && places.contains(node.name()));
    }

    private static boolean isFrom(Collection<Bundle> bundles, Class<?> type) {
        return Optional.ofNullable(FrameworkUtil.getBundle(type))
                .filter(bundles::contains)
                .isPresent();
    }

    private List<String> servicesFrom(Set<String> bundles, Node node) {
        return services.applied(node).stream()
                .filter(use -> services.offer(use.service())
                        .map(ServiceOffer::bundle)
                        .filter(bundles::contains)
                        .isPresent())
                .map(ServiceUse::id)
                .toList();
    }
}
