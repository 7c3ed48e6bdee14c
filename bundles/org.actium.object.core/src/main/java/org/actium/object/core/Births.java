package org.actium.object.core;

import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.actium.object.api.BodyId;
import org.actium.object.api.CreationException;
import org.actium.object.spi.BirthGuard;
import org.actium.object.spi.Delivery;
import org.actium.object.spi.Stubs;
import org.actium.object.spi.TypeFacts;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;

/** Brings active objects of this runtime to life. */
final class Births {

    private final ClassValue<Obstacles> obstacles = new ClassValue<>() {
        @Override
        protected Obstacles computeValue(Class<?> type) {
            return Obstacles.of(type);
        }
    };
    private final ClassValue<List<Constructor<?>>> constructors = new ClassValue<>() {
        @Override
        protected List<Constructor<?>> computeValue(Class<?> type) {
            return ConstructorChoice.visible(type);
        }
    };
    private final ObjectSpace space;
    private final ActiumRuntime runtime;
    private final Stubs stubs;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Identical, BodyId> turned = new ConcurrentHashMap<>();
    private final List<BirthGuard> guards = new CopyOnWriteArrayList<>();

    Births(ObjectSpace space, ActiumRuntime runtime, Stubs stubs) {
        this.space = space;
        this.runtime = runtime;
        this.stubs = stubs;
    }

    Registration guard(BirthGuard guard) {
        guards.add(guard);
        return () -> guards.remove(guard);
    }

    /** To be called once the body is listed. */
    private void admit(Class<?> type) {
        for (BirthGuard guard : guards) {
            guard.admit(type);
        }
    }

    /**
     * Creates an object; its constructor runs on this thread.
     *
     * @param arguments asked for once the body exists, which they may refer to
     * @param begun told of the body before its constructor runs
     * @throws CreationException why there is no object
     */
    Body create(Birth birth, String nodeName, Request.Arguments arguments, Consumer<Body> begun) {
        refuseWhatCannotBeActive(birth);
        Class<?> type = birth.type();
        Node node = runtime.node(nodeName)
                .orElseThrow(() -> new CreationException("no active object of class " + type.getName() + ": runtime "
                        + runtime.name() + " has no node '" + nodeName + "' (any more)"));
        BodyId id = new BodyId(runtime.id(), numbers.incrementAndGet());
        Optional<Delivery> delivery = space.deliveries().concerning(node);
        if (delivery.isPresent()) {
            return createRecoverable(birth, id, node, delivery.get(), arguments, begun);
        }
        Body body = body(birth, id, node, BodySettings.of(node));
        construct(body, birth, arguments, begun);
        if (runtime.node(nodeName).isEmpty()) {
            body.endNow(); // the node went while the body came, and nobody told it
        }
        return body;
    }

    private Body body(Birth birth, BodyId id, Node node, BodySettings settings) {
        ServantClass servantClass = space.servantClass(birth.type()).as(birth.face());
        return new Body(
                id,
                birth.name(),
                servantClass,
                node,
                settings,
                space.interception().of(id, birth.type(), node),
                space);
    }

    private void construct(Body body, Birth birth, Request.Arguments arguments, Consumer<Body> begun) {
        space.know(body);
        begun.accept(body);
        int depth = nesting() + 1;
        space.waits()
                .whileMaking(
                        body,
                        () -> space.calls()
                                .apart(() -> body.construct(() -> born(birth, arguments.get(), body), depth)));
    }

    /** The object that is constructed is a draft: copies are made of its state, the first one where it was constructed. */
    private Body createRecoverable(
            Birth birth, BodyId id, Node node, Delivery delivery, Request.Arguments arguments, Consumer<Body> begun) {
        refuseWhatCannotBeRecoverable(birth, node);
        RecoverableCopy draft = new RecoverableCopy(space.deliveries());
        Body body = body(birth, id, node, BodySettings.of(node).of(draft));
        draft.isOf(body);
        construct(body, birth, arguments, begun);
        try {
            byte[] state = draft.state().bytes();
            body.endNow();
            delivery.created(id, node, state);
            return body;
        } catch (RuntimeException unsafe) {
            body.endNow();
            throw new CreationException(
                    "active object " + body.name() + " of class " + birth.type().getName() + " on node " + node.name()
                            + " was not created: " + unsafe.getMessage(),
                    unsafe);
        }
    }

