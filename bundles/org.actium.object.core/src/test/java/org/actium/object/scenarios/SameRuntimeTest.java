package org.actium.object.scenarios;

import org.actium.runtime.api.Node;

/** Caller and active object share a runtime. */
public class SameRuntimeTest extends CallScenarios {

    @Override
    Node node() {
        return caller.runtime.defaultNode();
    }
}
