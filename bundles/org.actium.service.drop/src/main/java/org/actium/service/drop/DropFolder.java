package org.actium.service.drop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.actium.service.api.BundleImpact;
import org.actium.service.api.BundleUpdates;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jars in a folder as bundles of this container: one that comes is installed, or updates the bundle of its symbolic name;
 * one that is replaced updates it; one that goes uninstalls it. A jar counts once it is the same at two looks, so that one
 * that is being written is left alone.
 *
 * <p>What would lose active objects is not done, but tried again at every look. What cannot be done at all is tried again
 * when the file changes, or after another file was dealt with, since one jar may need another. Either is logged once.
 *
 * <p>Threading: one look at a time.
 */
final class DropFolder {

    private static final Logger LOG = LoggerFactory.getLogger(DropFolder.class);
    private static final String JAR = ".jar";

    private final Path folder;
    private final BundleUpdates updates;
    private final Map<String, Stamp> last = new TreeMap<>(); // by name of the file, as of the last look
    private final Map<String, Stamp> done = new TreeMap<>(); // what need not be tried again, as things are
    private final Set<String> impossible = new TreeSet<>(); // names of the files of those in vain
    private final Map<String, String> bundles = new LinkedHashMap<>(); // by name of the file: symbolic names
    private final Map<String, String> complaints = new TreeMap<>(); // by name of the file: what was logged last

    /** By which a change of a file is seen. */
    private record Stamp(FileTime modified, long size, Object key) {

        static Stamp of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
        }
    }

    DropFolder(Path folder, BundleUpdates updates) {
        this.folder = folder;
        this.updates = updates;
    }

    /** Does what the files ask for. Blocks while bundles change. */
    void look() throws IOException {
        if (!Files.isDirectory(folder)) {
            return; // somebody moves it about; its bundles stay
        }
        Map<String, Stamp> present = present();
        present.forEach((file, stamp) -> {
            if (stamp.equals(last.get(file)) && !stamp.equals(done.get(file))) {
                attempt(file, () -> put(file, stamp), () -> done.put(file, stamp));
            }
        });
        bundles.keySet().stream()
                .filter(file -> !present.containsKey(file))
                .toList()
                .forEach(file -> attempt(file, () -> remove(file), () -> forget(file)));
        complaints.keySet().removeIf(file -> !present.containsKey(file) && !bundles.containsKey(file));
        done.keySet().retainAll(present.keySet());
        last.clear();
        last.putAll(present);
    }

    private Map<String, Stamp> present() throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.list(folder)) {
            jars = files.filter(file -> file.getFileName().toString().endsWith(JAR))
                    .toList();
        }
        Map<String, Stamp> present = new TreeMap<>();
        for (Path jar : jars) {
            try {
                present.put(jar.getFileName().toString(), Stamp.of(jar));
            } catch (NoSuchFileException gone) {
                LOG.debug("{} went while the folder was looked at", jar);
            }
        }
        return present;
    }

    /** @param settled called if it is not to be tried again */
    private void attempt(String file, Change change, Runnable settled) {
        try {
            change.make();
            complaints.remove(file);
            impossible.remove(file);
            settled.run();
            done.keySet().removeAll(impossible);
            impossible.clear();
        } catch (IllegalStateException refused) {
            complain(file, refused.getMessage() + "; it is tried again until then");
        } catch (IOException | RuntimeException failed) {
            complain(file, String.valueOf(failed.getMessage()));
            settled.run();
            impossible.add(file);
        }
    }

    private interface Change {
        void make() throws IOException;
    }

    private void complain(String file, String why) {
        if (!why.equals(complaints.put(file, why))) {
            LOG.warn("{}: {}", folder.resolve(file), why);
        }
    }

    private void put(String file, Stamp stamp) throws IOException {
        Path jar = folder.resolve(file);
        String name = updates.symbolicName(open(jar));
        if (updates.isInstalled(name)) {
            BundleImpact impact = updates.update(name, open(jar), false);
            LOG.info("{}: bundle {} is updated, restarted were {}", jar, name, impact.refreshed());
        } else {
            updates.install(open(jar));
            LOG.info("{}: bundle {} is installed", jar, name);
        }
        bundles.put(file, name);
    }

    private static InputStream open(Path jar) throws IOException {
        return Files.newInputStream(jar);
    }

    /** Unless another file has that bundle now, as a jar with the next version in its name has. */
    private void remove(String file) {
        String name = bundles.get(file);
        boolean elsewhere = bundles.entrySet().stream()
                .anyMatch(other ->
                        !other.getKey().equals(file) && other.getValue().equals(name));
        if (!elsewhere && updates.isInstalled(name)) {
            updates.uninstall(name, false);
            LOG.info("{}: gone, and so is bundle {}", folder.resolve(file), name);
        }
    }

    private void forget(String file) {
        bundles.remove(file);
    }
}
