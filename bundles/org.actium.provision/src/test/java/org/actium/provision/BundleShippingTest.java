package org.actium.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.actium.codec.api.ClassSpace;
import org.actium.codec.api.CodecException;
import org.actium.provision.api.ProvisionException;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

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

        assertThatThrownBy(() -> other.bundles().install(List.of(tools(), broken)))
                .isInstanceOf(ProvisionException.class)
                .hasMessageContaining("never.there");

        assertThat(other.names()).isEmpty();
    }

    @Test
    public void saysWhichRuntimeLacksWhat() {
        assertThatThrownBy(() -> other.shipping().loader(new ClassSpace("ghost", "1.0.0"), origin.address()))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("bundle ghost 1.0.0 is not installed");
    }

    @Test
    public void classesOfTheJdkAndOfNoBundleBelongToTheClassPath() {
        assertThat(other.shipping().spaceOf(String.class)).isEqualTo(ClassSpace.FLAT);
        assertThat(other.shipping().spaceOf(BundleShippingTest.class)).isEqualTo(ClassSpace.FLAT);
    }

    @Test
    public void aBundleThatCameFromNoFileCannotBeGiven() throws BundleException, IOException {
        origin.context()
                .installBundle(
                        "memory:app",
                        Files.newInputStream(
                                TestJars.bundle(folder.newFile("m.jar").toPath(), "memory", "1.0.0", "Bundle-Name: m")))
                .start();

        assertThatThrownBy(() -> other.shipping().loader(new ClassSpace("memory", "1.0.0"), origin.address()))
                .hasMessageContaining("'memory:app', which cannot be read again");
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
