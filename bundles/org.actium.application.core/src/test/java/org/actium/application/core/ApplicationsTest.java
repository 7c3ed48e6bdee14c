package org.actium.application.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

public class ApplicationsTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final TestFramework framework = new TestFramework();

    private final List<Path> wrapped = new ArrayList<>();
    private Applications applications;

    @Before
    public void findApplications() {
        applications = new Applications(framework.context(), Optional.of(this::wrap));
    }

    @Test
    public void anInstalledBundleIsStartedAndStays() throws BundleException {
        Path jar = framework.jar("installed.jar", "one;main=One,two;main=Two;descriptor=app.xml");
        Bundle bundle = framework.context().installBundle(jar.toUri().toString());

        try (Application two = applications.start("two", Optional.empty())) {
            assertThat(two.bundle()).isSameAs(bundle);
            assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE);
            assertThat(two.descriptor(Map.of("A", "b"))).hasValueSatisfying(source -> {
                assertThat(source.name()).isEqualTo("app.xml");
                assertThat(new String(source.xml(), StandardCharsets.UTF_8)).isEqualTo("<descriptor/>");
                assertThat(source.variables()).containsExactly(Map.entry("A", "b"));
            });
        }

        assertThat(bundle.getState()).as("after the run").isEqualTo(Bundle.ACTIVE);
    }

    @Test
    public void aJarInAppsOrNamedByItsPathIsInstalledForTheRunOnly() throws BundleException {
        Path elsewhere = framework.jar("elsewhere/other.jar", "other;main=Other");
        framework.jar("apps/packed.jar", "packed;main=Packed");

        for (String name : new String[] {"packed", elsewhere.toString()}) {
            Application application = applications.start(name, Optional.empty());
            assertThat(application.bundle().getState()).isEqualTo(Bundle.ACTIVE);
            application.close();
            assertThat(application.bundle().getState()).isEqualTo(Bundle.UNINSTALLED);
        }
    }

    @Test
    public void anUnknownNameIsAnsweredWithTheKnownOnes() throws BundleException {
        framework
                .context()
                .installBundle(
                        framework.jar("b.jar", "hello;main=Hello").toUri().toString());
        framework
                .context()
                .installBundle(framework.jar("broken.jar", "main=Hello").toUri().toString());
        framework.jar("apps/nbody.jar", "nbody;main=Nbody");
        framework.jar("apps/library.jar", "");

        assertThatThrownBy(() -> applications.start("nobody", Optional.empty()))
                .isInstanceOf(UsageException.class)
                .hasMessage("there is no application 'nobody'; there are: hello, nbody");
    }

    @Test
    public void aFileThatIsNoApplicationIsRefused() throws Exception {
        Path library = framework.jar("library.jar", "");
        Path several = framework.jar("several.jar", "a;main=A,b;main=B");
        Path text = Files.writeString(folder.newFile("text.jar").toPath(), "not a jar");

        assertThatThrownBy(() -> applications.start("missing.jar", Optional.empty()))
                .hasMessage("there is no file missing.jar");
        assertThatThrownBy(() -> applications.start(library.toString(), Optional.empty()))
                .hasMessage(library + " is no application: it has neither a header Actium-Application nor a Main-Class;"
                        + " name the class with --main");
        assertThatThrownBy(() -> new Applications(framework.context(), Optional.empty())
                        .start(library.toString(), Optional.of("Main")))
                .hasMessageContaining("may not be a bundle");
        assertThatThrownBy(() -> applications.start(several.toString(), Optional.empty()))
                .hasMessageEndingWith("name one: a, b");
        assertThatThrownBy(() -> applications.start(text.toString(), Optional.empty()))
                .hasMessageStartingWith("cannot read " + text);
    }

    @Test
    public void aJarThatKnowsNothingOfActiumIsWrappedAndItsMainIsCalled() throws BundleException {
        Path plain = framework.jar("plain.jar", "", SampleApplication.class);

        try (Application application =
                applications.start(plain.toString(), Optional.of(SampleApplication.class.getName()))) {
            assertThat(wrapped).containsExactly(plain);
            assertThat(application.name()).isEqualTo("plain");
            assertThat(application.main().getName()).isEqualTo("main");
            assertThat(application.descriptor(Map.of())).isEmpty();
        }
    }

    private Path wrap(Path jar) {
        wrapped.add(jar);
        return jar;
    }

    @Test
    public void aDirectoryOfClassesIsWrappedForTheMainThatIsNamed() throws Exception {
        Path classes = folder.newFolder("classes").toPath();
        Path made = framework.jar("made.jar", "", SampleApplication.class);
        Applications wrapping = new Applications(framework.context(), Optional.of(directory -> {
            wrapped.add(directory);
            return made;
        }));
        try (Application application =
                wrapping.start(classes.toString(), Optional.of(SampleApplication.class.getName()))) {
            assertThat(application.name()).isEqualTo("classes");
            assertThat(application.bundle().getState()).isEqualTo(Bundle.ACTIVE);
        }
        assertThat(wrapped).containsExactly(classes.toAbsolutePath());
        assertThatThrownBy(() -> wrapping.start(classes.toString(), Optional.empty()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("name the class with --main");
    }

    @Test
    public void aClassOrMethodThatIsNotThereIsNamed() throws BundleException {
        framework.jar(
                "apps/bad.jar",
                "gone;main=org.example.Gone,plain;main=" + NoMain.class.getName() + ";descriptor=gone.xml",
                NoMain.class);

        assertThatThrownBy(() -> mainOf("gone"))
                .hasMessageContaining("application 'gone'")
                .hasMessageEndingWith("has no class org.example.Gone");
        assertThatThrownBy(() -> mainOf("plain"))
                .hasMessage("application 'plain': class " + NoMain.class.getName()
                        + " has no public static void main(String[])");
        try (Application plain = applications.start("plain", Optional.empty())) {
            assertThatThrownBy(() -> plain.descriptor(Map.of())).hasMessageEndingWith("has no resource gone.xml");
        }
    }

    private void mainOf(String name) throws BundleException {
        try (Application application = applications.start(name, Optional.empty())) {
            application.main();
        }
    }

    /** Almost an application. */
    public static final class NoMain {
        private NoMain() {}

        public static int main(String[] arguments) {
            return arguments.length;
        }
    }
}
