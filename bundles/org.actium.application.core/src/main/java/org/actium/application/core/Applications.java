package org.actium.application.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.actium.provision.api.JarWrapper;
import org.actium.provision.api.ProvisionException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds applications: in installed bundles, in the folder {@code apps} of the distribution, in a jar named by its
 * path, which need not be a bundle, in a directory of classes.
 */
final class Applications {

    private static final Logger LOG = LoggerFactory.getLogger(Applications.class);
    private static final String HOME = "actium.home";

    private final BundleContext context;
    private final Optional<JarWrapper> wrapper;

    /** @param wrapper for jars that are no bundles; empty if no bundle offers it */
    Applications(BundleContext context, Optional<JarWrapper> wrapper) {
        this.context = Objects.requireNonNull(context, "context");
        this.wrapper = Objects.requireNonNull(wrapper, "wrapper");
    }

    /**
     * Finds the application and starts its bundle.
     *
     * @param name what it is called, or the path of a jar with one application, or of a directory of classes
     * @param main class of a jar or directory that does not say what its application is
     * @throws UsageException if there is none; names those there are
     * @throws BundleException if its bundle cannot be installed or started
     */
    Application start(String name, Optional<String> main) throws BundleException {
        Application application = installed(name);
        if (application == null) {
            application = install(jar(name, main));
        }
        try {
            application.bundle().start(Bundle.START_TRANSIENT);
            return application;
        } catch (BundleException notStarted) {
            application.close();
            throw notStarted;
        }
    }

    /** An application in a file. */
    private record Jar(ApplicationHeader header, Path file) {}

    private Application installed(String name) {
        return Stream.of(context.getBundles())
                .filter(bundle -> bundle.getHeaders().get(ApplicationHeader.HEADER) != null)
                .flatMap(bundle -> declared(bundle.getHeaders().get(ApplicationHeader.HEADER), bundle)
                        .map(header -> new Application(header, bundle, false)))
                .filter(application -> application.name().equals(name))
                .max(Comparator.comparing(application -> application.bundle().getVersion()))
                .orElse(null);
    }

    private Application install(Jar jar) throws BundleException {
        return new Application(
                jar.header(), context.installBundle(jar.file().toUri().toString()), true);
    }

    private Jar jar(String name, Optional<String> main) {
        Optional<Jar> packed =
                packed().filter(jar -> jar.header().name().equals(name)).findFirst();
        if (packed.isPresent()) {
            return packed.get();
        }
        Path file = Path.of(name);
        if (Files.isRegularFile(file)) {
            return onlyOneIn(file, main);
        }
        if (Files.isDirectory(file)) {
            return plain(file.toAbsolutePath().normalize(), main);
        }
        if (name.endsWith(".jar")) {
            throw new UsageException("there is no file " + name);
        }
        TreeSet<String> known = new TreeSet<>(names());
        throw new UsageException("there is no application '" + name + "'"
                + (known.isEmpty() ? ", nor any other" : "; there are: " + String.join(", ", known)));
    }

    private Jar onlyOneIn(Path file, Optional<String> main) {
        Attributes manifest = manifest(file);
        String header = manifest.getValue(ApplicationHeader.HEADER);
        if (header == null) {
            return plain(file, main.or(() -> Optional.ofNullable(manifest.getValue(Attributes.Name.MAIN_CLASS))));
        }
        List<ApplicationHeader> headers = ApplicationHeader.parse(header);
        if (headers.size() != 1) {
            throw new UsageException(file + " has several applications; put it into the folder apps and name one: "
                    + String.join(
                            ", ", headers.stream().map(ApplicationHeader::name).toList()));
        }
        return new Jar(headers.getFirst(), file.toAbsolutePath());
    }

    /** A jar that knows nothing of Actium, and perhaps nothing of bundles. */
    private Jar plain(Path file, Optional<String> main) {
        String type = main.orElseThrow(() -> new UsageException(file + " is no application: it has neither a header "
                + ApplicationHeader.HEADER + " nor a Main-Class; name the class with --main"));
        String name = file.getFileName().toString().replaceFirst("\\.jar$", "");
        try {
            Path bundle = wrapper.orElseThrow(
                            () -> new UsageException(
                                    file
                                            + " may not be a bundle, and nothing here can make one of it; install org.actium.provision.bnd"))
                    .bundleOf(file.toAbsolutePath());
            return new Jar(new ApplicationHeader(name, type, Optional.empty()), bundle);
        } catch (ProvisionException unusable) {
            throw new UsageException(unusable.getMessage());
        }
    }

    private List<String> names() {
        Stream<ApplicationHeader> installed = Stream.of(context.getBundles())
                .filter(bundle -> bundle.getHeaders().get(ApplicationHeader.HEADER) != null)
                .flatMap(bundle -> declared(bundle.getHeaders().get(ApplicationHeader.HEADER), bundle));
        return Stream.concat(installed, packed().map(Jar::header))
                .map(ApplicationHeader::name)
                .toList();
    }

    /** The applications in the folder {@code apps} of the distribution. */
    private Stream<Jar> packed() {
        String home = context.getProperty(HOME);
        if (home == null || !Files.isDirectory(Path.of(home, "apps"))) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(Path.of(home, "apps"))) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList().stream()
                    .flatMap(file -> header(file)
                            .map(header -> declared(header, file))
                            .orElse(Stream.empty())
                            .map(header -> new Jar(header, file.toAbsolutePath())));
        } catch (IOException unreadable) {
            throw new UsageException("cannot list " + Path.of(home, "apps") + ": " + unreadable.getMessage());
        }
    }

    private static Optional<String> header(Path jar) {
        return Optional.ofNullable(manifest(jar).getValue(ApplicationHeader.HEADER));
    }

    private static Attributes manifest(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            return manifest == null ? new Attributes() : manifest.getMainAttributes();
        } catch (IOException unreadable) {
            throw new UsageException("cannot read " + jar + ": " + unreadable.getMessage());
        }
    }

    /** A bundle that declares nonsense must not keep the others from running. */
    private static Stream<ApplicationHeader> declared(String header, Object where) {
        try {
            return ApplicationHeader.parse(header).stream();
        } catch (UsageException malformed) {
            LOG.warn("{} is passed over: {}", where, malformed.getMessage());
            return Stream.empty();
        }
    }
}
