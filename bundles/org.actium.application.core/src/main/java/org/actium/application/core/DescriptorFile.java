package org.actium.application.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.actium.deployment.api.DescriptorSource;

/** Descriptors that users name on the command line. */
final class DescriptorFile {

    private DescriptorFile() {}

    /** @throws UsageException if the file cannot be read */
    static DescriptorSource read(Path file, Map<String, String> variables) {
        return read(file, variables, Map.of());
    }

    /**
     * @param properties Java properties that count before those of this JVM
     * @throws UsageException if the file cannot be read
     */
    static DescriptorSource read(Path file, Map<String, String> variables, Map<String, String> properties) {
        try {
            return new DescriptorSource(file.toString(), Files.readAllBytes(file), variables, properties);
        } catch (NoSuchFileException missing) {
            throw new UsageException("there is no file " + file);
        } catch (IOException unreadable) {
            throw new UsageException("cannot read " + file + ": " + unreadable);
        }
    }
}
