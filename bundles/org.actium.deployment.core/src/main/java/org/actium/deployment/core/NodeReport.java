package org.actium.deployment.core;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.actium.runtime.api.Node;

/**
 * A node as its runtime sees it.
 *
 * @param virtualNode empty text if it belongs to none
 */
record NodeReport(String name, String url, String virtualNode, Map<String, String> properties) implements Serializable {

    static NodeReport of(Node node) {
        return new NodeReport(node.name(), node.url(), node.virtualNode().orElse(""), new TreeMap<>(node.properties()));
    }
}
