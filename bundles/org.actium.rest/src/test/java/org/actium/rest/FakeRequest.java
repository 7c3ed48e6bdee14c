package org.actium.rest;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.core.Response;

/** As much of a request as a filter looks at. */
final class FakeRequest {

    private final Map<String, String> headers = new HashMap<>();
    private Response aborted;

    FakeRequest with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /** The answer of a filter that did not let the request pass. */
    Optional<Response> answer() {
        return Optional.ofNullable(aborted);
    }

    ContainerRequestContext context() {
        return (ContainerRequestContext) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ContainerRequestContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getHeaderString" -> headers.get((String) arguments[0]);
                    case "abortWith" -> aborted = (Response) arguments[0];
                    default -> throw new AssertionError(method + " is not expected");
                });
    }
}
