package org.actium.simulation.scenarios;

import org.actium.runtime.api.Node;

/**
 * Where active objects can be created.
 *
 * @param name the host; from its second life on with the number of the life
 */
record Place(String name, Node node) {}
