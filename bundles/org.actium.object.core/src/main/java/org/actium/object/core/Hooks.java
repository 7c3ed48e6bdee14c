package org.actium.object.core;

import java.util.EnumSet;
import java.util.Set;
import org.actium.object.core.Interceptors.Hook;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.ReplyView;
import org.actium.object.spi.RequestView;
import org.actium.object.spi.StubMethod;

/**
 * What classes of interceptors have something to do for: they override it. It is found out once for each class, as every
 * body that is created asks. Any thread.
 */
final class Hooks {

    private final ClassValue<Set<Hook>> overridden = new ClassValue<>() {
        @Override
        protected Set<Hook> computeValue(Class<?> type) {
            Set<Hook> hooks = EnumSet.noneOf(Hook.class);
            for (Hook hook : Hook.values()) {
                if (overrides(type, hook)) {
                    hooks.add(hook);
                }
            }
            return hooks;
        }
    };

    boolean concerns(Class<?> type, Hook hook) {
        return overridden.get(type).contains(hook);
    }

    /** Finds it out now. @throws LinkageError if the class cannot be looked at, as it names one that is missing */
    void require(Class<?> type) {
        overridden.get(type);
    }

    private static boolean overrides(Class<?> type, Hook hook) {
        return switch (hook) {
            case CALLING -> overrides(type, "calling", StubMethod.class);
            case DEPARTING -> overrides(type, "departing", RequestView.class);
            case ARRIVING -> overrides(type, "arriving", RequestView.class);
            case SERVING -> overrides(type, "serving", RequestView.class);
            case SERVED -> overrides(type, "served", RequestView.class, boolean.class);
            case REPLYING -> overrides(type, "replying", ReplyView.class);
            case ANSWERED -> overrides(type, "answered", ReplyView.class);
            case ACKNOWLEDGED -> overrides(type, "acknowledged", RequestView.class);
        };
    }

    private static boolean overrides(Class<?> type, String method, Class<?>... parameters) {
        try {
            return type.getMethod(method, parameters).getDeclaringClass() != MessageInterceptor.class;
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(type + " is no interceptor: it has no " + method, impossible);
        }
    }
}
