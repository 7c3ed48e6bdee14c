package org.actium.service.updates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.VirtualNode;
import org.actium.object.api.ActiveObjects;
import org.actium.object.api.BodyId;
import org.actium.object.api.CreationException;
import org.actium.object.api.ObjectInfo;
import org.actium.object.spi.BirthGuard;
import org.actium.object.spi.ObjectHandles;
import org.actium.object.spi.ObjectHandles.LocalObject;
import org.actium.remote.api.Link;
import org.actium.remote.api.Links;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.actium.runtime.spi.NodeHandles;
import org.actium.runtime.spi.NodeRef;
import org.actium.service.api.BundleImpact;
import org.actium.service.api.ServiceGroup;
import org.actium.service.api.ServiceOffer;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalServices;
import org.actium.testkit.Eventually;
import org.actium.testkit.Fake;
import org.apache.felix.framework.FrameworkFactory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.dto.BundleDTO;
import org.osgi.framework.dto.ServiceReferenceDTO;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.SatisfiedReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Small bundles, in a framework with nothing else in it, and other runtimes that only write down what they are given. */
public class GuardedUpdatesTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final RuntimeId self = new RuntimeId(1, 0);
    private final List<ObjectInfo> objects = new CopyOnWriteArrayList<>();
    private final Map<BodyId, Class<?>> types = new ConcurrentHashMap<>();
    private final List<Node> nodes = new CopyOnWriteArrayList<>(); // of this runtime
    private final List<Deployment> deployed = new CopyOnWriteArrayList<>();
    private final Map<String, List<ServiceUse>> applied = new ConcurrentHashMap<>(); // by name of the node
    private final Set<String> groups = ConcurrentHashMap.newKeySet(); // of all nodes
    private final Map<RuntimeId, String> linked = new ConcurrentHashMap<>(); // names of runtimes
    private final Map<ComponentDescriptionDTO, ComponentConfigurationDTO> components = new ConcurrentHashMap<>();
    private final List<BirthGuard> guards = new CopyOnWriteArrayList<>();
    private final Set<Thread> changers = ConcurrentHashMap.newKeySet(); // who said that bundles are changing
    private final AtomicInteger changing = new AtomicInteger();
    private Framework framework;
    private OtherRuntimes others;
    private ActiveObjects space;
    private TechnicalServices services;
    private Deployments deployments;
    private GuardedUpdates updates;

    @Before
    public void start() throws Exception {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        folder.newFolder("cache").toString(),
                        Constants.FRAMEWORK_BUNDLE_PARENT,
                        Constants.FRAMEWORK_BUNDLE_PARENT_APP,
                        Constants.FRAMEWORK_BOOTDELEGATION, // for bundles that have what bundles of ours offer
                        "org.actium.object.api,org.actium.service.api,org.actium.deployment.api"));
        framework.start();
        others = new OtherRuntimes(folder.newFolder("jars").toPath());
        ServiceOffer guard = new ServiceOffer("watch", "Watch", "guard", "1.0.0");
        services = Fake.of(
                TechnicalServices.class,
                Map.of(
                        "applied",
                        (Function<Object[], Object>)
                                node -> List.copyOf(applied.getOrDefault(((Node) node[0]).name(), List.of())),
                        "groups",
                        (Function<Object[], Object>) use -> Set.copyOf(groups),
                        "offer",
                        (Function<Object[], Object>)
                                asked -> Optional.of(guard).filter(offer -> offer.answersTo((String) asked[0])),
                        "offers",
                        List.of(guard),
                        "changing",
                        (Function<Object[], Object>) any -> {
                            changing.incrementAndGet();
                            changers.add(Thread.currentThread());
                            return (Registration) changing::decrementAndGet;
                        }));
        deployments = Fake.of(
                Deployments.class, Map.of("deployments", (Function<Object[], Object>) any -> List.copyOf(deployed)));
        space = Fake.of(
                ActiveObjects.class, Map.of("objects", (Function<Object[], Object>) any -> List.copyOf(objects)));
        updates = updates();
    }

    /** With the active objects, technical services and deployments that the fields say. */
    private GuardedUpdates updates() {
        ActiumRuntime runtime = Fake.of(
                ActiumRuntime.class,
                Map.of("nodes", (Function<Object[], Object>) any -> List.copyOf(nodes), "id", self, "name", "here"));
        Impacts impacts = new Impacts(
                space,
                Fake.of(
                        ObjectHandles.class,
                        Map.of(
                                "here",
                                (Function<Object[], Object>) id ->
                                        Optional.ofNullable(types.get(id[0])).map(type -> new LocalObject(null, type)),
                                "guard",
                                (Function<Object[], Object>) guard -> {
                                    guards.add((BirthGuard) guard[0]);
                                    return (Registration) () -> guards.remove(guard[0]);
                                })),
                runtime,
                services,
                deployments,
                Fake.of(Links.class, Map.of("existing", (Function<Object[], Object>) peer ->
                        Optional.ofNullable(linked.get(peer[0])).map(name -> link((RuntimeId) peer[0], name)))));
        ServiceComponentRuntime scr = Fake.of(
                ServiceComponentRuntime.class,
                Map.of(
                        "getComponentDescriptionDTOs",
                        (Function<Object[], Object>) bundles -> List.copyOf(components.keySet()),
                        "getComponentConfigurationDTOs",
                        (Function<Object[], Object>) described -> List.of(components.get(described[0]))));
        NodeHandles handles = Fake.of(NodeHandles.class, Map.of("ref", (Function<Object[], Object>)
                node -> new NodeRef(address((Node) node[0]), ((Node) node[0]).name(), Optional.empty())));
        return new GuardedUpdates(
                framework.getBundleContext(), scr, impacts, runtime, handles, services, deployments, others, others);
    }

    private static Link link(RuntimeId peer, String name) {
        return Fake.of(Link.class, Map.of("peer", new RuntimeAddress(peer, name, List.of())));
    }

    /** A runtime is called as its first node, without the number. */
    private static RuntimeAddress address(Node node) {
        return new RuntimeAddress(node.runtime(), node.name().replaceAll("-.*", ""), List.of());
    }

    private static Node node(String name, long runtime) {
        return Fake.of(
                Node.class,
                Map.of(
                        "name",
                        name,
                        "runtime",
                        new RuntimeId(runtime, 0),
                        "equals",
                        (Function<Object[], Object>)
                                other -> ((Node) other[0]).name().equals(name),
                        "hashCode",
                        name.hashCode()));
    }

    private static Deployment deployment(String id, String service, Node... nodes) {
        VirtualNode virtualNode = Fake.of(
                VirtualNode.class,
                Map.of("nodes", List.of(nodes), "services", List.of(new ServiceUse("w", service, Map.of()))));
        return Fake.of(Deployment.class, Map.of("id", id, "virtualNodes", List.of(virtualNode)));
    }

    @After
    public void stop() throws Exception {
        framework.stop();
        framework.waitForStop(TimeUnit.SECONDS.toMillis(10));
        assertThat(changing).as("nobody waits for ever").hasValue(0);
    }

    @Test
    public void updatesABundleToAnotherVersion() {
        updates.install(jar("guard", "1.0.0", ""));

        assertThat(updates.update("guard", jar("guard", "1.1.0", ""), false).refreshed())
                .containsExactly("guard");

        assertThat(bundle("guard").getVersion()).hasToString("1.1.0");
        assertThat(bundle("guard").getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    public void doesNotTurnABundleIntoAnother() {
        updates.install(jar("guard", "1.0.0", ""));

        assertThatThrownBy(() -> updates.update("guard", jar("garden", "1.1.0", ""), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "bundle guard is not updated: what was given is bundle garden; install that, or give a version"
                                + " of guard");
        assertThatThrownBy(() -> updates.update("guard", new ByteArrayInputStream(new byte[] {1, 2, 3}), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("that is no bundle");

        assertThat(bundle("guard").getVersion()).hasToString("1.0.0");
        assertThat(bundle("guard").getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    public void goesBackIfTheNewVersionDoesNotResolve() {
        updates.install(jar("guard", "1.0.0", ""));

        assertThatThrownBy(() -> updates.update("guard", jar("guard", "1.1.0", "org.example.missing"), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("bundle guard is not updated: ")
                .hasMessageContaining("org.example.missing")
                .hasMessageEndingWith("; version 1.0.0 is back");

        assertThat(bundle("guard").getVersion()).hasToString("1.0.0");
        assertThat(bundle("guard").getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(others.given).isEmpty();
    }

    @Test
    public void goesBackIfTheNewVersionCannotServeANode() {
        updates.install(jar("guard", "1.0.0", ""));
        nodes.add(node("kept", 1));
        applied.put("kept", List.of(new ServiceUse("w", "watch", Map.of())));
        framework.getBundleContext().addBundleListener((SynchronousBundleListener) event -> {
            if (event.getType() == BundleEvent.UPDATED) {
                boolean able = event.getBundle().getVersion().toString().equals("1.0.0");
                applied.put("kept", able ? List.of(new ServiceUse("w", "watch", Map.of())) : List.of());
            }
        });

        assertThatThrownBy(() -> updates.update("guard", jar("guard", "1.1.0", ""), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bundle guard is not updated: its technical service 'w' cannot be applied again to node"
                        + " 'kept', as the log of runtime here says; version 1.0.0 is back");
        assertThat(bundle("guard").getVersion()).hasToString("1.0.0");
    }

    @Test
    public void anUpdateGoesOnToTheRuntimesWithNodesThatHaveItsServices() {
        updates.install(jar("guard", "1.0.0", ""));
        deployed.add(deployment("d1", "watch", node("here-1", 1), node("east-1", 2), node("east-2", 2)));
        deployed.add(deployment("d2", "watch", node("west-1", 3)));
        deployed.add(deployment("d3", "other", node("south-1", 4)));
        others.impacts.put(
                "west", new BundleImpact(List.of("guard", "user"), List.of(), List.of("west-1: w"), List.of()));

        BundleImpact preview = updates.preview("guard");
        assertThat(updates.update("guard", jar("guard", "1.1.0", ""), false)).isEqualTo(preview);

        assertThat(others.given).containsExactly("guard 1.1.0 to east", "guard 1.1.0 to west");
        assertThat(preview)
                .isEqualTo(new BundleImpact(
                        List.of("guard", "user"), List.of(), List.of("west, west-1: w"), List.of("d1", "d2")));
    }

    @Test
    public void ifARuntimeCannotUseItAllGoBack() {
        updates.install(jar("guard", "1.0.0", ""));
        deployed.add(deployment("d1", "watch", node("east-1", 2), node("west-1", 3), node("north-1", 4)));
        others.refusals.put("guard 1.1.0 to west", "it does not resolve there");

        assertThatThrownBy(() -> updates.update("guard", jar("guard", "1.1.0", ""), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bundle guard is not updated: runtime west cannot use it: it does not resolve there;"
                        + " version 1.0.0 is back on all runtimes");

        assertThat(bundle("guard").getVersion()).hasToString("1.0.0");
        assertThat(others.given)
                .containsExactly(
                        "guard 1.1.0 to east", "guard 1.1.0 to west", "guard 1.0.0 to east", "guard 1.0.0 to west");
    }

    @Test
    public void whatARuntimeCannotUseAtPresentCanBeTriedAgain() {
        updates.install(jar("guard", "1.0.0", ""));
        deployed.add(deployment("d1", "watch", node("east-1", 2)));
        others.delays.put("guard 1.1.0 to east", "an active object began there");

        assertThatThrownBy(() -> updates.update("guard", jar("guard", "1.1.0", ""), false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("bundle guard is not updated: runtime east cannot use it: an active object began there;"
                        + " version 1.0.0 is back on all runtimes");

        others.delays.clear();
        updates.update("guard", jar("guard", "1.1.0", ""), false);
        assertThat(bundle("guard").getVersion()).hasToString("1.1.0");
    }

    @Test
    public void whatIsForcedIsForcedBackToo() {
        updates.install(jar("guard", "1.0.0", ""));
        deployed.add(deployment("d1", "watch", node("east-1", 2)));
        others.refusals.put("guard 1.1.0 to east, forced", "it does not resolve there");

        assertThatThrownBy(() -> updates.update("guard", jar("guard", "1.1.0", ""), true))
                .hasMessageEndingWith("version 1.0.0 is back on all runtimes");
        assertThat(others.given).containsExactly("guard 1.1.0 to east, forced", "guard 1.0.0 to east, forced");
    }

    @Test
    public void doesNotGoBackIfThatWouldLoseAnObject() {
        updates.install(jar("guard", "1.0.0", ""));
        deployed.add(deployment("d1", "watch", node("east-1", 2)));
        others.refusals.put("guard 1.1.0 to east", "it does not resolve there");
        others.beforeRefusal = () -> live(bundle("guard"));

        assertThatThrownBy(() -> updates.update("guard", jar("guard", "1.1.0", ""), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bundle guard is not updated: runtime east cannot use it: it does not resolve there; nor is"
                        + " it set back here, because 1 active objects would be lost, because they or what runs them"
                        + " depend on it: ward (Ward) on kept; end them first: runtimes have different versions now;"
                        + " update it again");
        assertThat(bundle("guard").getVersion()).hasToString("1.1.0");
        assertThat(others.given).containsExactly("guard 1.1.0 to east");
    }

    @Test
    public void saysWhatDoesNotWorkAnyMoreWhenItHasGoneBack() {
        updates.install(jar("guard", "1.0.0", ""));
        nodes.add(node("kept", 1));
        applied.put("kept", List.of(new ServiceUse("w", "watch", Map.of())));
        deployed.add(deployment("d1", "watch", node("east-1", 2)));
        others.refusals.put("guard 1.1.0 to east", "it does not resolve there");
        framework.getBundleContext().addBundleListener((SynchronousBundleListener) event -> {
            if (event.getType() == BundleEvent.UPDATED
                    && event.getBundle().getVersion().toString().equals("1.0.0")) {
                applied.remove("kept");
            }
        });

        assertThatThrownBy(() -> updates.update("guard", jar("guard", "1.1.0", ""), false))
                .hasMessageEndingWith(
                        "; version 1.0.0 is back on all runtimes; here it does not work any more: its"
                                + " technical service 'w' cannot be applied again to node 'kept', as the log of runtime here says");
    }

    @Test
    public void underNodesThatOthersDeployedNothingIsUpdated() {
        updates.install(jar("guard", "1.0.0", ""));
        RuntimeId deployer = new RuntimeId(5, 0);
        nodes.add(node("kept", 1));
        applied.put("kept", List.of(new ServiceUse("w", "watch", Map.of())));
        groups.add(new ServiceGroup(self, "d1", "workers").text());
        groups.add(new ServiceGroup(deployer, "d1", "workers").text());
        linked.put(deployer, "east");

        assertThat(updates.preview("guard").foreign()).containsExactly("kept: w, deployed by east");
        for (boolean force : List.of(false, true)) {
            assertThatThrownBy(() -> updates.update("guard", jar("guard", "1.1.0", ""), force))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("bundle guard is not updated: nodes that other runtimes deployed use it: kept: w,"
                            + " deployed by east; undeploy them there first");
        }
        assertThat(bundle("guard").getVersion()).hasToString("1.0.0");

        linked.clear();
        updates.update("guard", jar("guard", "1.1.0", ""), false);
        assertThat(bundle("guard").getVersion()).as("east has gone").hasToString("1.1.0");
    }

    @Test
    public void whatOthersHaveOnAnotherRuntimeIsSeenAndNotUpdated() {
        updates.install(jar("guard", "1.0.0", ""));
        deployed.add(deployment("d1", "watch", node("east-1", 2)));
        others.impacts.put(
                "east",
                new BundleImpact(List.of("guard"), List.of(), List.of("east-2: w"), List.of("d7"))
                        .withForeign(List.of("east-2: w, deployed by west")));

        assertThat(updates.preview("guard").deployments()).containsExactly("d1", "d7 of east");
        assertThatThrownBy(() -> updates.update("guard", jar("guard", "1.1.0", ""), false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("east, east-2: w, deployed by west");
        assertThat(others.given).isEmpty();
    }

    @Test
    public void saysWhereItCouldNotGoBack() {
        updates.install(jar("guard", "1.0.0", ""));
        deployed.add(deployment("d1", "watch", node("east-1", 2), node("west-1", 3)));
        others.refusals.put("guard 1.1.0 to west", "it does not resolve there");
        others.refusals.put("guard 1.0.0 to east", "it does not answer");

        assertThatThrownBy(() -> updates.update("guard", jar("guard", "1.1.0", ""), false))
                .hasMessageEndingWith("; version 1.0.0 is back, but not on east (it does not answer); update it again");
    }

    @Test
    public void whatWouldBeLostOnAnotherRuntimeCountsToo() {
        updates.install(jar("guard", "1.0.0", ""));
        deployed.add(deployment("d1", "watch", node("east-1", 2)));
        others.impacts.put(
                "east", new BundleImpact(List.of("guard"), List.of("a (A) on east-1"), List.of(), List.of()));

        assertThatThrownBy(() -> updates.update("guard", jar("guard", "1.1.0", ""), false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("1 active objects would be lost")
                .hasMessageContaining("a (A) on east-1 of east");
        assertThat(bundle("guard").getVersion()).hasToString("1.0.0");
        assertThat(others.given).isEmpty();

        updates.update("guard", jar("guard", "1.1.0", ""), true);
        assertThat(others.given).containsExactly("guard 1.1.0 to east, forced");
    }

    @Test
    public void nothingIsChangedWhileARuntimeDoesNotAnswer() {
        updates.install(jar("guard", "1.0.0", ""));
        deployed.add(deployment("d1", "watch", node("east-1", 2)));
        others.silent.add("east");

        assertThatThrownBy(() -> updates.update("guard", jar("guard", "1.1.0", ""), false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("runtime east")
                .hasMessageContaining("does not answer");
        assertThat(bundle("guard").getVersion()).hasToString("1.0.0");
    }

    @Test
    public void whatAnotherRuntimeBringsIsGuardedAsWell() throws Exception {
        updates.install(jar("guard", "1.0.0", ""));
        long number = bundle("guard").getBundleId();
        Path next = folder.newFile("next.jar").toPath();
        Files.write(next, jar("guard", "1.1.0", "").readAllBytes());
        live(bundle("guard"));

        assertThatThrownBy(() -> updates.replace(number, next, new RuntimeId(5, 0), false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("bundle guard is not updated on runtime here: 1 active objects would be lost");
        assertThat(bundle("guard").getVersion()).hasToString("1.0.0");

        updates.replace(number, next, new RuntimeId(5, 0), true);
        assertThat(bundle("guard").getVersion()).hasToString("1.1.0");
    }

    @Test
    public void whatOthersDeployAfterTheFirstLookIsSeenToo() throws Exception {
        updates.install(jar("guard", "1.0.0", ""));
        Path next = folder.newFile("next.jar").toPath();
        Files.write(next, jar("guard", "1.1.0", "").readAllBytes());
        long number = bundle("guard").getBundleId();
        RuntimeId east = new RuntimeId(5, 0);
        linked.put(east, "east");
        nodes.add(node("kept", 1));
        groups.add(new ServiceGroup(east, "d1", "workers").text());
        others.beforeJar = () -> applied.put("kept", List.of(new ServiceUse("w", "watch", Map.of())));

        for (boolean force : List.of(false, true)) {
            applied.clear();
            assertThatThrownBy(() -> updates.update("guard", jar("guard", "1.1.0", ""), force))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("bundle guard is not updated: nodes that other runtimes deployed use it: kept: w,"
                            + " deployed by east; undeploy them there first");
            assertThatThrownBy(() -> updates.replace(number, next, self, force))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("bundle guard is not updated on runtime here: nodes that other runtimes");
        }
        assertThat(bundle("guard").getVersion()).hasToString("1.0.0");

        updates.replace(number, next, east, false);
        assertThat(bundle("guard").getVersion()).hasToString("1.1.0");
    }

    /** An active object of a class of the bundle. */
    private void live(Bundle bundle) {
        ObjectInfo object = new ObjectInfo(new BodyId(self, 7), "ward", "Ward", "kept", 0, 0);
        objects.add(object);
        types.put(object.id(), ward(bundle));
    }

    @Test
    public void whatWouldLoseAnObjectHappensOnlyIfForced() throws Exception {
        updates.install(jar("guard", "1.0.0", ""));
        live(bundle("guard"));
        deployed.add(deployment("d1", "other", node("kept", 1)));

        assertThat(updates.preview("guard"))
                .isEqualTo(
                        new BundleImpact(List.of("guard"), List.of("ward (Ward) on kept"), List.of(), List.of("d1")));
        refused(() -> updates.update("guard", jar("guard", "1.1.0", ""), false), "updated");
        refused(() -> updates.stop("guard", false), "stopped");
        refused(() -> updates.uninstall("guard", false), "uninstalled");
        assertThat(bundle("guard").getVersion()).hasToString("1.0.0");
        assertThat(bundle("guard").getState()).isEqualTo(Bundle.ACTIVE);

        updates.update("guard", jar("guard", "1.1.0", ""), true);
        assertThat(bundle("guard").getVersion()).hasToString("1.1.0");
        live(bundle("guard"));
        assertThat(updates.stop("guard", true).objects()).isNotEmpty();
        assertThat(bundle("guard").getState()).isNotEqualTo(Bundle.ACTIVE);
        assertThat(updates.uninstall("guard", true).objects()).isNotEmpty();
        assertThat(updates.isInstalled("guard")).isFalse();
    }

    @Test
    public void anObjectThatBeginsAfterTheLookIsNotLost() {
        updates.install(jar("guard", "1.0.0", ""));
        others.beforeJar = () -> live(bundle("guard"));

        refused(() -> updates.update("guard", jar("guard", "1.1.0", ""), false), "updated");
        assertThat(bundle("guard").getVersion()).hasToString("1.0.0");
        assertThat(admits(ward("guard"))).as("it goes on as it was").isTrue();
    }

    @Test
    public void noObjectBeginsOfClassesThatAreAboutToGo() {
        updates.install(jar("guard", "1.0.0", ""));
        updates.install(jar("other", "1.0.0", ""));
        Class<?> before = ward("guard");
        Map<String, Boolean> admitted = new ConcurrentHashMap<>();
        AtomicReference<Throwable> refusal = new AtomicReference<>();
        framework.getBundleContext().addBundleListener((SynchronousBundleListener) event -> {
            if (event.getType() == BundleEvent.STOPPING) {
                admitted.put("before", admits(before));
                admitted.put("of another bundle", admits(ward("other")));
                refusal.set(catchThrowable(() -> guards.forEach(guard -> guard.admit(before))));
            } else if (event.getType() == BundleEvent.STARTED) {
                admitted.put("after", admits(ward("guard")));
            }
        });

        updates.update("guard", jar("guard", "1.1.0", ""), false);

        assertThat(admitted).isEqualTo(Map.of("before", false, "of another bundle", true, "after", true));
        assertThat(refusal.get())
                .isInstanceOf(CreationException.class)
                .hasMessage(
                        "no active object of class " + Ward.class.getName() + ": its bundle guard is being changed, or"
                                + " was, and the object would be lost with what it was before; create it again, of the class that"
                                + " is there then");
        assertThat(admits(before)).as("nobody finds what it would be").isFalse();
        assertThat(admits(ward("guard"))).isTrue();

        updates.stop("guard", false);
        updates.start("guard");
        assertThat(admits(ward("guard"))).as("the class is the same").isTrue();
        updates.close();
    }

    private static Class<?> ward(Bundle bundle) {
        try {
            return bundle.loadClass(Ward.class.getName());
        } catch (ClassNotFoundException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private Class<?> ward(String bundle) {
        return ward(bundle(bundle));
    }

    private boolean admits(Class<?> type) {
        try {
            guards.forEach(guard -> guard.admit(type));
            return true;
        } catch (CreationException refused) {
            return false;
        }
    }

    @Test
    public void doesNotGoBackIfThatWouldLoseWhatTheNewVersionHasBegun() {
        updates.install(jar("guard", "1.0.0", ""));
        nodes.add(node("kept", 1));
        applied.put("kept", List.of(new ServiceUse("w", "watch", Map.of())));
        framework.getBundleContext().addBundleListener((SynchronousBundleListener) event -> {
            if (event.getType() == BundleEvent.STARTED) {
                applied.remove("kept");
                live(event.getBundle());
            }
        });

        assertThatThrownBy(() -> updates.update("guard", jar("guard", "1.1.0", ""), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("its technical service 'w' cannot be applied again to node 'kept'")
                .hasMessageEndingWith(
                        "; nor is it set back, because 1 active objects would be lost, because they or what"
                                + " runs them depend on it: ward (Ward) on kept; end them first: update it again");
        assertThat(bundle("guard").getVersion()).hasToString("1.1.0");
    }

    @Test
    public void aBundleThatIsUpdatedStopsAndStartsOnce() {
        updates.install(jar("guard", "1.0.0", ""));
        List<Integer> events = new CopyOnWriteArrayList<>();
        framework.getBundleContext().addBundleListener((SynchronousBundleListener)
                event -> events.add(event.getType()));

        updates.update("guard", jar("guard", "1.1.0", ""), false);

        assertThat(events)
                .filteredOn(List.of(BundleEvent.STOPPED, BundleEvent.UPDATED, BundleEvent.STARTED)::contains)
                .containsExactly(BundleEvent.STOPPED, BundleEvent.UPDATED, BundleEvent.STARTED);
    }

    @Test
    public void whatStartsAnewDoesNotWaitForTheEndOfTheChangeThatItIsPartOf() {
        updates.install(jar("guard", "1.0.0", "", Constants.EXPORT_PACKAGE, "org.example.guard"));
        updates.install(jar("user", "1.0.0", "org.example.guard"));
        Set<Thread> starting = ConcurrentHashMap.newKeySet();
        framework.getBundleContext().addBundleListener((SynchronousBundleListener) event -> {
            if (event.getType() == BundleEvent.STARTED) {
                starting.add(Thread.currentThread());
            }
        });

        updates.update("guard", jar("guard", "1.1.0", "", Constants.EXPORT_PACKAGE, "org.example.guard"), false);

        assertThat(starting).as("the framework has one of its own").hasSizeGreaterThan(1);
        assertThat(changers).containsAll(starting);
    }

    @Test
    public void whatOthersStartMeanwhileIsNoPartOfTheChange() throws Exception {
        updates.install(jar("guard", "1.0.0", ""));
        updates.install(jar("other", "1.0.0", ""));
        Bundle other = bundle("other");
        other.stop();
        AtomicReference<Thread> starter = new AtomicReference<>();
        framework.getBundleContext().addBundleListener((SynchronousBundleListener) event -> {
            if (event.getType() == BundleEvent.STOPPED
                    && event.getBundle().getSymbolicName().equals("guard")) {
                CompletableFuture.runAsync(
                                () -> {
                                    starter.set(Thread.currentThread());
                                    start(other);
                                },
                                task -> Thread.ofPlatform().start(task))
                        .orTimeout(10, TimeUnit.SECONDS)
                        .join();
            }
        });

        updates.update("guard", jar("guard", "1.1.0", ""), false);

        assertThat(other.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(changers).isNotEmpty().doesNotContain(starter.get());
    }

    private static void start(Bundle bundle) {
        try {
            bundle.start();
        } catch (BundleException refused) {
            throw new IllegalStateException(refused);
        }
    }

    @Test
    public void anInterruptDoesNotEndAnUpdateHalfWay() {
        updates.install(jar("guard", "1.0.0", ""));
        deployed.add(deployment("d1", "watch", node("east-1", 2)));

        Thread.currentThread().interrupt();
        updates.update("guard", jar("guard", "1.1.0", ""), false);

        assertThat(Thread.interrupted()).as("whoever asked for it hears of it").isTrue();
        assertThat(others.given).containsExactly("guard 1.1.0 to east");
        assertThat(others.interrupted).as("none of its calls ends for that").isFalse();
        assertThat(bundle("guard").getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    public void anInterruptOfACallDoesNotEndAnUpdateEither() {
        updates.install(jar("guard", "1.0.0", ""));
        deployed.add(deployment("d1", "watch", node("east-1", 2), node("west-1", 3)));
        others.interrupts.put("guard 1.1.0 to east", 2);

        updates.update("guard", jar("guard", "1.1.0", ""), false);

        assertThat(Thread.interrupted()).as("whoever asked for it hears of it").isTrue();
        assertThat(others.given)
                .filteredOn(given -> given.endsWith("east"))
                .as("until it is done")
                .hasSize(3)
                .containsOnly("guard 1.1.0 to east");
        assertThat(others.given).endsWith("guard 1.1.0 to west");
        assertThat(bundle("guard").getVersion()).hasToString("1.1.0");
    }

    private static void refused(ThrowingCallable change, String done) {
        assertThatThrownBy(change)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "bundle guard is not " + done + ": 1 active objects would be lost, because they or what runs"
                                + " them depend on it: ward (Ward) on kept; end them first, or force it");
    }

    @Test
    public void itIsUsedByThoseWhoDeployedNodesWithItsServicesOrItsObjects() {
        updates.install(jar("guard", "1.0.0", ""));
        updates.install(jar("other", "1.0.0", ""));
        long guard = bundle("guard").getBundleId();
        RuntimeId deployer = new RuntimeId(5, 0);
        nodes.add(node("kept", 1));
        applied.put("kept", List.of(new ServiceUse("w", "watch", Map.of())));
        groups.add(new ServiceGroup(deployer, "d1", "workers").text());

        assertThat(updates.users(guard)).containsExactly(deployer);
        assertThat(updates.users(bundle("other").getBundleId())).isEmpty();
        groups.add("tests/without a deployer");
        applied.put("kept", List.of(new ServiceUse("o", "other", Map.of())));
        assertThat(updates.users(guard)).isEmpty();
        live(bundle("guard"));
        assertThat(updates.users(guard)).containsExactly(deployer);
        applied.clear();
        assertThat(updates.users(guard)).as("of a node without services too").containsExactly(deployer);
        linked.put(deployer, "east");
        assertThat(updates.preview("guard").foreign()).containsExactly("kept, deployed by east");
    }

    @Test
    public void nodesWithItsServicesAreNamed() {
        updates.install(jar("guard", "1.0.0", ""));
        Node kept = node("kept", 1);
        nodes.add(kept);
        applied.put("kept", List.of(new ServiceUse("w", "watch", Map.of()), new ServiceUse("o", "other", Map.of())));
        deployed.add(deployment("d1", "watch", kept));

        assertThat(updates.preview("guard"))
                .isEqualTo(new BundleImpact(List.of("guard"), List.of(), List.of("kept: w"), List.of("d1")));
    }

    @Test
    public void aBundleThatWasNotStartedIsNotStartedByAnUpdate() throws BundleException {
        updates.install(jar("guard", "1.0.0", ""));
        bundle("guard").stop();

        updates.update("guard", jar("guard", "1.1.0", "org.example.missing"), false);

        assertThat(bundle("guard").getVersion()).hasToString("1.1.0");
        assertThat(bundle("guard").getState()).isEqualTo(Bundle.INSTALLED);
    }

    @Test
    public void whatLosesAServiceItNeedsIsTouchedThoughItIsNotRefreshed() {
        updates.install(jar("guard", "1.0.0", ""));
        register("guard", Runnable.class);
        updates.install(needing("user", Runnable.class, ""));
        register("user", Callable.class);
        updates.install(needing("user.of.user", Callable.class, ""));
        updates.install(needing("careless", Runnable.class, "resolution:=optional"));

        assertThat(updates.preview("guard").refreshed()).containsExactly("guard");
        assertThat(updates.preview("guard").interrupted()).containsExactly("user", "user.of.user");
        assertThat(updates.stop("guard", false).interrupted()).containsExactly("user", "user.of.user");
        assertThat(updates.preview("user.of.user").interrupted()).isEmpty();
    }

    /** A component that has one of two begins again without it; one that takes as many as there are goes on. */
    @Test
    public void whereAnotherOneOffersTheServiceOnlyWhoUsesItLosesIt() {
        updates.install(jar("guard", "1.0.0", ""));
        ServiceReference<?> first = register("guard", Runnable.class);
        updates.install(jar("other", "1.0.0", ""));
        ServiceReference<?> second = register("other", Runnable.class);
        updates.install(needing("user", Runnable.class, ""));
        updates.install(needing("collector", Runnable.class, "cardinality:=multiple"));
        bundle("user").getBundleContext().getService(first);
        bundle("collector").getBundleContext().getService(first);
        bundle("collector").getBundleContext().getService(second);

        assertThat(updates.preview("guard").interrupted()).containsExactly("user");
        assertThat(updates.preview("other").interrupted()).isEmpty();
        updates.stop("other", false);
        assertThat(updates.preview("guard").interrupted()).containsExactly("collector", "user");
    }

    @Test
    public void aComponentBeginsAnewWithoutWhatItIsBoundToIfThatMayNotChange() {
        for (String name :
                List.of("guard", "other", "fixed", "free", "open", "moving", "choosy", "next", "neighbour")) {
            updates.install(needing(name, Runnable.class, "resolution:=optional"));
        }
        ServiceReference<?> bound = register("guard", Runnable.class, Map.of("grade", "high"));
        register("other", Runnable.class);
        long fixed = component("fixed", Runnable.class, "0..1", "static", null, bound);
        component("free", Runnable.class, "0..1", "static", null);
        component("open", Runnable.class, "0..1", "dynamic", null, bound);
        component("moving", Runnable.class, "1..1", "dynamic", null, bound);
        component("choosy", Runnable.class, "1..n", "dynamic", "(grade=high)", bound);
        ServiceReference<?> ofFixed = register("fixed", Callable.class, Map.of("component.id", fixed));
        ServiceReference<?> besides = register("fixed", Callable.class);
        component("next", Callable.class, "0..n", "static", null, ofFixed, besides);
        component("neighbour", Callable.class, "1..1", "static", null, besides);

        assertThat(updates.preview("guard").interrupted()).containsExactly("choosy", "fixed", "next");
        assertThat(updates.preview("other").interrupted()).isEmpty();
    }

    /** A component that works, with one reference. @param target may be null, as in what describes components */
    private long component(
            String bundle,
            Class<?> type,
            String cardinality,
            String policy,
            String target,
            ServiceReference<?>... bound) {
        ReferenceDTO reference = new ReferenceDTO();
        reference.name = "it";
        reference.interfaceName = type.getName();
        reference.cardinality = cardinality;
        reference.policy = policy;
        reference.target = target;
        ComponentDescriptionDTO description = new ComponentDescriptionDTO();
        description.name = bundle;
        description.bundle = new BundleDTO();
        description.bundle.id = bundle(bundle).getBundleId();
        description.references = new ReferenceDTO[] {reference};
        SatisfiedReferenceDTO satisfied = new SatisfiedReferenceDTO();
        satisfied.name = reference.name;
        satisfied.target = target;
        satisfied.boundServices =
                Arrays.stream(bound).map(GuardedUpdatesTest::described).toArray(ServiceReferenceDTO[]::new);
        ComponentConfigurationDTO configuration = new ComponentConfigurationDTO();
        configuration.id = components.size() + 1;
        configuration.state = ComponentConfigurationDTO.ACTIVE;
        configuration.satisfiedReferences = new SatisfiedReferenceDTO[] {satisfied};
        components.put(description, configuration);
        return configuration.id;
    }

    private static ServiceReferenceDTO described(ServiceReference<?> service) {
        ServiceReferenceDTO description = new ServiceReferenceDTO();
        description.bundle = service.getBundle().getBundleId();
        description.properties = new HashMap<>();
        for (String key : service.getPropertyKeys()) {
            description.properties.put(key, service.getProperty(key));
        }
        return description;
    }

    @Test
    public void whatRunsObjectsDeploysAndAppliesServicesIsNotInterruptedUnasked() {
        updates.install(jar("clock", "1.0.0", ""));
        register("clock", Runnable.class);
        for (String core : List.of("space", "services", "deployer")) {
            updates.install(needing(core, Runnable.class, ""));
        }
        objects.add(new ObjectInfo(new BodyId(self, 7), "ward", "Ward", "kept", 0, 0));
        Node kept = node("kept", 1);
        nodes.add(kept);
        applied.put("kept", List.of(new ServiceUse("o", "other", Map.of())));
        deployed.add(deployment("d1", "other", node("far-1", 2)));
        assertThat(updates.preview("clock").losesNothing()).isTrue();

        space = from("space", ActiveObjects.class, space);
        services = from("services", TechnicalServices.class, services);
        deployments = from("deployer", Deployments.class, deployments);
        GuardedUpdates careful = updates();

        assertThat(careful.preview("clock"))
                .isEqualTo(new BundleImpact(
                        List.of("clock"),
                        List.of("deployer", "services", "space"),
                        List.of("ward (Ward) on kept"),
                        List.of("kept: o"),
                        List.of("kept: o"),
                        List.of("d1"),
                        List.of("d1")));
        for (ThrowingCallable change : List.<ThrowingCallable>of(
                () -> careful.update("clock", jar("clock", "1.1.0", ""), false),
                () -> careful.stop("clock", false),
                () -> careful.uninstall("clock", false))) {
            assertThatThrownBy(change)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("1 active objects would be lost")
                    .hasMessageContaining("ward (Ward) on kept; end them first")
                    .hasMessageContaining("the deployments d1 would be undeployed")
                    .hasMessageContaining("technical services would leave nodes for good: kept: o")
                    .hasMessageEndingWith(", or force it");
        }
        assertThat(bundle("clock").getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(bundle("clock").getVersion()).hasToString("1.0.0");
    }

    /** The same, as if it were of a class of the bundle. */
    private <T> T from(String bundle, Class<T> type, T object) {
        ClassLoader loader = bundle(bundle).adapt(BundleWiring.class).getClassLoader();
        return type.cast(Proxy.newProxyInstance(
                loader, new Class<?>[] {type}, (proxy, method, arguments) -> method.invoke(object, arguments)));
    }

    @Test
    public void goesBackIfWhatDependsOnItDoesNotStartWithIt() {
        updates.install(jar("guard", "1.0.0", "", Constants.EXPORT_PACKAGE, "org.example.guard"));
        updates.install(jar("user", "1.0.0", "org.example.guard"));

        assertThatThrownBy(() -> updates.update("guard", jar("guard", "1.1.0", ""), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "bundle guard is not updated: bundle user, which depends on it, does not start any more: ")
                .hasMessageContaining("org.example.guard")
                .hasMessageEndingWith("; version 1.0.0 is back");
        assertThat(bundle("user").getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    public void goesBackIfItDoesNotFindAServiceItNeeds() {
        updates.install(jar("guard", "1.0.0", ""));

        assertThatThrownBy(() -> updates.update("guard", needing("guard", Runnable.class, ""), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bundle guard is not updated: it needs a service (objectClass=java.lang.Runnable), which"
                        + " nobody offers then; version 1.0.0 is back");
    }

    @Test
    public void goesBackIfItDoesNotOfferAServiceAnyMoreThatOthersNeed() {
        updates.install(jar("guard", "1.0.0", ""));
        register("guard", Runnable.class);
        updates.install(needing("user", Runnable.class, ""));
        framework.getBundleContext().addBundleListener((SynchronousBundleListener) event -> {
            if (event.getType() == BundleEvent.STARTED
                    && event.getBundle().getVersion().toString().equals("1.0.0")) {
                register("guard", Runnable.class);
            }
        });

        assertThatThrownBy(() -> updates.update("guard", jar("guard", "1.1.0", ""), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bundle guard is not updated: bundle user, which depends on it, needs a service"
                        + " (objectClass=java.lang.Runnable), which nobody offers then; version 1.0.0 is back");
        assertThat(updates.preview("guard").interrupted()).containsExactly("user");
    }

    /** Whoever wants any of that type would still find one. */
    @Test
    public void goesBackIfItOffersOnlyWhatAComponentOfOthersDoesNotTake() {
        updates.install(jar("guard", "1.0.0", ""));
        updates.install(jar("choosy", "1.0.0", ""));
        ServiceReference<?> best = register("guard", Runnable.class);
        component("choosy", Runnable.class, "1..1", "static", "(quality=best)", best);
        ComponentConfigurationDTO choosy = components.values().iterator().next();
        framework.getBundleContext().addBundleListener((SynchronousBundleListener) event -> {
            if (event.getType() == BundleEvent.STARTED && event.getBundle().equals(bundle("guard"))) {
                boolean isBest = event.getBundle().getVersion().toString().equals("1.0.0");
                register("guard", Runnable.class);
                choosy.state =
                        isBest ? ComponentConfigurationDTO.ACTIVE : ComponentConfigurationDTO.UNSATISFIED_REFERENCE;
                choosy.unsatisfiedReferences = isBest ? null : new UnsatisfiedReferenceDTO[] {lacking(choosy)};
            }
        });

        assertThatThrownBy(() -> updates.update("guard", jar("guard", "1.1.0", ""), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bundle guard is not updated: bundle choosy, which depends on it, needs a service"
                        + " (&(objectClass=java.lang.Runnable)(quality=best)), which nobody offers then;"
                        + " version 1.0.0 is back");
    }

    private static UnsatisfiedReferenceDTO lacking(ComponentConfigurationDTO component) {
        UnsatisfiedReferenceDTO lacking = new UnsatisfiedReferenceDTO();
        lacking.name = component.satisfiedReferences[0].name;
        lacking.target = component.satisfiedReferences[0].target;
        return lacking;
    }

    @Test
    public void ofTwoVersionsOneIsGivenByItsNumber() throws BundleException {
        updates.install(jar("guard", "1.0.0", ""));
        Bundle second = framework.getBundleContext().installBundle("second", jar("guard", "2.0.0", ""));

        assertThatThrownBy(() -> updates.update("guard", jar("guard", "2.1.0", ""), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there are several bundles 'guard' here; give the number of one: "
                        + bundle("guard").getBundleId() + " (version 1.0.0), " + second.getBundleId()
                        + " (version 2.0.0)");

        updates.update("" + second.getBundleId(), jar("guard", "2.1.0", ""), false);
        assertThat(second.getVersion()).hasToString("2.1.0");
        assertThat(bundle("guard").getVersion()).hasToString("1.0.0");
    }

    @Test
    public void changesOfTheContainerWaitForEachOther() throws InterruptedException {
        updates.install(jar("guard", "1.0.0", ""));
        Thread stopping = new Thread(() -> updates.stop("guard", false));
        SystemTime time = new SystemTime(new SystemThreads());
        Eventually eventually = new Eventually(time, Duration.ofSeconds(20));
        framework.getBundleContext().addBundleListener((SynchronousBundleListener) event -> {
            if (event.getType() == BundleEvent.UPDATED) {
                stopping.start();
                eventually.holds("it waits", () -> stopping.getState() == Thread.State.WAITING);
            }
        });

        updates.update("guard", jar("guard", "1.1.0", ""), false);
        stopping.join();
        time.close();

        assertThat(bundle("guard").getVersion()).hasToString("1.1.0");
        assertThat(bundle("guard").getState()).isEqualTo(Bundle.RESOLVED);
    }

    @Test
    public void theNameOfABundleIsReadWhereverItsManifestIs() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("first.txt"));
            zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            zip.write("Manifest-Version: 1.0\nBundle-SymbolicName: guard; singleton:=true\n"
                    .getBytes(StandardCharsets.UTF_8));
        }

        assertThat(updates.symbolicName(new ByteArrayInputStream(bytes.toByteArray())))
                .isEqualTo("guard");
        assertThatThrownBy(() -> updates.symbolicName(new ByteArrayInputStream(new byte[] {1, 2, 3})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("that is no bundle: 3 bytes without a manifest that has the header Bundle-SymbolicName");
    }

    /** A service of that type, which the bundle offers. */
    private ServiceReference<?> register(String bundle, Class<?> type) {
        return register(bundle, type, Map.of());
    }

    private <T> ServiceReference<?> register(String bundle, Class<T> type, Map<String, ?> properties) {
        T service = Fake.of(type, Map.of());
        return bundle(bundle)
                .getBundleContext()
                .registerService(type, service, new Hashtable<String, Object>(properties))
                .getReference();
    }

    /** A bundle that says it needs such a service. @param directive more to be said of that; may be empty */
    private InputStream needing(String name, Class<?> service, String directive) {
        return jar(
                name,
                "1.0.1",
                "",
                Constants.REQUIRE_CAPABILITY,
                "osgi.service;effective:=active;filter:=\"(objectClass=" + service.getName() + ")\""
                        + (directive.isEmpty() ? "" : ";" + directive));
    }

    private Bundle bundle(String name) {
        return List.of(framework.getBundleContext().getBundles()).stream()
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    /** A class to be in a bundle. */
    public static final class Ward {}

    /** With the class {@link Ward}. @param imported a package; empty if none */
    private InputStream jar(String name, String version, String imported) {
        return jar(name, version, imported, "Created-By", "a test");
    }

    private InputStream jar(String name, String version, String imported, String header, String value) {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        attributes.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
        attributes.putValue(Constants.BUNDLE_VERSION, version);
        attributes.putValue(header, value);
        if (!imported.isEmpty()) {
            attributes.putValue(Constants.IMPORT_PACKAGE, imported);
        }
        String type = Ward.class.getName().replace('.', '/') + ".class";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest);
                InputStream code = Ward.class.getClassLoader().getResourceAsStream(type)) {
            jar.putNextEntry(new ZipEntry(type));
            code.transferTo(jar);
            jar.closeEntry();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return others.made(name, version, bytes.toByteArray());
    }
}
