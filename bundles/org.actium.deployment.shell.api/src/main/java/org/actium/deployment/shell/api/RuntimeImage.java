package org.actium.deployment.shell.api;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a node container needs of a distribution, for hosts that lack it: launcher, configuration and the bundles of the
 * assembly {@code node}. Its digest is that of all these files with their names, so equal distributions have equal
 * images wherever they were built.
 *
 * @param digest 64 hexadecimal digits
 * @param files relative to the distribution, in order of name
 */
public record RuntimeImage(Path home, String digest, List<String> files) {

    private static final String ASSEMBLY = "assembly/node.json";

    /** What may be launched from here, which counts from the next launch: nothing is launched from there. */
    private static final String RULES = "conf/protocols.properties";

    private static final Pattern BUNDLE = Pattern.compile("\"file\"\\s*:\\s*\"([^\"]+)\"");

    public RuntimeImage {
        files = List.copyOf(files);
    }

    /**
     * Reads the distribution, some tens of megabytes.
     *
     * @throws IOException if a file of it is missing or cannot be read
     */
    public static RuntimeImage of(Path home) throws IOException {
        var files = new TreeSet<String>(List.of("build.properties", ASSEMBLY));
        Matcher bundle = BUNDLE.matcher(Files.readString(home.resolve(ASSEMBLY)));
        while (bundle.find()) {
            files.add(bundle.group(1));
        }
        for (String directory : List.of("lib", "conf", "features")) {
            try (Stream<Path> inside = Files.list(home.resolve(directory))) {
                inside.filter(Files::isRegularFile)
                        .map(file -> home.relativize(file).toString())
                        .filter(file -> !file.contains(".aot")) // made for one JVM and one place
                        .filter(file -> !file.equals(RULES))
                        .forEach(files::add);
            }
        }
        return new RuntimeImage(home, digest(home, files), new ArrayList<>(files));
    }

    private static String digest(Path home, Iterable<String> files) throws IOException {
        MessageDigest digest = sha256();
        try (var all = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            for (String file : files) {
                head(all, file, Files.size(home.resolve(file)));
                Files.copy(home.resolve(file), all);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void head(OutputStream out, String file, long size) throws IOException {
        out.write((file + "\n" + size + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes the files as a compressed tar archive.
     *
     * @throws IOException if they are not those any more that the digest is of; what is written then is not to be sent
     */
    public void writeTo(Path archive) throws IOException {
        MessageDigest written = sha256();
        try (var all = new DigestOutputStream(OutputStream.nullOutputStream(), written)) {
            TarArchive.write(archive, home, files, (file, size) -> {
                head(all, file, size);
                return all;
            });
        }
        String is = HexFormat.of().formatHex(written.digest());
        if (!is.equals(digest)) {
            throw new IOException("the distribution in " + home + " has changed since its digest " + digest
                    + " was made, and has the digest " + is + " now; restart this container to launch from it");
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
