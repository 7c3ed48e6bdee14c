package org.actium.ft.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.actium.ft.store.api.Store;
import org.actium.ft.store.api.StoreException;
import org.actium.runtime.spi.Threads;
import org.postgresql.ds.PGSimpleDataSource;

/** A store in a database of PostgreSQL, which may be on another host than the container. */
final class PostgresStore {

    /** What is locked in a database for as long as a connection lives: "actium". */
    private static final long LOCK = 0x61637469756dL;

    private static final String SCHEME = "jdbc:postgresql:";

    private static final int SILENT_SECONDS = 30;

    /** PostgreSQL unlocks a little later than a connection is closed. */
    private static final int UNLOCKING_SECONDS = 2;

    /** The state of an SQLException. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private PostgresStore() {}

    /**
     * Opens the store in that database, makes its tables if there are none. One connection at a time can: one that was
     * closed or lost keeps others out until PostgreSQL has ended what it had begun, for which this waits two seconds.
     *
     * @param url {@code jdbc:postgresql://host/database}, with user and, if it is nowhere else, password
     * @throws StoreException if another one has it, or it cannot be used
     */
    static Store open(String url, Threads threads) {
        if (!url.startsWith(SCHEME)) {
            throw noDatabase(url);
        }
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setTcpKeepAlive(true);
        database.setSocketTimeout(SILENT_SECONDS);
        database.setApplicationName("Actium");
        try {
            database.setUrl(url);
        } catch (IllegalArgumentException wrong) { // its message repeats the URL
            throw noDatabase(url);
        }
        return SqlStore.open(withoutSecrets(url), () -> connected(database), threads);
    }

    private static StoreException noDatabase(String url) {
        return new StoreException("'" + withoutSecrets(url) + "' names no database of PostgreSQL; it would look like "
                + SCHEME + "//host:5432/database?user=name");
    }

    /** Parameters have passwords among them. */
    private static String withoutSecrets(String url) {
        return url.replaceFirst("\\?.*", "").replaceFirst("//[^/]*@", "//");
    }

    private static Connection connected(PGSimpleDataSource database) throws SQLException {
        Connection connection = database.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = on"); // durable, whatever else the server is used for
            requireAlone(statement);
            return connection;
        } catch (SQLException | RuntimeException refused) {
            connection.close();
            throw refused;
        }
    }

    private static void requireAlone(Statement statement) throws SQLException {
        statement.execute("SET lock_timeout = '" + UNLOCKING_SECONDS + "s'");
        try {
            statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
        } catch (SQLException failed) {
            throw LOCK_NOT_AVAILABLE.equals(failed.getSQLState())
                    ? new SQLException(
                            "another connection has the store in this database locked;"
                                    + " stop the container that uses it, or give this one a database of its own",
                            failed)
                    : failed;
        }
        statement.execute("SET lock_timeout = 0");
    }
}
