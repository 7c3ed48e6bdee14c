package org.actium.object.spi;

import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Looks at the arguments that calls within this runtime share instead of copying them, because the application calls their
 * classes immutable: whether they change all the same.
 */
@ProviderType
public interface SharedArguments {

    /**
     * An interceptor for any number of bodies. It remembers what is in an argument when a request arrives, and looks again
     * when it is served, has been served, and whenever the same object arrives with another request. Slow: every look walks
     * through all that the arguments refer to.
     *
     * @param reports hears of each change once, on the thread that calls or serves, which it must not block
     */
    MessageInterceptor watched(Consumer<String> reports);
}
