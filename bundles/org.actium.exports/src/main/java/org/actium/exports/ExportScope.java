package org.actium.exports;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.actium.codec.api.ClassScope;
import org.actium.codec.api.CodecException;
import org.actium.codec.api.ReachableTypes;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;

/**
 * Where the classes of arguments and results are found: as the interface sees them, and then as the object does. Admitted are
 * what their bundles define, and what is {@linkplain ReachableTypes reachable} from the methods of the interface.
 */
final class ExportScope implements ClassScope {

    /** What references are made of: neither the interface nor the object needs to see it. */
    private static final List<Class<?>> OF_REFERENCES =
            List.of(ExportRef.class, RuntimeAddress.class, RuntimeId.class, Endpoint.class);

    private final ClassScope contract;
    private final Optional<ClassScope> object;
    private final ClassLoader nearest;
    private final Optional<ClassLoader> further;
    private final ReachableTypes reachable;

    private ExportScope(Class<?> contract, Optional<Class<?>> object) {
        this.nearest = loaderOf(contract);
        this.further = object.map(ExportScope::loaderOf);
        this.contract = ClassScope.of(nearest);
        this.object = further.map(ClassScope::of);
        Stream<Type> named = ContractMethods.of(contract).values().stream().flatMap(ReachableTypes::named);
        this.reachable = ReachableTypes.from(
                "interface " + contract.getName(),
                Stream.concat(OF_REFERENCES.stream(), named).toList());
    }

    /** Of whoever calls. */
    static ExportScope caller(Class<?> contract) {
        return new ExportScope(contract, Optional.empty());
    }

    /** Of the object, which is of the type. */
    static ExportScope of(Class<?> contract, Class<?> type) {
        return new ExportScope(contract, Optional.of(type));
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
        Optional<Class<?>> known = reachable.find(name);
        if (known.isPresent()) {
            return known.get();
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
        return reachable.contains(type)
                || contract.admits(type)
                || object.filter(scope -> scope.admits(type)).isPresent();
    }
}
