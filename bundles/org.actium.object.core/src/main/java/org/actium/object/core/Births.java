package org.actium.object.core;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.actium.future.spi.Outcome;
import org.actium.object.api.BodyId;
import org.actium.object.api.CreationException;
import org.actium.object.spi.InterceptorSource;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.Stubs;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Node;

/** Brings active objects of this runtime to life. */
final class Births {

    private final ObjectSpace space;
    private final ActiumRuntime runtime;
    private final Stubs stubs;
    private final AtomicLong numbers = new AtomicLong();
    private final List<InterceptorSource> interceptorSources = new CopyOnWriteArrayList<>();

    Births(ObjectSpace space, ActiumRuntime runtime, Stubs stubs) {
        this.space = space;
        this.runtime = runtime;
        this.stubs = stubs;
    }

    void add(InterceptorSource source) {
        interceptorSources.add(source);
    }

    void remove(InterceptorSource source) {
        interceptorSources.remove(source);
    }

    /**
     * Begins to create an object; its constructor runs on its own thread, and then the outcome is told: {@code null}, or
     * why there is no object.
     *
     * @throws CreationException if it cannot even begin
     */
    Body begin(
            Class<?> type,
            String nodeName,
            Optional<String> name,
            Request.Arguments arguments,
            Consumer<Outcome> created) {
        refuseWhatCannotBeActive(type);
        Node node = runtime.node(nodeName)
                .orElseThrow(() -> new CreationException("no active object of class " + type.getName() + ": runtime "
                        + runtime.name() + " has no node '" + nodeName + "' (any more)"));
        BodyId id = new BodyId(runtime.id(), numbers.incrementAndGet());
        String called = name.orElseGet(() -> type.getSimpleName().toLowerCase(Locale.ROOT) + "-" + id.number());
        Body body = new Body(id, called, type, node, interceptorFor(id, type, node), space);
        space.know(body);
        body.start(() -> construct(type, arguments.get()), Optional.empty(), created);
        if (runtime.node(nodeName).isEmpty()) {
            body.endNow(); // the node went while the body came, and nobody told it
        }
        return body;
    }

    /** @throws CreationException with the rule that the class breaks */
    void refuseWhatCannotBeActive(Class<?> type) {
        stubs.obstacle(type).ifPresent(obstacle -> refuse(type, obstacle));
        if (Modifier.isAbstract(type.getModifiers())) {
            refuse(type, type.isInterface() ? "it is an interface" : "it is abstract");
        }
        if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
            refuse(type, "it is an inner class, which needs an enclosing object; make it static");
        }
    }

    private static void refuse(Class<?> type, String why) {
        throw new CreationException("class " + type.getName() + " cannot be active: " + why);
    }

    private static Object construct(Class<?> type, Object[] arguments) throws Exception {
        Constructor<?> constructor = ConstructorChoice.of(type, arguments);
        constructor.setAccessible(true);
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() instanceof Exception exception ? exception : thrown;
        }
    }

    private MessageInterceptor interceptorFor(BodyId id, Class<?> type, Node node) {
        List<MessageInterceptor> interceptors = new ArrayList<>();
        for (InterceptorSource source : interceptorSources) {
            source.interceptorFor(id, type, node).ifPresent(interceptors::add);
        }
        return switch (interceptors.size()) {
            case 0 -> MessageInterceptor.NONE;
            case 1 -> interceptors.getFirst();
            default -> new InterceptorChain(interceptors);
        };
    }
}
