package org.actium.ft.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.ft.store.api.Batch;
import org.actium.ft.store.api.Blob;
import org.actium.ft.store.api.Checkpoint;
import org.actium.ft.store.api.DomainRecord;
import org.actium.ft.store.api.Lease;
import org.actium.ft.store.api.Log;
import org.actium.ft.store.api.LogEntry;
import org.actium.ft.store.api.LogSize;
import org.actium.ft.store.api.ObjectRecord;
import org.actium.ft.store.api.RefusedException;
import org.actium.ft.store.api.Store;
import org.actium.ft.store.api.StoreException;
import org.actium.runtime.spi.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in tables of a database. One thread has the only connection: it makes all batches that wait durable with one
 * transaction, each behind a savepoint of its own, and reads between transactions. A connection that is lost is followed by
 * another one as soon as there is something to do; while there is none, that fails.
 */
final class SqlStore implements Store {

    private static final Logger LOG = LoggerFactory.getLogger(SqlStore.class);

    /** A transaction gets no longer than that, or the first of its batches would wait for too long. */
    private static final int MOST_IN_ONE = 1000;

    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Queue<Commit> commits = new ArrayDeque<>(); // guarded by lock
    private final Queue<Read<?>> reads = new ArrayDeque<>(); // guarded by lock
    private boolean closed; // guarded by lock
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private record Commit(Batch batch, CompletableFuture<Void> done) {}

    private record Read<T>(Query<T> query, CompletableFuture<T> answer) {

        void run(Tables tables, String store) {
            try {
                answer.complete(query.in(tables));
            } catch (SQLException | RuntimeException failed) {
                answer.completeExceptionally(new StoreException(store + " cannot be read: " + failed, failed));
            }
        }
    }

    @FunctionalInterface
    private interface Query<T> {
        T in(Tables tables) throws SQLException;
    }

    /** Where the tables are. */
    @FunctionalInterface
    interface Database {

        /** @throws SQLException if it cannot be used now, or somebody else has it */
        Connection connect() throws SQLException;
    }

    private SqlStore(String name) {
        this.name = name;
    }

    /**
     * Opens the store, makes its tables if there are none.
     *
     * @param name for messages
     * @throws StoreException if the database cannot be used
     */
    static SqlStore open(String name, Database database, Threads threads) {
        Objects.requireNonNull(database, "database");
        SqlStore store = new SqlStore("store " + name);
        CompletableFuture<Void> opened = new CompletableFuture<>();
        threads.startReader("store", () -> store.run(database, opened));
        join(opened);
        return store;
    }

    private void run(Database database, CompletableFuture<Void> opened) {
        try {
            do {
                try (Connection connection = database.connect()) {
                    connection.setAutoCommit(false);
                    // what a fence was compared with stays so until the commit
                    connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                    Tables tables = Tables.in(connection);
                    opened.complete(null);
                    serveUntilLost(connection, tables);
                } catch (SQLException | RuntimeException failed) {
                    StoreException why = failed instanceof StoreException known
                            ? known
                            : new StoreException(name + " cannot be used: " + failed.getMessage(), failed);
                    if (opened.completeExceptionally(why)) {
                        return;
                    }
                    refuseWhatWaits(why);
                }
            } while (awaitWork());
        } finally {
            end();
        }
    }

    private void serveUntilLost(Connection connection, Tables tables) {
        try {
            serve(connection, tables);
        } catch (SQLException | RuntimeException lost) {
            LOG.warn("{}: its connection failed, the next one who asks gets another: {}", name, lost.getMessage());
        }
    }

    private void serve(Connection connection, Tables tables) throws SQLException {
        while (awaitWork()) {
            List<Commit> group = new ArrayList<>();
            List<Read<?>> questions;
            lock.lock();
            try {
                while (!commits.isEmpty() && group.size() < MOST_IN_ONE) {
                    group.add(commits.remove());
                }
                questions = List.copyOf(reads);
                reads.clear();
            } finally {
                lock.unlock();
            }
            if (!group.isEmpty()) {
                commit(connection, tables, group);
            }
            questions.forEach(question -> question.run(tables, name));
            connection.rollback(); // ends the transaction in which was read
        }
    }

