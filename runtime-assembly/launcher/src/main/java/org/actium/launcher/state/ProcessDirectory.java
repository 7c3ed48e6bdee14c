package org.actium.launcher.state;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory that lives as long as a process. It is named {@code <host>-<pid>-<random>}, so that what a killed process
 * left behind is recognised, also where several hosts share the home directory, and deleted by the next one that starts or ends.
 */
public final class ProcessDirectory implements AutoCloseable {

    private final Path path;
    private final String host;

    private ProcessDirectory(Path path, String host) {
        this.path = path;
        this.host = host;
    }

    static ProcessDirectory create(Path parent) throws IOException {
        String host = hostName();
        deleteAbandoned(parent, host);
        long pid = ProcessHandle.current().pid();
        return new ProcessDirectory(Directories.createTemporary(parent, host + "-" + pid + "-"), host);
    }

    public Path path() {
        return path;
    }

    /** Deletes it, and what others have left: a child that had to be killed for example. */
    @Override
    public void close() throws IOException {
        Directories.delete(path);
        deleteAbandoned(path.getParent(), host);
    }

    private static void deleteAbandoned(Path parent, String host) throws IOException {
        for (Path directory : children(parent)) {
            if (isAbandoned(directory.getFileName().toString(), host)) {
                Directories.delete(directory);
            }
        }
    }

    static boolean isAbandoned(String name, String host) {
        if (!name.startsWith(host + "-")) {
            return false;
        }
        String[] pidAndRandom = name.substring(host.length() + 1).split("-");
        return pidAndRandom.length == 2
                && pidAndRandom[0].matches("\\d{1,18}")
                && ProcessHandle.of(Long.parseLong(pidAndRandom[0])).isEmpty();
    }

    private static List<Path> children(Path parent) throws IOException {
        try (Stream<Path> children = Files.list(parent)) {
            return children.toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    private static String hostName() throws IOException {
        Path kernel = Path.of("/proc/sys/kernel/hostname"); // asks no name server, unlike InetAddress
        if (Files.isReadable(kernel)) {
            return Files.readString(kernel).strip();
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }
}
