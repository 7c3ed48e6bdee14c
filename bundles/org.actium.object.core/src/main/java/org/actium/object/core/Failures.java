package org.actium.object.core;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actium.codec.api.CodecException;
import org.actium.object.api.CallRefusedException;
import org.actium.object.api.RemoteFailureException;

/** What stands for throwables that cannot be passed on. */
final class Failures {

    private static final Pattern ARGUMENT = Pattern.compile("value\\[([0-9]{1,9})]\\.?");

    private Failures() {}

    /** Says the same without holding on to any class of the application, as throwables do. */
    static RemoteFailureException described(FailureReport original) {
        RemoteFailureException description = new RemoteFailureException(original.description());
        description.setStackTrace(original.trace());
        return description;
    }

    /**
     * Stands for a throwable that cannot be copied, written or read.
     *
     * @param call which threw it
     */
    static RemoteFailureException standIn(FailureReport of, Object call, String why) {
        RemoteFailureException standIn = new RemoteFailureException(of.description() + " (thrown by " + call
                + "; the exception itself could not be passed on: " + why + ")");
        standIn.setStackTrace(of.trace());
        return standIn;
    }

    /** @param arguments how many there are */
    static CodecException notSent(Object call, int arguments, CodecException why) {
        return new CodecException(
                call + " was not sent; its arguments cannot be passed on: " + inArguments(why.getMessage(), arguments),
                why);
    }

    /** Arguments are one array to the codec: {@code value[1].lines[3]} becomes {@code argument 2 (of 2): lines[3]}. */
    static String inArguments(String message, int arguments) {
        Matcher way = ARGUMENT.matcher(message);
        if (!way.lookingAt() || Integer.parseInt(way.group(1)) >= arguments) {
            return message;
        }
        String within = message.substring(way.end());
        String argument = "argument " + (Integer.parseInt(way.group(1)) + 1) + " (of " + arguments + ")";
        return within.startsWith(" ") ? argument + within : argument + ": " + within;
    }

    /** Of a result. */
    static CallRefusedException notPassedOn(Object call, Throwable why) {
        return new CallRefusedException(
                call + " was served, but its result cannot be passed on: " + why.getMessage(), why);
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
