package org.actium.deployment.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.actium.deployment.api.RuntimeStatus;
import org.actium.runtime.api.RuntimeAddress;

/**
 * One runtime of a deployment. Its states:
 *
 * <pre>
 * STARTING → LAUNCHED → JOINED → LOST
 *     │          │         ├───→ FAILED   joined, but could not be prepared
 *     ├──────────┴────────────→ FAILED   never joined
 *     └──────────┴─────────┴──→ STOPPED  undeployed
 * </pre>
 *
 * An acquired runtime and the one that deploys begin as JOINED. Guarded by the lock of the {@link Roster}.
 */
final class Member {

    /** What became of it. */
    enum State {
        STARTING,
        LAUNCHED,
        JOINED,
        FAILED,
        LOST,
        STOPPED;

        /** The legal moves, all in one place. */
        boolean mayBecome(State next) {
            return switch (next) {
                case STARTING -> false;
                case LAUNCHED -> this == STARTING;
                case JOINED -> this == LAUNCHED;
                case LOST -> this == JOINED;
                case FAILED, STOPPED -> this == STARTING || this == LAUNCHED || this == JOINED;
            };
        }
    }

    private final Source source;
    private final int sourceIndex;
    private final int index;
    private final String name;
    private final List<String> nodes = new ArrayList<>(); // names of those created there, oldest first
    private final Set<Share> served = new HashSet<>(); // those whose nodes are there
    private State state;
    private String detail;
    private Optional<RuntimeAddress> address;
    private boolean busy; // being prepared
    private boolean prepared;
    private boolean replaced;
    private long since; // nanoseconds of Time

    /** One that is to be launched. */
    Member(Source source, int sourceIndex, int index, String name, long now) {
        this(source, sourceIndex, index, name, State.STARTING, "being launched", Optional.empty(), now);
    }

    /** One that is running already. */
    Member(Source source, int sourceIndex, int index, RuntimeAddress address, long now) {
        this(source, sourceIndex, index, address.name(), State.JOINED, address.toString(), Optional.of(address), now);
    }

    private Member(
            Source source,
            int sourceIndex,
            int index,
            String name,
            State state,
            String detail,
            Optional<RuntimeAddress> address,
            long now) {
        this.source = source;
        this.sourceIndex = sourceIndex;
        this.index = index;
        this.name = name;
        this.state = state;
        this.detail = detail;
        this.address = address;
        this.since = now;
    }

    Source source() {
        return source;
    }

    int sourceIndex() {
        return sourceIndex;
    }

    /** Position among the runtimes of its source, from 0. */
    int index() {
        return index;
    }

    String name() {
        return name;
    }

    State state() {
        return state;
    }

    /** For people: how it was launched and where it is, or what became of it. */
    String detail() {
        return detail;
    }

    Optional<RuntimeAddress> address() {
        return address;
    }

    /** When it was launched, or began to be a member. */
    long since() {
        return since;
    }

    List<String> nodes() {
        return List.copyOf(nodes);
    }

    void creates(String node) {
        nodes.add(node);
    }

    void createdNot(String node) {
        nodes.remove(node);
    }

    /** Moves to the next state, if that is a legal move; says whether it was. */
    boolean become(State next, String why) {
        boolean legal = state.mayBecome(next);
        if (legal) {
            state = next;
            detail = why;
        }
        return legal;
    }

    void launchedAt(long now) {
        since = now;
    }

    void joinedFrom(RuntimeAddress where) {
        address = Optional.of(where);
    }

    /** Somebody begins to prepare it. */
    void busy() {
        busy = true;
    }

    boolean isBusy() {
        return busy;
    }

    void settled() {
        busy = false;
    }

    /** The virtual nodes of these shares have their nodes there. */
    void prepared(List<Share> shares) {
        prepared = true;
        served.addAll(shares);
    }

    boolean serves(Share share) {
        return served.contains(share);
    }

    /** Whether its virtual nodes can count on it. */
    boolean isReady() {
        return state == State.JOINED && prepared;
    }

    /** @param wanted whether another one takes its place, so that it is not missed when it is gone */
    void replaced(boolean wanted) {
        replaced = wanted;
    }

    boolean isReplaced() {
        return replaced;
    }

    /** Whether it was launched, and nothing else is known of it. */
    boolean isAwaited() {
        return state == State.LAUNCHED;
    }

    boolean isGone() {
        return state == State.FAILED || state == State.LOST;
    }

    /** What keeps it from being ready, for a message. */
    String obstacle() {
        return switch (state) {
            case STARTING, FAILED, STOPPED -> detail;
            case LAUNCHED -> detail + " has not joined";
            case JOINED -> "joined, not prepared yet";
            case LOST -> "lost: " + detail;
        };
    }

    RuntimeStatus status() {
        RuntimeStatus.State shown = switch (state) {
            case STARTING, LAUNCHED -> RuntimeStatus.State.LAUNCHED;
            case JOINED -> RuntimeStatus.State.JOINED;
            case FAILED -> RuntimeStatus.State.FAILED;
            case LOST -> RuntimeStatus.State.LOST;
            case STOPPED -> RuntimeStatus.State.STOPPED;
        };
        return new RuntimeStatus(name, source.name(), shown, detail);
    }
}
