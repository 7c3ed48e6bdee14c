package org.actium.simulation.scenarios;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.actium.ft.core.Calls;
import org.actium.ft.core.Recoverable;
import org.actium.ft.core.protocol.Message;
import org.actium.ft.core.protocol.MessageId;
import org.actium.ft.store.api.Blob;
import org.actium.simulation.Machine;

/** Writes orders down, one below the other, passes on what they say, and writes down what it hears of that. */
final class Bookkeeper implements Recoverable {

    private final Book book;

    /**
     * @param pages in order
     * @param expected answers that are waited for with the next order, and to what
     */
    private record Book(List<Page> pages, Map<MessageId, String> expected) implements Serializable {}

    /** @param answers of others to what the order had this one ask, or to what an order before had: name and page */
    record Page(Order order, Map<String, Integer> answers) implements Serializable {}

    Bookkeeper(Blob state) {
        this.book = (Book) Order.read(state);
    }

    static Blob empty() {
        return Order.blob(new Book(new ArrayList<>(), new LinkedHashMap<>()));
    }

    static String name(int number) {
        return "b" + number;
    }

    @Override
    public Blob serve(Message.Request request, Calls calls) {
        Order order = (Order) Order.read(request.content());
        if (order.isReport()) {
            return Order.blob(new ArrayList<>(book.pages()));
        }
        Machine.current().sleep(Duration.ofMillis(order.millis()));
        Page page = new Page(order, new LinkedHashMap<>());
        book.expected().forEach((id, name) -> page.answers().put(name, (Integer) Order.read(calls.await(id))));
        book.expected().clear();
        int number = book.pages().size();
        book.pages().add(page);
        for (Order.Step step : order.steps()) {
            Blob content = Order.blob(step.order());
            switch (step.way()) {
                case TELL -> calls.tell(step.to(), content);
                case ASK ->
                    page.answers().put(step.order().name(), (Integer)
                            Order.read(calls.await(calls.ask(step.to(), content))));
                case ASK_FOR_LATER ->
                    book.expected()
                            .put(calls.ask(step.to(), content), step.order().name());
            }
        }
        return Order.blob(number);
    }

    @Override
    public State state() {
        return new State(Order.blob(book), book.expected().keySet());
    }
}
