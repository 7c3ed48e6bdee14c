package org.actium.application.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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

    private Applications applications;

    @Before
    public void findApplications() {
        applications = new Applications(framework.context());
    }

    @Test
    public void anInstalledBundleIsStartedAndStays() throws BundleException {
        Path jar = framework.jar("installed.jar", "one;main=One,two;main=Two;descriptor=app.xml");
        Bundle bundle = framework.context().installBundle(jar.toUri().toString());

        try (Application two = applications.start("two")) {
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
            Application application = applications.start(name);
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

        assertThatThrownBy(() -> applications.start("nobody"))
                .isInstanceOf(UsageException.class)
                .hasMessage("there is no application 'nobody'; there are: hello, nbody");
    }

    @Test
    public void aFileThatIsNoApplicationIsRefused() throws Exception {
        Path library = framework.jar("library.jar", "");
        Path several = framework.jar("several.jar", "a;main=A,b;main=B");
        Path text = Files.writeString(folder.newFile("text.jar").toPath(), "not a jar");

        assertThatThrownBy(() -> applications.start("missing.jar")).hasMessage("there is no file missing.jar");
        assertThatThrownBy(() -> applications.start(library.toString()))
                .hasMessage(library + " is no application: it has no header Actium-Application");
        assertThatThrownBy(() -> applications.start(several.toString())).hasMessageEndingWith("name one: a, b");
        assertThatThrownBy(() -> applications.start(text.toString())).hasMessageStartingWith("cannot read " + text);
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
        try (Application plain = applications.start("plain")) {
            assertThatThrownBy(() -> plain.descriptor(Map.of())).hasMessageEndingWith("has no resource gone.xml");
        }
    }

    private void mainOf(String name) throws BundleException {
        try (Application application = applications.start(name)) {
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
