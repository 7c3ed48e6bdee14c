package org.actium.object.core;

import org.actium.object.spi.CallHandler;
import org.actium.object.spi.StubMethod;

/** What stubs of active objects delegate to: turns a call into a request, by the rule of its method. */
final class Proxy implements CallHandler {

    private final BodyRef ref;
    private final ObjectSpace space;
    private final CallRule[] rules;

    Proxy(BodyRef ref, ObjectSpace space, CallRule[] rules) {
        this.ref = ref;
        this.space = space;
        this.rules = rules;
    }

    BodyRef ref() {
        return ref;
    }

    @Override
    public Object call(StubMethod method, Object[] arguments) throws Throwable {
        return switch (rules[method.index()]) {
            case CallRule.Identity() -> identity(method, arguments);
            case CallRule.OneWay() -> {
                space.calls().send(ref, method, arguments);
                yield null;
            }
            case CallRule.Asynchronous() -> space.calls().callLater(ref, method, arguments);
            case CallRule.Synchronous _ -> space.calls().call(ref, method, arguments);
        };
    }

    private Object identity(StubMethod method, Object[] arguments) {
        if (method.type().parameterCount() == 0) {
            return ref.id().hashCode();
        }
        return space.proxyOf(space.known(arguments[0]))
                .map(other -> other.ref.id().equals(ref.id()))
                .orElse(false);
    }
}
