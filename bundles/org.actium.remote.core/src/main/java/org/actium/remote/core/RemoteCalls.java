package org.actium.remote.core;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import org.actium.codec.api.ClassScope;
import org.actium.runtime.api.RuntimeAddress;

/** What a proxy for an object of another runtime does. */
final class RemoteCalls implements InvocationHandler {

    private final ProxyIdentity identity;
    private final RuntimeAddress runtime;
    private final RemoteObjectTable table;
    private final Map<Method, Target> targets = new HashMap<>();

    /**
     * What is called.
     *
     * @param encoded name and signature, as they begin every call
     */
    record Target(String description, byte[] encoded, ClassScope scope) {
        @Override
        public String toString() {
            return description;
        }
    }

    RemoteCalls(RuntimeAddress runtime, Class<?> contract, String name, RemoteObjectTable table) {
        this.identity = new ProxyIdentity(runtime.id(), contract, name);
        this.runtime = runtime;
        this.table = table;
        ClassScope scope = ExportedObject.scopeOf(contract);
        for (Method method : RemoteMethods.of(contract)) {
            targets.put(
                    method,
                    new Target(
                            name + "." + method.getName(),
                            new FrameBuilder(128)
                                    .putText(name)
                                    .putText(RemoteMethods.signature(contract, method))
                                    .toBytes(),
                            scope));
        }
    }

    ProxyIdentity identity() {
        return identity;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        Target target = targets.get(method);
        return target == null ? identity.invoke(method, arguments) : table.call(runtime, target, arguments);
    }
}
