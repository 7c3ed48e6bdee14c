package org.actium.ft.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actium.ft.store.api.Batch;
import org.actium.ft.store.api.Blob;
import org.actium.ft.store.api.Change;
import org.actium.ft.store.api.Checkpoint;
import org.actium.ft.store.api.DomainRecord;
import org.actium.ft.store.api.Fence;
import org.actium.ft.store.api.Lease;
import org.actium.ft.store.api.Log;
import org.actium.ft.store.api.LogEntry;
import org.actium.ft.store.api.LogSize;
import org.actium.ft.store.api.ObjectRecord;
import org.actium.ft.store.api.RefusedException;
import org.actium.ft.store.api.StoreException;

/** The statements, in SQL that SQLite and PostgreSQL both understand. Lists are sorted here: databases have collations. */
final class Tables {

    private static final long FORMAT = 2;

    private static final List<String> DEFINITIONS = List.of(
            "CREATE TABLE IF NOT EXISTS store_format (version BIGINT NOT NULL)",
            "CREATE TABLE IF NOT EXISTS objects (id TEXT PRIMARY KEY, incarnation BIGINT NOT NULL,"
                    + " domain TEXT NOT NULL, node TEXT NOT NULL, run TEXT NOT NULL DEFAULT '')",
            "CREATE INDEX IF NOT EXISTS objects_of_domain ON objects (domain)",
            "CREATE TABLE IF NOT EXISTS domains (id TEXT PRIMARY KEY, epoch BIGINT NOT NULL, line BIGINT NOT NULL)",
            "CREATE TABLE IF NOT EXISTS leases (resource TEXT PRIMARY KEY, term BIGINT NOT NULL, holder TEXT NOT NULL,"
                    + " ends TEXT NOT NULL)",
            "CREATE TABLE IF NOT EXISTS chunks (hash TEXT PRIMARY KEY, content BYTEA NOT NULL)",
            "CREATE TABLE IF NOT EXISTS checkpoints (object TEXT, number BIGINT, PRIMARY KEY (object, number))",
            "CREATE TABLE IF NOT EXISTS checkpoint_chunks (object TEXT, number BIGINT, place BIGINT,"
                    + " hash TEXT NOT NULL, PRIMARY KEY (object, number, place))",
            "CREATE INDEX IF NOT EXISTS checkpoints_of_chunk ON checkpoint_chunks (hash)",
            "CREATE TABLE IF NOT EXISTS log_entries (log TEXT, domain TEXT, number BIGINT, content BYTEA NOT NULL,"
                    + " PRIMARY KEY (log, domain, number))");

    /** Tables of format 1 knew of no runs. */
    private static final String RUNS = "ALTER TABLE objects ADD COLUMN run TEXT NOT NULL DEFAULT ''";

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>(); // by their text: of some twenty

    private Tables(Connection connection) {
        this.connection = connection;
    }

