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

    /**
     * The file an installed bundle came from.
     *
     * @throws ProvisionException if it came from elsewhere
     */
    Path of(Bundle bundle) {
        String location = bundle.getLocation();
        String url = location.startsWith("reference:") ? location.substring("reference:".length()) : location;
        if (url.startsWith("file:")) {
            Path file = Path.of(URI.create(
                    url.startsWith("file:/")
                            ? url
                            : "file:" + Path.of(url.substring(5)).toAbsolutePath()));
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        throw new ProvisionException("bundle " + BundleName.of(bundle) + " was installed from '" + location
                + "', which cannot be read again; install it from a file");
    }

    /** A jar fetched before, or now; moved into place whole, after its digest was checked. */
    Path fetched(BundleOffer offer, Content content) {
        Path jar = directory.resolve(offer.sha256() + ".jar");
        try {
            if (!Files.exists(jar)) {
                Files.createDirectories(directory);
                Path arriving = Files.createTempFile(directory, "arriving", ".jar");
                try {
                    String digest = write(arriving, content);
                    if (!digest.equals(offer.sha256())) {
                        throw new ProvisionException("bundle " + offer.bundle() + " is refused: SHA-256 is " + digest
                                + ", announced was " + offer.sha256());
                    }
                    Files.move(arriving, jar, StandardCopyOption.ATOMIC_MOVE);
                } finally {
                    Files.deleteIfExists(arriving);
                }
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
