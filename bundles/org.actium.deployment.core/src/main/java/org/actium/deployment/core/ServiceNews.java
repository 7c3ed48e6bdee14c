package org.actium.deployment.core;

import java.util.Map;

/** What a runtime that deployed hears of its nodes elsewhere. Every runtime that deploys offers one to its domain. */
interface ServiceNews {

    /** Under which it is exported. */
    String NAME = "actium.deployment.news";

    /**
     * Which technical services the node lacks now, all of them. Of deployments that are not there any more it is ignored.
     *
     * @param lacking ids of the services, with what is wrong as {@link org.actium.deployment.api.Degradation#reason()} says
     *     it; empty if it has all of them again
     */
    void lacking(String deployment, String virtualNode, String node, Map<String, String> lacking);
}
