package org.actium.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.actium.naming.api.Names;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.OutcomeUnknownException;
import org.actium.remote.api.Link;
import org.actium.remote.api.Links;
import org.actium.remote.api.UnreachableException;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** Two runtimes that talk over one transport, over another, and over the first again, while calls go on. */
@RunWith(Parameterized.class)
@NotIn(value = Setting.ONE_RUNTIME, because = "calls within one runtime use no transport")
public class TransportTest {

    private static final String FIRST = Endpoint.TCP;
    private static final String SECOND = Plugs.SECOND;

    @Parameters(name = "{0}")
    public static Object[] settings() {
        return Setting.of(TransportTest.class);
    }

    @Rule
    public final Grid grid;

    public TransportTest(Setting setting) {
        grid = new Grid(setting, Extra.PLUGS);
    }

    public static class Counter {
        private int value;

        public int increment() {
            return ++value;
        }

        /** The runtime it is in, and where that listens now. */
        public RuntimeAddress address() {
            return ActiveContext.current().facility(Links.class).self();
        }

        /** A reference to it with the address its runtime has now. */
        public Counter self() {
            return ActiveContext.current().self(Counter.class);
        }

        public void register(String name) {
            ActiveContext.current().facility(Names.class).register(name, self());
        }
    }

    /** Calls a counter all the time. */
    private final class Caller {
        private final Counter counter;
        private final AtomicInteger known = new AtomicInteger();
        private final AtomicInteger unknown = new AtomicInteger();
        private final AtomicBoolean enough = new AtomicBoolean();
        private final AtomicBoolean ended = new AtomicBoolean();

        Caller(Counter counter) {
            this.counter = counter;
            grid.threads().run(this::call);
        }

        private void call() {
            try {
                while (!enough.get()) {
                    try {
                        counter.increment();
                        known.incrementAndGet();
                    } catch (OutcomeUnknownException linkLost) {
                        unknown.incrementAndGet();
                    }
                }
            } finally {
                ended.set(true);
            }
        }

        /** Waits until calls that begin from now on were answered. */
        void goesOn() {
            int before = known.get();
            grid.eventually("calls are answered", () -> known.get() > before + 2);
        }

        void stop() {
            enough.set(true);
            grid.eventually("the caller stops", ended::get);
        }
    }

    private Counter counter() {
        return grid.objects().newActive(Counter.class).on(grid.node()).start();
    }

    private Plugs plugs(RuntimeAddress runtime) {
        return grid.runtime().remoteObjects().at(runtime, Plugs.class, Plugs.NAME);
    }

    private Plugs plugsHere() {
        return plugs(grid.runtime().links().self());
    }

    private Link link(Counter counter) {
        return grid.runtime().links().to(counter.address());
    }

    @Test
    @Row(81)
    public void anotherTransportIsAddedAndRemovedAndNoCallNoticesIt() {
        Counter counter = counter();
        Plugs there = plugs(counter.address());
        Caller caller = new Caller(counter);

        plugsHere().add(SECOND);
        there.add(SECOND);
        assertThat(counter.address().endpoints())
                .extracting(Endpoint::transport)
                .containsExactly(FIRST, SECOND);
        caller.goesOn();
        there.remove(SECOND);
        plugsHere().remove(SECOND);
        caller.goesOn();

        caller.stop();
        assertThat(caller.unknown).hasValue(0);
        assertThat(counter.increment()).isEqualTo(caller.known.get() + 1);
        assertThat(counter.address().endpoints())
                .extracting(Endpoint::transport)
                .containsExactly(FIRST);
    }

    @Test
    @Row(81)
    public void callsGoOverWhatIsLeftWhenTheirTransportIsRemoved() {
        Counter counter = counter();
        plugs(counter.address()).add(SECOND);
        plugsHere().add(SECOND);
        Counter reachableOverBoth = counter.self();
        Caller caller = new Caller(reachableOverBoth);
        caller.goesOn();

        Link first = link(counter);
        plugsHere().remove(FIRST);
        assertThat(first.isOpen()).as("a link over what is gone").isFalse();
        caller.goesOn();
        plugsHere().add(FIRST);
        Link second = link(counter);
        plugsHere().remove(SECOND);
        assertThat(second.isOpen()).as("a link over what is gone").isFalse();
        caller.goesOn();

        caller.stop();
        assertThat(counter.increment())
                .as("each call is served once, but those whose outcome is unknown perhaps not")
                .isBetween(caller.known.get() + 1, caller.known.get() + caller.unknown.get() + 1);
    }

    @Test
    @Row(81)
    public void addressesNameTheirTransportAndOneThatIsNotThereIsAnError() {
        Counter counter = counter();
        counter.register("counter");
        String url = "actium://" + plugs(counter.address()).add(SECOND) + "/counter";
        assertThat(url).contains("actium://second@");

        assertThatThrownBy(() -> grid.names().lookup(Counter.class, url))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("second@")
                .hasMessageContaining("this runtime has no transport 'second'; it has 'tcp'");

        plugsHere().add(SECOND);
        assertThat(grid.names().lookup(Counter.class, url)).isEqualTo(counter);
        plugsHere().remove(SECOND);
        assertThatThrownBy(() -> grid.names().lookup(Counter.class, url))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("no transport 'second'");
    }
}
