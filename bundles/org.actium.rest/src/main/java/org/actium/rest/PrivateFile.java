package org.actium.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.osgi.framework.BundleContext;

/** A file in the state folder of the container that only its owner may read. */
final class PrivateFile {

    private static final String STATE = "actium.state";
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path file;

    PrivateFile(Path file) {
        this.file = Objects.requireNonNull(file, "file");
    }

    /** @throws IllegalStateException if the container has no state folder */
    static PrivateFile inState(BundleContext context, String name) {
        String state = context.getProperty(STATE);
        if (state == null) {
            throw new IllegalStateException("framework property " + STATE + " is not set; " + name + " goes there");
        }
        return new PrivateFile(Path.of(state, name));
    }

    /**
     * Writes the whole content at once: who reads the file sees the old content or the new, and never with other
     * rights.
     */
    void write(String content) {
        try {
            Path fresh =
                    Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new", OWNER_ONLY);
            try {
                Files.writeString(fresh, content);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("writing " + file, failed);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw new UncheckedIOException("deleting " + file, failed);
        }
    }
}
