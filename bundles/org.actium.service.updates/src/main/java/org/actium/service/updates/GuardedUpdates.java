package org.actium.service.updates;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.actium.deployment.api.Deployments;
import org.actium.provision.api.BundleReplacer;
import org.actium.provision.api.Provisioner;
import org.actium.provision.api.RefusedForNowException;
import org.actium.remote.api.RemoteObjects;
import org.actium.remote.api.RemotingException;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.NodeHandles;
import org.actium.service.api.BundleImpact;
import org.actium.service.api.BundleUpdates;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalServices;
import org.actium.service.updates.FrameworkBundles.Condition;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * Looks at the set that the framework would refresh, and at what lives on its classes, before anything changes. An update
 * goes on to the runtimes on which nodes of deployments of this one have technical services of the bundle, one after the
 * other; if it cannot be made on one of them, the bundle is set back everywhere.
 *
 * <p>Threading: any thread; updates that somebody asks for here are made one after the other, and so is all that changes
 * this container. Two runtimes may update each other: no call goes out while this container is being changed.
 */
@Component(service = {BundleUpdates.class, BundleReplacer.class})
public final class GuardedUpdates implements BundleUpdates, BundleReplacer, AutoCloseable {

    private final FrameworkBundles bundles;
    private final Impacts impacts;
    private final ActiumRuntime runtime;
    private final TechnicalServices services;
    private final RemoteObjects remoteObjects;
    private final Provisioner provisioner;
    private final ServedRuntimes others;
    private final Registration export;
    private final ReentrantLock turn = new ReentrantLock(); // of who updates for all runtimes
    private final ReentrantLock changing = new ReentrantLock(); // of who changes this container; taken after the turn

    @Activate
    public GuardedUpdates(
            BundleContext context,
            @Reference ServiceComponentRuntime components,
            @Reference Impacts impacts,
            @Reference ActiumRuntime runtime,
            @Reference NodeHandles handles,
            @Reference TechnicalServices services,
            @Reference Deployments deployments,
            @Reference RemoteObjects remoteObjects,
            @Reference Provisioner provisioner) {
        this.bundles = new FrameworkBundles(
                Objects.requireNonNull(context, "context"), Objects.requireNonNull(components, "components"));
        this.impacts = Objects.requireNonNull(impacts, "impacts");
        this.runtime = Objects.requireNonNull(runtime, "runtime");
        this.services = Objects.requireNonNull(services, "services");
        this.remoteObjects = Objects.requireNonNull(remoteObjects, "remoteObjects");
        this.provisioner = Objects.requireNonNull(provisioner, "provisioner");
        this.others = new ServedRuntimes(deployments, handles, services, runtime.id());
        this.export = remoteObjects.export(
                ImpactReport.class,
                ImpactReport.NAME,
                (bundle, updater) -> Optional.of(bundles.look(bundle))
                        .filter(found -> !found.isEmpty())
                        .map(found -> impactHere(found).withForeign(impacts.foreign(found, updater))));
    }

    @Override
    @Deactivate
    public void close() {
        export.close();
    }

    @Override
    public BundleImpact preview(String bundle) {
        return impact(bundles.find(bundle));
    }

    @Override
    public BundleImpact update(String bundle, InputStream content, boolean force) {
        byte[] jar = read(content, "bundle " + bundle + " is not updated");
        turn.lock();
        try {
            Bundle found = bundles.find(bundle);
            requireSame(found, jar);
            BundleImpact impact =
                    requireNothingLost(found, requireOwn(found, impact(found), "updated"), force, "updated");
            byte[] before = content(found);
            Set<RuntimeAddress> served = new LinkedHashSet<>(others.of(found).keySet());
            uninterrupted(() -> {
                alone(() -> replaceHere(found, jar, before, runtime.id(), force, "updated"));
                served.addAll(others.of(found).keySet()); // a node may have come
                spread(found, served, before, force);
                services.changing().close(); // elsewhere too, where it may have failed before
            });
            return impact;
        } finally {
            turn.unlock();
        }
    }

    @Override
    public Set<RuntimeId> users(long bundle) {
        return impacts.users(bundles.find("" + bundle));
    }

