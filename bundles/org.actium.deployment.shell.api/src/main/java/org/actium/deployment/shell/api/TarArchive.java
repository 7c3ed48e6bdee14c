package org.actium.deployment.shell.api;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** A compressed archive in the format ustar (POSIX.1-1988), of files that only their owner can read when they are unpacked. */
final class TarArchive {

    private static final int BLOCK = 512;
    private static final int LONGEST_NAME = 100;
    private static final int BUFFER = 1 << 16;

    private TarArchive() {}

    /** Gets the bytes of each file, too, as they are archived. */
    interface Reader {
        /** What takes those of this file, of which there are so many. */
        OutputStream of(String file, long size) throws IOException;
    }

    /** @param files relative to the directory; those that can be executed here can be there */
    static void write(Path archive, Path directory, List<String> files) throws IOException {
        write(archive, directory, files, (file, size) -> OutputStream.nullOutputStream());
    }

    /** @param reader gets what is archived */
    static void write(Path archive, Path directory, List<String> files, Reader reader) throws IOException {
        try (OutputStream out = new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(archive)))) {
            for (String name : files) {
                Path file = directory.resolve(name);
                long size = Files.size(file);
                out.write(header(name, size, Files.isExecutable(file) ? "0000700\0" : "0000600\0"));
                if (copy(file, out, reader.of(name, size)) != size) {
                    throw new IOException(file + " has changed while it was read");
                }
                out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
            }
            out.write(new byte[2 * BLOCK]);
        }
    }

    private static long copy(Path file, OutputStream out, OutputStream reader) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long copied = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                out.write(buffer, 0, length);
                reader.write(buffer, 0, length);
                copied += length;
            }
        }
        return copied;
    }

    private static byte[] header(String name, long size, String mode) throws IOException {
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new IOException("the name of the file " + name + " is too long to be sent");
        }
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, mode);
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
}
