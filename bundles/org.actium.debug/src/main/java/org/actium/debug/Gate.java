package org.actium.debug;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.actium.debug.api.Stop;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.BodyId;
import org.actium.object.api.ReceivedRequest;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.RequestView;
import org.actium.object.spi.StubbedMethods;

/**
 * Through which the requests of one object pass before they are served, and where its thread of service stands while it
 * is closed. While nothing is ordered it costs one look.
 */
final class Gate implements MessageInterceptor {

    private final BodyId object;
    private final Class<?> type;
    private final String runtime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<String> methods = new TreeSet<>(); // before which to stop; guarded by lock
    private boolean stopNext; // guarded by lock
    private Optional<Stop> stop = Optional.empty(); // guarded by lock
    private boolean retired; // guarded by lock
    private volatile boolean armed; // whether anything is ordered

    /**
     * @param type its class
     * @param runtime name of the runtime it is on
     */
    Gate(BodyId object, Class<?> type, String runtime) {
        this.object = Objects.requireNonNull(object, "object");
        this.type = Objects.requireNonNull(type, "type");
        this.runtime = Objects.requireNonNull(runtime, "runtime");
    }

    // ---- the thread of service

    @Override
    public void serving(RequestView request) {
        if (armed) {
            ActiveContext context = ActiveContext.current();
            if (isThreadOfService(context)) {
                pass(context.name(), context.request().orElseThrow());
            }
        }
    }

    /** Immediate services have a context too, but nothing to choose. */
    private static boolean isThreadOfService(ActiveContext context) {
        try {
            context.service();
            return true;
        } catch (IllegalStateException immediate) {
            return false;
        }
    }

    private void pass(String name, ReceivedRequest request) {
        lock.lock();
        try {
            if (!retired && (stopNext || methods.contains(request.method()))) {
                stop = Optional.of(new Stop(
                        object,
                        name,
                        runtime,
                        text(request),
                        request.sender().map(BodyId::toString).orElse("")));
                while (stop.isPresent()) {
                    changed.awaitUninterruptibly(); // an interrupt is for the request, which has not begun
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private static String text(ReceivedRequest request) {
        return request.parameterTypes().stream()
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", request.method() + "(", ")"));
    }

    // ---- any thread

    Optional<Stop> stop() {
        lock.lock();
        try {
            return stop;
        } finally {
            lock.unlock();
        }
    }

    void pause() {
        change(() -> stopNext = true);
    }

    void stopBefore(String method) {
        Set<String> known = methodsOf(type);
        if (!known.contains(method)) {
            throw new IllegalArgumentException(
                    "class " + type.getName() + " has no method '" + method + "' that can be called; it has " + known);
        }
        change(() -> methods.add(method));
    }

    void step() {
        change(() -> {
            Stop standing = stop.orElseThrow(() -> new IllegalStateException(
                    "active object " + object + " does not stand still, so it cannot step; pause it, and wait for it"));
            stopNext = true;
            goOn(standing);
        });
    }

    void resume() {
        change(() -> {
            stopNext = false;
            stop.ifPresent(this::goOn);
        });
    }

    void release() {
        change(() -> {
            stopNext = false;
            methods.clear();
            stop.ifPresent(this::goOn);
        });
    }

    /** Whatever is ordered, it stops no more. */
    void retire() {
        change(() -> {
            retired = true;
            stop.ifPresent(this::goOn);
        });
    }

    private void goOn(Stop standing) {
        stop = Optional.empty();
        changed.signalAll();
    }

    private void change(Runnable order) {
        lock.lock();
        try {
            order.run();
            armed = stopNext || !methods.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Those that can be called from outside its class, through whatever stub. */
    private static Set<String> methodsOf(Class<?> type) {
        Set<String> names = new TreeSet<>();
        for (Class<?> each : StubbedMethods.supertypes(type)) {
            if (each == Object.class) {
                continue;
            }
            for (Method method : each.getDeclaredMethods()) {
                int modifiers = method.getModifiers();
                if (!Modifier.isStatic(modifiers) && !Modifier.isPrivate(modifiers) && !method.isSynthetic()) {
                    names.add(method.getName());
                }
            }
        }
        return names;
    }
}
