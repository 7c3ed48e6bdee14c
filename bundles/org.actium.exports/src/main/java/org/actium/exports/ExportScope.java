package org.actium.exports;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.actium.codec.api.ClassScope;

/** Where the classes of arguments and results are found: as the interface sees them, and then as the object does. */
final class ExportScope implements ClassScope {

    private final ClassScope contract;
    private final Optional<ClassScope> object;
    private final Set<Class<?>> named = new HashSet<>();

    private ExportScope(Class<?> contract, Optional<ClassScope> object) {
        this.contract = scopeOf(contract);
        this.object = object;
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
        return new ExportScope(contract, Optional.of(scopeOf(exported.getClass())));
    }

    private static ClassScope scopeOf(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return ClassScope.of(loader == null ? ClassLoader.getPlatformClassLoader() : loader);
    }

    @Override
    public Class<?> find(String name) throws ClassNotFoundException {
        if (name.equals(ExportRef.class.getName())) {
            return ExportRef.class;
        }
        try {
            return contract.find(name);
        } catch (ClassNotFoundException unseen) {
            if (object.isEmpty()) {
                throw unseen;
            }
            return object.get().find(name);
        }
    }

    @Override
    public boolean admits(Class<?> type) {
        return type == ExportRef.class
                || named.contains(type)
                || contract.admits(type)
                || object.filter(scope -> scope.admits(type)).isPresent();
    }

    /** The type and what stands between its angle brackets. */
    private void admit(Type type) {
        switch (type) {
            case Class<?> array when array.isArray() -> admit(array.getComponentType());
            case Class<?> plain -> named.add(plain);
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
