package org.actium.provision;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.actium.provision.api.BundleReplacer;
import org.actium.provision.api.ProvisionException;
import org.actium.provision.api.RefusedForNowException;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.osgi.framework.Bundle;

/**
 * Which bundles were brought here, and the replacement of those that are something else there now. Nobody replaces a bundle,
 * wherever it came from, under the nodes of another runtime, or under those that this one deployed itself. One that has
 * started anew is another runtime; of those whose link is closed nothing is left here.
 */
final class Replacements {

    private final InstalledBundles bundles;
    private final Jars jars;
    private final Function<RuntimeId, Optional<String>> names;
    private final Set<Long> brought = ConcurrentHashMap.newKeySet(); // numbers of bundles
    private final List<BundleReplacer> replacers = new CopyOnWriteArrayList<>();

    /** @param names of this runtime, and of those that have a link to it */
    Replacements(InstalledBundles bundles, Jars jars, Function<RuntimeId, Optional<String>> names) {
        this.bundles = bundles;
        this.jars = jars;
        this.names = names;
    }

    void add(BundleReplacer replacer) {
        replacers.add(replacer);
    }

    void remove(BundleReplacer replacer) {
        replacers.remove(replacer);
    }

    void came(BundleName bundle) {
        bundles.find(bundle).ifPresent(installed -> brought.add(installed.getBundleId()));
    }

    /** Whether it was brought here, and not installed by somebody. */
    boolean isFetched(Bundle bundle) {
        return jars.isFetched(bundle) || brought.contains(bundle.getBundleId());
    }

    /**
     * The bundle here that the origin means, and that is to become what is offered.
     *
     * @throws ProvisionException if others use it
     */
    Optional<Bundle> outdated(BundleOffer offer, RuntimeAddress origin) {
        Optional<Bundle> outdated = candidates(offer)
                .filter(bundle -> isFetched(bundle) || offer.updated())
                .findFirst();
        outdated.ifPresent(bundle -> requireFree(bundle, offer, origin));
        return outdated;
    }

    /** It is not here any more. */
    void forget(Bundle bundle) {
        brought.remove(bundle.getBundleId());
    }

    private Stream<Bundle> candidates(BundleOffer offer) {
        Optional<Bundle> same = bundles.find(offer.bundle());
        return same.isPresent()
                ? same.stream().filter(bundle -> !jars.digest(bundle).equals(offer.sha256()))
                : bundles.named(offer.bundle().name()).stream()
                        .filter(bundle -> !offer.versions().contains(BundleName.of(bundle)));
    }

    private void requireFree(Bundle bundle, BundleOffer offer, RuntimeAddress origin) {
        List<String> others = users(bundle).stream()
                .filter(user -> !user.equals(origin.id()))
                .flatMap(user -> names.apply(user).stream())
                .sorted()
                .toList();
        if (!others.isEmpty()) {
            throw new RefusedForNowException("bundle " + offer.bundle() + " of runtime " + origin.name()
                    + " is refused: bundle " + BundleName.of(bundle) + " is here, and nodes use it that runtime "
                    + String.join(" and runtime ", others) + " deployed; " + digests(bundle, offer)
                    + "; undeploy what uses it there, or give your bundle another symbolic name");
        }
    }

    private String digests(Bundle here, BundleOffer offer) {
        return "SHA-256 of the one that is installed here is " + jars.digest(here) + ", announced was "
                + offer.sha256();
    }

    /** Nobody who could tell: nobody who could replace it either. */
    private Set<RuntimeId> users(Bundle bundle) {
        return replacers.isEmpty() ? Set.of() : replacers.getFirst().users(bundle.getBundleId());
    }

    /** Starts a bundle that was there already, unless it runs; one that is being changed, at the end of that. */
    void ensureStarted(Bundle bundle) {
        if (bundle.getState() == Bundle.ACTIVE) {
            return;
        }
        if (replacers.isEmpty()) {
            bundles.ensureStarted(bundle);
        } else {
            replacers.getFirst().alone(() -> bundles.ensureStarted(bundle));
        }
    }

    /** @throws ProvisionException if it is as before, and why */
    void replace(Bundle old, BundleOffer offer, Path jar, RuntimeId origin, boolean force) {
        BundleName before = BundleName.of(old);
        if (replacers.isEmpty()) {
            throw new ProvisionException("bundle " + before + " cannot be replaced by " + offer.bundle()
                    + ": nothing is installed here that would see whether active objects are lost; install"
                    + " org.actium.service.updates; " + digests(old, offer));
        }
        try {
            replacers.getFirst().replace(old.getBundleId(), jar, origin, force);
        } catch (IllegalStateException refused) {
            throw new RefusedForNowException(refused.getMessage(), refused);
        } catch (RuntimeException impossible) {
            throw new ProvisionException(impossible.getMessage(), impossible);
        }
        jars.updated(old, jar);
        brought.add(old.getBundleId());
    }
}
