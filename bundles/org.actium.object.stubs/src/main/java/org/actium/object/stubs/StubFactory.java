package org.actium.object.stubs;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actium.object.spi.CallHandler;
import org.actium.object.spi.StubbedMethods;
import org.actium.object.spi.Stubs;
import org.actium.object.spi.TypeFacts;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Generates stub classes when first needed and keeps each with the type it belongs to. */
@Component(immediate = true)
public final class StubFactory implements Stubs {

    private final ClassValue<Optional<String>> obstacles = new ClassValue<>() {
        @Override
        protected Optional<String> computeValue(Class<?> type) {
            return TypeFacts.of(type).obstacleToStubs().or(() -> StubbedMethods.obstacle(type));
        }
    };
    private final ClassValue<StubClass> stubClasses = new ClassValue<>() {
        @Override
        protected StubClass computeValue(Class<?> type) {
            TypeFacts.of(type).obstacleToStubs().ifPresent(obstacle -> refuse(type, obstacle));
            List<Method> inherited = StubbedMethods.inherited(type);
            List<Method> overridden = StubbedMethods.amongInherited(inherited);
            StubbedMethods.obstacle(type, overridden).ifPresent(obstacle -> refuse(type, obstacle));
            return StubClass.of(type, inherited, overridden);
        }
    };
    private final ClassValue<Optional<StubClass>> behind = new ClassValue<>() {
        @Override
        protected Optional<StubClass> computeValue(Class<?> candidate) {
            return Optional.ofNullable(StubClass.behind(candidate));
        }
    };

    @Activate
    public StubFactory() {}

    @Override
    public Optional<String> obstacle(Class<?> type) {
        return obstacles.get(type);
    }

    @Override
    public <T> T stub(Class<T> type, CallHandler handler) {
        return type.cast(stubClasses.get(type).instantiate(handler));
    }

    private static void refuse(Class<?> type, String obstacle) {
        throw new IllegalArgumentException("no stub of " + type.getName() + ": " + obstacle);
    }

    @Override
    public Optional<Class<?>> stubbedType(Object candidate) {
        return candidate == null
                ? Optional.empty()
                : behind.get(candidate.getClass()).map(StubClass::stubbed);
    }

    @Override
    public Map<String, InvocationHandler> directCalls(Class<?> type, Collection<Method> methods) {
        return DirectCalls.of(type, methods);
    }

    @Override
    public Optional<CallHandler> handler(Object candidate) {
        if (candidate == null || !candidate.getClass().isHidden()) {
            return Optional.empty();
        }
        Optional<StubClass> stubClass = behind.get(candidate.getClass());
        return stubClass.isPresent() ? Optional.of(stubClass.get().handlerOf(candidate)) : Optional.empty();
    }
}
