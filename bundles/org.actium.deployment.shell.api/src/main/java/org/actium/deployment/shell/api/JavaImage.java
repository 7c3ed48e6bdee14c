package org.actium.deployment.shell.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Java like the one of a directory, for hosts of the same platform that have none: Java SE and what containers need besides,
 * without tools. Linking it takes some ten seconds, so it is done when it is first written.
 *
 * @param digest of what it is made from, 64 hexadecimal digits: equal JDKs have equal images
 */
public record JavaImage(Path javaHome, String digest) {

    /** Java SE; Unsafe, more file systems, monitoring, flight recorder and cryptography of a card. */
    private static final List<String> MODULES = List.of(
            "java.se",
            "jdk.unsupported",
            "jdk.zipfs",
            "jdk.management",
            "jdk.jfr",
            "jdk.net",
            "jdk.charsets",
            "jdk.naming.dns",
            "jdk.security.auth",
            "jdk.crypto.cryptoki",
            "jdk.httpserver");

    private static final List<String> OPTIONS = List.of(
            "--add-modules",
            String.join(",", MODULES),
            "--strip-debug",
            "--no-header-files",
            "--no-man-pages",
            "--compress",
            "zip-0"); // the archive is compressed once more, and the JVM starts faster

    private static final int SHOWN = 3;

    /** @throws IOException if that is no JDK */
    public static JavaImage of(Path javaHome) throws IOException {
        Path release = javaHome.resolve("release");
        if (!Files.isRegularFile(release)) {
            throw new IOException("there is no file " + release + ", so that is no JDK");
        }
        var digest = RuntimeImage.sha256();
        digest.update(Files.readAllBytes(release));
        digest.update(String.join(" ", OPTIONS).getBytes(StandardCharsets.UTF_8));
        return new JavaImage(javaHome, HexFormat.of().formatHex(digest.digest()));
    }

    /**
     * Links it beside the archive, and writes it as a compressed tar archive; nothing else stays there.
     *
     * @throws IOException if this JDK cannot link, with what it lacks
     */
    public void writeTo(Path archive, ProcessStarter processes) throws IOException {
        Path work = Files.createTempDirectory(archive.toAbsolutePath().getParent(), "java");
        try {
            Path image = work.resolve("image");
            requireLinkable(processes);
            var command = new ArrayList<>(List.of(jlink().toString()));
            command.addAll(OPTIONS);
            command.addAll(List.of("--output", image.toString()));
            Ended linked = run(command, processes);
            if (linked.code() != 0) {
                throw new IOException("jlink of " + javaHome + " makes no Java for other hosts: "
                        + linked.lines().stream().limit(SHOWN).collect(Collectors.joining("; ")));
            }
            TarArchive.write(archive, image, files(image));
        } finally {
            delete(work);
        }
    }

    private Path jlink() {
        return javaHome.resolve("bin").resolve("jlink");
    }

    /** A JDK links from its packaged modules, or from itself if it was built for that (JEP 493). */
    private void requireLinkable(ProcessStarter processes) throws IOException {
        if (!Files.isExecutable(jlink())) {
            throw new IOException("the Java in " + javaHome
                    + " has no jlink, with which a Java for other hosts is made; run Actium on a full JDK");
        }
        if (Files.isDirectory(javaHome.resolve("jmods"))) {
            return;
        }
        boolean fromItself = run(List.of(jlink().toString(), "--help"), processes).lines().stream()
                .anyMatch(line -> line.contains("run-time image enabled"));
        if (!fromItself) {
            throw new IOException("the JDK in " + javaHome + " has no packaged modules (" + javaHome.resolve("jmods")
                    + "), nor was it built to link from its run-time image, so it can make no Java for other hosts; add"
                    + " its jmods, or run Actium on a JDK that has one of both, such as Temurin");
        }
    }

    private record Ended(int code, List<String> lines) {}

    private static Ended run(List<String> command, ProcessStarter processes) throws IOException {
        Process process = processes.start(command);
        try (BufferedReader out = process.inputReader()) {
            process.getOutputStream().close();
            List<String> lines = out.lines().toList();
            return new Ended(process.waitFor(), lines);
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a Java for other hosts was linked", stopped);
        }
    }

    private static List<String> files(Path image) throws IOException {
        try (Stream<Path> all = Files.walk(image)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> image.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
