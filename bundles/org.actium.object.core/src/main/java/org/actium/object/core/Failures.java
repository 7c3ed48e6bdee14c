package org.actium.object.core;

import org.actium.object.api.RemoteFailureException;

/** What stands for throwables that cannot be passed on. */
final class Failures {

    private Failures() {}

    /** Stands for a throwable that cannot be copied or read. */
    static RemoteFailureException standIn(Throwable original, String why) {
        return standIn(original.toString(), original.getStackTrace(), why);
    }

    /** Says the same without holding on to any class of the application, as throwables do. */
    static RemoteFailureException described(Throwable original) {
        RemoteFailureException description = new RemoteFailureException(original.toString());
        description.setStackTrace(original.getStackTrace());
        return description;
    }

    static RemoteFailureException standIn(String description, StackTraceElement[] trace, String why) {
        RemoteFailureException standIn =
                new RemoteFailureException(description + " (the exception itself could not be passed on: " + why + ")");
        standIn.setStackTrace(trace);
        return standIn;
    }
}
