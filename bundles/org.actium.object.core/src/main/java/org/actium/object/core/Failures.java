package org.actium.object.core;

import org.actium.object.api.RemoteFailureException;

/** What stands for throwables that cannot be passed on. */
final class Failures {

    private Failures() {}

    /** Stands for a throwable that cannot be copied or read. */
    static RemoteFailureException standIn(Throwable original, String why) {
        return standIn(describe(original), trace(original), why);
    }

    /** Says the same without holding on to any class of the application, as throwables do. */
    static RemoteFailureException described(Throwable original) {
        RemoteFailureException description = new RemoteFailureException(describe(original));
        description.setStackTrace(trace(original));
        return description;
    }

    static RemoteFailureException standIn(String description, StackTraceElement[] trace, String why) {
        RemoteFailureException standIn =
                new RemoteFailureException(description + " (the exception itself could not be passed on: " + why + ")");
        standIn.setStackTrace(trace);
        return standIn;
    }

    /** What it says of itself; only its class if its own methods, which are code of the application, fail at that. */
    static String describe(Throwable original) {
        try {
            return String.valueOf(original);
        } catch (RuntimeException | Error failed) {
            return original.getClass().getName();
        }
    }

    static StackTraceElement[] trace(Throwable original) {
        try {
            StackTraceElement[] trace = original.getStackTrace();
            return trace == null ? new StackTraceElement[0] : trace;
        } catch (RuntimeException | Error failed) {
            return new StackTraceElement[0];
        }
    }
}
