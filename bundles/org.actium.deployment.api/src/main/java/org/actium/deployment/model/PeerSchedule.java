package org.actium.deployment.model;

import java.time.DayOfWeek;
import java.util.List;
import java.util.Objects;

/**
 * When hosts share their processors with a peer-to-peer network.
 *
 * @param hosts that it is for; all others if empty
 * @param periods when they do; always if empty
 * @param registries peers to begin with
 */
public record PeerSchedule(List<String> hosts, List<Period> periods, List<String> registries, SourcePosition at) {

    public PeerSchedule {
        hosts = List.copyOf(hosts);
        periods = List.copyOf(periods);
        registries = List.copyOf(registries);
        Objects.requireNonNull(at, "at");
    }

    /** From a moment of the week to another. */
    public record Period(Moment start, Moment end) {}

    /** A moment of the week. */
    public record Moment(DayOfWeek day, int hour, int minute) {}
}
