package org.actium.ft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actium.ft.api.RecoveryEvent;
import org.actium.ft.store.api.Batch;
import org.actium.ft.store.api.Change;
import org.actium.ft.store.api.StoreException;
import org.actium.remote.api.Links;
import org.actium.remote.api.RemoteObjects;
import org.actium.runtime.api.Registration;
import org.junit.Test;

public class OfferedServerTest {

    private static final String LOGGER = OfferedServer.class.getName();

    private final FakeStore store = new FakeStore();

    @Test
    public void theLogWarnsOfTroubleWhereNobodyListens() {
        assertThat(logged(server())).contains("WARN " + LOGGER + " - the store does not work");
    }

    /** {@code actium run} prints it, on the same terminal. */
    @Test
    public void whoListensIsToldAndTheLogDoesNotWarn() {
        List<RecoveryEvent> events = new ArrayList<>();
        OfferedServer server = server();
        server.addListener(events::add);

        assertThat(logged(server))
                .contains("INFO " + LOGGER + " - the store does not work")
                .doesNotContain("WARN");
        assertThat(events).containsExactly(new RecoveryEvent.StoreFails("the disk is full"));
    }

    private OfferedServer server() {
        return new OfferedServer(
                Optional.of(() -> store),
                registering(RemoteObjects.class),
                registering(Links.class),
                new HandMovedTime(),
                Patience.ofRuntimes(Duration.ofSeconds(4)),
                "here");
    }

    /** Exports and listens, and nothing else. */
    private static <T> T registering(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> (Registration) () -> {}));
    }

    /** While the store takes nothing. */
    private String logged(OfferedServer server) {
        store.takesNothing = Optional.of("the disk is full");
        PrintStream before = System.err;
        var captured = new ByteArrayOutputStream();
        System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
        try (server) {
            assertThatThrownBy(() -> server.commit(Batch.of(new Change.PutObject(FakeStore.OBJECT))))
                    .isInstanceOf(StoreException.class);
        } finally {
            System.setErr(before);
        }
        return captured.toString(StandardCharsets.UTF_8);
    }
}
