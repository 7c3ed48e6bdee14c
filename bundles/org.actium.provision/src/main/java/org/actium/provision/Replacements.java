package org.actium.provision;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.actium.provision.api.BundleReplacer;
import org.actium.provision.api.ProvisionException;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.osgi.framework.Bundle;

/**
 * Which bundles came from whom, and the replacement of those that are something else there now. A bundle belongs to the
 * runtimes that brought it, or found here what they would have brought, as long as they are linked: one of them replaces it
 * only if the others have none of its nodes or objects here. One that has started anew is another runtime; what it had
 * brought belongs to nobody once its link is closed.
 */
final class Replacements {

    private final InstalledBundles bundles;
    private final Jars jars;
    private final Predicate<RuntimeId> linked;
    private final Map<Long, Map<RuntimeId, String>> owners =
            new ConcurrentHashMap<>(); // names, by number of the bundle
    private final List<BundleReplacer> replacers = new CopyOnWriteArrayList<>();

    /** @param linked whether that runtime has a link to this one */
    Replacements(InstalledBundles bundles, Jars jars, Predicate<RuntimeId> linked) {
        this.bundles = bundles;
        this.jars = jars;
        this.linked = linked;
    }

    void add(BundleReplacer replacer) {
        replacers.add(replacer);
    }

    void remove(BundleReplacer replacer) {
        replacers.remove(replacer);
    }

    void came(BundleName bundle, RuntimeAddress origin) {
        bundles.find(bundle).ifPresent(installed -> owners.put(installed.getBundleId(), one(origin)));
    }

    /** The origin means what is here already. */
    void isMeantBy(RuntimeAddress origin, Bundle bundle) {
        if (isFetched(bundle)) {
            owners.merge(bundle.getBundleId(), one(origin), Replacements::both);
        }
    }

    private static Map<RuntimeId, String> one(RuntimeAddress origin) {
        return Map.of(origin.id(), origin.name());
    }

    private static Map<RuntimeId, String> both(Map<RuntimeId, String> some, Map<RuntimeId, String> more) {
        Map<RuntimeId, String> both = new LinkedHashMap<>(some);
        both.putAll(more);
        return both;
    }

    /** Whether it was brought here, and not installed by somebody. */
    boolean isFetched(Bundle bundle) {
        return jars.isFetched(bundle) || owners.containsKey(bundle.getBundleId());
    }

    /**
     * The bundle here that the origin means, and that is to become what is offered.
     *
     * @throws ProvisionException if it is not the origin's alone
     */
    Optional<Bundle> outdated(BundleOffer offer, RuntimeAddress origin) {
        Optional<Bundle> outdated = candidates(offer)
                .filter(bundle -> isFetched(bundle) || offer.updated())
                .findFirst();
        outdated.ifPresent(bundle -> requireFree(bundle, offer, origin));
        return outdated;
    }

    private Stream<Bundle> candidates(BundleOffer offer) {
        Optional<Bundle> same = bundles.find(offer.bundle());
        return same.isPresent()
                ? same.stream().filter(bundle -> !jars.digest(bundle).equals(offer.sha256()))
                : bundles.named(offer.bundle().name()).stream()
                        .filter(bundle -> !offer.versions().contains(BundleName.of(bundle)));
    }

    private void requireFree(Bundle bundle, BundleOffer offer, RuntimeAddress origin) {
        List<String> others = owners.getOrDefault(bundle.getBundleId(), Map.of()).entrySet().stream()
                .filter(owner -> !owner.getKey().equals(origin.id()))
                .filter(owner -> linked.test(owner.getKey()) && isUsed(bundle, owner.getKey()))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
        if (!others.isEmpty()) {
            throw new ProvisionException("bundle " + offer.bundle() + " of runtime " + origin.name()
                    + " is refused: bundle " + BundleName.of(bundle) + " is here, which runtime "
                    + String.join(" and runtime ", others) + " has brought, and nodes or objects use it;"
                    + " SHA-256 of the one that is installed here is " + jars.digest(bundle) + ", announced was "
                    + offer.sha256() + "; undeploy what uses it there, or give your bundle another symbolic name");
        }
    }

    /** Nobody who could tell: somebody may use it. */
    private boolean isUsed(Bundle bundle, RuntimeId owner) {
        return replacers.isEmpty() || replacers.getFirst().isUsed(bundle.getBundleId(), owner);
    }

    /** @throws ProvisionException if it is as before, and why */
    void replace(Bundle old, BundleOffer offer, Path jar, RuntimeAddress origin, boolean force) {
        BundleName before = BundleName.of(old);
        if (replacers.isEmpty()) {
            throw new ProvisionException("bundle " + before + " cannot be replaced by " + offer.bundle()
                    + ": nothing is installed here that would see whether active objects are lost; install"
                    + " org.actium.service.updates");
        }
        try {
            replacers.getFirst().replace(old.getBundleId(), jar, force);
        } catch (RuntimeException refused) {
            throw new ProvisionException(refused.getMessage(), refused);
        }
        jars.updated(old, jar);
        owners.put(old.getBundleId(), one(origin));
    }
}
