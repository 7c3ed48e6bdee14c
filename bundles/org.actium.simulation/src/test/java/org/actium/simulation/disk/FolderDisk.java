package org.actium.simulation.disk;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** The files of a folder of this machine. */
final class FolderDisk implements Disk {

    private final Path folder;

    FolderDisk(Path folder) {
        this.folder = folder;
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public boolean exists(String file) {
        return Files.exists(folder.resolve(file));
    }

    @Override
    public long size(String file) throws IOException {
        return Files.size(folder.resolve(file));
    }

    @Override
    public int read(String file, long position, ByteBuffer target) throws IOException {
        try (FileChannel channel = open(file, READ)) {
            int read = 0;
            while (target.hasRemaining()) {
                int count = channel.read(target, position + read);
                if (count < 0) {
                    break;
                }
                read += count;
            }
            return read;
        }
    }

    @Override
    public void write(String file, long position, ByteBuffer source) throws IOException {
        try (FileChannel channel = open(file, CREATE, WRITE)) {
            write(channel, position, source);
        }
    }

    @Override
    public void append(String file, ByteBuffer source) throws IOException {
        try (FileChannel channel = open(file, CREATE, WRITE)) {
            write(channel, channel.size(), source);
        }
    }

    private static void write(FileChannel channel, long from, ByteBuffer source) throws IOException {
        long position = from;
        while (source.hasRemaining()) {
            position += channel.write(source, position);
        }
    }

    @Override
    public void truncate(String file, long size) throws IOException {
        try (FileChannel channel = open(file, WRITE)) {
            channel.truncate(size);
        }
    }

    @Override
    public void sync(String file) throws IOException {
        try (FileChannel channel = open(file, WRITE)) {
            channel.force(true);
        }
    }

    @Override
    public void delete(String file) throws IOException {
        Files.deleteIfExists(folder.resolve(file));
    }

    @Override
    public void rename(String file, String target) throws IOException {
        Files.move(folder.resolve(file), folder.resolve(target), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void syncNames() throws IOException {
        try (FileChannel channel = FileChannel.open(folder, READ)) {
            channel.force(true);
        }
    }

    private FileChannel open(String file, OpenOption... options) throws IOException {
        return FileChannel.open(folder.resolve(file), options);
    }
}
