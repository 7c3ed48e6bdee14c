package org.actium.service.core;

import org.actium.service.api.ServiceOffer;
import org.actium.service.api.TechnicalService;

/** One technical service that is installed. Equal to another if both stand for the same registration. */
public interface InstalledService {

    ServiceOffer offer();

    /** Whether a descriptor that asks for this text means this service: its id or the name of its class. */
    default boolean answersTo(String service) {
        return offer().answersTo(service);
    }

    /**
     * A new instance, to be given back by closing it.
     *
     * @throws IllegalStateException if the service has gone meanwhile or its component cannot be made
     */
    Instance instance();

    /** An instance on loan. */
    interface Instance extends AutoCloseable {

        TechnicalService service();

        @Override
        void close();
    }
}
