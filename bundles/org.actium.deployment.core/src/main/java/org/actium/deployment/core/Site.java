package org.actium.deployment.core;

import org.actium.runtime.spi.NodeHandles;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;
import org.actium.service.api.TechnicalServices;

/** What every deployment of this runtime works with. */
record Site(
        Agents agents,
        Membership membership,
        NodeHandles handles,
        TechnicalServices services,
        Extensions extensions,
        Time time,
        Threads threads) {}
