package org.actium.object.core;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.actium.codec.api.ClassScope;
import org.actium.codec.api.ReachableTypes;
import org.actium.object.api.BodyId;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.NodeRef;

/**
 * Where the classes of a message are found: our own few by name, those that are {@linkplain ReachableTypes reachable} from
 * the methods of the active object as these see them, the others as its class sees them. Admitted are what its bundle
 * defines and what is reachable.
 */
final class MessageScope implements ClassScope {

    private static final List<Class<?>> OWN = List.of(
            BodyRef.class,
            FutureRef.class,
            NodeRef.class,
            BodyId.class,
            RuntimeAddress.class,
            RuntimeId.class,
            Endpoint.class);

    private final ClassScope bundle;
    private final ReachableTypes reachable;

    /** @param type class of the active object the message is for or from */
    MessageScope(Class<?> type) {
        this(type, Stream.empty());
    }

    private MessageScope(Class<?> type, Stream<Type> further) {
        ClassLoader loader = type.getClassLoader();
        this.bundle = ClassScope.of(loader == null ? ClassLoader.getPlatformClassLoader() : loader);
        Stream<Type> named = ServantClass.methodsOf(type).values().stream().flatMap(ReachableTypes::named);
        this.reachable = ReachableTypes.from(
                "class " + type.getName(),
                Stream.concat(OWN.stream(), Stream.concat(named, further)).toList());
    }

    /** For the state of such an object: also what its fields may hold. */
    static MessageScope ofState(Class<?> type) {
        return new MessageScope(type, Stream.of(type));
    }

    @Override
    public Class<?> find(String name) throws ClassNotFoundException {
        Optional<Class<?>> known = reachable.find(name);
        return known.isPresent() ? known.get() : bundle.find(name);
    }

    @Override
    public boolean admits(Class<?> type) {
        return reachable.contains(type) || bundle.admits(type);
    }
}
