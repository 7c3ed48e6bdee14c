package org.actium.object.core;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.actium.codec.api.ClassSpace;
import org.actium.codec.api.ClassSpaces;
import org.actium.codec.api.Codec;
import org.actium.codec.api.CodecException;
import org.actium.future.api.Futures;
import org.actium.future.spi.Outcome;
import org.actium.future.spi.Outcomes;
import org.actium.future.spi.PendingOutcome;
import org.actium.future.spi.Placeholders;
import org.actium.object.api.ActiveObjects;
import org.actium.object.api.BodyId;
import org.actium.object.api.Bracket;
import org.actium.object.api.Creation;
import org.actium.object.api.CurrentContext;
import org.actium.object.api.FailureListener;
import org.actium.object.api.ObjectInfo;
import org.actium.object.api.Termination;
import org.actium.object.spi.BirthGuard;
import org.actium.object.spi.Delivered;
import org.actium.object.spi.Delivery;
import org.actium.object.spi.Facilities;
import org.actium.object.spi.InterceptorSource;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.Need;
import org.actium.object.spi.ObjectHandles;
import org.actium.object.spi.ObjectListener;
import org.actium.object.spi.ObjectRef;
import org.actium.object.spi.RecoverableBodies;
import org.actium.object.spi.RecoverableBody;
import org.actium.object.spi.SharedArguments;
import org.actium.object.spi.Stubs;
import org.actium.object.spi.WaitGraph;
import org.actium.object.spi.WaitListener;
import org.actium.remote.api.Links;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.NodeListener;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
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
@Component(
        service = {
            ObjectSpace.class,
            ActiveObjects.class,
            ObjectHandles.class,
            Outcomes.class,
            SharedArguments.class,
            WaitGraph.class,
            RecoverableBodies.class
        },
        immediate = true)
