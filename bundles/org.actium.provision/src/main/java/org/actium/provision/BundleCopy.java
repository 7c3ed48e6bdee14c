package org.actium.provision;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.osgi.framework.Bundle;

/** Compares an installed bundle with its jar, and makes one if nobody has it: of the same bundle the same bytes. */
final class BundleCopy {

    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final int PIECE = 1 << 16;
    private static final LocalDateTime LONG_AGO = LocalDateTime.of(2000, 1, 1, 0, 0);

    private BundleCopy() {}

    static void write(Bundle bundle, Path jar) throws IOException {
        SortedSet<String> names = new TreeSet<>();
        collect(bundle, "/", names);
        names.remove(MANIFEST);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            write(bundle, MANIFEST, out);
            for (String name : names) {
                write(bundle, name, out);
            }
        }
    }

    /** Whether the same is in the jar and in the bundle, whatever the jar says besides about its entries. */
    static boolean isOf(Bundle bundle, Path jar) {
        SortedSet<String> names = new TreeSet<>();
        collect(bundle, "/", names);
        try (ZipFile file = new ZipFile(jar.toFile())) {
            if (names.size()
                    != file.stream().filter(entry -> !entry.isDirectory()).count()) {
                return false;
            }
            for (String name : names) {
                if (!isSame(bundle.getEntry(name), file, name)) {
                    return false;
                }
            }
            return true;
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static boolean isSame(URL content, ZipFile file, String name) throws IOException {
        ZipEntry entry = file.getEntry(name);
        if (content == null || entry == null) {
            return false;
        }
        try (InputStream here = content.openStream();
                InputStream there = file.getInputStream(entry)) {
            byte[] one = here.readNBytes(PIECE);
            while (one.length > 0 && Arrays.equals(one, there.readNBytes(PIECE))) {
                one = here.readNBytes(PIECE);
            }
            return one.length == 0 && there.read() < 0;
        }
    }

    private static void collect(Bundle bundle, String directory, SortedSet<String> names) {
        Enumeration<String> entries = bundle.getEntryPaths(directory);
        if (entries == null) {
            return;
        }
        for (String name : Collections.list(entries)) {
            if (name.endsWith("/")) {
                collect(bundle, name, names);
            } else {
                names.add(name);
            }
        }
    }

    private static void write(Bundle bundle, String name, ZipOutputStream out) throws IOException {
        URL content = bundle.getEntry(name);
        if (content == null) {
            throw new FileNotFoundException("it has no " + name);
        }
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(LONG_AGO);
        out.putNextEntry(entry);
        try (InputStream in = content.openStream()) {
            in.transferTo(out);
        }
        out.closeEntry();
    }
}
