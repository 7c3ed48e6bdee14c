package org.actium.exports;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What calls may name, found out once for each interface and class: a stub may come with every call. Any thread. */
final class ExportScopes {

    private final ClassValue<ExportScope> callers = new ClassValue<>() {
        @Override
        protected ExportScope computeValue(Class<?> contract) {
            return ExportScope.caller(contract);
        }
    };

    /** By class of the object, which sees its interfaces, and then by interface. */
    private final ClassValue<Map<Class<?>, ExportScope>> objects = new ClassValue<>() {
        @Override
        protected Map<Class<?>, ExportScope> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    /** Of whoever calls. */
    ExportScope caller(Class<?> contract) {
        return callers.get(contract);
    }

    ExportScope of(Class<?> contract, Object exported) {
        Class<?> type = exported.getClass();
        return objects.get(type).computeIfAbsent(contract, known -> ExportScope.of(known, type));
    }
}
