package org.actium.object.spi;

import java.util.function.Consumer;
import org.actium.object.api.BodyId;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.osgi.annotation.versioning.ProviderType;

/** Where {@link Delivery} finds the objects of this runtime, and makes copies of those that were elsewhere. */
@ProviderType
public interface RecoverableBodies {

    /**
     * From now on it carries the calls of recoverable objects, and objects are recoverable on the nodes that it names.
     *
     * @throws IllegalStateException if there is one already
     */
    Registration deliverBy(Delivery delivery);

    /**
     * Makes a copy of an object.
     *
     * @param state of {@link Delivery#created} or {@link RecoverableBody#state}
     * @param classes who can be asked for classes that are not here
     * @throws RuntimeException if it cannot be read here
     */
    RecoverableBody revive(BodyId object, byte[] state, Node node, RuntimeAddress classes);

    /**
     * Has a request served by an object of this runtime that is not recoverable; does not block.
     *
     * @param outcome called once with the encoded outcome, also if the object has ended, or nobody waits for it
     */
    void serve(BodyId object, Delivered request, Consumer<byte[]> outcome);
}
