package org.actium.deadlock;

import java.util.List;
import org.actium.object.api.BodyId;
import org.actium.object.spi.Need;
import org.actium.object.spi.Wait;

/** A wait that remembers why it failed. */
final class TestWait implements Wait {

    private final BodyId waiting;
    private final Kind kind;
    private final boolean timed;
    private RuntimeException failure;

    TestWait(BodyId waiting, Kind kind, boolean timed) {
        this.waiting = waiting;
        this.kind = kind;
        this.timed = timed;
    }

    static TestWait of(BodyId waiting) {
        return new TestWait(waiting, Kind.FUTURE, false);
    }

    RuntimeException failure() {
        return failure;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public BodyId waiting() {
        return waiting;
    }

    @Override
    public String name() {
        return "body-" + waiting.number();
    }

    @Override
    public String serving() {
        return "Test.serve";
    }

    @Override
    public List<BodyId> producers() {
        return List.of();
    }

    @Override
    public String what() {
        return "Test.value on other";
    }

    @Override
    public String future() {
        return "4f2a90c1-f12";
    }

    @Override
    public Need need() {
        return Need.NONE;
    }

    @Override
    public StackTraceElement[] stack() {
        return new StackTraceElement[] {
            new StackTraceElement("java.lang.VirtualThread", "park", "VirtualThread.java", 1),
            new StackTraceElement("org.actium.object.core.Waits", "await", "Waits.java", 2),
            new StackTraceElement("com.example.Outer$Inner", "use", "Outer.java", 42),
            new StackTraceElement("com.example.Main", "main", "Main.java", 3)
        };
    }

    @Override
    public boolean timed() {
        return timed;
    }

    @Override
    public boolean fail(RuntimeException cause) {
        failure = cause;
        return true;
    }

    @Override
    public boolean canFail() {
        return kind == Kind.FUTURE;
    }
}
