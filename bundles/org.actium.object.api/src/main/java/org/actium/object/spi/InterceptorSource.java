package org.actium.object.spi;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.actium.object.api.BodyId;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.osgi.annotation.versioning.ConsumerType;

/** Offered as a service by bundles that want to see the messages of some bodies. */
@ConsumerType
public interface InterceptorSource {

    /**
     * The interceptor that this body keeps as long as it lives, or empty to leave it alone. Asked once for each body, at its
     * creation.
     */
    Optional<MessageInterceptor> interceptorFor(BodyId body, Class<?> type, Node node);

    /**
     * Those that all bodies on the node have besides, the outermost first: what arrives passes them in this order and then
     * those that the body keeps; what leaves passes them last, in the reverse order. They may change while messages pass.
     *
     * <p>Asked for each body, and whenever they change, also with a lock held: answers at once, waits for nobody, and asks
     * nobody who might.
     */
    default List<MessageInterceptor> interceptorsOn(Node node) {
        return List.of();
    }

    /**
     * Registers who is to be told of a node after {@link #interceptorsOn} answers anew for it, by whoever changed that and
     * without a lock. Whatever is sent after the action has returned passes the new ones only, to and from bodies that were
     * there before as well; at each point of its way, a message passes either all old or all new ones. The action waits for
     * threads that are in an interceptor which the node has no more, ten seconds at most: none of them is there when it
     * returns, and none comes.
     */
    default Registration whenChanged(Consumer<Node> action) {
        return () -> {};
    }
}