    @Override
    public void replace(long bundle, Path jar, RuntimeId origin, boolean force) {
        byte[] content = read(jar);
        alone(() -> {
            Bundle found = bundles.find("" + bundle);
            requireSame(found, content);
            replaceHere(found, content, content(found), origin, force, "updated on runtime " + runtime.name());
        });
    }

    /** An interrupt that came before waits for the end: calls to other runtimes would fail one by one for it. */
    private static void uninterrupted(Runnable change) {
        boolean interrupted = Thread.interrupted();
        try {
            change.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void alone(Runnable change) {
        alone(() -> {
            change.run();
            return true;
        });
    }

    private <T> T alone(Supplier<T> change) {
        changing.lock();
        try {
            return change.get();
        } finally {
            changing.unlock();
        }
    }

    @Override
    public String symbolicName(InputStream content) {
        return BundleJar.symbolicName(read(content, "a bundle has no name"));
    }

    private static void requireSame(Bundle found, byte[] jar) {
        String name = BundleJar.symbolicName(jar);
        if (!name.equals(found.getSymbolicName())) {
            throw new IllegalArgumentException(
                    "bundle " + found.getSymbolicName() + " is not updated: what was given is bundle " + name
                            + "; install that, or give a version of " + found.getSymbolicName());
        }
    }

    /** What is in it now, to go back to. */
    private byte[] content(Bundle bundle) {
        return read(
                provisioner.jar(bundle.getSymbolicName(), bundle.getVersion().toString()));
    }

    private static byte[] read(Path jar) {
        try {
            return Files.readAllBytes(jar);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("jar " + jar + " cannot be read", unreadable);
        }
    }

    private static byte[] read(InputStream content, String consequence) {
        try (InputStream bytes = content) {
            return bytes.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(consequence + ": it cannot be read", unreadable);
        }
    }

    /**
     * Not without the bundles that depend on it, the services that these need, and those that nodes have from any of them.
     * What would be lost is looked for when no more of it can begin, and once more whether others use it.
     *
     * @param before to go back to if the new one does not work
     * @param updater whose nodes these may be
     * @param done what is refused if something would be lost, as a participle
     */
    private void replaceHere(Bundle found, byte[] jar, byte[] before, RuntimeId updater, boolean force, String done) {
        boolean ran = FrameworkBundles.runs(found);
        Touched touched = bundles.touched(List.of(found));
        try (Registration _ = hold(touched, force)) {
            BundleImpact impact = impacts.of(touched).withForeign(impacts.foreign(List.of(found), updater));
            requireNothingLost(found, requireOwn(found, impact, done), force, done);
            Map<Node, List<ServiceUse>> served = impacts.toReturn(touched);
            Condition condition = bundles.condition(touched.all());
            Function<byte[], Optional<String>> exchange = content -> exchange(found, content, ran)
                    .map(BundleException::getMessage)
                    .or(() -> bundles.worseThan(condition, found))
                    .or(() -> impacts.missing(served));
            exchange.apply(jar).ifPresent(reason -> {
                throw new IllegalArgumentException("bundle " + found.getSymbolicName() + " is not updated: " + reason
                        + "; " + setBack(found, force, () -> exchange.apply(before)));
            });
        }
    }

    /** @return what came of it, as the end of a sentence */
    private String setBack(Bundle found, boolean force, Supplier<Optional<String>> exchange) {
        Touched touched = bundles.touched(List.of(found));
        try (Registration _ = hold(touched, force)) {
            List<String> losses = losses(impacts.of(touched));
            return losses.isEmpty() || force
                    ? exchange.get()
                            .map(worse -> "the one from before does not work any more: " + worse)
                            .orElseGet(() -> "version " + found.getVersion() + " is back")
                    : "nor is it set back, because " + String.join("; ", losses) + ": update it again";
        }
    }

    /** Nothing is held where what is lost does not count. */
    private Registration hold(Touched touched, boolean force) {
        return force ? () -> {} : impacts.hold(touched);
    }

    /** Nobody is refused a service meanwhile. */
    private Optional<BundleException> exchange(Bundle found, byte[] jar, boolean ran) {
        return bundles.exchange(found, jar, ran, services::changing);
    }

    /** The others get what is in the bundle now; or all of them, and this one, what was. */
    private void spread(Bundle found, Set<RuntimeAddress> served, byte[] before, boolean force) {
        List<RuntimeAddress> touched = new ArrayList<>();
        for (RuntimeAddress other : served) {
            touched.add(other); // one that does not answer may have done it all the same
            try {
                renew(other, found, force);
            } catch (RuntimeException unable) { // whatever it is, the runtimes must not stay different
                String message = "bundle " + found.getSymbolicName() + " is not updated: runtime " + other.name()
                        + " cannot use it: " + unable.getMessage() + "; "
                        + goBack(found, before, touched, served, force);
                throw unable instanceof RefusedForNowException
                        ? new IllegalStateException(message, unable)
                        : new IllegalArgumentException(message, unable);
            }
        }
    }

    /** What an interrupt has ended is done again: on the other runtime it went on, or the new content is there. */
    private void renew(RuntimeAddress other, Bundle found, boolean force) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    provisioner.renew(
                            other, found.getSymbolicName(), found.getVersion().toString(), force);
                    return;
                } catch (RuntimeException failed) {
                    if (!Thread.interrupted()) {
                        throw failed;
                    }
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * @param served what there was to do: whoever came meanwhile has got the new one
     * @return what came of it, as the end of a sentence
     */
    private String goBack(
            Bundle found, byte[] before, List<RuntimeAddress> touched, Set<RuntimeAddress> served, boolean force) {
        Reversal here = alone(() -> reversed(found, before, force));
        if (here.stuck().isPresent()) {
            return "nor is it set back here, because " + here.stuck().get()
                    + ": runtimes have different versions now; update it again";
        }
        List<String> different = new ArrayList<>();
        Set<RuntimeAddress> renewed = new LinkedHashSet<>(others.of(found).keySet());
        renewed.removeAll(served);
        renewed.addAll(touched);
        for (RuntimeAddress other : renewed) {
            try {
                renew(other, found, force);
            } catch (RuntimeException unable) {
                different.add(other.name() + " (" + unable.getMessage() + ")");
            }
        }
        return "version " + found.getVersion() + " is back"
                + (different.isEmpty()
                        ? " on all runtimes"
                        : ", but not on " + String.join(", ", different) + "; update it again")
                + here.worse()
                        .map(worse -> "; here it does not work any more: " + worse)
                        .orElse("");
    }

    /**
     * What came of setting a bundle back in this container.
     *
     * @param stuck why it is not
     * @param worse what does not work any more though it is
     */
    private record Reversal(Optional<String> stuck, Optional<String> worse) {}

    /** Objects may have been made of the new one: they count as they do before an update. */
    private Reversal reversed(Bundle found, byte[] before, boolean force) {
        Touched touched = bundles.touched(List.of(found));
        try (Registration _ = hold(touched, force)) {
            List<String> losses = losses(impacts.of(touched));
            if (!losses.isEmpty() && !force) {
                return new Reversal(Optional.of(String.join("; ", losses)), Optional.empty());
            }
            Map<Node, List<ServiceUse>> served = impacts.toReturn(touched);
            Condition condition = bundles.condition(touched.all());
            Optional<String> stuck =
                    exchange(found, before, FrameworkBundles.runs(found)).map(BundleException::getMessage);
            return new Reversal(
                    stuck,
                    stuck.isPresent()
                            ? Optional.empty()
                            : bundles.worseThan(condition, found).or(() -> impacts.missing(served)));
        }
    }

    @Override
    public String install(InputStream content) {
        byte[] jar = read(content, "a bundle is not installed");
        return alone(() -> install(BundleJar.symbolicName(jar), jar));
    }

    private String install(String name, byte[] jar) {
        bundles.look(name).stream().findFirst().ifPresent(present -> {
            throw new IllegalStateException(
                    "bundle " + name + " is not installed: there is one of that name already, of version "
                            + present.getVersion() + "; update it, or uninstall it first");
        });
        try {
            bundles.install(name, jar);
            return name;
        } catch (BundleException refused) {
            throw new IllegalArgumentException(
                    "bundle " + name + " is not installed: " + refused.getMessage(), refused);
        }
    }

    @Override
    public boolean isInstalled(String bundle) {
        return !bundles.look(bundle).isEmpty();
    }

    @Override
    public void start(String bundle) {
        alone(() -> {
            Bundle found = bundles.find(bundle);
            try {
                bundles.start(found);
            } catch (BundleException refused) {
                throw new IllegalArgumentException(
                        "bundle " + bundle + " is not started: " + refused.getMessage(), refused);
            }
        });
    }

    @Override
    public BundleImpact stop(String bundle, boolean force) {
        return alone(() -> {
            Bundle found = bundles.find(bundle);
            try (Registration _ = hold(bundles.touched(List.of(found)), force)) {
                BundleImpact impact = requireNothingLost(found, impactOfStopping(found), force, "stopped");
                found.stop();
                return impact;
            } catch (BundleException refused) {
                throw new IllegalArgumentException(
                        "bundle " + bundle + " is not stopped: " + refused.getMessage(), refused);
            }
        });
    }

    @Override
    public BundleImpact uninstall(String bundle, boolean force) {
        return alone(() -> {
            Bundle found = bundles.find(bundle);
            try (Registration _ = hold(bundles.touched(List.of(found)), force)) {
                BundleImpact impact = requireNothingLost(found, impactHere(List.of(found)), force, "uninstalled");
                bundles.uninstall(found);
                services.changing().close(); // what was withdrawn while it stopped has nobody to come back with now
                return impact;
            } catch (BundleException refused) {
                throw new IllegalArgumentException(
                        "bundle " + bundle + " is not uninstalled: " + refused.getMessage(), refused);
            }
        });
    }

    private static BundleImpact requireNothingLost(Bundle bundle, BundleImpact impact, boolean force, String done) {
        List<String> losses = losses(impact);
        if (losses.isEmpty() || force) {
            return impact;
        }
        throw new IllegalStateException("bundle " + bundle.getSymbolicName() + " is not " + done + ": "
                + String.join("; ", losses) + ", or force it");
    }

    private static List<String> losses(BundleImpact impact) {
        List<String> losses = new ArrayList<>();
        if (!impact.objects().isEmpty()) {
            losses.add(impact.objects().size() + " active objects would be lost, because they or what runs them"
                    + " depend on it: " + String.join(", ", impact.objects()) + "; end them first");
        }
        if (!impact.undeployed().isEmpty()) {
            losses.add("the deployments " + String.join(", ", impact.undeployed())
                    + " would be undeployed, which depend on it; undeploy them first");
        }
        if (!impact.stripped().isEmpty()) {
            losses.add("technical services would leave nodes for good: " + String.join("; ", impact.stripped())
                    + "; remove them first");
        }
        return losses;
    }

    /** No force helps: who deployed the other nodes counts on what they have. */
    private static BundleImpact requireOwn(Bundle bundle, BundleImpact impact, String done) {
        if (!impact.foreign().isEmpty()) {
            throw new IllegalStateException("bundle " + bundle.getSymbolicName()
                    + " is not " + done + ": nodes that other runtimes deployed use it: "
                    + String.join("; ", impact.foreign()) + "; undeploy them there first");
        }
        return impact;
    }

    private BundleImpact impactHere(List<Bundle> changed) {
        return impacts.of(bundles.touched(changed));
    }

    /** What depends on its classes goes on with them, but is as badly off as if it were updated. */
    private BundleImpact impactOfStopping(Bundle bundle) {
        return impactHere(List.of(bundle)).withRefreshed(List.of(bundle.getSymbolicName()));
    }

    private BundleImpact impact(Bundle bundle) {
        Map<RuntimeAddress, Set<String>> served = others.of(bundle);
        Map<String, BundleImpact> there = new LinkedHashMap<>();
        served.keySet().forEach(other -> impactOn(other, bundle).ifPresent(impact -> there.put(other.name(), impact)));
        return Impacts.together(
                impactHere(List.of(bundle)).withForeign(impacts.foreign(List.of(bundle), runtime.id())),
                there,
                served.values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
    }

    private Optional<BundleImpact> impactOn(RuntimeAddress other, Bundle bundle) {
        try {
            return remoteObjects
                    .at(other, ImpactReport.class, ImpactReport.NAME)
                    .impact(bundle.getSymbolicName(), runtime.id());
        } catch (RemotingException silent) {
            throw new IllegalStateException(
                    "bundle " + bundle.getSymbolicName() + ": it is not known what an update would touch, because"
                            + " runtime " + other.name() + ", with nodes that have technical services of it, does not"
                            + " answer: " + silent.getMessage(),
                    silent);
        }
    }
}
