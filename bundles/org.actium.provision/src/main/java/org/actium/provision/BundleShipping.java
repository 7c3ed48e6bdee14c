package org.actium.provision;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.actium.codec.api.ClassSpace;
import org.actium.codec.api.ClassSpaces;
import org.actium.codec.api.CodecException;
import org.actium.provision.api.BundleReplacer;
import org.actium.provision.api.ProvisionException;
import org.actium.provision.api.Provisioner;
import org.actium.provision.api.RefusedForNowException;
import org.actium.provision.api.Shipments;
import org.actium.provision.api.Traffic;
import org.actium.remote.api.Links;
import org.actium.remote.api.RemoteObjects;
import org.actium.remote.api.RemotingException;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ships bundles between runtimes: gives those of this one, and pulls those it lacks, with all they are wired to at
 * their origin, by digest. A class space is a bundle.
 *
 * <p>Pulling is one at a time, and so is replacing; giving is not limited, so that two runtimes can pull from each other.
 * While a bundle is replaced, what starts anew because of it can pull the classes it needs.
 */
@Component(
        service = {ClassSpaces.class, Provisioner.class, Shipments.class},
        immediate = true)
public final class BundleShipping implements ClassSpaces, Provisioner, Shipments, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BundleShipping.class);

    private static final String LIMIT = "actium.cache.megabytes";
    private static final long DEFAULT_MEGABYTES = 1024;

    /** Remembered at most; what is forgotten is asked for again. */
    private static final int COMPARISONS = 1000;

    private final Links links;
    private final RemoteObjects remoteObjects;
    private final InstalledBundles bundles;
    private final Jars jars;
    private final Registration export;
    private final ReentrantLock replacing = new ReentrantLock(); // of who is told what to have; taken before the other
    private final ReentrantLock pulling = new ReentrantLock();
    private final TrafficCounter counter = new TrafficCounter();
    private final Replacements replacements;
    private final OwnUpdates updates;
    private final BundleContext context;
    private final Set<Comparison> compared = ConcurrentHashMap.newKeySet();

    /** Of a bundle with what another runtime has of that name. */
    private record Comparison(BundleName bundle, RuntimeId origin) {}

    @Activate
    public BundleShipping(BundleContext context, @Reference Links links, @Reference RemoteObjects remoteObjects) {
        this(context, links, remoteObjects, directory(context), limit(context));
    }

    private static long limit(BundleContext context) {
        String configured = context.getProperty(LIMIT);
        try {
            return (configured == null ? DEFAULT_MEGABYTES : Long.parseLong(configured)) << 20;
        } catch (NumberFormatException misspelt) {
            throw new IllegalArgumentException(LIMIT + ": '" + configured + "' is not a number of MiB", misspelt);
        }
    }

    /** Below what outlives the container if there is such a place, else what goes with it. */
    private static Path directory(BundleContext context) {
        return Stream.of("actium.cache", "actium.state")
                .map(context::getProperty)
                .filter(Objects::nonNull)
                .map(parent -> Path.of(parent).toAbsolutePath().resolve("bundles"))
                .findFirst()
                .orElseGet(() -> context.getDataFile("bundles").toPath());
    }

    /**
     * @param directory where fetched jars are kept, as an absolute path
     * @param limit so many bytes may be kept there; more if they are in use
     */
    public BundleShipping(BundleContext context, Links links, RemoteObjects remoteObjects, Path directory, long limit) {
        this.context = context;
        this.links = Objects.requireNonNull(links, "links");
        this.remoteObjects = Objects.requireNonNull(remoteObjects, "remoteObjects");
        this.bundles = new InstalledBundles(context);
        this.jars = new Jars(directory, limit);
        this.replacements = new Replacements(bundles, jars, this::name);
        this.updates = new OwnUpdates(replacements::forget);
        context.addBundleListener(updates);
        this.export = remoteObjects.export(BundleExchange.class, BundleExchange.NAME, new Exchange());
    }

    /** Of this runtime, and of one that is linked. */
    private Optional<String> name(RuntimeId runtime) {
        return runtime.equals(links.self().id())
                ? Optional.of(links.self().name())
                : links.existing(runtime).map(link -> link.peer().name());
    }

    @Override
    @Deactivate
    public void close() {
        export.close();
        context.removeBundleListener(updates);
        jars.close();
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    public void addReplacer(BundleReplacer replacer) {
        replacements.add(replacer);
    }

    public void removeReplacer(BundleReplacer replacer) {
        replacements.remove(replacer);
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
            } else {
                compareOnce(name, origin);
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
        renew(target, bundle, version, false);
    }

    @Override
    public void renew(RuntimeAddress target, String bundle, String version, boolean force) {
        BundleName name = new BundleName(bundle, version);
        if (target.id().equals(links.self().id())) {
            replacements.ensureStarted(bundles.require(name));
            return;
        }
        BundleOffer offer = offer(name);
        Optional<ProvisionException> refusal = push(offer, target, force);
        while (refusal.isPresent()) {
            BundleOffer now = offer(name);
            if (now.sha256().equals(offer.sha256())) {
                throw refusal.get();
            }
            offer = now; // it was updated while it was on its way
            refusal = push(offer, target, force);
        }
    }

    private Optional<ProvisionException> push(BundleOffer offer, RuntimeAddress target, boolean force) {
        try {
            exchange(target).pull(offer, links.self(), force);
            return Optional.empty();
        } catch (ProvisionException refused) {
            return Optional.of(refused);
        } catch (RemotingException silent) {
            throw new RefusedForNowException(
                    "bundle " + offer.bundle() + " cannot be brought to " + target + ": " + silent.getMessage(),
                    silent);
        }
    }

    @Override
    public Path jar(String bundle, String version) {
        Bundle found = bundles.require(new BundleName(bundle, version));
        updates.found(found, jars.digest(found));
        return jars.unchanged(found);
    }

    @Override
    public Traffic traffic() {
        return counter.traffic();
    }

    private BundleExchange exchange(RuntimeAddress runtime) {
        return remoteObjects.at(runtime, BundleExchange.class, BundleExchange.NAME);
    }

    /**
     * Whether a bundle that came from one runtime is what another one means by its name. Those that were not fetched are
     * not compared: runtimes of different releases work together.
     */
    private void compareOnce(BundleName name, RuntimeAddress origin) {
        Comparison comparison = new Comparison(name, origin.id());
        if (compared.contains(comparison)) {
            return;
        }
        if (!origin.id().equals(links.self().id()) && isFetched(name)) {
            BundleOffer offer;
            try {
                offer = exchange(origin).offer(name);
            } catch (ProvisionException | RemotingException noAnswer) {
                LOG.debug("{} does not say what is in its {}", origin, name, noAnswer);
                return;
            }
            compare(offer);
        }
        if (compared.size() >= COMPARISONS) {
            compared.clear();
        }
        compared.add(comparison);
    }

    private boolean isFetched(BundleName name) {
        return bundles.find(name).filter(replacements::isFetched).isPresent();
    }

    private void compare(BundleOffer offer) {
        bundles.find(offer.bundle())
                .filter(replacements::isFetched)
                .map(jars::digest)
                .filter(here -> !here.equals(offer.sha256()))
                .ifPresent(here -> {
                    throw new ProvisionException("bundle " + offer.bundle()
                            + " is refused: SHA-256 of the one that is installed here is " + here + ", announced was "
                            + offer.sha256() + "; give it another version, or uninstall the one that is here");
                });
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
            List<Jars.Arrival> arrived =
                    missing.values().stream().map(offer -> fetch(offer, source)).toList();
            compared.removeIf(comparison -> missing.containsKey(comparison.bundle()));
            bundles.install(arrived.stream().map(Jars.Arrival::jar).toList());
            Iterator<Jars.Arrival> arrivals = arrived.iterator();
            missing.keySet().forEach(bundle -> {
                replacements.came(bundle);
                report(bundle, arrivals.next(), origin);
            });
        } finally {
            pulling.unlock();
        }
    }

    private static void report(BundleName bundle, Jars.Arrival arrival, RuntimeAddress origin) {
        if (arrival.kept()) {
            LOG.info("{} was kept here, {} has the same", bundle, origin);
        } else {
            LOG.info("{} came from {}, {} bytes", bundle, origin, arrival.bytes());
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

    private Jars.Arrival fetch(BundleOffer offer, BundleExchange source) {
        Jars.Arrival arrival = jars.fetched(offer, out -> {
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
        counter.got(arrival);
        return arrival;
    }

    /** In the place of what is there of that symbolic name, with what it needs besides. */
    private void replace(Bundle old, BundleOffer offer, RuntimeAddress origin, boolean force) {
        BundleName before = BundleName.of(old);
        Jars.Arrival arrival = arrival(offer, origin);
        replacements.replace(old, offer, arrival.jar(), origin.id(), force);
        compared.removeIf(comparison ->
                comparison.bundle().equals(before) || comparison.bundle().equals(offer.bundle()));
        LOG.info("{} was replaced by {}, SHA-256 {}, of {}", before, offer.bundle(), offer.sha256(), origin);
    }

    private Jars.Arrival arrival(BundleOffer offer, RuntimeAddress origin) {
        pulling.lock();
        try {
            offer.wiredTo().stream()
                    .filter(needed -> bundles.find(needed).isEmpty())
                    .forEach(needed -> pull(needed, origin));
            return fetch(offer, exchange(origin));
        } finally {
            pulling.unlock();
        }
    }

    private BundleOffer offer(BundleName name) {
        Bundle bundle = bundles.require(name);
        String digest = jars.digest(bundle);
        updates.found(bundle, digest);
        List<Bundle> versions = bundles.named(name.name());
        return new BundleOffer(
                name,
                digest,
                jars.of(bundle).toFile().length(),
                bundles.wiredTo(bundle),
                versions.stream().anyMatch(this::isUpdated),
                versions.stream().map(BundleName::of).toList());
    }

    private boolean isUpdated(Bundle bundle) {
        return updates.contains(bundle, jars.digest(bundle));
    }

    /** This runtime as others see it. */
    private final class Exchange implements BundleExchange {

        @Override
        public BundleOffer offer(BundleName name) {
            return BundleShipping.this.offer(name);
        }

        @Override
        public byte[] piece(BundleName name, long offset) {
            byte[] piece = Jars.piece(jars.of(bundles.require(name)), offset, PIECE_BYTES);
            counter.gave(piece.length);
            return piece;
        }

        @Override
        public void pull(BundleOffer offer, RuntimeAddress origin, boolean force) {
            replacing.lock();
            try {
                Optional<Bundle> outdated = replacements.outdated(offer, origin);
                Optional<Bundle> here = bundles.find(offer.bundle());
                if (outdated.isPresent()) {
                    replace(outdated.get(), offer, origin, force);
                    replacements.ensureStarted(outdated.get());
                } else if (here.isEmpty()) {
                    pullUnlessInstalled(offer.bundle(), origin);
                } else {
                    replacements.ensureStarted(here.get());
                }
            } finally {
                replacing.unlock();
            }
        }
    }
}
