package org.actium.deployment.spi;

import java.util.OptionalInt;
import java.util.function.Predicate;
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
     * @param taker called on a thread that it may block; says whether it can use the runtime. In place of one that it
     * cannot use it gets another as soon as there is one, and that one again only after it has come anew.
     */
    Registration acquire(DescriptorElement element, Predicate<RuntimeAddress> taker);
}
