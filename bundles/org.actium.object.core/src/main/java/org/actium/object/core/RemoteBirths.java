package org.actium.object.core;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.actium.codec.api.ClassScope;
import org.actium.codec.api.ClassSpace;
import org.actium.codec.api.CodecException;
import org.actium.future.spi.Outcome;
import org.actium.future.spi.PendingOutcome;
import org.actium.object.api.CreationException;
import org.actium.object.spi.StubbedMethods;
import org.actium.runtime.api.RuntimeAddress;

/** Active objects that are created here because another runtime asks for it. */
final class RemoteBirths {

    private final ObjectSpace space;
    private final Values values;
    private final Waits waits;

    RemoteBirths(ObjectSpace space, Values values, Waits waits) {
        this.space = space;
        this.values = values;
        this.waits = waits;
    }

    /** What another runtime asks to be created. */
    record Order(
            RuntimeAddress from,
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
    void begin(
            Order order, byte[] arguments, List<PendingOutcome> futures, ReplySlot loaded, Consumer<Outcome> created) {
        try {
            Class<?> type = space.load(order.classSpace(), order.className(), order.from());
            loaded.set(new Outcome.Value(type));
            construct(order, type, arguments, futures, created);
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

    private void construct(
            Order order, Class<?> type, byte[] arguments, List<PendingOutcome> futures, Consumer<Outcome> created) {
        ReplySlot constructed = new ReplySlot("creation of " + type.getName(), order.node(), Optional.empty(), waits);
        Body body = space.births()
                .begin(
                        order.birth(type),
                        order.node(),
                        () -> (Object[]) values.read(arguments, space.scope(type), futures),
                        constructed::set);
        constructed.whenKnown(outcome -> created.accept(
                switch (outcome) {
                    case Outcome.Value _ -> new Outcome.Value(space.refOf(body));
                    case Outcome.Failure failure -> failure;
                }));
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
