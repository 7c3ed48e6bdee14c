package org.actium.deployment.core;

import org.actium.runtime.api.RuntimeId;

/**
 * What a runtime does for the containers that people started and had join it, or whoever was in its place before. Calls travel over
 * links and fail as those of remote objects do.
 */
interface ContainerHome {

    /** Under which it is exported. */
    String NAME = "actium.deployment.home";

    /** Whether that runtime is one that virtual nodes may take: a guest is none. */
    boolean lists(RuntimeId container);

    /**
     * Lists that runtime, which has a link to this one, as if it had just joined.
     *
     * @return false if it has no link
     */
    boolean welcome(RuntimeId container);
}
