package org.actium.ft.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.actium.ft.store.api.Batch;
import org.actium.ft.store.api.Blob;
import org.actium.ft.store.api.Change;
import org.actium.ft.store.api.Log;
import org.actium.ft.store.api.LogEntry;
import org.actium.ft.store.api.ObjectRecord;
import org.actium.ft.store.api.Store;
import org.actium.ft.store.api.StoreException;
import org.actium.runtime.core.SystemThreads;
import org.actium.testkit.StoreContract;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

public class SqlStoreTest extends StoreContract {

    private static final String FILE = "store.db";

    @Rule
    public final TemporaryFolder folders = new TemporaryFolder();

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    private Path folder;

    @Override
    protected Store open() throws IOException {
        if (folder == null) {
            folder = folders.newFolder().toPath();
        }
        return SqliteStore.open(folder.resolve(FILE), new SystemThreads());
    }

    /** From a copy of the files as they are: nobody has closed them. */
    @Override
    protected Store openAfterCrash() throws IOException {
        Path copy = folders.newFolder().toPath();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        folder = copy;
        return open();
    }

    @Test
    public void aFileIsForOneProcess() {
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(folder.resolve(FILE).toString())
                .hasMessageContaining("locked");
    }

    @Test
    public void tablesOfALaterVersionAreNotTouched() throws Exception {
        Path file = folders.newFolder().toPath().resolve(FILE);
        SqliteStore.open(file, new SystemThreads()).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("UPDATE store_format SET version = 3");
        }

        assertThatThrownBy(() -> SqliteStore.open(file, new SystemThreads()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("format 3");
        assertThat(file).exists();
    }

    @Test
    public void tablesOfAnEarlierVersionGetWhatTheyLack() throws Exception {
        Path file = folders.newFolder().toPath().resolve(FILE);
        SqliteStore.open(file, new SystemThreads()).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("ALTER TABLE objects DROP COLUMN run");
            statement.execute("INSERT INTO objects VALUES ('adder', 3, 'ring', 'n1')");
            statement.execute("UPDATE store_format SET version = 1");
        }

        for (String time : List.of("the first time", "again")) {
            try (Store store = SqliteStore.open(file, new SystemThreads())) {
                assertThat(store.objects()).as(time).containsExactly(new ObjectRecord("adder", 3, "ring", "n1", ""));
            }
        }
    }

    @Test
    public void eachCommitIsSynced() throws Exception {
        Path file = folders.newFolder().toPath().resolve(FILE);
        try (Connection connection = SqliteStore.database(file).getConnection()) {
            assertThat(pragma(connection, "synchronous")).isEqualTo("2");
            assertThat(pragma(connection, "journal_mode")).isEqualTo("wal");
        }
    }

    @Test
    public void aCommitThatTheDiskRefusesIsToldAndTheNextOneIsMade() throws Exception {
        FailingDatabase database = new FailingDatabase(folders.newFolder().toPath());
        try (Store failing = SqlStore.open("failing", database.source()::getConnection, new SystemThreads())) {
            database.failNext("commit", new SQLException("disk I/O error"));

            assertThatThrownBy(() -> commit(failing, "first"))
                    .hasCauseInstanceOf(StoreException.class)
                    .hasMessageContaining("store failing: a transaction of 1 batches failed: disk I/O error");
            assertThat(failing.object("first")).isEmpty();
            commit(failing, "second");
            assertThat(failing.object("second")).isPresent();
        }
    }

