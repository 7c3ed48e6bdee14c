package org.actium.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.actium.remote.api.Links;
import org.actium.remote.api.RemoteObjects;
import org.actium.remote.api.UnreachableException;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.testkit.Fake;
import org.junit.Test;
import org.osgi.framework.BundleContext;
import org.slf4j.LoggerFactory;
import org.slf4j.event.DefaultLoggingEvent;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;

public class LogForwarderTest {

    private static final Endpoint PLACE = new Endpoint("10.0.0.2", 1);

    private final ManualTime time = new ManualTime();
    private final Map<RuntimeId, List<String>> shown = new HashMap<>(); // by those who are there
    private Consumer<LoggingEvent> tap = event -> {};
    private Optional<RuntimeAddress> listening = Optional.empty();
    private int resolved;

    private final LogForwarder forwarder = new LogForwarder(
            Fake.of(BundleContext.class, Map.of("getProperty", (Function<Object[], Object>)
                    key -> key[0].equals("actium.parent") ? "10.0.0.1:1,10.0.0.2:1" : null)),
            Fake.of(Links.class, Map.of("self", runtime("w1", 9), "resolve", (Function<Object[], Object>)
                    this::resolve)),
            Fake.of(RemoteObjects.class, Map.of("at", (Function<Object[], Object>) this::at)),
            time,
            Optional.of((Function<Consumer<LoggingEvent>, Runnable>) listener -> {
                tap = listener;
                return () -> {};
            }));

    private static RuntimeAddress runtime(String name, long id) {
        return new RuntimeAddress(new RuntimeId(id, id), name, List.of(PLACE));
    }

    private Object resolve(Object[] arguments) {
        resolved++;
        return listening
                .filter(there -> arguments[0].equals(PLACE))
                .orElseThrow(() -> new UnreachableException("nobody listens at " + arguments[0]));
    }

    private Object at(Object[] arguments) {
        RuntimeId there = ((RuntimeAddress) arguments[0]).id();
        return (LogCollector) (runtime, nanos, records, dropped) -> Optional.ofNullable(shown.get(there))
                .orElseThrow(() -> new UnreachableException("it is gone"))
                .addAll(records.stream().map(LogRecord::message).toList());
    }

    private List<String> start(RuntimeAddress parent) {
        List<String> messages = new ArrayList<>();
        listening = Optional.of(parent);
        shown.put(parent.id(), messages);
        return messages;
    }

    private void log(String message) {
        DefaultLoggingEvent event = new DefaultLoggingEvent(Level.INFO, LoggerFactory.getLogger("test"));
        event.setMessage(message);
        tap.accept(event);
    }

    @Test
    public void recordsGoWhereTheParentWasReachedThoughItHasSeveralAddresses() {
        List<String> messages = start(runtime("parent", 1));
        forwarder.bindParent(PLACE::toString);
        log("1");
        time.pass(Duration.ofSeconds(1));
        log("2");
        time.pass(Duration.ofSeconds(1));

        assertThat(messages).containsExactly("1", "2");
        assertThat(resolved).isEqualTo(1);
    }

    @Test
    public void aParentThatDoesNotAnswerForAWhileGetsThemAfterwards() {
        forwarder.bindParent(PLACE::toString);
        log("1");
        time.pass(Duration.ofSeconds(10));
        List<String> messages = start(runtime("parent", 1));

        time.pass(Duration.ofSeconds(1));

        assertThat(messages).containsExactly("1");
    }

    @Test
    public void whoeverIsInThePlaceOfTheParentGetsWhatThatDidNot() {
        List<String> former = start(runtime("parent", 1));
        forwarder.bindParent(PLACE::toString);
        log("1");
        time.pass(Duration.ofSeconds(1));
        shown.clear();
        log("2");
        time.pass(Duration.ofSeconds(1));
        List<String> messages = start(runtime("restarted", 2));

        time.pass(Duration.ofSeconds(1));

        assertThat(former).containsExactly("1");
        assertThat(messages).containsExactly("2");
    }

    @Test
    public void aParentToWhichThereIsAnotherWayGetsThemThere() {
        List<String> messages = start(runtime("parent", 1));
        forwarder.bindParent(PLACE::toString);
        log("1");
        time.pass(Duration.ofSeconds(1));
        shown.clear();
        log("2");
        time.pass(Duration.ofSeconds(1));
        listening = Optional.empty();
        shown.put(new RuntimeId(1, 1), messages);

        time.pass(Duration.ofSeconds(1));

        assertThat(messages).containsExactly("1", "2");
    }
}
