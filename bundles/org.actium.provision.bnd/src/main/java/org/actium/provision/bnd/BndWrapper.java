package org.actium.provision.bnd;

import aQute.bnd.osgi.Analyzer;
import aQute.bnd.osgi.FileResource;
import aQute.bnd.osgi.Jar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.actium.provision.api.JarWrapper;
import org.actium.provision.api.ProvisionException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes bundles with bnd. Keeps them in a directory that several processes may share, named by what went into them. */
@Component(service = JarWrapper.class)
public final class BndWrapper implements JarWrapper {

    private static final Logger LOG = LoggerFactory.getLogger(BndWrapper.class);

    /** What Actium offers must be there; of everything else a plain jar may have code that it never runs. */
    private static final String IMPORTS = "org.actium.*,*;resolution:=optional";

    /** A bundle may have classes without a package; it only cannot export them. */
    private static final String NO_PACKAGE = "\"The default package '.' is not permitted*\";is:=ignore";

    private final Path directory;

    @Activate
    public BndWrapper(BundleContext context) {
        this(Stream.of("actium.cache", "actium.state")
                .map(context::getProperty)
                .filter(Objects::nonNull)
                .map(parent -> Path.of(parent).toAbsolutePath().resolve("wrapped"))
                .findFirst()
                .orElseGet(() -> context.getDataFile("wrapped").toPath()));
    }

    BndWrapper(Path directory) {
        this.directory = Objects.requireNonNull(directory, "directory");
    }

    @Override
    public Path bundleOf(Path file) {
        try {
            Optional<PlainJar> plain = PlainJar.read(file);
            if (plain.isPresent()) {
                return kept(plain.get());
            }
            if (Files.isDirectory(file)) {
                throw new ProvisionException(file + " says that it is a bundle; make a jar of it");
            }
            return file;
        } catch (IOException unreadable) {
            throw new ProvisionException(
                    "no bundle can be made of " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }

    private Path kept(PlainJar plain) throws IOException {
        Path bundle = directory.resolve(plain.digest() + ".jar");
        if (!Files.exists(bundle)) {
            Files.createDirectories(directory);
            Path making = Files.createTempFile(directory, "making", ".jar");
            try {
                wrap(plain, making);
                Files.move(making, bundle, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(making);
            }
            LOG.info("{} was made bundle {} {}", plain.file(), plain.symbolicName(), plain.version());
        }
        return bundle;
    }

    private static void wrap(PlainJar plain, Path target) throws IOException {
        try (Analyzer analyzer = new Analyzer();
                Jar jar = new Jar(plain.file().toFile())) {
            StringJoiner classPath = new StringJoiner(",").add(".");
            for (Path library : plain.libraries()) {
                String inside = "lib/" + classPath.length() + "-" + library.getFileName();
                jar.putResource(inside, new FileResource(library));
                classPath.add(inside);
            }
            unsign(jar);
            analyzer.setJar(jar);
            analyzer.setBundleSymbolicName(plain.symbolicName());
            analyzer.setBundleVersion(plain.version());
            analyzer.setProperty(Constants.BUNDLE_CLASSPATH, classPath.toString());
            analyzer.setProperty(Constants.IMPORT_PACKAGE, IMPORTS);
            analyzer.setProperty("-fixupmessages", NO_PACKAGE);
            analyzer.setProperty("-noimportjava", "true");
            analyzer.setProperty("-noextraheaders", "true");
            analyzer.setProperty("-reproducible", "true");
            jar.setManifest(analyzer.calcManifest());
            if (!analyzer.getErrors().isEmpty()) {
                throw new IOException(String.join("; ", analyzer.getErrors()));
            }
            jar.setReproducible("true");
            jar.write(target.toFile());
        } catch (IOException failed) {
            throw failed;
        } catch (Exception failed) { // bnd declares nothing narrower
            throw new IOException("bnd: " + failed, failed);
        }
    }

    /** Signatures are over the manifest, which becomes another one. */
    private static void unsign(Jar jar) {
        List<String> signatures = jar.getResources().keySet().stream()
                .filter(name -> name.matches("(?i)META-INF/[^/]+\\.(SF|RSA|DSA|EC)"))
                .toList();
        signatures.forEach(jar::remove);
    }
}
