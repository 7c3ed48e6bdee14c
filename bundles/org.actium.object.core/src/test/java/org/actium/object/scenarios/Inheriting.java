package org.actium.object.scenarios;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Callable;

/** Runs tasks in forks of a structured task scope, whose API is a preview and so is called by reflection. */
final class Inheriting {

    private Inheriting() {}

    static void run(Runnable task) {
        try {
            Class<?> type = Class.forName("java.util.concurrent.StructuredTaskScope");
            try (AutoCloseable scope = (AutoCloseable) type.getMethod("open").invoke(null)) {
                Callable<Object> fork = () -> {
                    task.run();
                    return null;
                };
                type.getMethod("fork", Callable.class).invoke(scope, fork);
                type.getMethod("join").invoke(scope);
            }
        } catch (InvocationTargetException thrown) {
            throw new AssertionError(thrown.getCause());
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }
}
