package org.actium.debug;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.actium.debug.api.DebuggedObject;
import org.actium.debug.api.Debugger;
import org.actium.debug.api.Stop;
import org.actium.object.api.BodyId;
import org.actium.object.spi.InterceptorSource;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.ObjectHandles;
import org.actium.object.spi.ObjectRef;
import org.actium.remote.api.Link;
import org.actium.remote.api.Links;
import org.actium.remote.api.RemoteObjects;
import org.actium.remote.api.RemotingException;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops objects of this runtime, for itself and for other runtimes, and asks those to stop theirs. */
@Component(immediate = true)
public final class RuntimeDebugger implements Debugger, InterceptorSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RuntimeDebugger.class);

    private final Links links;
    private final RemoteObjects remoteObjects;
    private final ObjectHandles objects;
    private final GateTable table;
    private final Registration listening;
    private final Registration export;

    @Activate
    public RuntimeDebugger(
            @Reference Links links, @Reference RemoteObjects remoteObjects, @Reference ObjectHandles objects) {
        this.links = links;
        this.remoteObjects = remoteObjects;
        this.objects = objects;
        this.table = new GateTable(links.self().name());
        this.listening = objects.listen(table);
        this.export = remoteObjects.export(DebugAccess.class, DebugAccess.NAME, table);
    }

    /** Whatever stands goes on. */
    @Override
    @Deactivate
    public void close() {
        export.close();
        table.close();
        listening.close();
    }

    @Override
    public Optional<MessageInterceptor> interceptorFor(BodyId body, Class<?> type, Node node) {
        return node.property(NODE_PROPERTY).filter("true"::equals).map(wanted -> table.add(body, type));
    }

    @Override
    public DebuggedObject of(Object stub) {
        ObjectRef ref = objects.ref(stub);
        return new Reached(ref.id(), at(ref.home()));
    }

    @Override
    public DebuggedObject withId(BodyId id) {
        if (id.birthplace().equals(links.self().id())) {
            return new Reached(id, table);
        }
        Link link = links.existing(id.birthplace())
                .orElseThrow(
                        () -> new IllegalArgumentException("active object " + id + " cannot be reached from runtime "
                                + links.self().name() + ", which has no link to " + id.birthplace()));
        return new Reached(id, at(link.peer()));
    }

    private DebugAccess at(RuntimeAddress runtime) {
        return runtime.id().equals(links.self().id())
                ? table
                : remoteObjects.at(runtime, DebugAccess.class, DebugAccess.NAME);
    }

    @Override
    public List<Stop> stops() {
        List<Stop> stops = new ArrayList<>(table.stops());
        links.all().stream()
                .map(Link::peer)
                .distinct()
                .sorted(Comparator.comparing(RuntimeAddress::name).thenComparing(RuntimeAddress::id))
                .forEach(runtime -> {
                    try {
                        stops.addAll(at(runtime).stops());
                    } catch (RemotingException silent) {
                        LOG.warn("the stops of runtime {} are left out: {}", runtime, silent.toString());
                    }
                });
        return List.copyOf(stops);
    }

    /** @param runtime the one it is on */
    private record Reached(BodyId id, DebugAccess runtime) implements DebuggedObject {

        @Override
        public void pause() {
            runtime.pause(id);
        }

        @Override
        public void stopBefore(String method) {
            runtime.stopBefore(id, method);
        }

        @Override
        public void step() {
            runtime.step(id);
        }

        @Override
        public void resume() {
            runtime.resume(id);
        }

        @Override
        public void release() {
            runtime.release(id);
        }

        @Override
        public Optional<Stop> stop() {
            return runtime.stops().stream()
                    .filter(stop -> stop.object().equals(id))
                    .findAny();
        }
    }
}
