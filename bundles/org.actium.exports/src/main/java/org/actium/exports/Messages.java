package org.actium.exports;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.function.BiFunction;
import org.actium.codec.api.Codec;
import org.actium.codec.api.CodecException;
import org.actium.codec.api.Substitution;
import org.actium.remote.api.RemoteFailureException;

/** Arguments and outcomes as bytes. Stubs of exported objects become references on the way. */
final class Messages {

    private static final int MAX_STACK = 200;

    private final Codec codec;
    private final BiFunction<Class<?>, ExportRef, Object> stubs;

    /** @param stubs makes a stub */
    Messages(Codec codec, BiFunction<Class<?>, ExportRef, Object> stubs) {
        this.codec = codec;
        this.stubs = stubs;
    }

    byte[] write(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        codec.write(value, out, new Substitution() {
            @Override
            public Object replace(Object original) {
                return Proxy.isProxyClass(original.getClass())
                                && Proxy.getInvocationHandler(original) instanceof StubCalls stub
                        ? stub.ref()
                        : original;
            }
        });
        return out.toByteArray();
    }

    Object read(byte[] bytes, ExportScope scope) {
        return codec.read(new ByteArrayInputStream(bytes), scope, new Substitution() {
            @Override
            public Object restore(Object substitute) {
                return substitute instanceof ExportRef ref ? stubs.apply(contract(ref, scope), ref) : substitute;
            }
        });
    }

    private static Class<?> contract(ExportRef ref, ExportScope scope) {
        try {
            Class<?> contract = scope.visible(ref.contract());
            if (contract.isInterface()) {
                return contract;
            }
            throw new CodecException("a stub of " + ref + ": " + ref.contract() + " is not an interface here");
        } catch (ClassNotFoundException unknown) {
            throw new CodecException("a stub of " + ref + ": there is no " + ref.contract() + " here", unknown);
        }
    }

    Outcome.Thrown thrown(Throwable failure) {
        byte[] object;
        try {
            object = write(failure);
        } catch (CodecException notSerializable) {
            object = new byte[0]; // the words must do
        }
        StackTraceElement[] stack = failure.getStackTrace();
        return new Outcome.Thrown(
                object,
                failure.getClass().getName(),
                String.valueOf(failure.getMessage()),
                Arrays.copyOf(stack, Math.min(stack.length, MAX_STACK)));
    }

    /** What to throw at the caller: the exception, with the stack of the caller below its own. */
    Throwable failure(Outcome.Thrown thrown, ExportScope scope, String call) {
        Throwable failure = null;
        if (thrown.object().length > 0) {
            try {
                failure = read(thrown.object(), scope) instanceof Throwable read ? read : null;
            } catch (CodecException unknownHere) {
                failure = null;
            }
        }
        if (failure == null) {
            failure = new RemoteFailureException(
                    thrown.exceptionClass(), thrown.exceptionClass() + ": " + thrown.message());
            failure.setStackTrace(thrown.stack());
        }
        StackTraceElement[] below = new Throwable().getStackTrace();
        StackTraceElement[] above = failure.getStackTrace();
        StackTraceElement[] both = Arrays.copyOf(above, above.length + 1 + below.length);
        both[above.length] = new StackTraceElement("remote call", call, null, -1);
        System.arraycopy(below, 0, both, above.length + 1, below.length);
        failure.setStackTrace(both);
        return failure;
    }
}
