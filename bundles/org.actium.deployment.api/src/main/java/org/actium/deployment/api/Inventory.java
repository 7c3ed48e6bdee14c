package org.actium.deployment.api;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.actium.object.api.ObjectInfo;
import org.actium.service.api.ServiceOffer;
import org.osgi.annotation.versioning.ProviderType;

/** What there is, on this runtime and on all it deployed or that joined it. Asks the others, so its methods block for a round trip; a runtime that does not answer is left out and logged. */
@ProviderType
public interface Inventory {

    List<NodeView> nodes();

    List<ObjectView> objects();

    /** Technical services installed here. */
    List<ServiceOffer> services();

    /**
     * @param runtime name of its runtime
     * @param virtualNode empty text if it belongs to none
     */
    record NodeView(String name, String url, String runtime, String virtualNode, Map<String, String> properties)
            implements Serializable {}

    /** @param runtime name of the runtime it is on */
    record ObjectView(String runtime, ObjectInfo object) implements Serializable {}
}
