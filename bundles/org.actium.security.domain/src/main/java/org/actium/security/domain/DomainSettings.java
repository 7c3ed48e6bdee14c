package org.actium.security.domain;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.osgi.framework.BundleContext;

/**
 * How a runtime protects its links.
 *
 * @param insecure whether it does not
 * @param directory where it keeps the authority of the domain it founds; empty if the domain ends with it
 * @param lifetime of the certificates that it issues
 */
public record DomainSettings(boolean insecure, Optional<Path> directory, Duration lifetime) {

    static final String INSECURE = "actium.insecure.loopback";
    static final String DIRECTORY = "actium.domain.directory";
    static final String LIFETIME = "actium.certificate.seconds";

    private static final Duration DEFAULT_LIFETIME = Duration.ofDays(1);
    private static final Duration SHORTEST_LIFETIME = Duration.ofSeconds(10);

    public static final DomainSettings DEFAULT = new DomainSettings(false, Optional.empty(), DEFAULT_LIFETIME);

    public DomainSettings {
        Objects.requireNonNull(directory, "directory");
        if (lifetime.compareTo(SHORTEST_LIFETIME) < 0) {
            throw new IllegalArgumentException(LIFETIME + ": certificates must live for "
                    + SHORTEST_LIFETIME.toSeconds() + " s at least, not " + lifetime.toSeconds());
        }
    }

    static DomainSettings of(BundleContext bundle) {
        String lifetime = bundle.getProperty(LIFETIME);
        try {
            return new DomainSettings(
                    Boolean.parseBoolean(bundle.getProperty(INSECURE)),
                    Optional.ofNullable(bundle.getProperty(DIRECTORY)).map(Path::of),
                    lifetime == null ? DEFAULT_LIFETIME : Duration.ofSeconds(Long.parseLong(lifetime)));
        } catch (NumberFormatException misspelt) {
            throw new IllegalArgumentException(LIFETIME + ": '" + lifetime + "' is not a number of seconds", misspelt);
        }
    }
}
