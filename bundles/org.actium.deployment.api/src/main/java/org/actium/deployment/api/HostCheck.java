package org.actium.deployment.api;

import java.io.IOException;
import java.util.List;
import org.actium.deployment.model.Descriptor;
import org.osgi.annotation.versioning.ProviderType;

/** Looks at the hosts of a descriptor before it is deployed. */
@ProviderType
public interface HostCheck {

    /**
     * Goes to each host to which remote shells lead, as a launch would, and starts nothing there. Returns when all have answered,
     * or have not for half a minute.
     *
     * @return one for each gateway and host, gateways before what is behind them; empty if no remote shell leads anywhere
     * @throws IOException if the distribution of this runtime, which hosts are to get, cannot be read
     * @throws IllegalArgumentException saying what is wrong with the names of hosts
     */
    List<HostReport> examine(Descriptor descriptor) throws IOException, InterruptedException;
}
