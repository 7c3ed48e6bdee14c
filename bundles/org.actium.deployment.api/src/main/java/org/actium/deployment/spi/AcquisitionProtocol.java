package org.actium.deployment.spi;

import java.util.OptionalInt;
import java.util.function.Consumer;
import org.actium.deployment.model.DescriptorElement;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.osgi.annotation.versioning.ConsumerType;

/** Finds runtimes that are already running. Each is handed to one taker at a time. */
@ConsumerType
public interface AcquisitionProtocol {

    /** Service property: what the protocol is called in plans and messages. Required. */
    String NAME = "actium.acquisition.protocol";

    boolean acquires(DescriptorElement element);

    /** How many runtimes the element asks for; empty if it takes all there are. */
    OptionalInt expected(DescriptorElement element);

    /**
     * Hands runtimes to the taker, those there are at once and others as they appear, until as many as asked for were
     * handed out or the registration is closed. Closing gives back all of them.
     *
     * @param taker called on a thread that it may block
     */
    Registration acquire(DescriptorElement element, Consumer<RuntimeAddress> taker);
}
