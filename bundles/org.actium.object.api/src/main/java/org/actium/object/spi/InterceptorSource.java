package org.actium.object.spi;

import java.util.Optional;
import org.actium.object.api.BodyId;
import org.actium.runtime.api.Node;
import org.osgi.annotation.versioning.ConsumerType;

/** Offered as a service by bundles that want to see the messages of some bodies. Asked once for each body, at its creation. */
@ConsumerType
public interface InterceptorSource {

    /** The interceptor for this body, or empty to leave it alone. */
    Optional<MessageInterceptor> interceptorFor(BodyId body, Class<?> type, Node node);
}
