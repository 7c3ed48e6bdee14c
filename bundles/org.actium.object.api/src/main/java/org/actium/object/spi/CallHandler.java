package org.actium.object.spi;

import org.osgi.annotation.versioning.ConsumerType;

/** What a stub delegates to. */
@ConsumerType
public interface CallHandler {

    /**
     * @param arguments as passed, primitives boxed; empty array if there are none; owned by the callee
     * @return the result, boxed if primitive; {@code null} for {@code void}
     * @throws Throwable passed on to the caller of the stub unchanged, whether the method declares it or not
     */
    Object call(StubMethod method, Object[] arguments) throws Throwable;
}
