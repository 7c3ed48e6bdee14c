package org.actium.security.domain;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.actium.runtime.api.RuntimeId;
import org.actium.security.api.EnrolmentException;

/**
 * The authority of a domain on disk: {@code authority.key}, {@code authority.pem} and, once somebody was expelled,
 * {@code expelled.pem}, all in PEM; and {@code certified}, a line for each certificate, see {@link CertifiedFile}. For their
 * owner only, and on the disk itself when the methods return.
 */
record AuthorityFiles(Path directory) {

    private static final String KEY = "PRIVATE KEY";
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String EXPELLED = "ACTIUM EXPELLED MEMBERS";

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final FileAttribute<Set<PosixFilePermission>> OWNERS_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /**
     * The authority that is there, or a new one if there is none.
     *
     * @throws IOException if it cannot be read or written, is damaged or has expired, or others may read its key
     */
    Authority load(Instant now, Duration lifetime, RandomGenerator random) throws IOException {
        if (!Files.exists(key()) && !Files.exists(certificate())) {
            Files.createDirectories(directory, OWNERS_DIRECTORY);
            Authority founded = Authority.found(now, lifetime, random, certified()::append);
            // the certificate last: without it the next one says that the key is all there is
            write(certified().path(), "");
            write(key(), KEY, founded.key().getEncoded());
            write(certificate(), CERTIFICATE, Certificates.encoded(founded.certificate()));
            return founded;
        }
        requireBoth();
        requirePrivate();
        try {
            PrivateKey key = Keys.privateKey(read(key(), KEY));
            X509Certificate certificate = Certificates.read(read(certificate(), CERTIFICATE));
            requireMatch(key, certificate);
            if (now.isAfter(certificate.getNotAfter().toInstant())) {
                throw new IOException("'" + certificate() + "' expired at "
                        + certificate.getNotAfter().toInstant()
                        + "; delete '" + directory + "' to found a new domain, which every runtime has to join anew");
            }
            return new Authority(key, certificate, lifetime, random, identities(now), expulsions(certificate));
        } catch (IllegalArgumentException | CertificateException | EnrolmentException damaged) {
            throw new IOException("the authority in '" + directory + "' is damaged: " + damaged.getMessage(), damaged);
        }
    }

    /** Keeps the newest list. */
    void store(Expulsions expulsions) throws IOException {
        write(expelled(), EXPELLED, expulsions.encoded());
    }

    private Expulsions expulsions(X509Certificate authority) throws IOException, EnrolmentException {
        return Files.exists(expelled())
                ? Expulsions.read(read(expelled(), EXPELLED), authority.getPublicKey())
                : Expulsions.NONE;
    }

    /** Without those whose certificates have expired, also on disk. */
    private Identities identities(Instant now) throws IOException {
        CertifiedFile file = certified();
        Map<RuntimeId, Identities.Entry> taken = file.read();
        taken.values().removeIf(entry -> entry.until().isBefore(now));
        write(file.path(), CertifiedFile.text(taken));
        return new Identities(taken, file::append);
    }

    private CertifiedFile certified() {
        return new CertifiedFile(directory.resolve("certified"));
    }

    private Path expelled() {
        return directory.resolve("expelled.pem");
    }

    private Path key() {
        return directory.resolve("authority.key");
    }

    private Path certificate() {
        return directory.resolve("authority.pem");
    }

    private void requireBoth() throws IOException {
        for (Path file : new Path[] {key(), certificate()}) {
            if (!Files.exists(file)) {
                throw new IOException("'" + directory + "' lacks '" + file.getFileName()
                        + "'; bring it back, or delete the directory to found a new domain");
            }
        }
    }

    private void requirePrivate() throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(key());
        if (!OWNER_ONLY.containsAll(permissions)) {
            throw new IOException("'" + key() + "' has the mode " + PosixFilePermissions.toString(permissions)
                    + ", so others may have read it; delete '" + directory
                    + "' to found a new domain, or, if you are sure that nobody has, set it to rw-------");
        }
    }

    private void requireMatch(PrivateKey key, X509Certificate certificate) throws IOException {
        byte[] probe = Certificates.encoded(certificate);
        if (!Keys.verify(certificate.getPublicKey(), probe, Keys.sign(key, probe))) {
            throw new IOException("'" + key() + "' is not the key of '" + certificate() + "'");
        }
    }

    private static byte[] read(Path file, String type) throws IOException {
        String text = Files.readString(file).strip();
        String begin = "-----BEGIN " + type + "-----";
        String end = "-----END " + type + "-----";
        if (!text.startsWith(begin) || !text.endsWith(end)) {
            throw new IllegalArgumentException("'" + file.getFileName() + "' is no PEM file of type " + type);
        }
        return Base64.getMimeDecoder().decode(text.substring(begin.length(), text.length() - end.length()));
    }

    private static void write(Path file, String type, byte[] content) throws IOException {
        String text = "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + type
                + "-----\n";
        write(file, text);
    }

    /** Whole or not at all, also if the power fails. */
    private static void write(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (FileChannel channel = FileChannel.open(
                fresh,
                EnumSet.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            ByteBuffer content = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (content.hasRemaining()) {
                channel.write(content);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel names = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            names.force(true);
        }
    }
}
