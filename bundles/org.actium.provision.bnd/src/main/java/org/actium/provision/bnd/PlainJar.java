package org.actium.provision.bnd;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A jar that is no bundle, or a directory of classes, and what it will be called as one.
 *
 * @param libraries what its manifest names in {@code Class-Path}, as far as it is there
 * @param digest SHA-256 over all that goes into the bundle, in hexadecimal
 */
record PlainJar(Path file, String symbolicName, String version, List<Path> libraries, String digest) {

    /** Part of the digest: to be counted up when the same jar is to become another bundle. */
    private static final String FORMAT = "1";

    private static final Pattern VERSIONED = Pattern.compile("(.+?)-(\\d+(?:\\.\\d+){0,2})([.-].*)?");
    private static final int QUALIFIER = 12;

    /** Empty if it is a bundle already. */
    static Optional<PlainJar> read(Path file) throws IOException {
        Attributes headers = headers(file);
        if (headers.getValue("Bundle-SymbolicName") != null) {
            return Optional.empty();
        }
        String base = file.toAbsolutePath().normalize().getFileName().toString().replaceFirst("\\.jar$", "");
        Matcher versioned = VERSIONED.matcher(base);
        boolean hasVersion = versioned.matches();
        List<Path> libraries = libraries(file, headers);
        String digest = digest(base, file, libraries);
        return Optional.of(new PlainJar(
                file,
                symbolic(hasVersion ? versioned.group(1) : base),
                padded(hasVersion ? versioned.group(2) : "0") + "." + digest.substring(0, QUALIFIER),
                libraries,
                digest));
    }

    private static Attributes headers(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            Path manifest = file.resolve(JarFile.MANIFEST_NAME);
            if (!Files.isRegularFile(manifest)) {
                return new Attributes();
            }
            try (InputStream in = Files.newInputStream(manifest)) {
                return new Manifest(in).getMainAttributes();
            }
        }
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            Manifest manifest = jar.getManifest();
            return manifest == null ? new Attributes() : manifest.getMainAttributes();
        }
    }

    private static List<Path> libraries(Path file, Attributes headers) {
        List<Path> libraries = new ArrayList<>();
        String classPath = headers.getValue(Attributes.Name.CLASS_PATH);
        if (classPath != null) {
            for (String name : classPath.strip().split("\\s+")) {
                Path library = Path.of(file.toAbsolutePath().toUri().resolve(name));
                if (Files.isRegularFile(library)) { // the JVM passes over others, too
                    libraries.add(library);
                }
            }
        }
        return List.copyOf(libraries);
    }

    private static String symbolic(String name) {
        return name.replaceAll("[^A-Za-z0-9_.-]", "_");
    }

    /** A version with a qualifier has three numbers before it. */
    private static String padded(String version) {
        String padded = version;
        while (padded.chars().filter(c -> c == '.').count() < 2) {
            padded += ".0";
        }
        return padded;
    }

    private static String digest(String base, Path file, List<Path> libraries) throws IOException {
        MessageDigest digest = sha256();
        digest.update((FORMAT + ' ' + base + '\n').getBytes(StandardCharsets.UTF_8));
        digest.update(Files.isDirectory(file) ? digestOfAllIn(file) : digestOf(file));
        for (Path library : libraries) {
            digest.update(digestOf(library));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static byte[] digestOfAllIn(Path directory) throws IOException {
        MessageDigest digest = sha256();
        for (Path file : filesIn(directory)) {
            digest.update((directory.relativize(file).toString() + '\n').getBytes(StandardCharsets.UTF_8));
            digest.update(digestOf(file));
        }
        return digest.digest();
    }

    /** In the same order everywhere. */
    private static List<Path> filesIn(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static byte[] digestOf(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] piece = new byte[1 << 16];
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                digest.update(piece, 0, count);
            }
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
