package org.actium.exports;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import org.actium.remote.api.NoSuchRemoteObjectException;

/** An object that others call. */
final class Exported {

    private static final MethodType SPREAD = MethodType.methodType(Object.class, Object.class, Object[].class);

    private final ExportRef ref;
    private final Class<?> contract;
    private final Object object;
    private final Map<String, MethodHandle> methods = new HashMap<>();
    private final ExportScope scope;

    Exported(ExportRef ref, Class<?> contract, Object object, ExportScope scope) {
        this.ref = ref;
        this.contract = contract;
        this.object = object;
        this.scope = scope;
        ContractMethods.of(contract).forEach((name, method) -> methods.put(name, handle(method)));
    }

    private static MethodHandle handle(Method method) {
        try {
            return MethodHandles.lookup()
                    .unreflect(method)
                    .asFixedArity()
                    .asSpreader(Object[].class, method.getParameterCount())
                    .asType(SPREAD);
        } catch (IllegalAccessException hidden) {
            throw new IllegalArgumentException(method + " cannot be called from outside", hidden);
        }
    }

    ExportRef ref() {
        return ref;
    }

    Class<?> contract() {
        return contract;
    }

    /** @throws NoSuchRemoteObjectException if its interface has no such method */
    Outcome call(String name, byte[] arguments, Messages messages) {
        MethodHandle method = methods.get(name);
        if (method == null) {
            throw new NoSuchRemoteObjectException(
                    ref + " is exported as " + contract.getName() + ", which has no method " + name);
        }
        Object[] read = (Object[]) messages.read(arguments, scope);
        Object value;
        try {
            value = method.invokeExact(object, read);
        } catch (Throwable thrown) {
            return messages.thrown(thrown);
        }
        return new Outcome.Returned(messages.write(value));
    }
}
