package org.actium.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.actium.debug.api.Stop;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.BodyId;
import org.actium.object.api.CurrentContext;
import org.actium.object.api.ReceivedRequest;
import org.actium.object.api.Service;
import org.actium.object.spi.RequestView;
import org.actium.runtime.api.RuntimeId;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class GateTableTest {

    private static final BodyId SHOP = new BodyId(new RuntimeId(1, 2), 3);
    private static final BodyId CUSTOMER = new BodyId(new RuntimeId(1, 2), 4);

    @Rule
    public final Timeout deadline = Timeout.seconds(10);

    private final GateTable table = new GateTable("here");
    private final Gate gate = table.add(SHOP, Shop.class);
    private final BlockingQueue<String> served = new LinkedBlockingQueue<>();

    private static class Shop {
        @SuppressWarnings("unused")
        void sell(String what, int number) {}
    }

    private static <T> T answering(Class<T> type, Map<String, ?> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (_, method, _) -> answers.get(method.getName())));
    }

    private Thread serving(String method) {
        ReceivedRequest request = answering(
                ReceivedRequest.class,
                Map.of(
                        "method", method,
                        "parameterTypes", List.of(String.class, int.class),
                        "sender", Optional.of(CUSTOMER)));
        ActiveContext context = answering(
                ActiveContext.class,
                Map.of(
                        "name", "shop-3",
                        "request", Optional.of(request),
                        "service", answering(Service.class, Map.of())));
        return Thread.startVirtualThread(() -> CurrentContext.run(context, () -> {
            gate.serving(answering(RequestView.class, Map.of()));
            served.add(method);
        }));
    }

    private void awaitStop() {
        while (table.stops().isEmpty()) {
            Thread.onSpinWait();
        }
    }

    @Test
    public void whatStandsIsToldAndGoesOnWhenTheTableIsClosed() throws InterruptedException {
        table.pause(SHOP);
        serving("sell");
        awaitStop();

        assertThat(table.stops())
                .containsExactly(new Stop(SHOP, "shop-3", "here", "sell(String, int)", CUSTOMER.toString()));
        table.close();
        assertThat(served.take()).isEqualTo("sell");
        table.pause(SHOP);
        serving("late");
        assertThat(served.take()).as("after the end nothing stops").isEqualTo("late");
    }

    @Test
    public void anInterruptIsLeftForTheRequestAndEndsNoStop() throws InterruptedException {
        table.stopBefore(SHOP, "sell");
        Thread server = serving("sell");
        awaitStop();

        server.interrupt();

        assertThat(table.stops()).hasSize(1);
        table.resume(SHOP);
        assertThat(served.take()).isEqualTo("sell");
    }

    @Test
    public void anObjectThatEndedIsNotFound() {
        table.ended(SHOP);

        assertThatThrownBy(() -> table.pause(SHOP))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(SHOP + " cannot be stopped on runtime here")
                .hasMessageContaining("actium.debug");
    }
}
