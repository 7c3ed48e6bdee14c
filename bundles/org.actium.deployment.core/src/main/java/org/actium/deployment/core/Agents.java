package org.actium.deployment.core;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.actium.remote.api.Link;
import org.actium.remote.api.Links;
import org.actium.remote.api.RemoteObjects;
import org.actium.runtime.api.RuntimeAddress;

/** The agents of all runtimes this one can reach, itself included. */
record Agents(Links links, RemoteObjects remoteObjects) {

    RuntimeAddress self() {
        return links.self();
    }

    RuntimeAgent at(RuntimeAddress runtime) {
        return remoteObjects.at(runtime, RuntimeAgent.class, RuntimeAgent.NAME);
    }

    /** This runtime, then those it has links to, by name. */
    List<RuntimeAddress> reachable() {
        return Stream.concat(
                        Stream.of(self()),
                        links.all().stream()
                                .map(Link::peer)
                                .distinct()
                                .sorted(Comparator.comparing(RuntimeAddress::name)
                                        .thenComparing(RuntimeAddress::id)))
                .toList();
    }
}
