package org.actium.launcher.container;

import java.time.Duration;
import java.util.List;

/**
 * What a container needs to join another one in the same JVM. Got by reflection: the types of the services belong to
 * bundles, and the launcher is outside all bundles.
 *
 * @param parent where it joins, {@code host:port}
 * @param token once, within a minute
 */
public record Invitation(String parent, String token) {

    /** @throws IllegalStateException if the container has no links or issues no tokens */
    public static Invitation from(Container container) {
        try {
            Object links = container.service("org.actium.remote.api.Links");
            Object self = call(links, "org.actium.remote.api.Links", "self");
            var endpoints = (List<?>) self.getClass().getMethod("endpoints").invoke(self);
            Object admission = container.service("org.actium.remote.api.Admission");
            Object token = type(admission, "org.actium.remote.api.Admission")
                    .getMethod("issue", Duration.class)
                    .invoke(admission, Duration.ofMinutes(1));
            return new Invitation(endpoints.getFirst().toString(), (String)
                    token.getClass().getMethod("text").invoke(token));
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException("the container cannot be asked for a token", changed);
        }
    }

    private static Object call(Object service, String type, String method) throws ReflectiveOperationException {
        return type(service, type).getMethod(method).invoke(service);
    }

    /** The interface: the class that implements it need not be visible. */
    private static Class<?> type(Object service, String name) throws ClassNotFoundException {
        return service.getClass().getClassLoader().loadClass(name);
    }
}
