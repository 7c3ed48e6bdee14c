package org.actium.codec.java;

import java.lang.ref.WeakReference;
import java.util.Optional;
import org.actium.codec.api.ClassScope;

/** A class as a writer has described it, and which class that is in the scope in which it was read last. */
final class DescribedClass {

    private final ClassForm form;
    private volatile Found latest; // null until there is one

    /**
     * Keeps nothing alive.
     *
     * @param same whether the class is here as the writer described it
     */
    private record Found(WeakReference<ClassScope> scope, WeakReference<Class<?>> type, boolean same) {}

    /**
     * A class in the scope of a message.
     *
     * @param other how the writer described it, if it is not the same here
     */
    record Local(Class<?> type, ClassForm form, Optional<ClassForm> other) {}

    DescribedClass(ClassForm form) {
        this.form = form;
    }

    /** Finds it, and makes sure that it is admitted. */
    Local in(ScopedClasses classes, ValuePlans plans) throws ClassNotFoundException {
        Found found = latest;
        if (found != null && found.scope().refersTo(classes.scope())) {
            Class<?> type = found.type().get();
            if (type != null) {
                return local(type, found.same());
            }
        }
        Class<?> type = classes.named(form.name());
        boolean same = plans.fields(type).map(plan -> plan.form().equals(form)).orElse(true);
        latest = new Found(new WeakReference<>(classes.scope()), new WeakReference<>(type), same);
        return local(type, same);
    }

    private Local local(Class<?> type, boolean same) {
        return new Local(type, form, same ? Optional.empty() : Optional.of(form));
    }
}
