package org.actium.object.core;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.actium.codec.api.ClassSpace;
import org.actium.codec.api.ClassSpaces;
import org.actium.codec.api.Codec;
import org.actium.codec.api.CodecException;
import org.actium.future.spi.Outcome;
import org.actium.future.spi.PendingOutcome;
import org.actium.future.spi.Placeholders;
import org.actium.object.api.ActiveObjects;
import org.actium.object.api.BodyId;
import org.actium.object.api.BodyTerminatedException;
import org.actium.object.api.CallRefusedException;
import org.actium.object.api.Creation;
import org.actium.object.api.CreationException;
import org.actium.object.api.CurrentContext;
import org.actium.object.api.ObjectInfo;
import org.actium.object.api.Termination;
import org.actium.object.spi.InterceptorSource;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.StubMethod;
import org.actium.object.spi.Stubs;
import org.actium.remote.api.Links;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.NodeListener;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.spi.NodeHandles;
import org.actium.runtime.spi.NodeRef;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The active objects of one runtime, and the calls that leave it or arrive at it.
 *
 * <p>A call to an object of this runtime goes straight into its inbox with copies of the arguments; one to an object
 * elsewhere goes through the {@link Wire}.
 */
@Component(service = ActiveObjects.class, immediate = true)
public final class ObjectSpace implements ActiveObjects, AutoCloseable {

    private final ActiumRuntime runtime;
    private final Time time;
    private final Threads threads;
    private final Codec codec;
    private final ClassSpaces classSpaces;
    private final NodeHandles nodes;
    private final Stubs stubs;
    private final Wire wire;
    private final Map<BodyId, Body> bodies = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final ThreadLocal<Outbox> outside = ThreadLocal.withInitial(Outbox::new);
    private final List<InterceptorSource> interceptorSources = new CopyOnWriteArrayList<>();
    private final Registration nodeListening;
    private volatile Optional<Placeholders> placeholders = Optional.empty();

    private final ClassValue<CallRule[]> rules = new ClassValue<>() {
        @Override
        protected CallRule[] computeValue(Class<?> type) {
            return CallRule.of(type);
        }
    };
    private final ClassValue<ServantClass> servantClasses = new ClassValue<>() {
        @Override
        protected ServantClass computeValue(Class<?> type) {
            return ServantClass.of(type);
        }
    };
    private final ClassValue<MessageScope> scopes = new ClassValue<>() {
        @Override
        protected MessageScope computeValue(Class<?> type) {
            return new MessageScope(type);
        }
    };

    @Activate
    public ObjectSpace(
            @Reference ActiumRuntime runtime,
            @Reference Time time,
            @Reference Threads threads,
            @Reference Codec codec,
            @Reference ClassSpaces classSpaces,
            @Reference NodeHandles nodes,
            @Reference Stubs stubs,
            @Reference Links links) {
        this.runtime = runtime;
        this.time = time;
        this.threads = threads;
        this.codec = codec;
        this.classSpaces = classSpaces;
        this.nodes = nodes;
        this.stubs = stubs;
        this.wire = new Wire(this, links, codec, time);
        this.nodeListening = runtime.listen(new NodeListener() {
            @Override
            public void removed(Node node) {
                endAllOn(node);
            }
        });
    }

