package org.actium.provision;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.codec.api.ClassSpace;
import org.actium.codec.api.ClassSpaces;
import org.actium.codec.api.CodecException;
import org.actium.provision.api.ProvisionException;
import org.actium.provision.api.Provisioner;
import org.actium.remote.api.Links;
import org.actium.remote.api.RemoteObjects;
import org.actium.remote.api.RemotingException;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ships bundles between runtimes: gives those of this one, and pulls those it lacks, with all they are wired to at
 * their origin, by digest. A class space is a bundle.
 *
 * <p>Pulling is one at a time; giving is not limited, so that two runtimes can pull from each other.
 */
@Component(
        service = {ClassSpaces.class, Provisioner.class},
        immediate = true)
public final class BundleShipping implements ClassSpaces, Provisioner, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BundleShipping.class);

    private final Links links;
    private final RemoteObjects remoteObjects;
    private final InstalledBundles bundles;
    private final Jars jars;
    private final Registration export;
    private final ReentrantLock pulling = new ReentrantLock();

    /** Keeps fetched jars in {@code bundles} below the framework property {@code actium.state}. */
    @Activate
    public BundleShipping(BundleContext context, @Reference Links links, @Reference RemoteObjects remoteObjects) {
        this(
                context,
                links,
                remoteObjects,
                Optional.ofNullable(context.getProperty("actium.state"))
                        .map(state -> Path.of(state).resolve("bundles"))
                        .orElseGet(() -> context.getDataFile("bundles").toPath()));
    }

    /** @param directory where fetched jars are kept */
    public BundleShipping(BundleContext context, Links links, RemoteObjects remoteObjects, Path directory) {
        this.links = Objects.requireNonNull(links, "links");
        this.remoteObjects = Objects.requireNonNull(remoteObjects, "remoteObjects");
        this.bundles = new InstalledBundles(context);
        this.jars = new Jars(directory);
        this.export = remoteObjects.export(BundleExchange.class, BundleExchange.NAME, new Exchange());
    }

    @Override
    @Deactivate
    public void close() {
        export.close();
    }

    @Override
    public ClassSpace spaceOf(Class<?> type) {
        Bundle bundle = FrameworkUtil.getBundle(type);
        return bundle == null || bundle.getBundleId() == 0
                ? ClassSpace.FLAT
                : new ClassSpace(bundle.getSymbolicName(), bundle.getVersion().toString());
    }

    @Override
    public ClassLoader loader(ClassSpace space, RuntimeAddress origin) {
        if (space.equals(ClassSpace.FLAT)) {
            return ClassLoader.getPlatformClassLoader();
        }
        BundleName name = new BundleName(space.name(), space.version());
        try {
            if (!bundles.isResolved(name)) {
                pullUnlessInstalled(name, origin);
            }
            return bundles.loader(bundles.require(name));
        } catch (ProvisionException unavailable) {
            throw new CodecException(unavailable.getMessage(), unavailable);
        } catch (RemotingException silent) {
            throw new CodecException(
                    "bundle " + name + " is not installed here, and cannot be fetched: " + silent.getMessage(), silent);
        }
    }

    @Override
    public void ensure(RuntimeAddress target, String bundle, String version) {
        if (!target.id().equals(links.self().id())) {
            try {
                exchange(target).pull(new BundleName(bundle, version), links.self());
            } catch (RemotingException silent) {
                throw new ProvisionException(
                        "bundle " + bundle + " " + version + " cannot be brought to " + target + ": "
                                + silent.getMessage(),
                        silent);
            }
        } else {
            bundles.ensureStarted(bundles.require(new BundleName(bundle, version)));
        }
    }

    private BundleExchange exchange(RuntimeAddress runtime) {
        return remoteObjects.at(runtime, BundleExchange.class, BundleExchange.NAME);
    }

    /** Waits for whoever pulls: a bundle may be installed a moment before what it needs. */
    private void pullUnlessInstalled(BundleName wanted, RuntimeAddress origin) {
        pulling.lock();
        try {
            if (bundles.find(wanted).isEmpty()) {
                pull(wanted, origin);
            }
        } finally {
            pulling.unlock();
        }
    }

    private void pull(BundleName wanted, RuntimeAddress origin) {
        pulling.lock();
        try {
            BundleExchange source = exchange(origin);
            Map<BundleName, BundleOffer> missing = new LinkedHashMap<>();
            try {
                collect(wanted, source, missing);
            } catch (ProvisionException refused) {
                throw new ProvisionException(origin.name() + " cannot give it: " + refused.getMessage(), refused);
            }
            List<Path> fetched =
                    missing.values().stream().map(offer -> fetch(offer, source)).toList();
            bundles.install(fetched);
            missing.keySet().forEach(bundle -> LOG.info("{} came from {}", bundle, origin));
        } finally {
            pulling.unlock();
        }
    }

    /** Adds what is missing here of the bundle and of all it needs. */
    private void collect(BundleName wanted, BundleExchange source, Map<BundleName, BundleOffer> missing) {
        if (missing.containsKey(wanted) || bundles.find(wanted).isPresent()) {
            return;
        }
        BundleOffer offer = source.offer(wanted);
        missing.put(wanted, offer);
        offer.wiredTo().forEach(needed -> collect(needed, source, missing));
    }

    private Path fetch(BundleOffer offer, BundleExchange source) {
        return jars.fetched(offer, out -> {
            for (long offset = 0; offset < offer.length(); ) {
                byte[] piece = source.piece(offer.bundle(), offset);
                if (piece.length == 0) {
                    throw new ProvisionException(
                            "bundle " + offer.bundle() + " ends after " + offset + " of " + offer.length() + " bytes");
                }
                out.write(piece);
                offset += piece.length;
            }
        });
    }

    /** This runtime as others see it. */
    private final class Exchange implements BundleExchange {

        @Override
        public BundleOffer offer(BundleName name) {
            Bundle bundle = bundles.require(name);
            Path jar = jars.of(bundle);
            return new BundleOffer(name, Jars.digest(jar), jar.toFile().length(), bundles.wiredTo(bundle));
        }

        @Override
        public byte[] piece(BundleName name, long offset) {
            return Jars.piece(jars.of(bundles.require(name)), offset, PIECE_BYTES);
        }

        @Override
        public void pull(BundleName bundle, RuntimeAddress origin) {
            bundles.find(bundle)
                    .ifPresentOrElse(bundles::ensureStarted, () -> BundleShipping.this.pull(bundle, origin));
        }
    }
}
