package org.actium.conformance;

import java.util.List;
import org.actium.runtime.api.Node;
import org.actium.runtime.spi.Ports;
import org.actium.testkit.EmbeddedRuntime;

/** What a test sees of its setting. */
interface World {

    /** The runtime of the test itself. */
    EmbeddedRuntime runtime();

    /** Three nodes: the second one in the test's own runtime, the others as far away as the setting says. */
    List<Node> nodes();

    Ports ports();

    /** Breaks the connections between both sides; new ones can be made. */
    void breakLinks();

    /** Ends the other side, or cuts it off for ever, without a farewell. */
    void loseTheOtherSide();
}
