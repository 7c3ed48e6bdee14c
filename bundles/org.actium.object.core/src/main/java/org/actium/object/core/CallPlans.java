package org.actium.object.core;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.actium.object.spi.MethodFacts;
import org.actium.object.spi.StubbedMethods;
import org.actium.object.spi.TypeFacts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the methods of one stub class are called, by index of method. */
final class CallPlans {

    private static final Logger LOG = LoggerFactory.getLogger(CallPlans.class);

    private final CallPlan[] plans;
    private final boolean remembering;

    private CallPlans(CallPlan[] plans, boolean remembering) {
        this.plans = plans;
        this.remembering = remembering;
    }

    /** @throws IllegalArgumentException if a method asks for something that cannot be, or returns it */
    static CallPlans of(Class<?> stubbed) {
        StubbedMethods.obstacle(stubbed).ifPresent(obstacle -> {
            throw new IllegalArgumentException(obstacle);
        });
        List<Method> methods = StubbedMethods.of(stubbed);
        CallPlan[] plans = new CallPlan[methods.size()];
        boolean remembering = false;
        for (int i = 0; i < plans.length; i++) {
            plans[i] = CallPlan.of(stubbed, methods.get(i));
            remembering |= plans[i].cached();
            LOG.debug("{}", told(stubbed, methods.get(i), plans[i]));
        }
        return new CallPlans(plans, remembering);
    }

    CallPlan plan(int method) {
        return plans[method];
    }

    /** Where one stub keeps what it remembers, by index of method; {@code null} if it is never to remember anything. */
    AtomicReferenceArray<Object> memory() {
        return remembering ? new AtomicReferenceArray<>(plans.length) : null;
    }

    /** @throws IllegalArgumentException if stubs do not intercept the method */
    static String explain(Class<?> stubbed, Method method) {
        if (!method.getDeclaringClass().isAssignableFrom(stubbed)) {
            throw new IllegalArgumentException(stubbed.getName() + " has no method " + method);
        }
        String key = StubbedMethods.signature(method);
        return StubbedMethods.of(stubbed).stream()
                .filter(intercepted -> StubbedMethods.signature(intercepted).equals(key))
                .findAny()
                .map(intercepted -> told(stubbed, intercepted, CallPlan.of(stubbed, intercepted)))
                .orElseThrow(() -> new IllegalArgumentException(
                        MethodFacts.notIntercepted(TypeFacts.of(stubbed), method.getName(), whyNot(method))));
    }

    private static String told(Class<?> type, Method method, CallPlan plan) {
        return plan.rule().explain(type.getSimpleName(), method.getName());
    }

    private static String whyNot(Method method) {
        int modifiers = method.getModifiers();
        if (Modifier.isStatic(modifiers)) {
            return "it is static";
        }
        if (Modifier.isPrivate(modifiers)) {
            return "it is private";
        }
        if (Modifier.isFinal(modifiers)) {
            return MethodFacts.FINAL;
        }
        return method.isBridge() ? "it is a bridge to another one" : "it is not visible there";
    }
}
