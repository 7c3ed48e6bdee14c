package org.actium.launcher.state;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;

/** A container that was, is or will be started by name, and its directory. */
public record Instance(String name, Path directory) {

    public Instance {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(directory, "directory");
    }

    /** Makes the directory, for its owner only. */
    public void create() throws IOException {
        StateRoot.creating(directory, () -> Directories.create(directory));
    }

    public Path log() {
        return directory.resolve("daemon.log");
    }

    /** The bearer token of the HTTP API. */
    public Path restToken() {
        return directory.resolve("rest.token");
    }

    public Path restPort() {
        return directory.resolve("rest.port");
    }

    public Path consoleSocket() {
        return directory.resolve("console.sock");
    }

    /** The authority of the domain that it founds. */
    public Path domain() {
        return directory.resolve("domain");
    }

    private Path file() {
        return directory.resolve("daemon.json");
    }

    /** What it said of itself, if the process that said it still runs. */
    public Optional<DaemonRecord> running() throws IOException {
        try {
            var daemon = new ObjectMapper().readValue(Files.readAllBytes(file()), DaemonRecord.class);
            return Optional.of(daemon).filter(known -> known.process().isPresent());
        } catch (NoSuchFileException neverStarted) {
            return Optional.empty();
        } catch (JacksonException damaged) {
            throw new IOException("'" + file() + "' is damaged, delete it: " + damaged.getOriginalMessage(), damaged);
        }
    }

    /** Says that the container is ready. Readers see all of it or nothing. */
    public void publish(DaemonRecord daemon) throws IOException {
        Path fresh = file().resolveSibling("daemon.json.new");
        Files.deleteIfExists(fresh);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = Files.newByteChannel(
                fresh, EnumSet.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), ownerOnly)) {
            channel.write(ByteBuffer.wrap(new ObjectMapper().writeValueAsBytes(daemon)));
        }
        Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes what only a running container has. */
    public void retract() throws IOException {
        Files.deleteIfExists(file());
        Files.deleteIfExists(restToken());
        Files.deleteIfExists(restPort());
        Files.deleteIfExists(consoleSocket());
    }

    /**
     * Takes the lock that the process of a container holds for as long as it lives, however it ends.
     *
     * @return to be closed to give it back; empty if another process holds it
     */
    public Optional<FileChannel> lock() throws IOException {
        var channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() != null) {
            return Optional.of(channel);
        }
        channel.close();
        return Optional.empty();
    }
}
