package org.actium.provision;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a directory of jars from growing: those that were not used for longest are deleted when it is too large, but none that a
 * process uses. Who uses one holds a shared lock on the file of its digest in the directory {@code <directory>.used} until it
 * ends.
 */
final class KeptJars implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeptJars.class);

    private static final String JAR = ".jar";
    private static final String USED = ".used";

    private final Path directory;
    private final long limit;
    private final Map<Path, FileChannel> used = new ConcurrentHashMap<>();

    /** @param limit in bytes */
    KeptJars(Path directory, long limit) {
        this.directory = directory;
        this.limit = limit;
    }

    /** A jar that may be deleted. */
    private record Kept(Path jar, long bytes, FileTime lastUse) {}

    /** From now on it is not deleted by anybody. */
    void use(Path jar) throws IOException {
        FileChannel lock = FileChannel.open(
                lockOf(jar), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            lock.lock(0, 1, true);
        } catch (OverlappingFileLockException sameProcess) {
            LOG.debug("{} is used by this process already", jar);
        }
        FileChannel before = used.putIfAbsent(jar, lock);
        if (before != null) {
            lock.close();
        }
        if (Files.exists(jar)) {
            Files.setLastModifiedTime(jar, FileTime.from(lastUse(jar)));
        }
    }

    /** By the clock of the file system, which others may share. */
    private static Instant lastUse(Path jar) throws IOException {
        Path probe = Files.createTempFile(jar.getParent(), "now", ".tmp");
        try {
            return Files.getLastModifiedTime(probe).toInstant();
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    private Path lockOf(Path jar) throws IOException {
        Path locks = directory.resolveSibling(directory.getFileName() + USED);
        Files.createDirectories(locks);
        return locks.resolve(digestOf(jar).orElseThrow());
    }

    /** Deletes as much as it must and may. */
    void clean() throws IOException {
        List<Kept> kept = kept();
        long bytes = kept.stream().mapToLong(Kept::bytes).sum();
        for (Kept oldest : kept) {
            if (bytes <= limit) {
                return;
            }
            if (delete(oldest.jar)) {
                bytes -= oldest.bytes;
                LOG.info(
                        "{} was not used since {} and is deleted: more than {} MiB are kept",
                        oldest.jar,
                        oldest.lastUse,
                        limit >> 20);
            }
        }
    }

    private List<Kept> kept() throws IOException {
        List<Kept> kept = new ArrayList<>();
        try (DirectoryStream<Path> jars =
                Files.newDirectoryStream(directory, file -> digestOf(file).isPresent())) {
            for (Path jar : jars) {
                try {
                    kept.add(new Kept(jar, Files.size(jar), Files.getLastModifiedTime(jar)));
                } catch (NoSuchFileException gone) {
                    LOG.debug("{} was deleted by another process", jar);
                }
            }
        }
        kept.sort(Comparator.comparing(Kept::lastUse));
        return kept;
    }

    private static Optional<String> digestOf(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(JAR)
                ? Optional.of(name.substring(0, name.length() - JAR.length())).filter(Digest::isOne)
                : Optional.empty();
    }

    /** Whether it was not in use, and is gone. */
    private boolean delete(Path jar) throws IOException {
        if (used.containsKey(jar)) {
            return false;
        }
        try (FileChannel lock = FileChannel.open(lockOf(jar), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock alone = lock.tryLock(0, 1, false)) {
            if (alone == null) {
                return false;
            }
            Files.deleteIfExists(jar);
            Files.deleteIfExists(lockOf(jar));
            return true;
        } catch (OverlappingFileLockException sameProcess) {
            return false;
        }
    }

    /** Others may delete what this one has used. */
    @Override
    public void close() {
        used.values().forEach(lock -> {
            try {
                lock.close();
            } catch (IOException harmless) {
                LOG.debug("a lock could not be given back", harmless);
            }
        });
        used.clear();
    }
}
