package org.actium.exports;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/** What the stub of an exported object does. */
final class StubCalls implements InvocationHandler {

    private static final Object[] NONE = {};

    private final ExportRef ref;
    private final ExportAccess runtime;
    private final Messages messages;
    private final ExportScope scope;
    private final Map<Method, String> methods = new HashMap<>();

    StubCalls(ExportRef ref, Class<?> contract, ExportScope scope, ExportAccess runtime, Messages messages) {
        this.ref = ref;
        this.runtime = runtime;
        this.messages = messages;
        this.scope = scope;
        ContractMethods.of(contract).forEach((name, method) -> methods.put(method, name));
    }

    ExportRef ref() {
        return ref;
    }

    @Override
    public Object invoke(Object stub, Method method, Object[] arguments) throws Throwable {
        String name = methods.get(method);
        if (name == null) {
            return ofObject(stub, method, arguments);
        }
        byte[] sent = messages.write(arguments == null ? NONE : arguments);
        return switch (runtime.call(ref.id(), name, sent)) {
            case Outcome.Returned(byte[] value) -> messages.read(value, scope);
            case Outcome.Thrown thrown -> throw messages.failure(thrown, scope, method.getName() + " of " + ref);
        };
    }

    /** Two stubs are equal if they are of the same object; nobody is asked. */
    private Object ofObject(Object stub, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "hashCode" -> Long.hashCode(ref.id()) * 31 + ref.runtime().id().hashCode();
            case "equals" -> isSame(stub, arguments[0]);
            default -> "stub of " + ref;
        };
    }

    private boolean isSame(Object stub, Object other) {
        return stub == other
                || other != null
                        && Proxy.isProxyClass(other.getClass())
                        && Proxy.getInvocationHandler(other) instanceof StubCalls calls
                        && calls.ref.isSameObject(ref);
    }
}
