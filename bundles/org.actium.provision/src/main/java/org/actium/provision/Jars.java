package org.actium.provision;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.actium.provision.api.ProvisionException;
import org.osgi.framework.Bundle;

/**
 * The jars of bundles: those of installed ones, and a directory of fetched ones named by their digest. Several processes
 * may share the directory: a jar appears in it whole, under the name of what is in it, and is never written again.
 */
final class Jars {

    private static final String JAR = ".jar";
    private static final String ARRIVING = "arriving";
    /** Nobody writes one jar for so long; whoever began was killed. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final Path directory;
    private final Map<Content, String> digests = new ConcurrentHashMap<>();
    private final Map<Content, Path> files = new ConcurrentHashMap<>();
    private final KeptJars kept;

    /**
     * @param directory made when first needed; kept from one start to the next
     * @param limit so many bytes of jars that nobody uses may be in it
     */
    Jars(Path directory, long limit) {
        this.directory = directory;
        this.kept = new KeptJars(directory, limit);
    }

    /** Whoever wants may delete what was used here. */
    void close() {
        kept.close();
    }

    /** Writes a jar from its pieces. */
    @FunctionalInterface
    interface Pieces {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * A jar that is here now.
     *
     * @param kept whether it was here before
     */
    record Arrival(Path jar, long bytes, boolean kept) {}

    /** What a bundle consists of until it is updated. */
    private record Content(long bundle, long modified) {
        static Content of(Bundle bundle) {
            return new Content(bundle.getBundleId(), bundle.getLastModified());
        }
    }

    /** The file an installed bundle came from; a copy if it came from elsewhere, was updated since, or the file is gone. */
    Path of(Bundle bundle) {
        Content content = Content.of(bundle);
        Path known = files.get(content);
        if (known != null && Files.exists(known)) {
            return known;
        }
        Path found = file(bundle.getLocation())
                .filter(file -> BundleCopy.isOf(bundle, file))
                .orElseGet(() -> copyOf(bundle));
        files.put(content, found);
        return found;
    }

    /** As {@link #of}, but surely what is in the bundle: somebody may have changed the file. */
    Path unchanged(Bundle bundle) {
        Path file = of(bundle);
        return Digest.of(file).equals(digest(bundle)) ? file : copyOf(bundle);
    }

    /** The bundle was updated to what is in this jar. */
    void updated(Bundle bundle, Path jar) {
        files.put(Content.of(bundle), jar);
    }

    /**
     * The digest of an installed bundle. It is taken when first asked for: who gets another jar later, because somebody
     * has changed the file meanwhile, must notice.
     */
    String digest(Bundle bundle) {
        return digests.computeIfAbsent(Content.of(bundle), _ -> {
            Path file = of(bundle);
            return fetched(file).orElseGet(() -> Digest.of(file));
        });
    }

    /** Whether it was installed from a jar that was fetched. */
    boolean isFetched(Bundle bundle) {
        return file(bundle.getLocation()).flatMap(this::fetched).isPresent();
    }

    /** The digest of a jar that is kept under it. */
    private Optional<String> fetched(Path jar) {
        return Optional.of(jar)
                .filter(file -> directory.equals(file.getParent()))
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(JAR))
                .map(name -> name.substring(0, name.length() - JAR.length()))
                .filter(Digest::isOne);
    }

    private static Optional<Path> file(String location) {
        String url = location.startsWith("reference:") ? location.substring("reference:".length()) : location;
        if (!url.startsWith("file:")) {
            return Optional.empty();
        }
        try {
            URI uri = URI.create(url);
            Path file = uri.isOpaque() ? Path.of(uri.getSchemeSpecificPart()) : Path.of(uri);
            return Optional.of(file).filter(Files::isRegularFile);
        } catch (IllegalArgumentException notAFileName) {
            return Optional.empty();
        }
    }

    /** Puts together again what the framework keeps of the bundle. */
    private Path copyOf(Bundle bundle) {
        try {
            Path copy = arrive(file -> {
                BundleCopy.write(bundle, file);
                return Digest.of(file);
            });
            kept.use(copy);
            return copy;
        } catch (IOException | IllegalStateException unreadable) {
            throw new ProvisionException(
                    "bundle " + BundleName.of(bundle) + " from '" + bundle.getLocation() + "' cannot be read again: "
                            + unreadable.getMessage(),
                    unreadable);
        }
    }

    /** Writes a file aside, and says what its digest is. */
    @FunctionalInterface
    private interface Writer {
        String write(Path file) throws IOException;
    }

    /** The jar appears whole, or not at all; if another process brings the same, either may win. */
    private Path arrive(Writer writer) throws IOException {
        Files.createDirectories(directory);
        Path arriving = Files.createTempFile(directory, ARRIVING, JAR);
        try {
            deleteAbandoned(Files.getLastModifiedTime(arriving));
            Path jar = jar(writer.write(arriving));
            return Files.move(arriving, jar, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(arriving);
        }
    }

    private Path jar(String sha256) {
        return directory.resolve(sha256 + JAR);
    }

    /** @param now by the clock of the file system */
    private void deleteAbandoned(FileTime now) throws IOException {
        try (DirectoryStream<Path> begun = Files.newDirectoryStream(directory, ARRIVING + "*" + JAR)) {
            for (Path file : begun) {
                if (isAbandoned(file, now)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static boolean isAbandoned(Path file, FileTime now) {
        try {
            return Files.getLastModifiedTime(file).toInstant().plus(ABANDONED).isBefore(now.toInstant());
        } catch (IOException arrivedMeanwhile) {
            return false;
        }
    }

    /** A jar fetched before, or now; its digest is checked in both cases. */
    Arrival fetched(BundleOffer offer, Pieces pieces) {
        Path jar = jar(offer.sha256());
        try {
            Files.createDirectories(directory);
            kept.use(jar);
            if (Files.exists(jar) && Digest.of(jar).equals(offer.sha256())) {
                return new Arrival(jar, offer.length(), true);
            }
            arrive(file -> {
                String digest = write(file, pieces);
                if (!digest.equals(offer.sha256())) {
                    throw new ProvisionException("bundle " + offer.bundle() + " is refused: SHA-256 is " + digest
                            + ", announced was " + offer.sha256());
                }
                return digest;
            });
            kept.clean();
            return new Arrival(jar, offer.length(), false);
        } catch (IOException failed) {
            throw new ProvisionException(
                    "bundle " + offer.bundle() + " cannot be kept in " + directory + ": " + failed.getMessage(),
                    failed);
        }
    }

    private static String write(Path file, Pieces pieces) throws IOException {
        MessageDigest digest = Digest.sha256();
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            pieces.writeTo(out);
        }
        return Digest.text(digest);
    }

    static byte[] piece(Path file, long offset, int most) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(offset);
            byte[] piece = new byte[(int) Math.min(most, Math.max(0, in.length() - offset))];
            in.readFully(piece);
            return piece;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
