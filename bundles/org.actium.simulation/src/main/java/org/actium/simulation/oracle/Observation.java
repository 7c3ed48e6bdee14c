package org.actium.simulation.oracle;

/**
 * Something an oracle should know of. Everything is named by texts and numbers that are the same in every run: a body
 * by its name, not by an object; a message by who sent it and how many he had sent before.
 */
public sealed interface Observation {

    /** Whether a name belongs to something at that place: a life of a host, by which names begin, as {@code h2/c1}. */
    static boolean isAt(String place, String name) {
        return name.startsWith(place + "/");
    }

    /** As event logs have it. */
    default String verb() {
        return switch (this) {
            case Sent _ -> "sent";
            case Queued _ -> "queued";
            case Served _ -> "served";
            case Applied _ -> "applied";
            case GivenUp _ -> "given up";
            case Refused _ -> "refused";
            case Died _ -> "died";
            case FutureSet _ -> "set";
            case IncarnationStarted _ -> "incarnation";
            case IncarnationActed _ -> "acted";
            case Opened _ -> "opened";
            case Closed _ -> "ended";
        };
    }

    /** What the verb was done to, first, and with what else. */
    default String text() {
        return switch (this) {
            case Sent(String from, String to, String message) -> message + " by " + from + " to " + to;
            case Queued(String to, String message) -> message + " at " + to;
            case Served(String by, String message) -> message + " by " + by;
            case Applied(String message) -> message;
            case GivenUp(String message) -> message;
            case Refused(String message) -> message;
            case Died(String place) -> place;
            case FutureSet(String future, String holder, String value) -> future + " at " + holder + " to " + value;
            case IncarnationStarted(String body, long incarnation, String host) ->
                body + " number " + incarnation + " on " + host;
            case IncarnationActed(String body, long incarnation, String host) ->
                body + " number " + incarnation + " on " + host;
            case Opened(String kind, String name) -> name + " (" + kind + ")";
            case Closed(String kind, String name) -> name + " (" + kind + ")";
        };
    }

    /** A body sends a message to another one; the same message sent again after a failure has the same name. */
    record Sent(String from, String to, String message) implements Observation {}

    /** The message has entered the queue of its target. */
    record Queued(String to, String message) implements Observation {}

    /** The target acts on the message from now on: what it sends later may depend on it. */
    record Served(String by, String message) implements Observation {}

    /** What the message asks for has been done, for good: no recovery undoes it. */
    record Applied(String message) implements Observation {}

    /** The sender was told that the message may not have been served. */
    record GivenUp(String message) implements Observation {}

    /** The sender was told that the message was not served and never will be. */
    record Refused(String message) implements Observation {}

    /** A life of a host is over: nobody is left there who could be told anything, or close anything. */
    record Died(String place) implements Observation {}

    /** A holder of a future got its value; {@code value} is the value or the failure, as a text. */
    record FutureSet(String future, String holder, String value) implements Observation {}

    /** An incarnation of a body begins. */
    record IncarnationStarted(String body, long incarnation, String host) implements Observation {}

    /** An incarnation of a body did something that others can see. */
    record IncarnationActed(String body, long incarnation, String host) implements Observation {}

    /** Something exists now that must be closed or forgotten again: a thread, a connection, an entry of a table. */
    record Opened(String kind, String name) implements Observation {}

    record Closed(String kind, String name) implements Observation {}
}
