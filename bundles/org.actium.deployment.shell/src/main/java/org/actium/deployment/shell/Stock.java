package org.actium.deployment.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Something that hosts get, read when it is first asked for, and its archives, which are there until it is closed. */
final class Stock<I> implements AutoCloseable {

    /** Characters of a line that any terminal takes. */
    private static final int LINE = 76;

    /** Reads it. */
    interface Reader<I> {
        I read() throws IOException;
    }

    /** Makes an archive of it. */
    interface Packer<I> {
        void write(I image, Path archive) throws IOException;
    }

    private final Reader<I> reader;
    private final Packer<I> packer;
    private final Path directory;
    private final ReentrantLock lock = new ReentrantLock(); // guards the fields below; held while files are written
    private Optional<I> image = Optional.empty();
    private Optional<Path> archive = Optional.empty();
    private Optional<Path> encoded = Optional.empty();

    /** @param directory of the archives; made if it is missing */
    Stock(Reader<I> reader, Packer<I> packer, Path directory) {
        this.reader = reader;
        this.packer = packer;
        this.directory = directory;
    }

    I image() throws IOException {
        lock.lock();
        try {
            if (image.isEmpty()) {
                image = Optional.of(reader.read());
            }
            return image.get();
        } finally {
            lock.unlock();
        }
    }

    /** @param asText whether it is wanted in base64 */
    Path archive(boolean asText) throws IOException {
        lock.lock();
        try {
            if (archive.isEmpty()) {
                archive = Optional.of(written(file -> packer.write(image(), file)));
            }
            if (asText && encoded.isEmpty()) {
                encoded = Optional.of(written(this::encode));
            }
            return asText ? encoded.get() : archive.get();
        } finally {
            lock.unlock();
        }
    }

    private interface Writing {
        void to(Path file) throws IOException;
    }

    private Path written(Writing writing) throws IOException {
        Path file = Files.createTempFile(Files.createDirectories(directory), "push", "");
        try {
            writing.to(file);
            return file;
        } catch (IOException | RuntimeException failed) {
            Files.delete(file);
            throw failed;
        }
    }

    private void encode(Path file) throws IOException {
        try (OutputStream out = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).wrap(Files.newOutputStream(file))) {
            Files.copy(archive.orElseThrow(), out);
        }
    }

    /** Deletes the archives. */
    @Override
    public void close() {
        lock.lock();
        try {
            for (Optional<Path> file : List.of(archive, encoded)) {
                if (file.isPresent()) {
                    Files.deleteIfExists(file.get());
                }
            }
            archive = Optional.empty();
            encoded = Optional.empty();
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        } finally {
            lock.unlock();
        }
    }
}
