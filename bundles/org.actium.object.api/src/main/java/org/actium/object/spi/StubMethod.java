package org.actium.object.spi;

import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Objects;

/**
 * One method of a stub.
 *
 * @param index position among the methods of the stub class
 * @param stubbed the type the stub was made for
 * @param exceptions the checked exceptions it declares
 */
public record StubMethod(int index, Class<?> stubbed, String name, MethodType type, List<Class<?>> exceptions) {

    public StubMethod {
        Objects.requireNonNull(stubbed, "stubbed");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        exceptions = List.copyOf(exceptions);
    }

    /** Name and erased types, the same on every runtime: {@code add(I)V}. */
    public String signature() {
        return name + type.descriptorString();
    }

    /** For example {@code Counter.add}. */
    @Override
    public String toString() {
        return stubbed.getSimpleName() + "." + name;
    }
}