public final class ObjectSpace
        implements ActiveObjects,
                ObjectHandles,
                Outcomes,
                SharedArguments,
                WaitGraph,
                RecoverableBodies,
                AutoCloseable {

    private final ActiumRuntime runtime;
    private final Time time;
    private final Waits waits;
    private final Threads threads;
    private final Codec codec;
    private final KnownClasses classes;
    private final NodeHandles nodes;
    private final Stubs stubs;
    private final Wire wire;
    private final Deliveries deliveries;
    private final Births births;
    private final Census census;
    private final Calls calls;
    private final LateReplies lateReplies;
    private final Reception reception;
    private final Execution execution;
    private final Creations creations;
    private final Activations activations = new Activations();
    private final Bodies bodies = new Bodies();
    private final Interception interception;
    private final FailureReports failures = new FailureReports(bodies::nameOf);
    private final Obituaries obituaries = new Obituaries();
    private final List<Facilities> facilities = new CopyOnWriteArrayList<>();
    private final Registration nodeListening;
    private volatile Optional<Placeholders> placeholders = Optional.empty();
    private volatile Optional<Futures> futures = Optional.empty();

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
        this.interception = new Interception(bodies, time);
        this.waits = new Waits(time, runtime.id());
        this.threads = threads;
        this.codec = codec;
        this.classes = new KnownClasses(stubs, classSpaces);
        this.nodes = nodes;
        this.stubs = stubs;
        Optional<SharedValues> checked = codec.sharingCheck().map(check -> new SharedValues(check, bodies::nameOf));
        Copies copies = new Copies(this, codec, threads, waits, checked);
        this.births = new Births(this, runtime, stubs);
        checked.ifPresent(this::withInterceptors);
        Values values = new Values(this, codec);
        this.wire = new Wire(this, links, values, copies, time, threads, waits);
        this.deliveries = new Deliveries(this, codec, values, waits, copies::ofThrown);
        this.census = new Census(runtime, wire.self(), bodies);
        this.lateReplies = new LateReplies(this, threads);
        this.reception = new Reception(waits);
        Brackets brackets = new Brackets();
        this.execution = new Execution(lateReplies, brackets);
        this.calls = new Calls(this, copies, wire, brackets, new CallFuture.Ports(threads, time, waits));
        this.creations = new Creations(this, runtime, classes, births, calls, copies, wire, threads, waits);
        this.nodeListening = runtime.listen(new NodeListener() {
            @Override
            public void removed(Node node) {
                bodies.endAllOn(node);
                interception.gone(node);
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

    /** For active objects to wait for futures with. */
    public void withFutures(Futures offered) {
        futures = Optional.of(offered);
    }

    public void withoutFutures(Futures gone) {
        futures = futures.filter(present -> present != gone);
    }

    /** Those that bodies keep concern bodies created from now on; those of nodes also bodies that are there. */
    public void withInterceptors(InterceptorSource source) {
        interception.add(source);
    }

    public void withoutInterceptors(InterceptorSource source) {
        interception.remove(source);
    }

    /** Told from now on of failures of which nobody closer hears. */
    public void withFailureListener(FailureListener listener) {
        failures.listen(listener);
    }

    public void withoutFailureListener(FailureListener gone) {
        failures.stopListening(gone);
    }

    /** For active objects to ask for. */
    public void withFacilities(Facilities offered) {
        facilities.add(offered);
    }

    public void withoutFacilities(Facilities gone) {
        facilities.remove(gone);
    }

    /** Ends every active object of this runtime. */
    @Override
    @Deactivate
    public void close() {
        nodeListening.close();
        bodies.endAll();
        wire.close();
        deliveries.close();
    }

    // ---- for users

    @Override
    public <T> Creation<T> newActive(Class<T> type, Object... arguments) {
        Objects.requireNonNull(arguments, "arguments: for one argument that is null, pass (Object) null");
        return new Creator<>(this, type, false, Arrays.copyOf(arguments, arguments.length, Object[].class));
    }

    @Override
    @SuppressWarnings("unchecked") // the class of a T
    public <T> Creation<T> turnActive(T object) {
        Object itself = known(Objects.requireNonNull(object, "object: pass the object that is to be active"));
        if (itself == null) {
            throw new IllegalArgumentException("the object to be turned active is a future whose value is null");
        }
        proxyOf(itself)
                .ifPresent(proxy -> refuseToTurn("a stub of " + proxy.ref().name()));
        calls.bodyOfCaller()
                .filter(body -> body.servant() == itself)
                .ifPresent(body -> refuseToTurn("the object that " + body.name() + " runs"));
        return new Creator<>(this, (Class<T>) itself.getClass(), true, new Object[] {itself});
    }

    private static void refuseToTurn(String what) {
        throw new IllegalArgumentException(what + " cannot be turned active: it is active already");
    }

    @Override
    public <T> List<T> newActiveOnEach(List<Node> where, Class<T> type, Object[]... arguments) {
        return new ParallelBirths(this, threads, waits).start(where, type, arguments);
    }

    @Override
    public String explain(Class<?> type, Method method) {
        Objects.requireNonNull(type, "type: say of which type the stub is");
        Objects.requireNonNull(method, "method: say which method of the type is meant");
        stubs.obstacle(type).ifPresent(obstacle -> {
            throw new IllegalArgumentException("calls are made through stubs, but " + obstacle);
        });
        return CallPlans.explain(type, method);
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
        Proxy proxy = require(stub);
        Objects.requireNonNull(when, "when: say Termination.NOW or AFTER_QUEUE");
        calls.terminate(proxy.ref(), when);
    }

    @Override
    public void interrupt(Object stub) {
        calls.interrupt(require(stub).ref());
    }

    void interrupt(BodyId id) {
        body(id).ifPresent(Body::interrupt);
    }

    @Override
    public boolean ping(Object stub, Duration limit) {
        Proxy proxy = require(stub);
        return calls.isAlive(proxy.ref(), Objects.requireNonNull(limit, "limit: say how long to wait for an answer"));
    }

    void end(BodyId id, Termination when) {
        body(id).ifPresent(body -> {
            switch (when) {
                case NOW -> body.endNow();
                case AFTER_QUEUE -> body.endAfterQueue();
            }
        });
    }

    @Override
    public List<ObjectInfo> objects() {
        return census.all();
    }

    @Override
    public List<ObjectInfo> objectsOn(Node node) {
        return listed(node, Census.EVERY_TYPE).stream()
                .map(ObjectInfo.class::cast)
                .toList();
    }

    @Override
    public <T> List<T> stubsOn(Node node, Class<T> type) {
        Objects.requireNonNull(type, "type: say of which type the objects are to be");
        stubs.obstacle(type).ifPresent(obstacle -> {
            throw new IllegalArgumentException("no stubs of " + type.getName() + ": " + obstacle);
        });
        return listed(node, type.getName()).stream()
                .map(found -> stub(type, (ObjectRef) found))
                .toList();
    }

    private List<?> listed(Node node, String type) {
        NodeRef where = refOf(node);
        return isHere(where.runtime()) ? census.on(where.name(), type) : wire.list(where, type);
    }

    Census census() {
        return census;
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

    @Override
    public <T> T withLimit(T stub, Duration limit) {
        Object itself = known(stub);
        Proxy proxy = require(itself).limitedTo(Calls.positive(limit));
        @SuppressWarnings("unchecked") // a stub of the same type
        T limited = (T) stubs.stub(stubbedType(itself), proxy);
        return limited;
    }

    @Override
    public <T, X extends Throwable> T within(Duration limit, ScopedValue.CallableOp<? extends T, X> made) throws X {
        return calls.within(limit, Objects.requireNonNull(made, "calls: pass the calls that are to be limited"));
    }

    @Override
    public Bracket bracket(Class<?>... exceptions) {
        return calls.bracket(Arrays.stream(exceptions)
                .<Class<?>>map(type -> Objects.requireNonNull(type, "exceptions: each has to be a class"))
                .toList());
    }

    @Override
    public Registration onFailure(FailureListener listener) {
        return failures.listen(Objects.requireNonNull(listener, "listener: pass who is to hear of failures"));
    }

    @Override
    public Registration onFailure(Object stub, FailureListener listener) {
        return failures.listen(
                require(stub),
                calls.callerId(),
                Objects.requireNonNull(listener, "listener: pass who is to hear of failures"));
    }

    // ---- outcomes

    @Override
    public boolean awaitAny(List<PendingOutcome> outcomes, Optional<Duration> limit) {
        return calls.awaitAny(outcomes, limit);
    }

    @Override
    public Optional<PendingOutcome> explicit(Object candidate) {
        return calls.explicit(candidate);
    }

    @Override
    public void whenKnown(PendingOutcome outcome, Runnable action) {
        calls.whenKnown(outcome, action);
    }

    @Override
    public void later(Runnable action) {
        calls.later(action);
    }

    @Override
    public CompletableFuture<?> async(Callable<?> call) {
        return calls.async(call);
    }

    @Override
    public void look() {
        calls.requireUnrecoverable(Calls.LOOKS);
    }

    // ---- waits

    @Override
    public Registration listen(WaitListener listener) {
        return waits.listen(listener);
    }

    @Override
    public Need need(RuntimeId holder, long future) {
        return wire.needs().of(holder, future);
    }

    @Override
    public boolean isServedInTurn(BodyId producer, String signature, RuntimeId caller, long call) {
        return body(producer)
                .map(body -> body.servesInTurn(signature) && !lateReplies.isAwaited(body, caller, call))
                .orElse(false);
    }

    @Override
    public boolean holdsBack(BodyId owner, BodyId sender, long sequence) {
        return body(owner).map(body -> body.holdsBack(sender, sequence)).orElse(false);
    }

    @Override
    public void tell(RuntimeAddress address, ByteBuffer message) {
        wire.tell(address, message);
    }

    Needs needs() {
        return wire.needs();
    }

    // ---- for those who extend

    @Override
    public ObjectRef ref(Object stub) {
        BodyRef ref = require(stub).ref();
        return new ObjectRef(ref.id(), ref.home(), ref.name());
    }

    @Override
    public <T> T stub(Class<T> type, ObjectRef ref) {
        return type.cast(stubOf(new BodyRef(ref.id(), ref.home(), ref.name(), type)));
    }

    @Override
    public Optional<LocalObject> here(BodyId id) {
        return body(id).map(body -> new LocalObject(new ObjectRef(id, homeOf(body), body.name()), body.type()));
    }

    @Override
    public Registration listen(ObjectListener listener) {
        return bodies.listen(listener);
    }

    @Override
    public Registration guard(BirthGuard guard) {
        return births.guard(guard);
    }

    @Override
    public MessageInterceptor watched(Consumer<String> reports) {
        return new SharedValues(codec.sharingCheck(reports), bodies::nameOf);
    }

    @Override
    public Registration deliverBy(Delivery delivery) {
        return deliveries.by(Objects.requireNonNull(delivery, "delivery"));
    }

    @Override
    public RecoverableBody revive(BodyId object, byte[] state, Node node, RuntimeAddress origin) {
        return deliveries.revive(object, state, node, origin);
    }

    @Override
    public void serve(BodyId object, Delivered request, Consumer<byte[]> outcome) {
        deliveries.serve(object, request, outcome);
    }

    // ---- creation

    /** @return a stub */
    Object create(Birth birth, Object[] arguments, Optional<Node> where) {
        return creations.create(birth, arguments, where);
    }

    Births births() {
        return births;
    }

    Calls calls() {
        return calls;
    }

    /** For threads that serve no active object: they call from the default node. */
    Interceptors interceptorsOutside() {
        return interception.outside(runtime.defaultNode());
    }

    /** As {@link #interceptorsOutside}. */
    Ordering orderingOutside() {
        return Ordering.of(runtime.defaultNode());
    }

    Reception reception() {
        return reception;
    }

    Execution execution() {
        return execution;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    FailureReports failures() {
        return failures;
    }

    Waits waits() {
        return waits;
    }

    /** How much is kept of calls that are not over: awaited from elsewhere, to be forwarded, to be answered late. */
    public int unsettled() {
        return wire.unsettled() + lateReplies.size();
    }

    // ---- bodies

    Interception interception() {
        return interception;
    }

    void know(Body body) {
        bodies.add(body);
        try {
            interception.listed(body);
        } catch (RuntimeException | Error failed) {
            bodies.remove(body);
            throw failed;
        }
    }

    void forget(Body body) {
        births.forget(body);
        bodies.remove(body);
    }

    /** It has done the last it does. */
    void ended(Body body) {
        lateReplies.ended(body);
        failures.forget(body.id());
    }

    Optional<Body> body(BodyId id) {
        return bodies.of(id);
    }

    RuntimeAddress self() {
        return wire.self();
    }

    RuntimeId runtimeId() {
        return runtime.id();
    }

    boolean isHere(RuntimeAddress home) {
        return home.id().equals(runtime.id());
    }

    // ---- references

    Optional<Proxy> proxyOf(Object candidate) {
        return stubs.handler(candidate).orElse(null) instanceof Proxy proxy ? Optional.of(proxy) : Optional.empty();
    }

    Class<?> stubbedType(Object stub) {
        return stubs.stubbedType(stub).orElseThrow();
    }

    Optional<Futures> futures() {
        return futures;
    }

    Optional<Placeholders> placeholders() {
        return placeholders;
    }

    /** Sets the outcome of a future: at once, or, if it is a pending future itself, when that one is known. */
    void settle(ReplySlot slot, Outcome outcome) {
        Optional<PendingOutcome> inner =
                outcome instanceof Outcome.Value(Object value) ? pendingBehind(value) : Optional.empty();
        inner.ifPresentOrElse(
                pending -> {
                    slot.comesFrom(pending);
                    pending.whenKnown(known -> settle(slot, known));
                },
                () -> slot.set(outcome));
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

    /** What a future of the JDK that travels will become. */
    PendingOutcome outcomeOf(CompletionStage<?> stage) {
        return calls.outcomeOf(stage);
    }

    CompletableFuture<?> explicit(ReplySlot slot) {
        return calls.explicit(slot);
    }

    Object stubOf(BodyRef ref) {
        return stubs.stub(ref.type(), new Proxy(ref, this, classes.plans(ref.type()), Optional.empty()));
    }

    BodyRef refOf(Body body) {
        return new BodyRef(body.id(), homeOf(body), body.givenName(), body.face());
    }

    private RuntimeAddress homeOf(Body body) {
        return body.copy() == null ? wire.self() : ObjectRef.ANYWHERE;
    }

    /** The body whose code this thread runs, be it as its thread of service or for an immediate service. */
    Optional<Body> bodyOfThread() {
        return CurrentContext.get().orElse(null) instanceof ServingContext serving
                ? Optional.of(serving.body())
                : Optional.empty();
    }

    /** @param home where it is; empty for this runtime */
    BodyRef refOf(BodyId id, Optional<RuntimeAddress> home, Class<?> as) {
        return new BodyRef(id, home.orElseGet(wire::self), bodies.nameOf(id), as);
    }

    /** Also of a node that is a future, for which this waits. */
    NodeRef refOf(Node node) {
        return nodes.ref((Node) known(Objects.requireNonNull(node, "node: say which node is meant")));
    }

    NodeHandles nodes() {
        return nodes;
    }

    ServantClass servantClass(Class<?> type) {
        return classes.servant(type);
    }

    ImmediateMethods immediateMethods(Class<?> type) {
        return classes.immediateMethods(type);
    }

    MessageScope scope(Class<?> type) {
        return classes.scope(type);
    }

    ClassSpace spaceOf(Class<?> type) {
        return classes.spaceOf(type);
    }

    Class<?> load(ClassSpace space, String className, RuntimeAddress origin) throws ClassNotFoundException {
        return classes.load(space, className, origin);
    }

    // ---- for bodies

    <T> T facility(Class<T> type, Body body) {
        for (Facilities offered : facilities) {
            Optional<T> facility = offered.facility(type, body.id(), body.type());
            if (facility.isPresent()) {
                return facility.get();
            }
        }
        throw new IllegalStateException(body.name() + " asks for " + type.getName() + ", which no bundle of runtime "
                + runtime.name() + " offers; install one that does");
    }

    Obituaries obituaries() {
        return obituaries;
    }

    ImmediateServices immediateServices(Body body) {
        BodySettings settings = body.settings();
        return new ImmediateServices(
                body,
                threads,
                time,
                () -> new Outbox(waits, settings.ordering()),
                calls::mayLive,
                settings.callerCheckPeriod());
    }

    Time time() {
        return time;
    }

    Activations activations() {
        return activations;
    }

    void run(Runnable activation) {
        threads.run(activation);
    }
}
