package org.actium.ft.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
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
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class PostgresStoreTest extends StoreContract {

    @ClassRule
    public static final PostgresServer POSTGRES = new PostgresServer();

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    private String url;

    @Override
    protected Store open() throws Exception {
        if (url == null) {
            url = POSTGRES.database();
        }
        return PostgresStore.open(url, new SystemThreads());
    }

    @Override
    protected Store openAfterCrash() throws Exception {
        POSTGRES.crash();
        POSTGRES.start();
        return open();
    }

    @Test
    public void aDatabaseIsForOneStoreAtATime() throws Exception {
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(url.replaceFirst("\\?.*", ""))
                .hasMessageContaining("another connection has the store in this database locked")
                .hasMessageNotContaining("password");

        String other = POSTGRES.database();
        for (int i = 0; i < 20; i++) { // the database unlocks a little later than the connection is closed
            PostgresStore.open(other, new SystemThreads()).close();
        }
    }

    @Test
    public void whatWasAcknowledgedOutlivesTheServerAndTheStoreGoesOn() throws Exception {
        AtomicLong acknowledged = new AtomicLong();
        try (Store store = PostgresStore.open(POSTGRES.database(), new SystemThreads())) {
            CountDownLatch enough = new CountDownLatch(200);
            Thread writer = Thread.ofVirtual()
                    .start(() -> appendUntilItFails(store, number -> {
                        acknowledged.set(number);
                        enough.countDown();
                    }));
            enough.await();
            POSTGRES.crash();
            writer.join();
            assertThatThrownBy(() -> store.object("adder")).isInstanceOf(StoreException.class);

            POSTGRES.start();

            assertThat(store.log(Log.INPUT, "ring", 0).stream().map(LogEntry::number))
                    .startsWith(LongStream.rangeClosed(1, acknowledged.get())
                            .boxed()
                            .toArray(Long[]::new));
            store.commit(Batch.of(new Change.PutObject(new ObjectRecord("adder", 1, "ring", "n1", "run"))))
                    .toCompletableFuture()
                    .join();
            assertThat(store.object("adder")).isPresent();
        }
    }

    private static void appendUntilItFails(Store store, LongConsumer acknowledged) {
        try {
            for (long number = 1; ; number++) {
                store.commit(Batch.of(
                                new Change.Append(new LogEntry(Log.INPUT, "ring", number, Blob.of(new byte[1000])))))
                        .toCompletableFuture()
                        .join();
                acknowledged.accept(number);
            }
        } catch (CompletionException crashed) {
            assertThat(crashed).hasCauseInstanceOf(StoreException.class);
        }
    }

    @Test
    public void whoCannotLogInIsToldSoAndNoSecret() {
        String wrong = POSTGRES.url("postgres") + "x";

        assertThatThrownBy(() -> PostgresStore.open(wrong, new SystemThreads()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("authentication failed for user \"actium\"")
                .hasMessageNotContaining("for this test");
    }

    @Test
    public void whatIsNoDatabaseOfPostgresIsRefused() {
        assertThatThrownBy(() ->
                        PostgresStore.open("jdbc:mysql://me:secret@somewhere/x?password=secret", new SystemThreads()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("'jdbc:mysql://somewhere/x' names no database of PostgreSQL")
                .hasMessageNotContaining("secret");
    }

    @Test
    public void aContainerUsesTheDatabaseItIsGivenAndNotAFileBesides() throws Exception {
        Optional<String> given = Optional.of(POSTGRES.database());
        try (Store first = new ConfiguredStore(given, Optional.empty(), Optional.empty(), new SystemThreads()).open()) {
            assertThat(first.objects()).isEmpty();
            assertThatThrownBy(() -> PostgresStore.open(given.get(), new SystemThreads()))
                    .isInstanceOf(StoreException.class);
        }
        assertThatThrownBy(() -> new ConfiguredStore(
                                given, Optional.of(Path.of("ft.db")), Optional.empty(), new SystemThreads())
                        .open())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("'actium.store.url' and 'actium.store.file' are set");
    }
}