    @Test
    public void whatWaitsIsToldOfAFailureThatIsNoneOfSql() throws Exception {
        FailingDatabase database = new FailingDatabase(folders.newFolder().toPath());
        try (Store failing = SqlStore.open("failing", database.source()::getConnection, new SystemThreads())) {
            database.failNext("setSavepoint", new IllegalStateException("driver broke"));
            assertThatThrownBy(() -> commit(failing, "first"))
                    .hasCauseInstanceOf(StoreException.class)
                    .hasMessageContaining("driver broke");

            database.failNext("prepareStatement", new IllegalStateException("driver broke again"));
            assertThatThrownBy(() -> failing.object("first"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("driver broke again");
            assertThat(failing.object("first")).isEmpty();
        }
    }

    @Test
    public void aConnectionThatIsLostIsFollowedByAnother() throws Exception {
        FailingDatabase database = new FailingDatabase(folders.newFolder().toPath());
        try (Store failing = SqlStore.open("failing", database.source()::getConnection, new SystemThreads())) {
            commit(failing, "first");
            database.failNext("rollback", new SQLException("connection lost"));
            failing.object("first"); // what ends the transaction after it fails

            assertThat(failing.object("first")).isPresent();
            commit(failing, "second");
            assertThat(failing.object("second")).isPresent();
        }
    }

    @Test
    public void whileThereIsNoConnectionEachIsToldWhy() throws Exception {
        FailingDatabase database = new FailingDatabase(folders.newFolder().toPath());
        try (Store failing = SqlStore.open("failing", database.source()::getConnection, new SystemThreads())) {
            SQLException gone = new SQLException("nobody listens there");
            database.failNext("getConnection", gone);
            database.failNext("rollback", new SQLException("connection lost"));
            failing.object("first");

            assertThatThrownBy(() -> commit(failing, "second"))
                    .hasRootCause(gone)
                    .hasMessageContaining("store failing cannot be used: nobody listens there");
            commit(failing, "third");
            assertThat(failing.object("third")).isPresent();
        }
    }

    @Test
    public void aStoreThatIsFullSaysSoKeepsWhatItHasAndGoesOnWhenThereIsRoom() throws Exception {
        DataSource file = SqliteStore.database(folders.newFolder().toPath().resolve(FILE));
        SqlStore.Database small = () -> {
            Connection connection = file.getConnection();
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA max_page_count = 100");
            }
            return connection;
        };
        try (Store store = SqlStore.open("small", small, new SystemThreads())) {
            AtomicLong last = new AtomicLong();
            assertThatThrownBy(() -> {
                        while (true) {
                            append(store, last.get() + 1);
                            last.incrementAndGet();
                        }
                    })
                    .hasCauseInstanceOf(StoreException.class)
                    .hasMessageContaining("database or disk is full");
            assertThat(last.get()).isPositive();
            assertThat(store.logSize(Log.INPUT, "ring").entries()).isEqualTo(last.get());

            store.commit(Batch.of(new Change.TrimLog(Log.INPUT, "ring", last.get())))
                    .toCompletableFuture()
                    .join();
            append(store, last.get() + 1);
            assertThat(store.logSize(Log.INPUT, "ring").entries()).isEqualTo(2);
        }
    }

    @Test
    public void aStoreThatCannotBeWrittenIsNotOpened() throws Exception {
        Path file = folders.newFolder().toPath().resolve(FILE);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE something_else (name TEXT)");
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        SQLiteDataSource readOnly = new SQLiteDataSource(config);
        readOnly.setUrl("jdbc:sqlite:" + file);

        assertThatThrownBy(() -> SqlStore.open(file.toString(), readOnly::getConnection, new SystemThreads()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("store " + file + " cannot be used")
                .hasMessageContaining("readonly");
    }

    private static void append(Store store, long number) {
        store.commit(Batch.of(new Change.Append(new LogEntry(Log.INPUT, "ring", number, Blob.of(new byte[1000])))))
                .toCompletableFuture()
                .join();
    }

    private static void commit(Store store, String object) {
        store.commit(Batch.of(new Change.PutObject(new ObjectRecord(object, 1, "ring", "n1", "run"))))
                .toCompletableFuture()
                .join();
    }

    private static String pragma(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("PRAGMA " + name)) {
            return answer.getString(1);
        }
    }

    /** A real database; calls of its methods, and of those of its connections, can be made to fail. */
    private static final class FailingDatabase {

        private final DataSource database;
        private final Map<String, Exception> next = new ConcurrentHashMap<>(); // by method, once each

        FailingDatabase(Path folder) {
            this.database = SqliteStore.database(folder.resolve(FILE));
        }

        void failNext(String method, Exception failure) {
            next.put(method, failure);
        }

        DataSource source() {
            return proxy(DataSource.class, (method, arguments) -> {
                failIfPlanned(method);
                return failing((Connection) invoke(method, database, arguments));
            });
        }

        private Connection failing(Connection connection) {
            return proxy(Connection.class, (method, arguments) -> {
                failIfPlanned(method);
                return invoke(method, connection, arguments);
            });
        }

        private void failIfPlanned(Method method) throws Exception {
            Exception planned = next.remove(method.getName());
            if (planned != null) {
                throw planned;
            }
        }

        private interface Call {
            Object of(Method method, Object[] arguments) throws Throwable;
        }

        private static <T> T proxy(Class<T> type, Call call) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (self, method, arguments) -> call.of(method, arguments)));
        }

        private static Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException failed) {
                throw failed.getCause();
            }
        }
    }
}
