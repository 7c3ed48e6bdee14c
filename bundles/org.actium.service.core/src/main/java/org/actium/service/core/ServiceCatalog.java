package org.actium.service.core;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.actium.runtime.api.Registration;

/** Where technical services come from: the registry of the framework, or a fixed list where there is none. */
public interface ServiceCatalog {

    /** What is installed now, the preferred one first where several answer to the same name. */
    List<InstalledService> services();

    /** A bundle that would provide the service if it were started. @return its symbolic name */
    default Optional<String> stopped(String service) {
        return Optional.empty();
    }

    /** Calls the action after a service has come. */
    Registration whenComing(Runnable action);

    /**
     * Calls the action for each service that is about to go, while its instances still work. It is not in
     * {@link #services()} from before the call.
     */
    Registration whenGoing(Consumer<InstalledService> action);
}
