package org.actium.exports;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actium.codec.api.ClassScope;
import org.actium.codec.api.CodecException;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;

/** Where the classes of arguments and results are found: as the interface sees them, and then as the object does. */
final class ExportScope implements ClassScope {

    /** What references are made of: neither the interface nor the object needs to see it. */
    private static final List<Class<?>> OF_REFERENCES =
            List.of(ExportRef.class, RuntimeAddress.class, RuntimeId.class, Endpoint.class);

    private final ClassScope contract;
    private final Optional<ClassScope> object;
    private final ClassLoader nearest;
    private final Optional<ClassLoader> further;
    private final Map<String, Class<?>> named = new HashMap<>();

    private ExportScope(Class<?> contract, Optional<Class<?>> object) {
        this.nearest = loaderOf(contract);
        this.further = object.map(ExportScope::loaderOf);
        this.contract = ClassScope.of(nearest);
        this.object = further.map(ClassScope::of);
        OF_REFERENCES.forEach(this::admit);
        for (Method method : ContractMethods.of(contract).values()) {
            for (Type type : method.getGenericParameterTypes()) {
                admit(type);
            }
            for (Class<?> type : method.getParameterTypes()) {
                admit(type);
            }
            admit(method.getReturnType());
            admit(method.getGenericReturnType());
            for (Class<?> type : method.getExceptionTypes()) {
                admit(type);
            }
        }
    }

    /** Of whoever calls. */
    static ExportScope caller(Class<?> contract) {
        return new ExportScope(contract, Optional.empty());
    }

    static ExportScope of(Class<?> contract, Object exported) {
        return new ExportScope(contract, Optional.of(exported.getClass()));
    }

    private static ClassLoader loaderOf(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null ? ClassLoader.getPlatformClassLoader() : loader;
    }

    /** Of a stub: any interface that they see, wherever it is from, because nothing of it is read. */
    Class<?> visible(String name) throws ClassNotFoundException {
        try {
            return Class.forName(name, false, nearest);
        } catch (ClassNotFoundException unseen) {
            if (further.isEmpty()) {
                throw unseen;
            }
            return Class.forName(name, false, further.get());
        }
    }

    @Override
    public Class<?> find(String name) throws ClassNotFoundException {
        Class<?> known = named.get(name);
        if (known != null) {
            return known;
        }
        try {
            return contract.find(name);
        } catch (ClassNotFoundException | CodecException unseen) {
            if (object.isEmpty()) {
                throw unseen;
            }
            return object.get().find(name);
        }
    }

    @Override
    public boolean admits(Class<?> type) {
        return named.get(type.getName()) == type
                || contract.admits(type)
                || object.filter(scope -> scope.admits(type)).isPresent();
    }

    /** The type and what stands between its angle brackets. */
    private void admit(Type type) {
        switch (type) {
            case Class<?> array when array.isArray() -> admit(array.getComponentType());
            case Class<?> plain -> named.putIfAbsent(plain.getName(), plain);
            case GenericArrayType array -> admit(array.getGenericComponentType());
            case ParameterizedType parameterized -> {
                admit(parameterized.getRawType());
                for (Type argument : parameterized.getActualTypeArguments()) {
                    admit(argument);
                }
            }
            case WildcardType wildcard -> {
                for (Type bound : wildcard.getUpperBounds()) {
                    admit(bound);
                }
            }
            default -> {} // a type variable: its bound is admitted with the erased type
        }
    }
}
