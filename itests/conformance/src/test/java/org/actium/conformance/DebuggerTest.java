package org.actium.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.actium.debug.api.DebuggedObject;
import org.actium.debug.api.Debugger;
import org.actium.debug.api.Stop;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.BodyTerminatedException;
import org.actium.object.api.Immediate;
import org.actium.object.api.RequestFilter;
import org.actium.object.api.ServiceInterruptedException;
import org.actium.object.api.Termination;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

@RunWith(Parameterized.class)
public class DebuggerTest {

    @Parameters(name = "{0}")
    public static Object[] settings() {
        return Setting.values();
    }

    @Rule
    public final Grid grid;

    public DebuggerTest(Setting setting) {
        grid = new Grid(setting, Extra.DEBUGGER);
    }

    /** Is written into, and can be read at any time. */
    public static class Diary {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        public void write(String line) {
            lines.add(line);
        }

        public boolean erase() {
            lines.clear();
            return true;
        }

        /** Without end. */
        public void ponder() {
            ActiveContext.current().service().blockingServeOldest(RequestFilter.named("inspire"));
        }

        public String copyFrom(Diary other) {
            other.write("copied");
            return other.text();
        }

        public String text() {
            return String.join(" ", lines);
        }

        @Immediate
        public String read() {
            return text();
        }
    }

    private Debugger debugger() {
        return grid.runtime().debugger();
    }

    private Diary diary(int node) {
        grid.node(node).setProperty(Debugger.NODE_PROPERTY, "true");
        return grid.objects().newActive(Diary.class).on(grid.node(node)).start();
    }

    private Stop stopOf(DebuggedObject debugged) {
        grid.eventually("it stands", () -> debugged.stop().isPresent());
        return debugged.stop().orElseThrow();
    }

    @Test
    public void aPausedObjectStepsFromRequestToRequest() {
        Diary diary = diary(0);
        DebuggedObject debugged = debugger().of(diary);
        debugged.pause();
        diary.write("a");
        diary.write("b");
        diary.write("c");

        assertThat(stopOf(debugged).method()).isEqualTo("write(String)");
        assertThat(diary.read()).as("what is served at once is served").isEmpty();
        debugged.step();
        grid.eventually("one is served", () -> diary.read().equals("a"));
        assertThat(stopOf(debugged).caller()).as("a thread").isEmpty();
        assertThat(diary.read()).isEqualTo("a");
        debugged.resume();
        assertThat(diary.text()).isEqualTo("a b c");
        assertThat(debugged.stop()).isEmpty();
    }

    @Test
    public void anObjectStandsBeforeEveryCallOfAMethodUntilThatIsForgotten() {
        Diary diary = diary(0);
        DebuggedObject debugged = debugger().of(diary);
        debugged.stopBefore("erase");
        diary.write("a");
        CompletableFuture<Boolean> first = grid.futures().async(diary::erase);

        assertThat(stopOf(debugged).method()).isEqualTo("erase()");
        assertThat(diary.read()).isEqualTo("a");
        debugged.resume();
        assertThat(first.join()).isTrue();
        CompletableFuture<Boolean> second = grid.futures().async(diary::erase);
        stopOf(debugged);
        debugged.release();
        assertThat(second.join()).isTrue();
        assertThat(diary.erase()).isTrue();
    }

    @Test
    public void whatStandsIsListedWithWhoeverCalledIt() {
        Diary diary = diary(0);
        Diary caller = diary(2);
        DebuggedObject debugged = debugger().withId(grid.objects().id(diary));
        debugged.pause();
        CompletableFuture<String> copied = grid.futures().async(() -> caller.copyFrom(diary));

        Stop stop = stopOf(debugged);

        assertThat(stop.object()).isEqualTo(grid.objects().id(diary));
        assertThat(stop.caller()).isEqualTo(grid.objects().id(caller).toString());
        assertThat(debugger().stops()).containsExactly(stop);
        debugged.release();
        assertThat(copied.join()).isEqualTo("copied");
        assertThat(debugger().stops()).isEmpty();
    }

    @Test
    public void anInterruptOrAnEndWaitsUntilWhatStandsGoesOn() {
        Diary diary = diary(0);
        DebuggedObject debugged = debugger().of(diary);
        debugged.stopBefore("ponder");
        CompletableFuture<Void> pondered = grid.futures().async(diary::ponder);
        stopOf(debugged);

        grid.objects().interrupt(diary);
        debugged.resume();

        assertThatThrownBy(pondered::join).hasCauseInstanceOf(ServiceInterruptedException.class);
        debugged.pause();
        CompletableFuture<Boolean> erased = grid.futures().async(diary::erase);
        stopOf(debugged);
        grid.objects().terminate(diary, Termination.NOW);
        assertThat(debugged.stop()).isPresent();
        debugged.resume();
        assertThat(erased.join()).as("it had been taken out").isTrue();
        assertThatThrownBy(diary::text).isInstanceOf(BodyTerminatedException.class);
        grid.eventually("the debugger knows that it has ended", () -> !canBePaused(debugged));
    }

    private static boolean canBePaused(DebuggedObject debugged) {
        try {
            debugged.pause();
            return true;
        } catch (IllegalStateException ended) {
            return false;
        }
    }

    @Test
    public void whatCannotBeStoppedIsToldWhy() {
        Diary diary = diary(0);
        DebuggedObject debugged = debugger().of(diary);
        grid.node().setProperty(Debugger.NODE_PROPERTY, "false");
        Diary plain = grid.objects().newActive(Diary.class).on(grid.node()).start();

        assertThatThrownBy(() -> debugged.stopBefore("eraze"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no method 'eraze'")
                .hasMessageContaining("[copyFrom, erase, ponder, read, text, write]");
        assertThatThrownBy(debugged::step)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not stand still");
        assertThatThrownBy(() -> debugger().of(plain).pause())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("property actium.debug");
        assertThatThrownBy(() -> debugger().of("no stub")).isInstanceOf(IllegalArgumentException.class);
        assertThat(plain.erase()).isTrue();
    }
}
