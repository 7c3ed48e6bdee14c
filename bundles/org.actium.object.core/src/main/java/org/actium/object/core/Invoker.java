package org.actium.object.core;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.actium.object.spi.StubMethod;
import org.actium.object.spi.Stubs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls one method on instances of its class: through a method handle, which is there soon, and when it is called often
 * through code, which is fast. Any thread.
 */
final class Invoker {

    private static final Logger LOG = LoggerFactory.getLogger(Invoker.class);

    /** Calls after which code pays. */
    private static final int OFTEN = 1_000;

    private final Method method;
    private final Often often;
    private volatile InvocationHandler code; // null until there is some
    private MethodHandle handle; // found when it is needed
    private int calls; // about; counted while there is no code

    Invoker(Method method, Often often) {
        this.method = method;
        this.often = often;
    }

    /** Has code made for all methods of a class at once. */
    static final class Often {
        private final Class<?> type;
        private final Stubs stubs;
        private final Map<String, Invoker> invokers;
        private final AtomicBoolean made = new AtomicBoolean();

        /** @param invokers of the methods of the class, by signature */
        Often(Class<?> type, Stubs stubs, Map<String, Invoker> invokers) {
            this.type = type;
            this.stubs = stubs;
            this.invokers = invokers;
        }

        private void reached() {
            if (!made.compareAndSet(false, true)) {
                return;
            }
            List<Method> methods = new ArrayList<>();
            invokers.values().forEach(invoker -> methods.add(invoker.method));
            try {
                stubs.directCalls(type, methods).forEach((signature, code) -> invokers.get(signature).code = code);
            } catch (IllegalArgumentException | LinkageError closed) {
                LOG.debug("{} goes on being called through method handles", type.getName(), closed);
            }
        }
    }

    /** @throws Throwable what the method throws */
    Object call(Object servant, Object[] arguments) throws Throwable {
        InvocationHandler direct = code;
        return direct == null ? callByHandle(servant, arguments) : direct.invoke(servant, null, arguments);
    }

    private Object callByHandle(Object servant, Object[] arguments) throws Throwable {
        if (++calls == OFTEN) {
            often.reached();
        }
        MethodHandle known = handle;
        if (known == null) {
            known = StubMethod.invoker(method);
            handle = known;
        }
        return (Object) known.invokeExact(servant, arguments);
    }
}
