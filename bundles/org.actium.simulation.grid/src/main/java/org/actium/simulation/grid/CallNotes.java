package org.actium.simulation.grid;

import java.util.Optional;
import org.actium.object.api.BodyId;
import org.actium.object.spi.InterceptorSource;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.RequestView;
import org.actium.runtime.api.Node;
import org.actium.simulation.Machine;

/** Writes into the event log what the active objects of one host serve. */
final class CallNotes implements InterceptorSource {

    private final Machine machine;

    CallNotes(Machine machine) {
        this.machine = machine;
    }

    @Override
    public Optional<MessageInterceptor> interceptorFor(BodyId body, Class<?> type, Node node) {
        String name = type.getSimpleName() + " " + body.number() + ".";
        return Optional.of(new MessageInterceptor() {
            @Override
            public void serving(RequestView request) {
                machine.note("serves", name + method(request));
            }

            @Override
            public void served(RequestView request, boolean normally) {
                if (!normally) {
                    machine.note("threw", name + method(request));
                }
            }
        });
    }

    private static String method(RequestView request) {
        String signature = request.signature();
        return signature.substring(0, signature.indexOf('('));
    }
}
