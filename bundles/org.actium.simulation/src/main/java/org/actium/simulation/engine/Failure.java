package org.actium.simulation.engine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Why a run is red. */
public sealed interface Failure {

    /** The same for failures that come from the same defect, so that a smaller run can be seen to fail likewise. */
    String kind();

    /** What happened and what to do, with stacks. */
    String text();

    /**
     * The code did something whose outcome the seed does not decide.
     *
     * @param what a sentence with the names of the threads that took part
     * @param stack where the code did it
     */
    record Escape(String what, Way way, List<StackTraceElement> stack) implements Failure {

        /** How the code got out, and how it stays inside. */
        public enum Way {
            TIME("use Time.after, or ask Time.nanos for the time: the clocks of the JDK know nothing of virtual time"),
            MONITOR("use a ReentrantLock: who waits for a monitor is woken by a thread of the JDK, and nobody decides"
                    + " when"),
            WAIT("use a Condition, LockSupport.park or a class of java.util.concurrent: who waits in Object.wait is"
                    + " woken by a thread of the JDK, and nobody decides when"),
            SOCKET("use Transport: sockets know nothing of the simulated network"),
            FOREIGN_THREAD("start it through Threads: only threads of the simulation may touch one another"),
            OWN_THREAD("start it through Threads, so that it has a name and dies with its host");

            private final String advice;

            Way(String advice) {
                this.advice = advice;
            }

            /** For code that is given its ports. */
            public String advice() {
                return advice;
            }
        }

        @Override
        public String kind() {
            return "escape: " + way;
        }

        @Override
        public String text() {
            return what + "\n  " + way.advice() + "\n" + stackText();
        }

        /** A line for each frame. */
        public String stackText() {
            return lines(stack);
        }
    }

    /** A thread ended with an exception nobody caught. */
    record Uncaught(String thread, Throwable cause) implements Failure {
        @Override
        public String kind() {
            return "uncaught " + cause.getClass().getName() + Likeness.place(cause);
        }

        @Override
        public String text() {
            StringWriter stack = new StringWriter();
            cause.printStackTrace(new PrintWriter(stack));
            return "thread " + thread + " ended with an exception\n" + stack;
        }
    }

    /** An oracle saw something that must not be. {@code event} is the number of the event in the log. */
    record Violation(String oracle, String what, long event) implements Failure {
        @Override
        public String kind() {
            return "violation: " + oracle + ": " + Likeness.withoutNames(what);
        }

        @Override
        public String text() {
            return oracle + ": " + what + " (event #" + event + ")";
        }
    }

    /** Threads go on for ever at one moment or another. */
    record Endless(long steps, List<String> busiest) implements Failure {
        @Override
        public String kind() {
            return "endless";
        }

        @Override
        public String text() {
            return "no rest after " + steps + " steps; busiest threads: " + String.join(", ", busiest);
        }
    }

    /** One turn of one thread does not end. */
    record Stuck(String thread, Duration wallTime, List<StackTraceElement> stack) implements Failure {
        @Override
        public String kind() {
            return "stuck";
        }

        @Override
        public String text() {
            return "thread " + thread + " has been running for " + wallTime.toMillis()
                    + " ms of real time without coming to rest\n  it computes for long, does blocking I/O, or blocks"
                    + " where a virtual thread cannot give way: in native code or a class initializer\n"
                    + lines(stack);
        }
    }

    private static String lines(List<StackTraceElement> stack) {
        return stack.stream().map(frame -> "    at " + frame + "\n").collect(Collectors.joining());
    }
}
