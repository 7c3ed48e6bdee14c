package org.actium.ft.store.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.AssumptionViolatedException;
import org.junit.rules.ExternalResource;

/**
 * A server of PostgreSQL of its own on loopback, from the programs that are installed here; tests are skipped where there are
 * none. It does not run as root, so root runs it as the user {@code postgres}.
 */
final class PostgresServer extends ExternalResource {

    /** For a slow machine to start or to end it. */
    private static final String SECONDS = "110";

    private static final String PASSWORD = "for this test only";

    private final boolean root = System.getProperty("user.name").equals("root");
    private Path programs;
    private Path folder;
    private int port;
    private int databases;

    @Override
    protected void before() throws Exception {
        programs = programs()
                .orElseThrow(() -> new AssumptionViolatedException(
                        "no initdb on the PATH and none below /usr/lib/postgresql: apt install postgresql"));
        folder = Files.createTempDirectory("postgres");
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        if (root) {
            UserPrincipal postgres =
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres");
            Files.setOwner(password, postgres);
            Files.setOwner(folder, postgres);
        }
        run(
                "initdb",
                "-D",
                data(),
                "-U",
                "actium",
                "-A",
                "scram-sha-256",
                "--no-sync",
                "--pwfile",
                password.toString(),
                "-E",
                "UTF8");
        port = freePort();
        start();
    }

    /** Of those that no connection is given by chance, so that it is free again after a crash. */
    private static int freePort() {
        return ThreadLocalRandom.current()
                .ints(15_000, 30_000)
                .filter(PostgresServer::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static Optional<Path> programs() throws IOException {
        List<Path> folders = new ArrayList<>();
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
            folders.add(Path.of(folder));
        }
        Path debian = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(debian)) {
            try (Stream<Path> versions = Files.list(debian)) {
                versions.sorted(Comparator.reverseOrder())
                        .map(version -> version.resolve("bin"))
                        .forEach(folders::add);
            }
        }
        return folders.stream()
                .filter(folder ->
                        Files.isExecutable(folder.resolve("initdb")) && Files.isExecutable(folder.resolve("pg_ctl")))
                .findFirst();
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    /** As after {@link #crash}: with what the server had made durable. */
    void start() throws IOException, InterruptedException {
        // what processes leave behind that are killed is with the system, whether or not it is on the disk
        String options = "-c fsync=off -p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=";
        run(
                "pg_ctl",
                "-D",
                data(),
                "-w",
                "-t",
                SECONDS,
                "-l",
                folder.resolve("log").toString(),
                "-o",
                options,
                "start");
    }

    /** All its processes end at once, and write nothing more. */
    void crash() throws IOException, InterruptedException {
        run("pg_ctl", "-D", data(), "-t", SECONDS, "-m", "immediate", "stop");
    }

    /** @return where a new database is, which is empty */
    String database() throws SQLException {
        String name = "test" + databases++;
        execute("postgres", "CREATE DATABASE " + name);
        return url(name);
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=actium&password="
                + PASSWORD.replace(" ", "%20");
    }

    private void execute(String database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(database));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (root) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("postgres", ".out"); // a server goes on writing to what it was given
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IOException(
                        String.join(" ", command) + " failed: " + Files.readString(output, StandardCharsets.UTF_8));
            }
        } finally {
            Files.delete(output);
        }
    }

    @Override
    protected void after() {
        try {
            crash();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
