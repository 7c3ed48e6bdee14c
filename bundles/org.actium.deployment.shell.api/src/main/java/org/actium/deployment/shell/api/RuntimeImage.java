package org.actium.deployment.shell.api;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
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
import java.util.zip.GZIPOutputStream;

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
    private static final Pattern BUNDLE = Pattern.compile("\"file\"\\s*:\\s*\"([^\"]+)\"");
    private static final int BLOCK = 512;
    private static final int LONGEST_NAME = 100;

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
                        .forEach(files::add);
            }
        }
        MessageDigest digest = sha256();
        try (var all = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            for (String file : files) {
                all.write((file + "\n" + Files.size(home.resolve(file)) + "\n").getBytes(StandardCharsets.UTF_8));
                Files.copy(home.resolve(file), all);
            }
        }
        return new RuntimeImage(home, HexFormat.of().formatHex(digest.digest()), new ArrayList<>(files));
    }

    /** Writes the files as a compressed tar archive. */
    public void writeTo(Path archive) throws IOException {
        try (OutputStream out = new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(archive)))) {
            for (String file : files) {
                long size = Files.size(home.resolve(file));
                out.write(header(file, size));
                if (Files.copy(home.resolve(file), out) != size) {
                    throw new IOException(home.resolve(file) + " has changed while it was read");
                }
                out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
            }
            out.write(new byte[2 * BLOCK]);
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    /** The header of a file in the format ustar (POSIX.1-1988), readable for its owner only. */
    private static byte[] header(String file, long size) {
        if (file.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new UncheckedIOException(new IOException("the name of the file " + file + " is too long to be sent"));
        }
        byte[] header = new byte[BLOCK];
        put(header, 0, file);
        put(header, 100, "0000600\0");
        put(header, 108, "0000000\0");
        put(header, 116, "0000000\0");
        put(header, 124, "%011o\0".formatted(size));
        put(header, 136, "%011o\0".formatted(0));
        put(header, 148, "        "); // counts as blanks in the checksum
        put(header, 156, "0");
        put(header, 257, "ustar\0" + "00");
        int sum = 0;
        for (byte octet : header) {
            sum += octet & 0xff;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
