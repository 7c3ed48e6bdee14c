package org.actium.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.actium.codec.api.ClassSpace;
import org.actium.codec.api.CodecException;
import org.actium.provision.api.ProvisionException;
import org.actium.provision.api.RefusedForNowException;
import org.actium.provision.api.Traffic;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/** Two real frameworks in one JVM, each with its shipping. */
public class BundleShippingTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Exchanges exchanges = new Exchanges();
    private TestFramework origin;
    private TestFramework other;

    @Before
    public void start() throws Exception {
        origin = new TestFramework("origin", folder.newFolder(), exchanges);
        other = new TestFramework("other", folder.newFolder(), exchanges);
    }

    @After
    public void stop() throws Exception {
        origin.close();
        other.close();
    }

    private Path tools() throws IOException {
        return TestJars.bundle(folder.newFile("tools.jar").toPath(), "tools", "1.0.0", "Export-Package: tools");
    }

    private Path app(String version) throws IOException {
        return TestJars.bundle(
                folder.newFile("app-" + version + ".jar").toPath(), "app", version, "Import-Package: tools");
    }

    @Test
    public void fetchesABundleWithWhatItIsWiredTo() throws Exception {
        origin.install(tools());
        origin.install(app("1.0.0"));

        ClassLoader loader = other.shipping().loader(new ClassSpace("app", "1.0.0"), origin.address());

        assertThat(loader.getResource("app.txt")).isNotNull();
        assertThat(other.names()).containsExactly("app", "tools");
        assertThat(other.states()).containsOnly(Bundle.ACTIVE);
    }

    @Test
    public void fetchesTheBundlesWhoseServicesItNeeds() throws Exception {
        origin.install(TestJars.bundle(
                folder.newFile("clock.jar").toPath(),
                "clock",
                "1.0.0",
                "Provide-Capability: osgi.service;objectClass:List<String>=\"a.Clock\";effective:=active"));
        origin.install(TestJars.bundle(
                folder.newFile("luxury.jar").toPath(),
                "luxury",
                "1.0.0",
                "Provide-Capability: osgi.service;objectClass:List<String>=\"a.Luxury\";effective:=active"));
        origin.install(TestJars.bundle(
                folder.newFile("app.jar").toPath(),
                "app",
                "1.0.0",
                "Require-Capability: osgi.service;filter:=\"(objectClass=a.Clock)\";effective:=active,"
                        + "osgi.service;filter:=\"(objectClass=a.Luxury)\";effective:=active;resolution:=optional,"
                        + "osgi.service;filter:=\"(objectClass=a.Nothing)\";effective:=active"));

        other.shipping().loader(new ClassSpace("app", "1.0.0"), origin.address());

        assertThat(other.names()).containsExactly("app", "clock");
        assertThat(other.states()).containsOnly(Bundle.ACTIVE);
    }

    private static List<String> kept(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .toList();
        }
    }

    @Test
    public void jarsThatNobodyUsesAreDeletedWhenThereAreTooManyTheOldestFirst() throws Exception {
        Path shared = folder.newFolder().toPath().toAbsolutePath();
        origin.install(tools());
        List<String> versions = List.of("1.0.0", "2.0.0", "3.0.0");
        for (String version : versions) {
            origin.install(app(version));
        }
        Path first = folder.getRoot().toPath().resolve("app-1.0.0.jar");
        long size = Files.size(first);
        try (TestFramework small = new TestFramework("small", folder.newFolder(), shared, exchanges, 3 * size)) {
            for (String version : versions) {
                small.shipping().loader(new ClassSpace("app", version), origin.address());
            }
            assertThat(kept(shared)).as("tools and three of app, all in use").hasSize(4);
        }
        Path oldest = shared.resolve(Digest.of(first) + ".jar");
        Files.setLastModifiedTime(oldest, FileTime.from(Instant.EPOCH));

        origin.install(app("4.0.0"));
        try (TestFramework next =
                new TestFramework("last", folder.newFolder(), shared, exchanges, 3 * size + size / 2)) {
            next.shipping().loader(new ClassSpace("app", "4.0.0"), origin.address());
            assertThat(kept(shared))
                    .hasSize(3)
                    .doesNotContain(oldest.getFileName().toString());
        }
    }

    @Test
    public void fetchesNothingTwice() throws Exception {
        origin.install(tools());
        origin.install(app("1.0.0"));
        other.shipping().loader(new ClassSpace("app", "1.0.0"), origin.address());
        int asked = exchanges.pieces();

        other.shipping().loader(new ClassSpace("app", "1.0.0"), origin.address());
        origin.shipping().ensure(other.address(), "app", "1.0.0");

        assertThat(exchanges.pieces()).isEqualTo(asked);
        assertThat(other.names()).containsExactly("app", "tools");
    }

    /** The one between has the bundle too, and could give it. */
    @Test
    public void aBundleComesFromTheRuntimeThatIsNamedAndNotFromOneThatPassesThatOn() throws Exception {
        origin.install(tools());
        origin.install(app("1.0.0"));
        try (TestFramework between = new TestFramework("between", folder.newFolder(), exchanges)) {
            origin.shipping().ensure(between.address(), "app", "1.0.0");
            int before = exchanges.asked().size();

            other.shipping().loader(new ClassSpace("app", "1.0.0"), origin.address());

            assertThat(exchanges.asked().subList(before, exchanges.asked().size()))
                    .isNotEmpty()
                    .containsOnly("origin");
            assertThat(between.shipping().traffic().givenBytes()).isZero();
        }
    }

    @Test
    public void whatIsNeededLaterThanTheBundleItselfComesFromNobody() throws Exception {
        Path jar = TestJars.withClass(folder.newFile("shapes.jar").toPath(), "shapes", "1.0.0", Shape.class);
        origin.install(jar);
        ClassLoader loader = other.shipping().loader(new ClassSpace("shapes", "1.0.0"), origin.address());
        assertThat(exchanges.asked()).as("an offer, and the jar in one piece").containsExactly("origin", "origin");

        exchanges.fallSilent();
        Class<?> shape = loader.loadClass(Shape.class.getName());
        String file = Shape.class.getName().replace('.', '/') + ".class";

        assertThat(shape.getClassLoader()).isSameAs(loader);
        assertThat(loader.getResource(file)).isNotNull();
        assertThatThrownBy(() -> loader.loadClass("org.actium.provision.NotInTheBundle"))
                .as("of the origin nobody asks for it")
                .isInstanceOf(ClassNotFoundException.class);
        assertThat(exchanges.asked()).hasSize(2);
    }

    @Test
    public void ensuresABundleElsewhere() throws Exception {
        origin.install(tools());
        origin.install(app("1.0.0"));

        origin.shipping().ensure(other.address(), "app", "1.0.0");

        assertThat(other.names()).containsExactly("app", "tools");
    }

    @Test
    public void twoVersionsLiveSideBySide() throws Exception {
        origin.install(tools());
        origin.install(app("1.0.0"));
        origin.install(app("2.0.0"));

        ClassLoader one = other.shipping().loader(new ClassSpace("app", "1.0.0"), origin.address());
        ClassLoader two = other.shipping().loader(new ClassSpace("app", "2.0.0"), origin.address());

        assertThat(one).isNotSameAs(two);
        assertThat(other.names()).containsExactly("app", "app", "tools");
    }

    @Test
    public void refusesAChangedByteAndLeavesNothingBehind() throws Exception {
        origin.install(tools());
        origin.install(app("1.0.0"));
        exchanges.corruptNextPiece();

        assertThatThrownBy(() -> other.shipping().loader(new ClassSpace("app", "1.0.0"), origin.address()))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("is refused: SHA-256 is");
        assertThat(other.names()).isEmpty();
        try (var kept = Files.list(other.directory())) {
            assertThat(kept).isEmpty();
        }
    }

    @Test
    public void whatDoesNotResolveIsNotLeftInstalled() throws Exception {
        Path broken = TestJars.bundle(
                folder.newFile("broken.jar").toPath(), "broken", "1.0.0", "Require-Capability: never.there");

        List<String> started = new CopyOnWriteArrayList<>();
        other.context().addBundleListener((SynchronousBundleListener) event -> {
            if (event.getType() == BundleEvent.STARTED) {
                started.add(event.getBundle().getSymbolicName());
            }
        });

        Path tools = tools();
        assertThatThrownBy(() -> other.bundles().install(List.of(broken, tools)))
                .isInstanceOf(ProvisionException.class)
                .hasMessageContaining("never.there");

        assertThat(other.names()).isEmpty();
        other.bundles().install(List.of(app("1.0.0"), tools));
        assertThat(started)
                .as("nothing of a set that does not resolve; what is needed first")
                .containsExactly("tools", "app");
    }

    @Test
    public void saysWhichRuntimeLacksWhat() {
        assertThatThrownBy(() -> other.shipping().loader(new ClassSpace("ghost", "1.0.0"), origin.address()))
                .isInstanceOf(CodecException.class)
                .hasMessage("origin cannot give it: bundle ghost 1.0.0 is not installed here");
    }

    @Test
    public void saysThatTheOriginDoesNotAnswer() throws Exception {
        origin.install(tools());
        exchanges.fallSilent();
        assertThatThrownBy(() -> other.shipping().loader(new ClassSpace("app", "1.0.0"), origin.address()))
                .isInstanceOf(CodecException.class)
                .hasMessage("bundle app 1.0.0 is not installed here, and cannot be fetched: origin does not answer");
        assertThatThrownBy(() -> origin.shipping().ensure(other.address(), "tools", "1.0.0"))
                .isInstanceOf(RefusedForNowException.class)
                .hasMessageContaining("bundle tools 1.0.0 cannot be brought to other");
    }

    @Test
    public void manyWhoNeedABundleAtOnceFetchItOnce() throws Exception {
        origin.install(tools());
        origin.install(app("1.0.0"));
        CountDownLatch start = new CountDownLatch(1);
        List<CompletableFuture<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            CompletableFuture<ClassLoader> loader = new CompletableFuture<>();
            loaders.add(loader);
            Thread.startVirtualThread(() -> {
                try {
                    start.await();
                    loader.complete(other.shipping().loader(new ClassSpace("app", "1.0.0"), origin.address()));
                } catch (InterruptedException | RuntimeException failed) {
                    loader.completeExceptionally(failed);
                }
            });
        }
        start.countDown();

        ClassLoader first = loaders.getFirst().get();
        for (CompletableFuture<ClassLoader> loader : loaders) {
            assertThat(loader.get()).isSameAs(first);
        }
        assertThat(exchanges.pieces()).as("one piece of each of two small jars").isEqualTo(2);
    }

    @Test
    public void aKeptJarIsUsedAgainUnlessItWasChanged() throws Exception {
        origin.install(tools());
        other.shipping().loader(new ClassSpace("tools", "1.0.0"), origin.address());
        other.uninstall("tools");
        other.shipping().loader(new ClassSpace("tools", "1.0.0"), origin.address());
        assertThat(exchanges.pieces()).isEqualTo(1);
        other.uninstall("tools");
        try (var kept = Files.list(other.directory())) {
            Files.writeString(kept.findFirst().orElseThrow(), "something else");
        }

        other.shipping().loader(new ClassSpace("tools", "1.0.0"), origin.address());

        assertThat(exchanges.pieces()).isEqualTo(2);
        assertThat(other.names()).containsExactly("tools");
    }

    @Test
    public void aKeptJarOutlivesTheFramework() throws Exception {
        origin.install(tools());
        origin.install(app("1.0.0"));
        other.shipping().loader(new ClassSpace("app", "1.0.0"), origin.address());
        int asked = exchanges.pieces();
        other.close();

        try (TestFramework again = new TestFramework("other", folder.newFolder(), other.directory(), exchanges)) {
            again.shipping().loader(new ClassSpace("app", "1.0.0"), origin.address());

            assertThat(again.names()).containsExactly("app", "tools");
            assertThat(again.shipping().traffic()).isEqualTo(new Traffic(0, 0, 0, 2));
        }
        assertThat(exchanges.pieces()).isEqualTo(asked);
    }

    @Test
    public void trafficIsCountedOnBothSides() throws Exception {
        Path jar = tools();
        origin.install(jar);

        other.shipping().loader(new ClassSpace("tools", "1.0.0"), origin.address());

        long length = Files.size(jar);
        assertThat(origin.shipping().traffic()).isEqualTo(new Traffic(length, 0, 0, 0));
        assertThat(other.shipping().traffic()).isEqualTo(new Traffic(0, 1, length, 0));
    }

    @Test
    public void severalContainersShareWhatIsKept() throws Exception {
        origin.install(tools());
        origin.install(app("1.0.0"));
        List<TestFramework> sharing = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            sharing.add(new TestFramework("sharing-" + i, folder.newFolder(), other.directory(), exchanges));
        }
        CountDownLatch start = new CountDownLatch(1);
        List<CompletableFuture<Void>> pulls = sharing.stream()
                .map(framework -> CompletableFuture.runAsync(
                        () -> {
                            await(start);
                            framework.shipping().loader(new ClassSpace("app", "1.0.0"), origin.address());
                        },
                        Thread::startVirtualThread))
                .toList();
        start.countDown();
        pulls.forEach(CompletableFuture::join);

        for (TestFramework framework : sharing) {
            assertThat(framework.names()).containsExactly("app", "tools");
            framework.close();
        }
        try (var kept = Files.list(other.directory())) {
            assertThat(kept)
                    .as("whole jars, named by what is in them")
                    .hasSize(2)
                    .allSatisfy(jar -> assertThat(jar.getFileName()).hasToString(Digest.of(jar) + ".jar"));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    public void whatAKilledContainerHadBegunIsDeleted() throws Exception {
        Files.createDirectories(other.directory());
        Path abandoned = Files.createFile(other.directory().resolve("arriving1.jar"));
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        Path underWay = Files.createFile(other.directory().resolve("arriving2.jar"));
        origin.install(tools());

        other.shipping().loader(new ClassSpace("tools", "1.0.0"), origin.address());

        assertThat(abandoned).doesNotExist();
        assertThat(underWay).exists();
    }

    @Test
    public void aFileThatWasChangedAfterItWasAnnouncedIsRefusedWithBothDigests() throws Exception {
        Path jar = tools();
        origin.install(jar);
        other.shipping().loader(new ClassSpace("tools", "1.0.0"), origin.address());
        String announced = Digest.of(jar);
        byte[] bytes = Files.readAllBytes(jar);
        bytes[bytes.length / 2] ^= 1;
        Files.write(jar, bytes);

        try (TestFramework third = new TestFramework("third", folder.newFolder(), exchanges)) {
            assertThatThrownBy(() -> third.shipping().loader(new ClassSpace("tools", "1.0.0"), origin.address()))
                    .isInstanceOf(CodecException.class)
                    .hasMessage("bundle tools 1.0.0 is refused: SHA-256 is " + Digest.of(jar) + ", announced was "
                            + announced);
            assertThat(third.names()).isEmpty();
        }
    }

    @Test
    public void otherContentsUnderTheSameNameAndVersionAreRefusedWithBothDigests() throws Exception {
        Path first = tools();
        origin.install(first);
        other.shipping().loader(new ClassSpace("tools", "1.0.0"), origin.address());
        try (TestFramework third = new TestFramework("third", folder.newFolder(), exchanges)) {
            Path second = TestJars.bundle(
                    folder.newFile("tools-2.jar").toPath(), "tools", "1.0.0", "Export-Package: tools,tools.more");
            third.install(second);
            String both = "SHA-256 of the one that is installed here is " + Digest.of(first) + ", announced was "
                    + Digest.of(second);

            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> other.shipping().loader(new ClassSpace("tools", "1.0.0"), third.address()))
                        .as("time " + i)
                        .isInstanceOf(CodecException.class)
                        .hasMessageContaining(both);
            }
            assertThatThrownBy(() -> third.shipping().ensure(other.address(), "tools", "1.0.0"))
                    .isInstanceOf(ProvisionException.class)
                    .hasMessageContaining(both);
        }
        assertThat(other.shipping().loader(new ClassSpace("tools", "1.0.0"), origin.address()))
                .as("who means the same is not disturbed")
                .isNotNull();
    }

    private Path tools(String version, String content) throws IOException {
        return TestJars.bundle(folder.newFile().toPath(), "tools", version, "Export-Package: tools", content);
    }

    @Test
    public void whatWasUpdatedIsGivenAsItIsNow() throws Exception {
        origin.install(tools());
        other.shipping().loader(new ClassSpace("tools", "1.0.0"), origin.address());

        origin.update("tools", tools("1.0.0", "mended"));
        try (TestFramework third = new TestFramework("third", folder.newFolder(), exchanges)) {
            third.shipping().loader(new ClassSpace("tools", "1.0.0"), origin.address());

            assertThat(third.content("tools")).isEqualTo("mended");
        }
    }

    @Test
    public void otherContentReplacesWhatCameFromTheSameOrigin() throws Exception {
        origin.install(tools());
        other.allowReplacing();
        origin.shipping().ensure(other.address(), "tools", "1.0.0");

        origin.update("tools", tools("1.0.0", "mended"));
        origin.shipping().ensure(other.address(), "tools", "1.0.0");
        assertThat(other.content("tools")).isEqualTo("mended");

        origin.update("tools", tools("1.1.0", "new"));
        origin.shipping().ensure(other.address(), "tools", "1.1.0");
        assertThat(other.content("tools")).isEqualTo("new");

        origin.update("tools", tools("1.0.0", "old again"));
        origin.shipping().ensure(other.address(), "tools", "1.0.0");
        assertThat(other.content("tools")).isEqualTo("old again");
        assertThat(other.names()).as("one, which was replaced").containsExactly("tools");
        assertThat(other.states()).containsExactly(Bundle.ACTIVE);
        int asked = exchanges.pieces();
        origin.shipping().ensure(other.address(), "tools", "1.0.0");
        assertThat(exchanges.pieces()).as("it is there").isEqualTo(asked);
    }

    @Test
    public void whatWasReplacedIsGivenOnAndUsedByClasses() throws Exception {
        origin.install(tools());
        other.allowReplacing();
        origin.shipping().ensure(other.address(), "tools", "1.0.0");
        origin.update("tools", tools("1.0.0", "mended"));
        origin.shipping().ensure(other.address(), "tools", "1.0.0");

        assertThat(other.shipping().loader(new ClassSpace("tools", "1.0.0"), origin.address()))
                .as("both mean the same")
                .isNotNull();
        try (TestFramework third = new TestFramework("third", folder.newFolder(), exchanges)) {
            third.shipping().loader(new ClassSpace("tools", "1.0.0"), other.address());
            assertThat(third.content("tools")).isEqualTo("mended");
        }
    }

    @Test
    public void whatStartsAnewWhileABundleIsReplacedGetsTheClassesItNeeds() throws Exception {
        origin.install(tools());
        origin.install(app("1.0.0"));
        origin.shipping().ensure(other.address(), "tools", "1.0.0");
        other.allowReplacingDuring(() -> CompletableFuture.runAsync(
                        () -> other.shipping().loader(new ClassSpace("app", "1.0.0"), origin.address()),
                        Thread::startVirtualThread)
                .join());
        origin.update("tools", tools("1.0.0", "mended"));

        origin.shipping().ensure(other.address(), "tools", "1.0.0");

        assertThat(other.names()).containsExactly("app", "tools");
    }

    @Test
    public void whatWouldBeLostAtPresentIsToldFromWhatCannotBeUsed() throws Exception {
        origin.install(tools());
        origin.shipping().ensure(other.address(), "tools", "1.0.0");
        origin.update("tools", tools("1.0.0", "mended"));

        other.refuseReplacing(new IllegalStateException("an active object would be lost"));
        assertThatThrownBy(() -> origin.shipping().ensure(other.address(), "tools", "1.0.0"))
                .isInstanceOf(RefusedForNowException.class)
                .hasMessage("an active object would be lost");
        other.refuseReplacing(new IllegalArgumentException("it does not start"));
        assertThatThrownBy(() -> origin.shipping().ensure(other.address(), "tools", "1.0.0"))
                .isExactlyInstanceOf(ProvisionException.class)
                .hasMessage("it does not start");
    }

    @Test
    public void whatIsPartOfTheOtherIsReplacedByAnUpdateOnly() throws Exception {
        other.allowReplacing();
        other.install(tools("1.0.0", "of another release"));
        origin.install(tools());

        origin.shipping().ensure(other.address(), "tools", "1.0.0");
        assertThat(other.content("tools")).isEqualTo("of another release");

        origin.update("tools", tools("1.1.0", "new"));
        origin.shipping().ensure(other.address(), "tools", "1.1.0");
        assertThat(other.content("tools")).isEqualTo("new");
        assertThat(other.names()).containsExactly("tools");
    }

    @Test
    public void twoVersionsOfTheOriginStaySideBySide() throws Exception {
        other.allowReplacing();
        origin.install(tools("1.0.0", "one"));
        origin.shipping().ensure(other.address(), "tools", "1.0.0");
        origin.install(tools("2.0.0", "two"));
        origin.shipping().ensure(other.address(), "tools", "2.0.0");

        assertThat(other.names()).containsExactly("tools", "tools");
    }

    @Test
    public void whatSeveralHaveBroughtIsReplacedByNoneOfThemUnderTheNodesOfAnother() throws Exception {
        other.allowReplacing();
        origin.install(tools());
        try (TestFramework third = new TestFramework("third", folder.newFolder(), exchanges)) {
            third.install(folder.getRoot().toPath().resolve("tools.jar"));
            origin.shipping().ensure(other.address(), "tools", "1.0.0");
            third.shipping().ensure(other.address(), "tools", "1.0.0");
            other.hasNodesOf(origin);
            other.hasNodesOf(third);

            for (String version : List.of("1.0.0", "1.1.0")) {
                origin.update("tools", tools(version, "of origin"));
                assertThatThrownBy(() -> origin.shipping().ensure(other.address(), "tools", version))
                        .isInstanceOf(RefusedForNowException.class)
                        .hasMessageStartingWith(
                                "bundle tools " + version + " of runtime origin is refused: bundle tools"
                                        + " 1.0.0 is here, and nodes use it that runtime third deployed; SHA-256")
                        .hasMessageEndingWith(
                                "; undeploy what uses it there, or give your bundle another symbolic name");
            }
            third.update("tools", tools("2.0.0", "of third"));
            assertThatThrownBy(() -> third.shipping().ensure(other.address(), "tools", "2.0.0"))
                    .hasMessageContaining("bundle tools 2.0.0 of runtime third is refused")
                    .hasMessageContaining("nodes use it that runtime origin deployed");
            assertThat(other.content("tools")).isEqualTo("1.0.0");
        }

        origin.shipping().ensure(other.address(), "tools", "1.1.0");
        assertThat(other.content("tools")).as("third has gone").isEqualTo("of origin");
        assertThat(other.names()).containsExactly("tools");
    }

    @Test
    public void whatIsPartOfTheOtherIsNotReplacedUnderTheNodesOfAnybodyElse() throws Exception {
        other.allowReplacing();
        other.install(tools());
        origin.install(folder.getRoot().toPath().resolve("tools.jar"));
        origin.shipping().ensure(other.address(), "tools", "1.0.0");
        other.hasNodesOf(origin);
        origin.update("tools", tools("1.0.0", "mended"));
        other.hasNodesOf(other);

        assertThatThrownBy(() -> origin.shipping().renew(other.address(), "tools", "1.0.0", true))
                .isInstanceOf(RefusedForNowException.class)
                .hasMessageContaining("nodes use it that runtime other deployed");
        assertThat(other.content("tools")).isEqualTo("1.0.0");
        other.hasNoNodesOf(other);
        try (TestFramework third = new TestFramework("third", folder.newFolder(), exchanges)) {
            other.hasNodesOf(third);
            assertThatThrownBy(() -> origin.shipping().renew(other.address(), "tools", "1.0.0", true))
                    .hasMessageContaining("nodes use it that runtime third deployed");
        }

        origin.shipping().ensure(other.address(), "tools", "1.0.0");
        assertThat(other.content("tools")).as("third has gone").isEqualTo("mended");
    }

    /** Whoever brought nothing because it found what it wanted, or lost it since, has nodes all the same. */
    @Test
    public void whoHasNodesIsAskedWhateverItBrought() throws Exception {
        other.allowReplacing();
        origin.install(tools());
        try (TestFramework third = new TestFramework("third", folder.newFolder(), exchanges)) {
            third.install(tools("1.0.0", "of third"));
            third.shipping().ensure(other.address(), "tools", "1.0.0");
            origin.shipping().ensure(other.address(), "tools", "1.0.0");
            assertThat(other.content("tools")).isEqualTo("1.0.0");
            other.hasNodesOf(third);
            origin.update("tools", tools("1.0.0", "mended"));

            assertThatThrownBy(() -> origin.shipping().ensure(other.address(), "tools", "1.0.0"))
                    .hasMessageContaining("nodes use it that runtime third deployed");
        }
    }

    @Test
    public void anUpdateThatWasUndoneReplacesNothingOfTheOther() throws Exception {
        other.allowReplacing();
        other.install(tools("1.0.0", "of another release"));
        origin.install(tools());
        Path before = origin.shipping().jar("tools", "1.0.0");
        origin.update("tools", tools("1.0.0", "does not work"));

        origin.update("tools", before);
        origin.shipping().ensure(other.address(), "tools", "1.0.0");
        assertThat(other.content("tools")).isEqualTo("of another release");

        origin.update("tools", tools("1.0.0", "mended"));
        origin.shipping().ensure(other.address(), "tools", "1.0.0");
        assertThat(other.content("tools")).isEqualTo("mended");
    }

    @Test
    public void whatNoNodeOfItsOwnersUsesIsReplacedByAnyone() throws Exception {
        other.allowReplacing();
        origin.install(tools());
        origin.shipping().ensure(other.address(), "tools", "1.0.0");
        try (TestFramework third = new TestFramework("third", folder.newFolder(), exchanges)) {
            third.install(tools("1.0.0", "of third"));
            third.shipping().ensure(other.address(), "tools", "1.0.0");
            assertThat(other.content("tools")).isEqualTo("of third");
            other.hasNodesOf(third);

            assertThatThrownBy(() -> origin.shipping().ensure(other.address(), "tools", "1.0.0"))
                    .hasMessageContaining("nodes use it that runtime third deployed");
        }
    }

    /** It is another runtime then; its nodes of before are not there any more. */
    @Test
    public void whoHasStartedAnewReplacesWhatItHadBrought() throws Exception {
        other.allowReplacing();
        origin.install(tools());
        origin.shipping().ensure(other.address(), "tools", "1.0.0");
        other.hasNodesOf(origin);
        origin.close();

        try (TestFramework again = new TestFramework("origin again", folder.newFolder(), exchanges)) {
            again.install(tools("1.0.0", "mended meanwhile"));
            again.shipping().ensure(other.address(), "tools", "1.0.0");

            assertThat(other.content("tools")).isEqualTo("mended meanwhile");
            assertThat(other.names()).containsExactly("tools");
        }
    }

    @Test
    public void whoCannotSeeWhatWouldBeLostReplacesNothing() throws Exception {
        origin.install(tools());
        origin.shipping().ensure(other.address(), "tools", "1.0.0");
        origin.update("tools", tools("1.1.0", "new"));

        assertThatThrownBy(() -> origin.shipping().ensure(other.address(), "tools", "1.1.0"))
                .isInstanceOf(ProvisionException.class)
                .hasMessageContaining("bundle tools 1.0.0 cannot be replaced by tools 1.1.0");
        assertThat(other.content("tools")).isEqualTo("1.0.0");
    }

    @Test
    public void anUpdateWhileABundleIsOnItsWayIsWhatArrives() throws Exception {
        other.allowReplacing();
        origin.install(tools());
        Path mended = tools("1.0.0", "mended");
        exchanges.beforeNextPiece(() -> origin.update("tools", mended));

        origin.shipping().ensure(other.address(), "tools", "1.0.0");

        assertThat(other.content("tools")).isEqualTo("mended");
    }

    @Test
    public void theJarOfABundleIsWhatIsInItWhateverHasBecomeOfItsFile() throws Exception {
        Path jar = tools();
        origin.install(jar);
        assertThat(origin.shipping().jar("tools", "1.0.0")).hasSameBinaryContentAs(jar);

        Files.copy(tools("1.1.0", "new"), jar, StandardCopyOption.REPLACE_EXISTING);
        try (JarFile old = new JarFile(origin.shipping().jar("tools", "1.0.0").toFile())) {
            assertThat(old.getManifest().getMainAttributes().getValue("Bundle-Version"))
                    .isEqualTo("1.0.0");
        }
    }

    @Test
    public void whatWasUninstalledLeavesNoClassLoaderBehind() throws Exception {
        origin.install(TestJars.withClass(folder.newFile("shapes.jar").toPath(), "shapes", "2.1.0", Shape.class));
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            loaders.add(useAndForget());
        }

        while (loaders.stream().anyMatch(loader -> loader.get() != null)) { // the deadline of the test ends it
            System.gc();
            Thread.yield();
        }
        assertThat(other.names()).isEmpty();
    }

    private WeakReference<ClassLoader> useAndForget() throws Exception {
        ClassLoader loader = other.shipping().loader(new ClassSpace("shapes", "2.1.0"), origin.address());
        other.shipping()
                .spaceOf(loader.loadClass(Shape.class.getName())
                        .getConstructor()
                        .newInstance()
                        .getClass());
        other.forget("shapes");
        return new WeakReference<>(loader);
    }

    @Test
    public void aDigestThatIsAPathIsRefused() throws Exception {
        origin.install(tools());
        exchanges.announce("../../etc/passwd");
        assertThatThrownBy(() -> other.shipping().loader(new ClassSpace("tools", "1.0.0"), origin.address()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no SHA-256");
        assertThat(other.names()).isEmpty();
    }

    @Test
    public void bringsFragmentsWithTheirHost() throws Exception {
        Path texts =
                TestJars.bundle(folder.newFile("texts.jar").toPath(), "tools.texts", "1.0.0", "Fragment-Host: tools");
        origin.context().installBundle(texts.toUri().toString());
        origin.install(tools());

        ClassLoader loader = other.shipping().loader(new ClassSpace("tools", "1.0.0"), origin.address());

        assertThat(loader.getResource("tools.texts.txt")).isNotNull();
        assertThatThrownBy(() -> other.shipping().loader(new ClassSpace("tools.texts", "1.0.0"), origin.address()))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("is a fragment");
    }

    @Test
    public void startsABundleThatIsInstalledOnly() throws Exception {
        Path jar = tools();
        origin.install(jar);
        other.context().installBundle(jar.toUri().toString());

        origin.shipping().ensure(other.address(), "tools", "1.0.0");

        assertThat(other.states()).containsExactly(Bundle.ACTIVE);
        assertThat(exchanges.pieces()).isZero();
    }

    @Test
    public void aBundleThatIsBeingChangedStartsAtTheEndOfThat() throws Exception {
        Path jar = tools();
        origin.install(jar);
        Bundle tools = other.context().installBundle(jar.toUri().toString());
        other.allowReplacing();

        List<Integer> states = new ArrayList<>();
        other.changing(() -> states.add(tools.getState()));

        origin.shipping().ensure(other.address(), "tools", "1.0.0");
        assertThat(states).as("at the end of the change").containsExactly(Bundle.INSTALLED);
        assertThat(tools.getState()).isEqualTo(Bundle.ACTIVE);

        tools.stop();
        other.shipping().ensure(other.address(), "tools", "1.0.0");
        assertThat(states).as("also if it is meant for itself").containsExactly(Bundle.INSTALLED, Bundle.RESOLVED);
        assertThat(tools.getState()).isEqualTo(Bundle.ACTIVE);

        origin.shipping().ensure(other.address(), "tools", "1.0.0");
        assertThat(states).as("what runs waits for nothing").hasSize(2);
    }

    @Test
    public void theSpaceOfAClassIsItsBundle() throws Exception {
        origin.install(TestJars.withClass(folder.newFile("shapes.jar").toPath(), "shapes", "2.1.0", Shape.class));
        ClassSpace space = new ClassSpace("shapes", "2.1.0");

        Class<?> here = origin.shipping().loader(space, origin.address()).loadClass(Shape.class.getName());
        Class<?> there = other.shipping().loader(space, origin.address()).loadClass(Shape.class.getName());

        assertThat(here).isNotSameAs(there).isNotSameAs(Shape.class);
        assertThat(origin.shipping().spaceOf(here)).isEqualTo(space);
        assertThat(other.shipping().spaceOf(there)).isEqualTo(space);
    }

    @Test
    public void classesOfTheJdkAndOfNoBundleBelongToTheClassPath() throws Exception {
        assertThat(other.shipping().spaceOf(String.class)).isEqualTo(ClassSpace.FLAT);
        assertThat(other.shipping().spaceOf(BundleShippingTest.class)).isEqualTo(ClassSpace.FLAT);
        assertThat(other.shipping().loader(ClassSpace.FLAT, origin.address()).loadClass("java.sql.Date"))
                .isNotNull();
    }

    @Test
    public void aBundleThatCameFromNoFileIsGivenAsACopy() throws Exception {
        Path jar = TestJars.withClass(folder.newFile("m.jar").toPath(), "memory", "1.0.0", Shape.class);
        origin.context().installBundle("memory:app", Files.newInputStream(jar)).start();

        ClassLoader loader = other.shipping().loader(new ClassSpace("memory", "1.0.0"), origin.address());

        assertThat(loader.loadClass(Shape.class.getName()).getClassLoader()).isSameAs(loader);
    }

    @Test
    public void aBundleThatCameCanBeGivenOn() throws Exception {
        origin.install(tools());
        other.shipping().loader(new ClassSpace("tools", "1.0.0"), origin.address());
        try (TestFramework third = new TestFramework("third", folder.newFolder(), exchanges)) {
            third.shipping().loader(new ClassSpace("tools", "1.0.0"), other.address());
            assertThat(third.names()).containsExactly("tools");
        }
    }

    @Test
    public void filesWithUnusualNamesAreFound() throws Exception {
        Path jar = TestJars.bundle(folder.newFile("with space ü.jar").toPath(), "odd", "1.0.0", "Bundle-Name: odd");
        origin.install(jar);
        origin.context().installBundle("reference:file:" + tools()).start();

        other.shipping().loader(new ClassSpace("odd", "1.0.0"), origin.address());
        other.shipping().loader(new ClassSpace("tools", "1.0.0"), origin.address());

        assertThat(other.names()).containsExactly("odd", "tools");
    }

    @Test
    public void aJarIsReadInPieces() throws IOException {
        Path jar = folder.newFile("big").toPath();
        byte[] bytes = new byte[BundleExchange.PIECE_BYTES + 10];
        Arrays.fill(bytes, (byte) 7);
        Files.write(jar, bytes);

        assertThat(Jars.piece(jar, 0, BundleExchange.PIECE_BYTES)).hasSize(BundleExchange.PIECE_BYTES);
        assertThat(Jars.piece(jar, BundleExchange.PIECE_BYTES, BundleExchange.PIECE_BYTES))
                .hasSize(10);
        assertThat(Jars.piece(jar, bytes.length, BundleExchange.PIECE_BYTES)).isEmpty();
    }
}
