package org.actium.object.core;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.actium.codec.api.ClassScope;
import org.actium.codec.api.ClassSpace;
import org.actium.codec.api.CodecException;
import org.actium.codec.api.ReceivedClasses;
import org.actium.future.spi.Outcome;
import org.actium.future.spi.PendingOutcome;
import org.actium.object.api.BodyId;
import org.actium.object.api.CreationException;
import org.actium.object.spi.StubbedMethods;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;

/** Active objects that are created here because another runtime asks for it. */
final class RemoteBirths {

    private final ObjectSpace space;
    private final Values values;
    private final Waits waits;
    private final Map<Underway, BodyId> underway = new ConcurrentHashMap<>();

    /** A creation as the runtime that ordered it numbers it. */
    private record Underway(RuntimeId from, long number) {}

    RemoteBirths(ObjectSpace space, Values values, Waits waits) {
        this.space = space;
        this.values = values;
        this.waits = waits;
    }

    /**
     * What another runtime asks to be created.
     *
     * @param number under which it expects the answer
     */
    record Order(
            RuntimeAddress from,
            long number,
            String node,
            ClassSpace classSpace,
            String className,
            String faceName,
            boolean turned,
            boolean acting,
            Optional<String> name) {

        /** The face is found among what the class extends and implements: its loader need not find it by name. */
        Birth birth(Class<?> type) {
            Class<?> face = StubbedMethods.supertypes(type).stream()
                    .filter(above -> above.getName().equals(faceName))
                    .findFirst()
                    .orElseThrow(() -> new CreationException("class " + className + " of " + classSpace
                            + " cannot be active: it should be called as " + faceName + ", but is none"));
            return new Birth(type, face, turned, acting, name);
        }
    }

    /**
     * Those of the constructor, as they came.
     *
     * @param futures that are among them
     * @param known classes of which they need not say more than a number
     */
    record Arguments(ByteBuffer encoded, List<PendingOutcome> futures, ReceivedClasses known) {}

    /** Where the class of an order will be known. */
    ReplySlot classOf(Order order) {
        return new ReplySlot("class " + order.className(), order.classSpace().toString(), Optional.empty(), waits);
    }

    /**
     * Fetches the class, which may take long, and begins the construction, which decodes the arguments.
     *
     * @param loaded told the class, or why there is none
     * @param created told the reference of the new object, or why there is none
     */
    void begin(Order order, Arguments arguments, ReplySlot loaded, Consumer<Outcome> created) {
        try {
            Class<?> type = space.load(order.classSpace(), order.className(), order.from());
            loaded.set(new Outcome.Value(type));
            construct(order, type, arguments, created);
        } catch (ClassNotFoundException missing) {
            refuse(loaded, created, "class " + order.className() + " does not exist in " + order.classSpace());
        } catch (CreationException refused) {
            loaded.set(new Outcome.Failure(refused));
            created.accept(new Outcome.Failure(refused));
        } catch (RuntimeException | Error unusable) {
            refuse(
                    loaded,
                    created,
                    "class " + order.className() + " of " + order.classSpace() + " cannot be used: " + why(unusable));
        }
    }

    /** The object whose constructor runs because that runtime ordered it under that number. */
    Optional<BodyId> underway(RuntimeId from, long number) {
        return Optional.ofNullable(underway.get(new Underway(from, number)));
    }

    private void construct(Order order, Class<?> type, Arguments arguments, Consumer<Outcome> created) {
        Underway key = new Underway(order.from().id(), order.number());
        try {
            Body body = space.births()
                    .create(
                            order.birth(type),
                            order.node(),
                            () -> read(order, arguments, space.scope(type)),
                            begun -> underway.put(key, begun.id()));
            created.accept(new Outcome.Value(space.refOf(body)));
        } finally {
            underway.remove(key);
        }
    }

    private Object[] read(Order order, Arguments arguments, ClassScope scope) {
        try {
            return (Object[]) values.read(arguments.encoded(), scope, arguments.futures(), arguments.known());
        } catch (CodecException unreadable) {
            throw new CreationException(
                    "active object of class " + order.className() + " on node " + order.node()
                            + " was not created: its arguments cannot be read there: " + unreadable.getMessage(),
                    unreadable);
        }
    }

    private void refuse(ReplySlot loaded, Consumer<Outcome> created, String why) {
        Outcome refusal = new Outcome.Failure(
                new CreationException(why + " on runtime " + space.self().name()));
        loaded.set(refusal);
        created.accept(refusal);
    }

    private static String why(Throwable unusable) {
        return unusable instanceof NoClassDefFoundError missing
                ? "it needs " + missing.getMessage().replace('/', '.') + ", which is missing there"
                : unusable.toString();
    }

    /** Blocks until the class is there. */
    ClassScope scopeOf(ReplySlot loaded) {
        return switch (loaded.await()) {
            case Outcome.Value(Object type) -> space.scope((Class<?>) type);
            case Outcome.Failure(Throwable cause) -> throw new CodecException(cause.getMessage(), cause);
        };
    }
}
