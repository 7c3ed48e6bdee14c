package org.actium.runtime.core;

import java.util.Objects;
import java.util.Optional;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Node;

/** What local and remote node handles have in common: how they are written, and when they are the same. */
final class NodeUrl {

    private NodeUrl() {}

    static String of(Optional<Endpoint> endpoint, String name) {
        return "actium://" + endpoint.map(Endpoint::toString).orElse("") + "/" + name;
    }

    static boolean same(Node one, Node other) {
        return one.runtime().equals(other.runtime()) && one.name().equals(other.name());
    }

    static int hash(Node node) {
        return Objects.hash(node.runtime(), node.name());
    }
}
