package org.actium.object.core;

import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.actium.object.api.BodyId;
import org.actium.object.api.CallRefusedException;
import org.actium.object.api.ReceivedRequest;

/** A request as the object that serves it sees it. */
record Received(Request request, ClassLoader loader) implements ReceivedRequest {

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public List<Class<?>> parameterTypes() {
        String signature = request.signature();
        try {
            return MethodType.fromMethodDescriptorString(signature.substring(signature.indexOf('(')), loader)
                    .parameterList();
        } catch (TypeNotPresentException unknown) {
            throw new CallRefusedException(
                    signature + " names " + unknown.typeName() + ", which the class of the object does not see",
                    unknown);
        }
    }

    @Override
    public List<Object> arguments() {
        return Collections.unmodifiableList(Arrays.asList(request.keptArguments()));
    }

    @Override
    public Optional<BodyId> sender() {
        return request.sender();
    }

    @Override
    public boolean oneWay() {
        return request.oneWay();
    }
}
