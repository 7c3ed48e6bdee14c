package org.actium.itests.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actium.remote.api.Link;
import org.actium.remote.api.Links;

/** The connections of this process, as Linux tells of them. */
public final class Sockets {

    private static final String ESTABLISHED = "01";
    private static final int STATE = 3;
    private static final int INODE = 9;

    private Sockets() {}

    /**
     * What belongs to no other connection before or after: the numbers of the sockets that lead where {@link Link#route} says.
     */
    public static Set<String> carrying(Links links) {
        Set<String> routes = links.all().stream().map(Link::route).collect(Collectors.toSet());
        Set<String> mine = ofThisProcess();
        return Stream.of("tcp", "tcp6")
                .flatMap(table ->
                        lines(Path.of("/proc/self/net", table)).stream().skip(1))
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields[STATE].equals(ESTABLISHED) && mine.contains(fields[INODE]))
                .filter(fields -> routes.stream().anyMatch(route -> route.endsWith(":" + port(fields[2]))))
                .map(fields -> fields[INODE])
                .collect(Collectors.toSet());
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
    }

    private static Set<String> ofThisProcess() {
        try (Stream<Path> opened = Files.list(Path.of("/proc/self/fd"))) {
            return opened.map(Sockets::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring("socket:[".length(), target.length() - 1))
                    .collect(Collectors.toSet());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    private static List<String> lines(Path table) {
        try {
            return Files.exists(table) ? Files.readAllLines(table) : List.of();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
