package org.actium.provision;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.actium.provision.api.ProvisionException;
import org.osgi.framework.Bundle;

/** The jars of bundles: those of installed ones, and a directory of fetched ones named by their digest. */
final class Jars {

    private final Path directory;

    /** @param directory made when first needed; kept from one start to the next */
    Jars(Path directory) {
        this.directory = directory;
    }

    /** Writes a jar from its pieces. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** The file an installed bundle came from; a copy if it came from elsewhere, or the file is gone. */
    Path of(Bundle bundle) {
        return file(bundle.getLocation()).orElseGet(() -> copyOf(bundle));
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
        Path copy = directory.resolve(bundle.getSymbolicName() + "-" + bundle.getVersion() + "-"
                + Long.toHexString(bundle.getLastModified()) + ".jar");
        try {
            if (!Files.exists(copy)) {
                arrive(copy, file -> BundleCopy.write(bundle, file));
            }
            return copy;
        } catch (IOException | IllegalStateException unreadable) {
            throw new ProvisionException(
                    "bundle " + BundleName.of(bundle) + " from '" + bundle.getLocation() + "' cannot be read again: "
                            + unreadable.getMessage(),
                    unreadable);
        }
    }

    /** Writes a file aside. */
    @FunctionalInterface
    private interface Writer {
        void write(Path file) throws IOException;
    }

    /** The file appears whole, or not at all. */
    private void arrive(Path target, Writer writer) throws IOException {
        Files.createDirectories(directory);
        Path arriving = Files.createTempFile(directory, "arriving", ".jar");
        try {
            writer.write(arriving);
            Files.move(arriving, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(arriving);
        }
    }

    /** A jar fetched before, or now; its digest is checked in both cases. */
    Path fetched(BundleOffer offer, Content content) {
        Path jar = directory.resolve(offer.sha256() + ".jar");
        try {
            if (!Files.exists(jar) || !digest(jar).equals(offer.sha256())) {
                arrive(jar, file -> {
                    String digest = write(file, content);
                    if (!digest.equals(offer.sha256())) {
                        throw new ProvisionException("bundle " + offer.bundle() + " is refused: SHA-256 is " + digest
                                + ", announced was " + offer.sha256());
                    }
                });
            }
            return jar;
        } catch (IOException failed) {
            throw new ProvisionException(
                    "bundle " + offer.bundle() + " cannot be kept in " + directory + ": " + failed.getMessage(),
                    failed);
        }
    }

    private static String write(Path file, Content content) throws IOException {
        MessageDigest digest = sha256();
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            content.writeTo(out);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static String digest(Path file) {
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] piece = new byte[1 << 16];
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                digest.update(piece, 0, count);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return HexFormat.of().formatHex(digest.digest());
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

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
