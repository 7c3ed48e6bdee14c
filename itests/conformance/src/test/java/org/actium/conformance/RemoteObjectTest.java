package org.actium.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.actium.object.api.ActiveContext;
import org.actium.remote.api.Links;
import org.actium.remote.api.NoSuchRemoteObjectException;
import org.actium.remote.api.RemoteObjects;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

@RunWith(Parameterized.class)
public class RemoteObjectTest {

    @Parameters(name = "{0}")
    public static Object[] settings() {
        return Setting.values();
    }

    @Rule
    public final Grid grid;

    public RemoteObjectTest(Setting setting) {
        grid = new Grid(setting);
    }

    /** A contract for plain objects. */
    public interface Greeter {
        String greet(String whom);

        RuntimeId runtime();
    }

    private record Polite(RuntimeId runtime) implements Greeter {
        @Override
        public String greet(String whom) {
            return "Good day, " + whom;
        }
    }

    /** Exports plain objects where it is. */
    public static class Exporter {
        private Registration export;

        public RuntimeAddress export(String name) {
            ActiveContext context = ActiveContext.current();
            RuntimeId runtime = context.facility(ActiumRuntime.class).id();
            export = context.facility(RemoteObjects.class).export(Greeter.class, name, new Polite(runtime));
            return context.facility(Links.class).self();
        }

        public boolean takeBack() {
            export.close();
            return true;
        }
    }

    private Exporter exporter() {
        return grid.objects().newActive(Exporter.class).on(grid.node()).start();
    }

    private Greeter at(RuntimeAddress runtime, String name) {
        return grid.runtime().remoteObjects().at(runtime, Greeter.class, name);
    }

    @Test
    @Row({79, 82})
    public void anObjectElsewhereExportsAPlainObjectAndCallsRunThere() {
        RuntimeAddress there = exporter().export("greeter");

        Greeter greeter = at(there, "greeter");

        assertThat(greeter.greet("Ada")).isEqualTo("Good day, Ada");
        assertThat(greeter.runtime()).isEqualTo(grid.node().runtime());
    }

    @Test
    @Row(79)
    public void oneObjectCanBeExportedSeveralTimesAndUnderSeveralNames() {
        RemoteObjects own = grid.runtime().remoteObjects();
        RuntimeAddress here = grid.runtime().links().self();
        AtomicInteger calls = new AtomicInteger();
        Runnable counting = calls::incrementAndGet;
        Registration first = own.export(Runnable.class, "one", counting);
        own.export(Runnable.class, "two", counting);

        own.at(here, Runnable.class, "one").run();
        own.at(here, Runnable.class, "two").run();
        first.close();
        own.export(Runnable.class, "one", counting);
        own.at(here, Runnable.class, "one").run();

        assertThat(calls).hasValue(3);
        assertThatThrownBy(() -> own.export(Runnable.class, "two", counting))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'two' already");
    }

    @Test
    @Row(80)
    public void callsToWhatWasTakenBackFailAndSaySo() {
        Exporter exporter = exporter();
        Greeter greeter = at(exporter.export("greeter"), "greeter");
        assertThat(greeter.greet("Ada")).isEqualTo("Good day, Ada");

        exporter.takeBack();

        assertThatThrownBy(() -> greeter.greet("Ada"))
                .isInstanceOf(NoSuchRemoteObjectException.class)
                .hasMessageContaining("greeter")
                .hasMessageContaining("offers no remote object");
    }
}
