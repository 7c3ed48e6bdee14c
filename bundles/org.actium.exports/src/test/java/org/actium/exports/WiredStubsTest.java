package org.actium.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.actium.codec.api.CodecException;
import org.actium.codec.java.JavaCodec;
import org.actium.exports.api.ExportedName;
import org.actium.exports.books.Entry;
import org.actium.exports.books.Ledger;
import org.actium.exports.books.Page;
import org.actium.exports.desk.Desk;
import org.actium.exports.shop.Shop;
import org.actium.exports.till.Till;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleWiring;

/** Stubs travel between bundles that are wired to each other: one has an interface, and others import it. */
public class WiredStubsTest {

    private static final String BOOKS = Ledger.class.getPackageName();
    private static final String SHOP = Shop.class.getPackageName();

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final RuntimeAddress runtime =
            new RuntimeAddress(new RuntimeId(1, 1), "here", List.of(new Endpoint("127.0.0.1", 4711)));
    private final ExportAccess access = new Balances();
    private final Messages messages = new Messages(new JavaCodec(), this::stub);
    private final ExportScopes scopes = new ExportScopes();
    private Framework framework;
    private Bundle books;

    private static final class Balances implements ExportAccess {

        private final Messages messages = new Messages(new JavaCodec(), (contract, ref) -> ref);

        @Override
        public Found find(String name) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        public Found find(long id) {
            throw new UnsupportedOperationException("object " + id);
        }

        @Override
        public List<ExportedName> list() {
            return List.of();
        }

        @Override
        public Outcome call(long id, String method, byte[] arguments) {
            return new Outcome.Returned(messages.write(id));
        }
    }

    private Object stub(Class<?> contract, ExportRef ref) {
        return Proxy.newProxyInstance(
                contract.getClassLoader(),
                new Class<?>[] {contract},
                new StubCalls(ref, contract, scopes.caller(contract), access, messages));
    }

    private byte[] sent(String contract) {
        return messages.write(stub(Ledger.class, new ExportRef(runtime, 7, contract)));
    }

    @Before
    public void start() throws Exception {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        folder.getRoot().getPath(),
                        "felix.bootdelegation.implicit", // or bundles see the class path of this test
                        "false"));
        framework.start();
        books = install(
                "books",
                Map.of(Constants.EXPORT_PACKAGE, BOOKS),
                List.of(Ledger.class, Entry.class, Page.class, Page.Line.class));
    }

    @After
    public void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    private Bundle install(String name, Map<String, String> headers, List<Class<?>> classes) throws Exception {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        main.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
        headers.forEach(main::putValue);
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(jar, manifest)) {
            for (Class<?> type : classes) {
                String file = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(file));
                try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
                    in.transferTo(out);
                }
            }
        }
        Bundle bundle = framework.getBundleContext().installBundle(name, new ByteArrayInputStream(jar.toByteArray()));
        bundle.start();
        return bundle;
    }

    private static Class<?> load(Class<?> type, Bundle from) throws ClassNotFoundException {
        return from.adapt(BundleWiring.class).getClassLoader().loadClass(type.getName());
    }

    /** That of the bundle, not that of the class path of this test. */
    private void assertThatItIsALedgerOfBooks(Object read) throws Exception {
        Class<?> ledger = load(Ledger.class, books);
        assertThat(FrameworkUtil.getBundle(ledger)).isEqualTo(books);
        assertThat(read).isInstanceOf(ledger).isNotInstanceOf(Ledger.class);
        assertThat(ledger.getMethod("balance").invoke(read)).isEqualTo(7L);
    }

    @Test
    public void aStubIsOfTheInterfaceThatTheBundleOfItsCallerImports() throws Exception {
        Bundle shop = install("shop", Map.of(Constants.IMPORT_PACKAGE, BOOKS), List.of(Shop.class));
        Object read = messages.read(sent(Ledger.class.getName()), scopes.caller(load(Shop.class, shop)));
        assertThatItIsALedgerOfBooks(read);
    }

    @Test
    public void aStubIsOfTheInterfaceThatTheBundleOfTheObjectImports() throws Exception {
        Bundle shop = install("shop", Map.of(Constants.EXPORT_PACKAGE, SHOP), List.of(Shop.class));
        Bundle desks = install("desks", Map.of(Constants.IMPORT_PACKAGE, SHOP + "," + BOOKS), List.of(Desk.class));
        Object desk = load(Desk.class, desks).getConstructor().newInstance();
        Class<?> contract = load(Shop.class, shop);
        byte[] stub = sent(Ledger.class.getName());

        assertThatItIsALedgerOfBooks(messages.read(stub, scopes.of(contract, desk)));
        assertThatThrownBy(() -> messages.read(stub, scopes.caller(contract)))
                .as("who only knows the interface does not see the other one")
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("there is no " + Ledger.class.getName() + " here");
    }

    @Test
    public void objectsOfClassesThatTheBundleImportsAreRefusedNevertheless() throws Exception {
        Bundle shop = install("shop", Map.of(Constants.IMPORT_PACKAGE, BOOKS), List.of(Shop.class));
        ExportScope scope = scopes.caller(load(Shop.class, shop));
        assertThatThrownBy(() -> messages.read(messages.write(new Entry()), scope))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(Entry.class.getName())
                .hasMessageContaining("not admitted");
        assertThatThrownBy(() -> messages.read(sent(Entry.class.getName()), scope))
                .as("a stub of a class")
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(Entry.class.getName() + " is not an interface here");
    }

    @Test
    public void whatTheTypesOfTheMethodsHoldMayComeFromTheBundleThatIsImported() throws Exception {
        Bundle tills = install("tills", Map.of(Constants.IMPORT_PACKAGE, BOOKS), List.of(Till.class));
        ExportScope scope = scopes.caller(load(Till.class, tills));

        assertThat(messages.read(messages.write(new Page(new Page.Line(7), "paid")), scope))
                .isInstanceOf(load(Page.class, books))
                .hasToString(new Page(new Page.Line(7), "paid").toString());
        assertThatThrownBy(() -> messages.read(messages.write(new Page(new Page.Line(7), new Entry())), scope))
                .as("a field that may hold anything")
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(Entry.class.getName())
                .hasMessageContaining("not admitted");
    }

    @Test
    public void whatIsReachableIsFoundOutOnceForAllStubs() throws Exception {
        Bundle shop = install("shop", Map.of(Constants.IMPORT_PACKAGE, BOOKS), List.of(Shop.class));
        Class<?> contract = load(Shop.class, shop);
        Desk desk = new Desk();

        assertThat(scopes.caller(contract)).isSameAs(scopes.caller(contract));
        assertThat(scopes.of(Shop.class, desk)).isSameAs(scopes.of(Shop.class, new Desk()));
        assertThat(scopes.of(Shop.class, desk)).isNotSameAs(scopes.caller(Shop.class));
    }
}
