package org.actium.ft.core;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.actium.ft.core.protocol.Message;
import org.actium.ft.store.api.Blob;
import org.actium.object.api.BodyId;
import org.actium.object.spi.Delivery;
import org.actium.object.spi.Mailbox;
import org.actium.object.spi.RecoverableBodies;
import org.actium.object.spi.SenderId;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.NodeListener;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;

/** Makes the active objects of a runtime recoverable that are created on certain nodes, and lets all others call such. */
public final class RecoverableActiveObjects implements Delivery, NodeListener, AutoCloseable {

    private final RecoverableBodies bodies;
    private final RecoverableObjects.Ports ports;
    private final Hosting hosting;
    private final RecoverableObjects objects;
    private final Registration delivering;
    private final Map<String, Node> nodes = new ConcurrentSkipListMap<>(); // by name
    private final Map<String, Node> places =
            new ConcurrentHashMap<>(); // of objects that were created or recovered here

    /**
     * Which objects of a runtime are recoverable.
     *
     * @param nodes on which they are created
     * @param spare where those go that were elsewhere; empty if this runtime has none and takes none
     * @param classes who is asked for classes that are not here
     */
    public record Hosting(Predicate<Node> nodes, Optional<Node> spare, Supplier<RuntimeAddress> classes) {

        public Hosting {
            Objects.requireNonNull(nodes, "nodes");
            Objects.requireNonNull(spare, "spare");
            Objects.requireNonNull(classes, "classes");
        }

        /** Of a runtime whose objects only call such objects, and are called by them. */
        public static Hosting none() {
            return new Hosting(node -> false, Optional.empty(), () -> {
                throw new IllegalStateException("nothing is recovered here");
            });
        }
    }

    public RecoverableActiveObjects(
            RecoverableBodies bodies,
            RecoverableObjects.Ports ports,
            Hosting hosting,
            RecoverableObjects.Settings settings) {
        this.bodies = Objects.requireNonNull(bodies, "bodies");
        this.ports = Objects.requireNonNull(ports, "ports");
        this.hosting = Objects.requireNonNull(hosting, "hosting");
        Optional<Recoverable.Source> source = hosting.spare().map(node -> this::revived);
        this.objects = new RecoverableObjects(ports, source, new Ordinary(), settings);
        this.delivering = bodies.deliverBy(this);
    }

    /**
     * From now on objects are recoverable that are created on this node, and others are recovered there.
     *
     * @param ttc how often all that are recovered in this runtime are saved
     */
    public void protect(Node node, Duration ttc) {
        objects.saveEvery(ttc);
        if (nodes.put(node.name(), node) == null && nodes.size() == 1) {
            objects.offer(this::revived);
        }
    }

    Residence residence() {
        return objects.residence();
    }

    /** Objects are recoverable no more that are created on this node from now on, and others go elsewhere. */
    public void leave(Node node) {
        if (nodes.remove(node.name()) != null && nodes.isEmpty()) {
            objects.offerNothing();
        }
    }

    /** What was on it ends with it: it was not lost, but taken away. Blocks until nobody recovers it. */
    @Override
    public void removed(Node node) {
        leave(node);
        places.forEach((id, place) -> {
            if (place.equals(node)) {
                objects.end(id, "its node " + node.name() + " was removed");
                places.remove(id);
            }
        });
    }

    private Recoverable revived(String id, Blob state) {
        BodyId body =
                Names.body(id).orElseThrow(() -> new IllegalStateException("object '" + id + "' is no active object"));
        Node place = place(id);
        places.put(id, place);
        return new RecoveredBody(
                id, bodies.revive(body, state.bytes(), place, hosting.classes().get()));
    }

    /** Where it was before, as long as that is here. */
    private Node place(String id) {
        return Optional.ofNullable(places.get(id))
                .or(() -> nodes.values().stream().findFirst())
                .or(hosting::spare)
                .orElseThrow(() -> new IllegalStateException("no node of this runtime takes recoverable objects"));
    }

    /** The active objects of this runtime that are not recoverable. */
    private final class Ordinary implements Recoverable.Others {

        /** Also of those that have ended: somebody has to say so. */
        @Override
        public boolean serves(String name) {
            return Names.body(name)
                    .filter(body -> body.birthplace().equals(ports.self().id()))
                    .isPresent();
        }

        @Override
        public void serve(String name, Message.Request request, Consumer<Blob> reply) {
            bodies.serve(
                    Names.body(name).orElseThrow(),
                    RecoveredBody.delivered(request),
                    outcome -> reply.accept(Blob.sharing(outcome)));
        }
    }

    @Override
    public boolean recovers(Node node) {
        return nodes.containsKey(node.name()) || hosting.nodes().test(node);
    }

    @Override
    public void created(BodyId object, Node node, byte[] state) {
        String id = Names.of(object);
        places.put(id, node);
        objects.create(id, Blob.of(state));
    }

    @Override
    public Mailbox mailbox(SenderId sender) {
        Participant outsider = objects.outsider(Names.of(sender));
        return RecoveredBody.mailbox(outsider.self(), outsider);
    }

    @Override
    public void close() {
        delivering.close();
        objects.close();
    }
}
