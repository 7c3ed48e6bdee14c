package org.actium.simulation.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Says readably how a thread left the simulation: which call, where, and what to use instead. */
final class EscapeReports {

    private EscapeReports() {}

    static Failure timedPark(SimulatedThread thread) {
        List<StackTraceElement> stack = stackOf(thread.thread());
        return new Failure.Escape(thread + " waits for the real clock: " + call(stack), Failure.Escape.Way.TIME, stack);
    }

    static Failure contended(SimulatedThread thread) {
        List<StackTraceElement> stack = stackOf(thread.thread());
        return new Failure.Escape(
                thread + " wants a monitor that a thread holds which came to rest itself: " + call(stack),
                Failure.Escape.Way.MONITOR,
                stack);
    }

    static Failure monitorWait(SimulatedThread thread) {
        List<StackTraceElement> stack = stackOf(thread.thread());
        return new Failure.Escape(
                thread + " waits for a monitor to be notified: " + call(stack), Failure.Escape.Way.WAIT, stack);
    }

    static Failure socket(SimulatedThread thread) {
        List<StackTraceElement> stack = stackOf(thread.thread());
        return new Failure.Escape(thread + " waits for a socket: " + call(stack), Failure.Escape.Way.SOCKET, stack);
    }

    static Failure woken(Intrusion intrusion) {
        return new Failure.Escape(
                name(intrusion.foreign()) + ", which is not part of the simulation, woke " + intrusion.woken()
                        + ", which was at rest: "
                        + call(stackOf(intrusion.woken().thread())),
                wayOf(intrusion.foreign()),
                intrusion.stack());
    }

    /** Called by the foreign thread itself. */
    static Failure touched(String what, Thread foreign) {
        List<StackTraceElement> stack = stackOf(foreign);
        return new Failure.Escape(
                name(foreign) + ", which is not part of the simulation, " + what + ": " + call(stack),
                Failure.Escape.Way.FOREIGN_THREAD,
                stack);
    }

    /** Called by the thread that started another one. */
    static Failure ownThread(SimulatedThread starter) {
        List<StackTraceElement> stack = stackOf(Thread.currentThread());
        return inSocket(stack)
                ? new Failure.Escape(starter + " waits for a socket: " + call(stack), Failure.Escape.Way.SOCKET, stack)
                : new Failure.Escape(
                        starter + " started a virtual thread by itself: " + call(stack),
                        Failure.Escape.Way.OWN_THREAD,
                        stack);
    }

    static boolean waitsForSocket(SimulatedThread thread) {
        return inSocket(stackOf(thread.thread()));
    }

    private static boolean inSocket(List<StackTraceElement> stack) {
        return stack.stream().anyMatch(frame -> frame.getClassName().startsWith("sun.nio.ch."));
    }

    /** Not for threads that could run but do not: the JDK has them submit themselves again after it has looked. */
    static List<StackTraceElement> stackOf(Thread thread) {
        return List.of(thread.getStackTrace());
    }

    /** The thread of the JDK tells what was used, if the thread it woke was too quick to be seen waiting. */
    private static Failure.Escape.Way wayOf(Thread foreign) {
        return switch (foreign.getName()) {
            case "VirtualThread-unblocker" -> Failure.Escape.Way.MONITOR;
            case "VirtualThread-unparker" -> Failure.Escape.Way.TIME;
            case String name when name.contains("delayScheduler") -> Failure.Escape.Way.TIME;
            case String name when name.contains("Poller") -> Failure.Escape.Way.SOCKET;
            default -> Failure.Escape.Way.FOREIGN_THREAD;
        };
    }

    private static String name(Thread thread) {
        String kind = thread.isVirtual() ? "virtual thread " : "thread ";
        return kind + (thread.getName().isEmpty() ? "without a name" : thread.getName());
    }

    /** The call that left user code, and where it was made. */
    private static String call(List<StackTraceElement> stack) {
        Optional<StackTraceElement> caller =
                stack.stream().filter(frame -> !isPlatform(frame)).findFirst();
        int at = caller.map(stack::indexOf).orElse(stack.size());
        String called = at == 0
                ? ""
                : stack.get(at - 1).getClassName() + "." + stack.get(at - 1).getMethodName() + " called ";
        return called + "at " + caller.map(StackTraceElement::toString).orElse("an unknown place");
    }

    private static boolean isPlatform(StackTraceElement frame) {
        return startsWithAny(frame.getClassName(), "java.", "jdk.", "sun.", "org.actium.simulation.engine.")
                && !frame.getClassName().contains("Test");
    }

    private static boolean startsWithAny(String name, String... prefixes) {
        return Arrays.stream(prefixes).anyMatch(name::startsWith);
    }
}
