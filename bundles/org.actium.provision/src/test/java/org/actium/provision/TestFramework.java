package org.actium.provision;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.actium.provision.api.BundleReplacer;
import org.actium.remote.api.Channel;
import org.actium.remote.api.FrameHandler;
import org.actium.remote.api.JoinToken;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkListener;
import org.actium.remote.api.Links;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.FrameworkWiring;

/** A framework with bundle shipping, as one of several runtimes. */
final class TestFramework implements AutoCloseable {

    private final Framework framework;
    private final RuntimeAddress address;
    private final Path directory;
    private final BundleShipping shipping;
    private final Set<RuntimeId> users = ConcurrentHashMap.newKeySet();
    private Runnable change = () -> {};
    private BundleReplacer replacer; // null as long as there is none

    TestFramework(String name, File storage, Exchanges exchanges) throws BundleException {
        this(name, storage, storage.toPath().resolve("jars"), exchanges);
    }

    /** @param directory where fetched jars are kept */
    TestFramework(String name, File storage, Path directory, Exchanges exchanges) throws BundleException {
        this(name, storage, directory, exchanges, 1 << 30);
    }

    /** @param limit how many bytes of them are kept */
    TestFramework(String name, File storage, Path directory, Exchanges exchanges, long limit) throws BundleException {
        this.framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        storage.getPath(),
                        Constants.FRAMEWORK_STORAGE_CLEAN,
                        Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT));
        framework.start();
        this.address = new RuntimeAddress(new RuntimeId(name.hashCode(), 0), name, List.of());
        this.directory = directory;
        directory.toFile().mkdirs();
        this.shipping = new BundleShipping(
                framework.getBundleContext(),
                new OnlySelf(address, exchanges),
                exchanges.of(address),
                directory,
                limit);
    }

    void install(Path jar) throws BundleException {
        framework.getBundleContext().installBundle(jar.toUri().toString()).start();
    }

    /** As a user does it here. */
    void update(String name, Path jar) {
        Bundle updated = own().filter(bundle -> name.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
        replace(updated.getBundleId(), jar);
    }

    /** From now on what came can be replaced, with nothing to be lost, and is used by nodes of nobody. */
    void allowReplacing() {
        replaceBy(this::replace);
    }

    /** As {@link #allowReplacing()}; the framework does this meanwhile. */
    void allowReplacingDuring(Runnable meanwhile) {
        replaceBy((bundle, jar) -> {
            replace(bundle, jar);
            meanwhile.run();
        });
    }

    void refuseReplacing(RuntimeException refusal) {
        replaceBy((bundle, jar) -> {
            throw refusal;
        });
    }

    /** What waits for the end of a change waits for this. */
    void changing(Runnable change) {
        this.change = change;
    }

    private void replaceBy(BiConsumer<Long, Path> replacement) {
        Optional.ofNullable(replacer).ifPresent(shipping::removeReplacer);
        replacer = new BundleReplacer() {
            @Override
            public Set<RuntimeId> users(long bundle) {
                return Set.copyOf(users);
            }

            @Override
            public void replace(long bundle, Path jar, RuntimeId origin, boolean force) {
                replacement.accept(bundle, jar);
            }

            @Override
            public void alone(Runnable action) {
                change.run();
                action.run();
            }
        };
        shipping.addReplacer(replacer);
    }

    /** From now on there are nodes that this runtime deployed here, which use all there is. */
    void hasNodesOf(TestFramework deployer) {
        users.add(deployer.address.id());
    }

    /** Not any more. */
    void hasNoNodesOf(TestFramework deployer) {
        users.remove(deployer.address.id());
    }

    private void replace(long number, Path jar) {
        Bundle bundle = context().getBundle(number);
        try (InputStream content = Files.newInputStream(jar)) {
            bundle.update(content);
            refresh(List.of(bundle));
        } catch (BundleException | IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Uninstalls it and forgets its classes. */
    void forget(String name) throws BundleException, InterruptedException {
        uninstall(name);
        refresh(null);
    }

    /** @param bundles null for all that have changed */
    private void refresh(Collection<Bundle> bundles) throws InterruptedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        framework.adapt(FrameworkWiring.class).refreshBundles(bundles, event -> refreshed.countDown());
        refreshed.await();
    }

    void uninstall(String name) throws BundleException {
        for (Bundle bundle : context().getBundles()) {
            if (name.equals(bundle.getSymbolicName())) {
                bundle.uninstall();
            }
        }
    }

    BundleShipping shipping() {
        return shipping;
    }

    InstalledBundles bundles() {
        return new InstalledBundles(context());
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    RuntimeAddress address() {
        return address;
    }

    /** Where fetched jars are kept. */
    Path directory() {
        return directory;
    }

    List<String> names() {
        return own().map(Bundle::getSymbolicName).sorted().toList();
    }

    /** What its resource says, which is its version when it was made. */
    String content(String name) throws IOException {
        Bundle bundle = own().filter(one -> name.equals(one.getSymbolicName()))
                .findFirst()
                .orElseThrow();
        try (InputStream in = bundle.getEntry(name + ".txt").openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    List<Integer> states() {
        return own().map(Bundle::getState).toList();
    }

    private Stream<Bundle> own() {
        return Arrays.stream(context().getBundles()).filter(bundle -> bundle.getBundleId() != 0);
    }

    @Override
    public void close() throws BundleException {
        if (framework.getState() != Bundle.ACTIVE) {
            return; // by the test
        }
        shipping.close();
        framework.stop();
        try {
            framework.waitForStop(10_000);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Links to all that are there, of a runtime that is never dialled. */
    private record OnlySelf(RuntimeAddress self, Exchanges exchanges) implements Links {

        @Override
        public Link to(RuntimeAddress peer) {
            throw new UnsupportedOperationException("no links here");
        }

        @Override
        public RuntimeAddress resolve(Endpoint endpoint) {
            throw new UnsupportedOperationException("no links here");
        }

        @Override
        public Optional<Link> existing(RuntimeId peer) {
            return exchanges.address(peer).map(OnlySelf::link);
        }

        private static Link link(RuntimeAddress peer) {
            return (Link) Proxy.newProxyInstance(
                    Link.class.getClassLoader(), new Class<?>[] {Link.class}, (link, method, arguments) -> {
                        if (method.getName().equals("peer")) {
                            return peer;
                        }
                        throw new UnsupportedOperationException(method + ": it is only there");
                    });
        }

        @Override
        public List<Link> all() {
            return List.of();
        }

        @Override
        public Link join(Endpoint parent, JoinToken token, Duration timeout) {
            throw new UnsupportedOperationException("no links here");
        }

        @Override
        public Registration handle(Channel channel, FrameHandler handler) {
            return () -> {};
        }

        @Override
        public Registration listen(LinkListener listener) {
            return () -> {};
        }
    }
}
