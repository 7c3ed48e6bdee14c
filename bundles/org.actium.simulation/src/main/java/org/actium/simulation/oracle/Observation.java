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
