package org.actium.object.core;

import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A call as it is named where something cannot travel: {@code Desk.weigh(Parcel) on desk-1}, wherever the object is. Put
 * together only when it is asked for.
 *
 * @param type of the stubs of the object
 * @param signature name and erased types of the method
 * @param object what people call it, or what says so when asked
 */
record CallName(Class<?> type, String signature, Object object) {

    CallName {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(signature, "signature");
        Objects.requireNonNull(object, "object");
    }

    static CallName of(BodyRef target, String signature) {
        return new CallName(target.type(), signature, target.name());
    }

    @Override
    public String toString() {
        int types = signature.indexOf('(');
        String parameters = MethodTypeDesc.ofDescriptor(signature.substring(types)).parameterList().stream()
                .map(CallName::simpleName)
                .collect(Collectors.joining(", ", "(", ")"));
        return type.getSimpleName() + "." + signature.substring(0, types) + parameters + " on " + object;
    }

    private static String simpleName(ClassDesc type) {
        String name = type.displayName();
        return name.substring(name.lastIndexOf('$') + 1);
    }
}