    /** With placeholders, results can be transparent futures; without, every call with a result waits for it. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY,
            unbind = "withoutPlaceholders")
    public void withPlaceholders(Placeholders offered) {
        placeholders = Optional.of(offered);
    }

    public void withoutPlaceholders(Placeholders gone) {
        placeholders = placeholders.filter(present -> present != gone);
    }

    /** Concerns bodies created from now on. */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "withoutInterceptors")
    public void withInterceptors(InterceptorSource source) {
        interceptorSources.add(source);
    }

    public void withoutInterceptors(InterceptorSource source) {
        interceptorSources.remove(source);
    }

    /** Ends every active object of this runtime. */
    @Override
    @Deactivate
    public void close() {
        nodeListening.close();
        bodies.values().forEach(Body::endNow);
        wire.close();
    }

    // ---- for users

    @Override
    public <T> Creation<T> newActive(Class<T> type, Object... arguments) {
        return new Creator<>(this, type, arguments);
    }

    @Override
    public boolean isActive(Object reference) {
        return proxyOf(known(reference)).isPresent();
    }

    @Override
    public BodyId id(Object stub) {
        return require(stub).ref().id();
    }

    @Override
    public void terminate(Object stub, Termination when) {
        BodyRef ref = require(stub).ref();
        outboxOfCaller().next(ref.id());
        if (isHere(ref.home())) {
            end(ref.id(), when);
        } else {
            wire.terminate(ref, when);
        }
    }

    void end(BodyId id, Termination when) {
        Body body = bodies.get(id);
        if (body == null) {
            return;
        }
        switch (when) {
            case NOW -> body.endNow();
            case AFTER_QUEUE -> body.endAfterQueue();
        }
    }

    @Override
    public List<ObjectInfo> objects() {
        return bodies.values().stream()
                .map(Body::info)
                .sorted(Comparator.comparingLong(info -> info.id().number()))
                .toList();
    }

    private Proxy require(Object stub) {
        return proxyOf(known(stub))
                .orElseThrow(() -> new IllegalArgumentException((stub == null
                                ? "null"
                                : "an object of " + stub.getClass().getName())
                        + " is not a stub of an active object"));
    }

    /** The value of a future, for which this waits; everything else as it is. */
    Object known(Object reference) {
        return switch (pendingBehind(reference).map(PendingOutcome::await).orElse(null)) {
            case Outcome.Value(Object value) -> value;
            case Outcome.Failure failure ->
                throw new IllegalArgumentException(
                        "the call that should have returned the active object failed", failure.cause());
            case null -> reference;
        };
    }

    // ---- creation

    Object create(Class<?> type, Object[] arguments, Optional<Node> where, Optional<String> name) {
        refuseWhatCannotBeActive(type);
        NodeRef node = nodes.ref(where.orElse(runtime.defaultNode()));
        outboxOfCaller().settle();
        return isHere(node.runtime())
                ? createHere(type, node.name(), name, copyOf(arguments, "constructor of " + type.getName()))
                : wire.create(node, classSpaces.spaceOf(type), type, name, arguments);
    }

    /** Blocks until the constructor has returned. @return a stub */
    private Object createHere(Class<?> type, String node, Optional<String> name, Object[] arguments) {
        ReplySlot created = new ReplySlot("creation", type.getName(), Optional.empty(), time);
        Body body = begin(type, node, name, () -> arguments, created::set);
        return switch (created.await()) {
            case Outcome.Value _ -> stubOf(refOf(body));
            case Outcome.Failure(Throwable cause) -> throw asCreationException(cause);
        };
    }

    /** Begins to create an object of this runtime; the outcome is {@code null} or why there is none. */
    Body begin(
            Class<?> type,
            String nodeName,
            Optional<String> name,
            Request.Arguments arguments,
            Consumer<Outcome> created) {
        refuseWhatCannotBeActive(type);
        Node node = runtime.node(nodeName)
                .orElseThrow(() -> new CreationException("no active object of class " + type.getName() + ": runtime "
                        + runtime.name() + " has no node '" + nodeName + "' (any more)"));
        BodyId id = new BodyId(runtime.id(), numbers.incrementAndGet());
        String called = name.orElseGet(() -> type.getSimpleName().toLowerCase(Locale.ROOT) + "-" + id.number());
        Body body = new Body(id, called, type, node, interceptorFor(id, type, node), this);
        bodies.put(id, body);
        body.start(() -> construct(type, arguments.get()), created);
        return body;
    }

    private static Object construct(Class<?> type, Object[] arguments) throws Exception {
        Constructor<?> constructor = ConstructorChoice.of(type, arguments);
        constructor.setAccessible(true);
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() instanceof Exception exception ? exception : thrown;
        }
    }

    private void refuseWhatCannotBeActive(Class<?> type) {
        stubs.obstacle(type).ifPresent(obstacle -> {
            throw new CreationException("class " + type.getName() + " cannot be active: " + obstacle);
        });
        if (Modifier.isAbstract(type.getModifiers())) {
            throw new CreationException("class " + type.getName() + " cannot be active: it is "
                    + (type.isInterface() ? "an interface" : "abstract") + "; name a class that can be instantiated");
        }
        if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
            throw new CreationException("class " + type.getName()
                    + " cannot be active: it is an inner class, which needs an enclosing object; make it static");
        }
    }

    private MessageInterceptor interceptorFor(BodyId id, Class<?> type, Node node) {
        List<MessageInterceptor> interceptors = new ArrayList<>();
        for (InterceptorSource source : interceptorSources) {
            source.interceptorFor(id, type, node).ifPresent(interceptors::add);
        }
        return switch (interceptors.size()) {
            case 0 -> MessageInterceptor.NONE;
            case 1 -> interceptors.getFirst();
            default -> new InterceptorChain(interceptors);
        };
    }

    private static CreationException asCreationException(Throwable cause) {
        return cause instanceof CreationException refused ? refused : new CreationException(cause.toString(), cause);
    }

    // ---- calls

    /** One-way. */
    void send(BodyRef ref, StubMethod method, Object[] arguments) {
        dispatch(ref, method, arguments, Optional.empty());
    }

    /** Waits for the result. */
    Object call(BodyRef ref, StubMethod method, Object[] arguments) throws Throwable {
        ReplySlot slot = new ReplySlot(method, ref.name(), Optional.of(ref.id()), time);
        if (CurrentContext.get()
                .filter(context -> context.id().equals(ref.id()))
                .isPresent()) {
            slot.await(); // refuses, before anything is sent
        }
        dispatch(ref, method, arguments, Optional.of(new Reply(slot, slot::set)));
        return switch (slot.await()) {
            case Outcome.Value(Object value) -> value;
            case Outcome.Failure failure -> throw failure.atCaller(slot.call());
        };
    }

    /** Goes on with a placeholder for the result, or waits for it if there are none. */
    Object callLater(BodyRef ref, StubMethod method, Object[] arguments) throws Throwable {
        Optional<Placeholders> available = placeholders;
        Class<?> result = method.type().returnType();
        if (available.isEmpty() || available.get().obstacle(result).isPresent()) {
            return call(ref, method, arguments);
        }
        ReplySlot slot = new ReplySlot(method, ref.name(), Optional.of(ref.id()), time);
        dispatch(ref, method, arguments, Optional.of(new Reply(slot, outcome -> settle(slot, outcome))));
        return available.get().placeholder(result, slot);
    }

    /**
     * A reply that is waited for.
     *
     * @param arrival called with the outcome, once; sets the slot now or when the value is known
     */
    record Reply(ReplySlot slot, Consumer<Outcome> arrival) {}

    /** @param reply empty for a one-way call */
    private void dispatch(BodyRef ref, StubMethod method, Object[] arguments, Optional<Reply> reply) {
        Optional<Body> sender = bodyOfCaller();
        Outbox outbox = sender.map(Body::outbox).orElseGet(outside::get);
        long sequence = outbox.next(ref.id());
        boolean here = isHere(ref.home());
        Object[] own = here ? copyOf(arguments, method.toString()) : arguments;
        Consumer<Outcome> onReply = reply.map(Reply::arrival)
                .map(here ? this::withCopies : Function.identity())
                .orElse(null);
        Request request = new Request(ref.id(), sender.map(Body::id), sequence, method.signature(), () -> own, onReply);
        sender.ifPresent(body -> body.interceptor().departing(request));
        if (here) {
            deliver(request, ref);
        } else {
            wire.send(ref, request, own, outbox, reply);
        }
    }

    private Consumer<Outcome> withCopies(Consumer<Outcome> arrival) {
        return outcome -> arrival.accept(copyOf(outcome));
    }

    /** Sets the outcome of a future: at once, or, if it is a pending future itself, when that one is known. */
    void settle(ReplySlot slot, Outcome outcome) {
        Optional<PendingOutcome> inner =
                outcome instanceof Outcome.Value(Object value) ? pendingBehind(value) : Optional.empty();
        inner.ifPresentOrElse(pending -> pending.whenKnown(known -> settle(slot, known)), () -> slot.set(outcome));
    }

    private void deliver(Request request, BodyRef ref) {
        Body body = bodies.get(ref.id());
        if (body == null) {
            throw new BodyTerminatedException(
                    "active object " + ref.name() + " has ended; " + request.method() + " was not served");
        }
        body.receive(request);
    }

    Optional<Body> body(BodyId id) {
        return Optional.ofNullable(bodies.get(id));
    }

    private Optional<Body> bodyOfCaller() {
        return CurrentContext.get().filter(Body.class::isInstance).map(Body.class::cast);
    }

    private Outbox outboxOfCaller() {
        return bodyOfCaller().map(Body::outbox).orElseGet(outside::get);
    }

    private boolean isHere(RuntimeAddress home) {
        return home.id().equals(runtime.id());
    }

    // ---- values

    private Object[] copyOf(Object[] arguments, String what) {
        if (arguments.length == 0) {
            return arguments;
        }
        try {
            return codec.copy(arguments, References.copying(this));
        } catch (CodecException notCopyable) {
            throw new CodecException("argument of " + what + ": " + notCopyable.getMessage(), notCopyable);
        }
    }

    private Outcome copyOf(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Value(Object value) -> copyOfValue(value);
            case Outcome.Failure(Throwable cause) -> new Outcome.Failure(copyOf(cause));
        };
    }

    private Outcome copyOfValue(Object value) {
        try {
            return new Outcome.Value(codec.copy(value, References.copying(this)));
        } catch (CodecException notCopyable) {
            return new Outcome.Failure(new CallRefusedException(
                    "the result cannot be passed on: " + notCopyable.getMessage(), notCopyable));
        }
    }

    private Throwable copyOf(Throwable thrown) {
        try {
            return codec.copy(thrown, References.copying(this));
        } catch (CodecException notCopyable) {
            return Failures.standIn(thrown, notCopyable.getMessage());
        }
    }

    /** A future of its own for another holder in this runtime: gets a copy of the value when it comes. */
    PendingOutcome follow(PendingOutcome original) {
        ReplySlot copy = new ReplySlot(original.call(), "its way", Optional.empty(), time);
        original.whenKnown(outcome -> settle(copy, copyOf(outcome)));
        return copy;
    }

    // ---- references

    Optional<Proxy> proxyOf(Object candidate) {
        return stubs.handler(candidate).filter(Proxy.class::isInstance).map(Proxy.class::cast);
    }

    Class<?> stubbedType(Object stub) {
        return stubs.stubbedType(stub).orElseThrow();
    }

    Optional<PendingOutcome> pendingBehind(Object candidate) {
        return placeholders.flatMap(present -> present.outcome(candidate));
    }

    Object placeholder(Class<?> type, PendingOutcome outcome) {
        return placeholders
                .orElseThrow(() -> new CodecException(
                        "a pending " + type.getName() + " arrived, but this runtime has no bundle that offers futures"))
                .placeholder(type, outcome);
    }

    Object stubOf(BodyRef ref) {
        return stubs.stub(ref.type(), new Proxy(ref, this, rules.get(ref.type())));
    }

    BodyRef refOf(Body body) {
        return new BodyRef(body.id(), wire.self(), body.name(), body.type());
    }

    NodeHandles nodes() {
        return nodes;
    }

    ServantClass servantClass(Class<?> type) {
        return servantClasses.get(type);
    }

    MessageScope scope(Class<?> type) {
        return scopes.get(type);
    }

    Class<?> load(ClassSpace space, String className, RuntimeAddress origin) throws ClassNotFoundException {
        return Class.forName(className, false, classSpaces.loader(space, origin));
    }

    // ---- for bodies

    void run(Runnable activation) {
        threads.run(activation);
    }

    void forget(Body body) {
        bodies.remove(body.id());
    }

    private void endAllOn(Node node) {
        for (Body body : bodies.values()) {
            if (body.node().equals(node)) {
                body.endNow();
            }
        }
    }
}
