package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.inject.Inject;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentListener;
import org.actium.deployment.api.Deployments;
import org.actium.itests.application.Janitor;
import org.actium.itests.support.Containers;
import org.actium.itests.support.Descriptors;
import org.actium.itests.support.Eventually;
import org.actium.itests.support.Processes;
import org.actium.itests.support.SourceJar;
import org.actium.object.api.ActiveObjects;
import org.actium.object.api.Termination;
import org.actium.provision.api.Shipments;
import org.actium.runtime.api.Node;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.FrameworkWiring;

/** Child JVMs, which have the bundles of Actium and no others, get those of applications from their parent. */
@RunWith(PaxExam.class)
public class ProvisionIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    @Inject
    private BundleContext context;

    @Inject
    private Deployments deployments;

    @Inject
    private ActiveObjects objects;

    @Inject
    private Shipments shipments;

    private final Path jars = Containers.privateDirectory();

    @Configuration
    public Option[] container() {
        return Containers.assembly("node");
    }

    @After
    public void undeployAll() {
        deployments.deployments().forEach(Deployment::undeploy);
        assertThat(Processes.children()).isEmpty();
    }

    private Node child() {
        return deployments
                .deploy(Descriptors.example("local.xml", Map.of("NODES", "1")), DeploymentListener.NONE)
                .virtualNode("workers")
                .node();
    }

    /** A library, the same in each run of the test only: what earlier runs have left must not help. */
    private Path stock() {
        String source = "package stock; public class Stock { public String text() { return \"stock of "
                + System.nanoTime() + "\"; } }";
        return new SourceJar()
                .asBundle("stock", "1.0.0")
                .withHeader("Export-Package", "stock;version=1.0.0")
                .withClass("stock.Stock", source)
                .writeTo(jars.resolve("stock.jar"));
    }

    private Path shop(String version, Path stock) {
        String source = "package shop; public class Shop { public String text() { return \"shop " + version
                + " with \" + new stock.Stock().text(); } }";
        return new SourceJar()
                .asBundle("shop", version)
                .withHeader("Import-Package", "stock")
                .withClass("shop.Shop", source)
                .compiledWith(stock)
                .writeTo(jars.resolve("shop-" + version + ".jar"));
    }

    private Bundle install(Path jar) throws BundleException {
        Bundle bundle = context.installBundle(jar.toUri().toString());
        bundle.start();
        return bundle;
    }

    private Object open(Bundle shop, Node node) throws ClassNotFoundException {
        return objects.newActive(shop.loadClass("shop.Shop")).on(node).start();
    }

    private static String text(Object shop) throws ReflectiveOperationException {
        return (String) shop.getClass().getMethod("text").invoke(shop);
    }

    @Test
    public void whatAChildLacksComesWithWhatItNeedsOnceAndIsKeptForTheNextChild() throws Exception {
        Path stock = stock();
        Path jar = shop("1.0.0", stock);
        Bundle library = install(stock);
        Bundle shop = install(jar);
        long before = shipments.traffic().givenBytes();
        Node child = child();

        assertThat(text(open(shop, child))).startsWith("shop 1.0.0 with stock of");
        assertThat(text(open(shop, child))).startsWith("shop 1.0.0 with stock of");

        long given = shipments.traffic().givenBytes();
        assertThat(given - before).as("each jar once").isEqualTo(Files.size(stock) + Files.size(jar));
        deployments.deployments().forEach(Deployment::undeploy);
        assertThat(text(open(shop, child()))).startsWith("shop 1.0.0 with stock of");
        assertThat(shipments.traffic().givenBytes())
                .as("a new JVM finds what the first one kept")
                .isEqualTo(given);
        shop.uninstall();
        library.uninstall();
    }

    @Test
    public void twoVersionsOfAnApplicationRunSideBySideOnOneNode() throws Exception {
        Path stock = stock();
        Bundle library = install(stock);
        Bundle first = install(shop("1.0.0", stock));
        Bundle second = install(shop("2.0.0", stock));
        Node child = child();

        Object one = open(first, child);
        Object two = open(second, child);

        assertThat(text(one)).startsWith("shop 1.0.0");
        assertThat(text(two)).startsWith("shop 2.0.0");
        assertThat(text(one)).startsWith("shop 1.0.0");
        Janitor janitor = objects.newActive(Janitor.class).on(child).start();
        assertThat(janitor.versions("shop")).isEqualTo("[1.0.0, 2.0.0]");
        assertThat(janitor.versions("stock")).isEqualTo("[1.0.0]");
        second.uninstall();
        first.uninstall();
        library.uninstall();
    }

    @Test
    public void aBundleWithOneChangedByteIsRefusedWithBothDigests() throws Exception {
        Path jar = stock();
        Bundle stock = install(jar);
        Class<?> type = stock.loadClass("stock.Stock");
        objects.newActive(type).on(child()).start(); // from now on it is known what is in it
        deployments.deployments().forEach(Deployment::undeploy);
        String announced = digest(jar);
        Files.delete(kept(announced));
        byte[] bytes = Files.readAllBytes(jar);
        bytes[bytes.length / 2] ^= 1;
        Files.write(jar, bytes);
        Node child = child();

        assertThatThrownBy(() -> objects.newActive(type).on(child).start())
                .hasMessageContaining(
                        "bundle stock 1.0.0 is refused: SHA-256 is " + digest(jar) + ", announced was " + announced);

        Janitor janitor = objects.newActive(Janitor.class).on(child).start();
        assertThat(janitor.versions("stock")).as("nothing of it was installed").isEqualTo("[]");
        assertThat(kept(announced)).doesNotExist();
        assertThat(kept(digest(jar))).doesNotExist();
        stock.uninstall();
    }

    /** Where children keep it. */
    private static Path kept(String digest) {
        return Path.of(System.getenv("ACTIUM_STATE"), ".cache", "bundles", digest + ".jar");
    }

    private static String digest(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    @Test
    public void whatWasUsedAndUninstalledFreesItsClassLoadersHereAndThere() throws Exception {
        Path jar = stock();
        Node child = child();
        Janitor janitor = objects.newActive(Janitor.class).on(child).start();
        WeakReference<ClassLoader> here = use(jar, child);

        assertThat(janitor.remove("stock")).isTrue();

        Eventually.becomes("the child has forgotten it", PATIENCE, () -> !janitor.isRemembered(), () -> "it remembers");
        Eventually.becomes("so has the parent", PATIENCE, () -> isCollected(here), () -> "it remembers");
    }

    private WeakReference<ClassLoader> use(Path jar, Node child) throws Exception {
        Bundle stock = install(jar);
        Class<?> type = stock.loadClass("stock.Stock");
        Object there = objects.newActive(type).on(child).start();
        Object here = objects.newActive(type).start();
        assertThat(text(there)).isEqualTo(text(here));
        objects.terminate(there, Termination.NOW);
        objects.terminate(here, Termination.NOW);
        stock.uninstall();
        CountDownLatch refreshed = new CountDownLatch(1);
        context.getBundle(0)
                .adapt(FrameworkWiring.class)
                .refreshBundles(List.of(stock), event -> refreshed.countDown());
        refreshed.await();
        return new WeakReference<>(type.getClassLoader());
    }

    private static boolean isCollected(WeakReference<?> reference) {
        System.gc();
        return reference.get() == null;
    }
}
