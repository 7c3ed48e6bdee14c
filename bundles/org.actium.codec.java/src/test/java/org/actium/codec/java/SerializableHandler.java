package org.actium.codec.java;

import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;

/** The kind of handler with which deserialization attacks begin. */
final class SerializableHandler implements InvocationHandler, Serializable {

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
        return null;
    }
}