    /** @throws StoreException if a later version of Actium has made the tables */
    static Tables in(Connection connection) throws SQLException {
        Tables tables = new Tables(connection);
        try (Statement statement = connection.createStatement()) {
            for (String definition : DEFINITIONS) {
                statement.execute(definition);
            }
        }
        long format = tables.number("SELECT MAX(version) FROM store_format").orElse(0L);
        if (format == 0) {
            tables.update("INSERT INTO store_format VALUES (?)", FORMAT);
        } else if (format > FORMAT) {
            throw new StoreException(
                    "the tables have the format " + format + ", this version of Actium knows those up to " + FORMAT
                            + ": use the version that made them, or a later one");
        } else if (format < FORMAT) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(RUNS);
            }
            tables.update("UPDATE store_format SET version = ?", FORMAT);
        }
        connection.commit();
        return tables;
    }

    /** Leaves half of it behind if it is refused or fails: to be undone by who called. */
    void apply(Batch batch) throws SQLException {
        for (Fence fence : batch.fences()) {
            long found = current(fence.kind(), fence.id());
            if (found != fence.current()) {
                throw RefusedException.by(fence, found);
            }
        }
        for (Change change : batch.changes()) {
            apply(change);
        }
    }

    private void apply(Change change) throws SQLException {
        switch (change) {
            case Change.PutObject(ObjectRecord object) -> {
                requireNotBack(Fence.Kind.OBJECT, object.id(), object.incarnation());
                update(
                        "INSERT INTO objects (id, incarnation, domain, node, run) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id)"
                                + " DO UPDATE SET incarnation = excluded.incarnation, domain = excluded.domain,"
                                + " node = excluded.node, run = excluded.run",
                        object.id(),
                        object.incarnation(),
                        object.domain(),
                        object.node(),
                        object.run());
            }
            case Change.RemoveObject(String id) -> {
                update("DELETE FROM objects WHERE id = ?", id);
                update("DELETE FROM checkpoints WHERE object = ?", id);
                update("DELETE FROM checkpoint_chunks WHERE object = ?", id);
            }
            case Change.PutDomain(DomainRecord domain) -> {
                requireNotBack(Fence.Kind.DOMAIN, domain.id(), domain.epoch());
                update(
                        "INSERT INTO domains (id, epoch, line) VALUES (?, ?, ?) ON CONFLICT (id)"
                                + " DO UPDATE SET epoch = excluded.epoch, line = excluded.line",
                        domain.id(),
                        domain.epoch(),
                        domain.line());
            }
            case Change.RemoveDomain(String id) -> {
                update("DELETE FROM domains WHERE id = ?", id);
                update("DELETE FROM log_entries WHERE domain = ?", id);
            }
            case Change.PutLease(Lease lease) -> {
                requireNotBack(Fence.Kind.RESOURCE, lease.resource(), lease.term());
                update(
                        "INSERT INTO leases (resource, term, holder, ends) VALUES (?, ?, ?, ?) ON CONFLICT (resource)"
                                + " DO UPDATE SET term = excluded.term, holder = excluded.holder, ends = excluded.ends",
                        lease.resource(),
                        lease.term(),
                        lease.holder(),
                        lease.until().toString());
            }
            case Change.PutChunk(Blob bytes) ->
                update(
                        // one that is damaged is mended
                        "INSERT INTO chunks (hash, content) VALUES (?, ?) ON CONFLICT (hash)"
                                + " DO UPDATE SET content = excluded.content WHERE chunks.content <> excluded.content",
                        bytes.sha256(),
                        bytes.bytes());
            case Change.PutCheckpoint(Checkpoint checkpoint) -> put(checkpoint);
            case Change.DropCheckpoints(String object, long below) -> {
                update("DELETE FROM checkpoints WHERE object = ? AND number < ?", object, below);
                update("DELETE FROM checkpoint_chunks WHERE object = ? AND number < ?", object, below);
            }
            case Change.DropUnusedChunks() ->
                update("DELETE FROM chunks WHERE NOT EXISTS"
                        + " (SELECT 1 FROM checkpoint_chunks WHERE checkpoint_chunks.hash = chunks.hash)");
            case Change.Append(LogEntry entry) -> append(entry);
            case Change.TrimLog(Log log, String domain, long below) ->
                update(
                        "DELETE FROM log_entries WHERE log = ? AND domain = ? AND number < ?",
                        log.name(),
                        domain,
                        below);
        }
    }

    private void put(Checkpoint checkpoint) throws SQLException {
        update(
                "INSERT INTO checkpoints (object, number) VALUES (?, ?) ON CONFLICT (object, number) DO NOTHING",
                checkpoint.object(),
                checkpoint.number());
        update(
                "DELETE FROM checkpoint_chunks WHERE object = ? AND number = ?",
                checkpoint.object(),
                checkpoint.number());
        long place = 0;
        for (String hash : checkpoint.chunks()) {
            if (number("SELECT 1 FROM chunks WHERE hash = ?", hash).isEmpty()) {
                throw RefusedException.chunkMissing(checkpoint, hash);
            }
            update(
                    "INSERT INTO checkpoint_chunks (object, number, place, hash) VALUES (?, ?, ?, ?)",
                    checkpoint.object(),
                    checkpoint.number(),
                    place++,
                    hash);
        }
    }

    private void append(LogEntry entry) throws SQLException {
        Optional<Long> last = number(
                "SELECT MAX(number) FROM log_entries WHERE log = ? AND domain = ?",
                entry.log().name(),
                entry.domain());
        if (last.isPresent() && entry.number() <= last.get()) {
            throw RefusedException.notAfter(entry, last.get());
        }
        update(
                "INSERT INTO log_entries (log, domain, number, content) VALUES (?, ?, ?, ?)",
                entry.log().name(),
                entry.domain(),
                entry.number(),
                entry.content().bytes());
    }

    private void requireNotBack(Fence.Kind kind, String id, long to) throws SQLException {
        long found = current(kind, id);
        if (to < found) {
            throw RefusedException.goesBack(kind, id, found, to);
        }
    }

    private long current(Fence.Kind kind, String id) throws SQLException {
        String query = switch (kind) {
            case OBJECT -> "SELECT incarnation FROM objects WHERE id = ?";
            case DOMAIN -> "SELECT epoch FROM domains WHERE id = ?";
            case RESOURCE -> "SELECT term FROM leases WHERE resource = ?";
        };
        return number(query, id).orElse(0L);
    }

    Optional<ObjectRecord> object(String id) throws SQLException {
        return list("SELECT id, incarnation, domain, node, run FROM objects WHERE id = ?", Tables::object, id).stream()
                .findFirst();
    }

    List<ObjectRecord> objects() throws SQLException {
        return list("SELECT id, incarnation, domain, node, run FROM objects", Tables::object).stream()
                .sorted(Comparator.comparing(ObjectRecord::id))
                .toList();
    }

    List<ObjectRecord> objects(String domain) throws SQLException {
        return list("SELECT id, incarnation, domain, node, run FROM objects WHERE domain = ?", Tables::object, domain)
                .stream()
                .sorted(Comparator.comparing(ObjectRecord::id))
                .toList();
    }

    private static ObjectRecord object(ResultSet row) throws SQLException {
        return new ObjectRecord(row.getString(1), row.getLong(2), row.getString(3), row.getString(4), row.getString(5));
    }

    Optional<DomainRecord> domain(String id) throws SQLException {
        return list(
                        "SELECT epoch, line FROM domains WHERE id = ?",
                        row -> new DomainRecord(id, row.getLong(1), row.getLong(2)),
                        id)
                .stream()
                .findFirst();
    }

    Optional<Lease> lease(String resource) throws SQLException {
        return list("SELECT resource, term, holder, ends FROM leases WHERE resource = ?", Tables::lease, resource)
                .stream()
                .findFirst();
    }

    List<Lease> leases() throws SQLException {
        return list("SELECT resource, term, holder, ends FROM leases", Tables::lease).stream()
                .sorted(Comparator.comparing(Lease::resource))
                .toList();
    }

    private static Lease lease(ResultSet row) throws SQLException {
        return new Lease(row.getString(1), row.getLong(2), row.getString(3), Instant.parse(row.getString(4)));
    }

    List<Long> checkpoints(String object) throws SQLException {
        return list("SELECT number FROM checkpoints WHERE object = ? ORDER BY number", row -> row.getLong(1), object);
    }

    Optional<Checkpoint> checkpoint(String object, long number) throws SQLException {
        if (number("SELECT 1 FROM checkpoints WHERE object = ? AND number = ?", object, number)
                .isEmpty()) {
            return Optional.empty();
        }
        List<String> chunks = list(
                "SELECT hash FROM checkpoint_chunks WHERE object = ? AND number = ? ORDER BY place",
                row -> row.getString(1),
                object,
                number);
        return Optional.of(new Checkpoint(object, number, chunks));
    }

    Optional<Blob> chunk(String hash) throws SQLException {
        return list("SELECT content FROM chunks WHERE hash = ?", row -> Blob.of(row.getBytes(1)), hash).stream()
                .findFirst();
    }

    List<LogEntry> log(Log log, String domain, long from) throws SQLException {
        return list(
                "SELECT number, content FROM log_entries WHERE log = ? AND domain = ? AND number >= ? ORDER BY number",
                row -> new LogEntry(log, domain, row.getLong(1), Blob.of(row.getBytes(2))),
                log.name(),
                domain,
                from);
    }

    LogSize logSize(Log log, String domain) throws SQLException {
        return list(
                        "SELECT COUNT(*), SUM(LENGTH(content)) FROM log_entries WHERE log = ? AND domain = ?",
                        row -> new LogSize(row.getLong(1), row.getLong(2)), // the sum of none is null, and read as 0
                        log.name(),
                        domain)
                .getFirst();
    }

    @FunctionalInterface
    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> list(String query, Row<T> row, Object... arguments) throws SQLException {
        try (ResultSet rows = prepared(query, arguments).executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(row.read(rows));
            }
            return found;
        }
    }

    /** Empty if there is none, or if it is null: the greatest of none. */
    private Optional<Long> number(String query, Object... arguments) throws SQLException {
        try (ResultSet rows = prepared(query, arguments).executeQuery()) {
            if (!rows.next()) {
                return Optional.empty();
            }
            long number = rows.getLong(1);
            return rows.wasNull() ? Optional.empty() : Optional.of(number);
        }
    }

    private void update(String sql, Object... arguments) throws SQLException {
        prepared(sql, arguments).executeUpdate();
    }

    /** Closed with the connection. */
    private PreparedStatement prepared(String sql, Object... arguments) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }
}
