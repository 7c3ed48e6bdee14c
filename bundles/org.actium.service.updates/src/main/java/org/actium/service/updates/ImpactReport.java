package org.actium.service.updates;

import java.util.Optional;
import org.actium.runtime.api.RuntimeId;
import org.actium.service.api.BundleImpact;

/** What runtimes tell each other before a bundle changes. */
interface ImpactReport {

    /** Under which every runtime offers it. */
    String NAME = "actium.bundle.impact";

    /**
     * What an update would touch there; empty if that runtime has no such bundle.
     *
     * @param bundle symbolic name
     * @param updater who would bring the update, and whose nodes are not foreign
     */
    Optional<BundleImpact> impact(String bundle, RuntimeId updater);
}
