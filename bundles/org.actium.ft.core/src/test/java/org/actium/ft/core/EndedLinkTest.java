package org.actium.ft.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.actium.ft.api.RecoveryEvent;
import org.actium.ft.store.api.Batch;
import org.actium.ft.store.api.Change;
import org.actium.ft.store.api.ObjectRecord;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkListener;
import org.actium.remote.api.Links;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.junit.Before;
import org.junit.Test;

/** A runtime that is gone, as its link shows, is not waited for. */
public class EndedLinkTest {

    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofMillis(400);
    private static final Residence ONE = residence("one", 1);
    private static final Residence OTHER = residence("other", 2);
    private static final ObjectRecord OBJECT = new ObjectRecord("object", 1, "object", ONE.key(), "run");

    private final HandMovedTime time = new HandMovedTime();
    private final FakeStore store = new FakeStore();
    private final List<RecoveryEvent> events = new ArrayList<>();
    private final StoreServer server =
            new StoreServer(store, time, Patience.ofRuntimes(PATIENCE), Optional.empty(), events::add);
    private final List<LinkListener> listeners = new ArrayList<>();
    private boolean gone = true;
    private final Link link =
            fake(Link.class, (method, arguments) -> method.equals("isPeerGone") ? gone : ONE.runtime());
    private Optional<Link> existing = Optional.empty();

    private static Residence residence(String name, long number) {
        return new Residence(new RuntimeAddress(new RuntimeId(1, number), name, List.of()), "1", "run");
    }

    /** Answers each method with what is made of its name and arguments. */
    private static <T> T fake(Class<T> type, BiFunction<String, Object[], Object> answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.apply(method.getName(), arguments)));
    }

    @Before
    public void bothLiveForLong() {
        store.commit(Batch.of(new Change.RemoveObject(FakeStore.OBJECT.id()), new Change.PutObject(OBJECT)));
        server.heed(links());
        for (Duration lived = Duration.ZERO; lived.compareTo(PATIENCE) <= 0; lived = lived.plus(PERIOD)) {
            bothBeat();
            time.advance(PERIOD);
        }
        bothBeat();
    }

    private Links links() {
        return fake(Links.class, (method, arguments) -> switch (method) {
            case "listen" -> {
                listeners.add((LinkListener) arguments[0]);
                yield (Registration) listeners::clear;
            }
            case "existing" -> existing;
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private void bothBeat() {
        server.beat(ONE, true, Map.of());
        server.beat(OTHER, true, Map.of());
    }

    private void closed() {
        listeners.forEach(listener -> listener.closed(link, "nothing listens there"));
    }

    @Test
    public void whatItHadIsRecoveredSoon() {
        closed();
        time.advance(SOON);

        assertThat(store.object("object").orElseThrow().node()).isEqualTo(OTHER.key());
        assertThat(events).first().isInstanceOfSatisfying(RecoveryEvent.RuntimeLost.class, lost -> {
            assertThat(lost.runtime()).isEqualTo("one");
            assertThat(lost.silent()).isLessThanOrEqualTo(SOON);
        });
    }

    @Test
    public void oneWhoseLinkEndedOtherwiseIsWaitedFor() {
        gone = false;
        closed();
        time.advance(PATIENCE.minus(PERIOD));

        assertThat(store.object("object")).contains(OBJECT);
    }

    @Test
    public void oneWithAnotherLinkIsThere() {
        existing = Optional.of(link);
        closed();
        time.advance(PERIOD);

        assertThat(store.object("object")).contains(OBJECT);
    }

    @Test
    public void oneThatIsHeardOfOnceMoreIsThere() {
        closed();
        bothBeat();
        time.advance(PERIOD);

        assertThat(store.object("object")).contains(OBJECT);
    }

    @Test
    public void aServerThatIsClosedHearsOfNoLinks() {
        server.close();

        assertThat(listeners).isEmpty();
    }
}
