package org.actium.service.core;

import org.actium.service.api.ServiceUse;
import org.actium.service.core.Combiner.Candidate;

/** A service on a node. */
record Applied(SharedInstance instance, NodeContributions contributions) {

    ServiceUse use() {
        return instance.key().use();
    }

    Candidate candidate() {
        return new Candidate(use(), instance.installed().offer());
    }
}