    /** @return false if the store is closed, and nothing is left to do */
    private boolean awaitWork() {
        lock.lock();
        try {
            while (commits.isEmpty() && reads.isEmpty() && !closed) {
                work.awaitUninterruptibly();
            }
            return !commits.isEmpty() || !reads.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody is told anything before all of it is durable: a refusal, too, may rest on a batch of the same group. */
    private void commit(Connection connection, Tables tables, List<Commit> group) {
        List<Runnable> outcomes = new ArrayList<>();
        try {
            for (Commit commit : group) {
                Optional<RefusedException> refused = tried(connection, tables, commit.batch());
                outcomes.add(refused.<Runnable>map(why -> () -> commit.done().completeExceptionally(why))
                        .orElse(() -> commit.done().complete(null)));
            }
            connection.commit();
        } catch (SQLException | RuntimeException failed) {
            StoreException unknown = new StoreException(
                    name + ": a transaction of " + group.size() + " batches failed: " + failed.getMessage(), failed);
            undo(connection, unknown);
            group.forEach(commit -> commit.done().completeExceptionally(unknown));
            return;
        }
        outcomes.forEach(Runnable::run);
    }

    private static Optional<RefusedException> tried(Connection connection, Tables tables, Batch batch)
            throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            tables.apply(batch);
            connection.releaseSavepoint(before);
            return Optional.empty();
        } catch (RefusedException refused) {
            connection.rollback(before);
            return Optional.of(refused);
        }
    }

    private static void undo(Connection connection, StoreException because) {
        try {
            connection.rollback();
        } catch (SQLException failed) {
            because.addSuppressed(failed);
        }
    }

    private void end() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        refuseWhatWaits(isClosed());
        ended.complete(null);
    }

    private void refuseWhatWaits(StoreException why) {
        List<Commit> refused;
        List<Read<?>> unread;
        lock.lock();
        try {
            refused = List.copyOf(commits);
            unread = List.copyOf(reads);
            commits.clear();
            reads.clear();
        } finally {
            lock.unlock();
        }
        refused.forEach(commit -> commit.done().completeExceptionally(why));
        unread.forEach(read -> read.answer().completeExceptionally(why));
    }

    private StoreException isClosed() {
        return new StoreException(name + " is closed");
    }

    @Override
    public CompletionStage<Void> commit(Batch batch) {
        Commit commit = new Commit(Objects.requireNonNull(batch, "batch"), new CompletableFuture<>());
        if (!handIn(commits, commit)) {
            commit.done().completeExceptionally(isClosed());
        }
        return commit.done().minimalCompletionStage();
    }

    private <T> T read(Query<T> query) {
        Read<T> read = new Read<>(query, new CompletableFuture<>());
        if (!handIn(reads, read)) {
            throw isClosed();
        }
        return join(read.answer());
    }

    private <T> boolean handIn(Queue<? super T> queue, T task) {
        lock.lock();
        try {
            if (!closed) {
                queue.add(task);
                work.signal();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private static <T> T join(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof StoreException why ? why : failed;
        }
    }

    @Override
    public Optional<ObjectRecord> object(String id) {
        return read(tables -> tables.object(id));
    }

    @Override
    public List<ObjectRecord> objects() {
        return read(Tables::objects);
    }

    @Override
    public List<ObjectRecord> objects(String domain) {
        return read(tables -> tables.objects(domain));
    }

    @Override
    public Optional<DomainRecord> domain(String id) {
        return read(tables -> tables.domain(id));
    }

    @Override
    public Optional<Lease> lease(String resource) {
        return read(tables -> tables.lease(resource));
    }

    @Override
    public List<Lease> leases() {
        return read(Tables::leases);
    }

    @Override
    public List<Long> checkpoints(String object) {
        return read(tables -> tables.checkpoints(object));
    }

    @Override
    public Optional<Checkpoint> checkpoint(String object, long number) {
        return read(tables -> tables.checkpoint(object, number));
    }

    @Override
    public Optional<Blob> chunk(String hash) {
        return read(tables -> tables.chunk(hash));
    }

    @Override
    public List<LogEntry> log(Log log, String domain, long from) {
        return read(tables -> tables.log(log, domain, from));
    }

    @Override
    public LogSize logSize(Log log, String domain) {
        return read(tables -> tables.logSize(log, domain));
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            work.signal();
        } finally {
            lock.unlock();
        }
        ended.join();
    }
}
