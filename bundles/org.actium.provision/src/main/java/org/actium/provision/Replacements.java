package org.actium.provision;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.actium.provision.api.BundleReplacer;
import org.actium.provision.api.ProvisionException;
import org.actium.runtime.api.RuntimeId;
import org.osgi.framework.Bundle;

/** Which bundles came from whom, and the replacement of those that are something else there now. */
final class Replacements {

    private final InstalledBundles bundles;
    private final Jars jars;
    private final Map<Long, RuntimeId> origins = new ConcurrentHashMap<>(); // by number of the bundle
    private final List<BundleReplacer> replacers = new CopyOnWriteArrayList<>();

    Replacements(InstalledBundles bundles, Jars jars) {
        this.bundles = bundles;
        this.jars = jars;
    }

    void add(BundleReplacer replacer) {
        replacers.add(replacer);
    }

    void remove(BundleReplacer replacer) {
        replacers.remove(replacer);
    }

    void came(BundleName bundle, RuntimeId origin) {
        bundles.find(bundle).ifPresent(installed -> origins.put(installed.getBundleId(), origin));
    }

    /** Whether it was brought here, and not installed by somebody. */
    boolean isFetched(Bundle bundle) {
        return jars.isFetched(bundle) || origins.containsKey(bundle.getBundleId());
    }

    /** The bundle here that the origin means, and that is to become what is offered. */
    Optional<Bundle> outdated(BundleOffer offer, RuntimeId origin) {
        Optional<Bundle> same = bundles.find(offer.bundle());
        return same.isPresent()
                ? same.filter(bundle -> !jars.digest(bundle).equals(offer.sha256()) && follows(bundle, offer, origin))
                : bundles.named(offer.bundle().name()).stream()
                        .filter(bundle -> !offer.versions().contains(BundleName.of(bundle)))
                        .filter(bundle -> follows(bundle, offer, origin))
                        .findFirst();
    }

    private boolean follows(Bundle bundle, BundleOffer offer, RuntimeId origin) {
        return isFetched(bundle) ? origin.equals(origins.get(bundle.getBundleId())) : offer.updated();
    }

    /** @throws ProvisionException if it is as before, and why */
    void replace(Bundle old, BundleOffer offer, Path jar, RuntimeId origin, boolean force) {
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
        origins.put(old.getBundleId(), origin);
    }
}
