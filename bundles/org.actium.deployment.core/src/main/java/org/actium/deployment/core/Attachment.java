package org.actium.deployment.core;

import org.actium.runtime.api.Node;

/**
 * A node for a virtual node.
 *
 * @param position among the nodes that its runtime has for this virtual node, from 0
 */
record Attachment(String virtualNode, int position, Node node) {}