    /** Makes a copy of an object that was created before, here or elsewhere. */
    void revive(Birth birth, BodyId id, Node node, Object servant, RecoverableCopy copy) {
        Body body = body(birth, id, node, BodySettings.of(node).of(copy));
        copy.isOf(body);
        space.know(body);
        space.calls()
                .apart(() -> body.construct(
                        () -> {
                            admit(birth.type());
                            return new Body.Born(servant, Optional.empty());
                        },
                        1));
    }

    /** @throws CreationException with what of it is not yet done again as it was */
    private void refuseWhatCannotBeRecoverable(Birth birth, Node node) {
        Class<?> type = birth.type();
        if (birth.turned()) {
            refuseRecoverable(
                    birth, node, "an object that exists would not be the one that is recovered; create it there");
        }
        if (BodySettings.of(node).whenFull() == BodySettings.WhenFull.FAIL) {
            refuseRecoverable(
                    birth,
                    node,
                    "its property " + BodySettings.INBOX_WHEN_FULL + " is 'fail', but who calls such an object waits");
        }
        if (birth.acting() || Activity.isActing(type)) {
            refuseRecoverable(birth, node, "it has an activity: initActivity, runActivity or endActivity");
        }
        space.immediateMethods(type).annotated().keySet().stream()
                .sorted()
                .findFirst()
                .ifPresent(method -> refuseRecoverable(birth, node, method + " is served immediately"));
        space.servantClass(type)
                .anyThatPromises()
                .ifPresent(method -> refuseRecoverable(birth, node, method + " returns a future of the JDK"));
    }

    private static void refuseRecoverable(Birth birth, Node node, String why) {
        throw new CreationException("no active object of class " + birth.type().getName() + " on node " + node.name()
                + ", whose objects are recoverable: " + why);
    }

    /** How many constructors of active objects this thread runs, each within the one before. */
    int nesting() {
        Optional<Body> caller = space.calls().bodyOfCaller();
        return caller.isPresent() ? caller.get().nesting() : 0;
    }

    private Body.Born born(Birth birth, Object[] given, Body body) throws Exception {
        admit(birth.type());
        int count = birth.acting() ? given.length - 1 : given.length;
        Object servant = birth.turned()
                ? onlyOnce(given[0], body)
                : ConstructorChoice.of(birth.type(), constructors.get(birth.type()), Arrays.copyOf(given, count))
                        .call();
        return new Body.Born(servant, birth.acting() ? Optional.of(given[count]) : Optional.empty());
    }

    /** One object served by two bodies would have two threads. */
    private Object onlyOnce(Object object, Body body) {
        BodyId other = turned.putIfAbsent(new Identical(object), body.id());
        if (other != null) {
            throw new CreationException(
                    "an object of class " + object.getClass().getName()
                            + " cannot be turned active twice: it is active object " + other + " already");
        }
        return object;
    }

    /** The object of a body that has ended may be turned active again. */
    void forget(Body body) {
        if (!turned.isEmpty()) {
            turned.remove(new Identical(body.servant()), body.id());
        }
    }

    /** An object as a key: itself, whatever it is equal to. */
    private record Identical(Object object) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Identical key && key.object == object;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(object);
        }
    }

    /** @throws CreationException with the rule that the class, or the type of its stubs, breaks */
    void refuseWhatCannotBeActive(Birth birth) {
        Class<?> type = birth.type();
        Class<?> face = birth.face();
        Obstacles known = obstacles.get(type);
        refuse(type, birth.turned() ? known.toServing() : known.toCreation());
        if (!face.isAssignableFrom(type)) {
            refuse(type, Optional.of("it should be called as " + face.getName() + ", but is none"));
        }
        refuse(type, face == type ? known.toCalls() : stubs.obstacle(face));
    }

    private static void refuse(Class<?> type, Optional<String> why) {
        if (why.isPresent()) {
            throw new CreationException(TypeFacts.of(type).cannotBeActive(why.get()));
        }
    }
}
