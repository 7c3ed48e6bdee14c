package org.actium.object.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.actium.future.spi.Outcome;
import org.actium.object.api.BodyId;
import org.actium.object.api.BodyTerminatedException;
import org.actium.object.api.CreationException;
import org.actium.object.api.CurrentContext;
import org.actium.object.api.ObjectInfo;
import org.actium.object.api.Service;
import org.actium.runtime.api.Node;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one active object: takes requests off its inbox and serves them one at a time, oldest first, unless the object
 * chooses itself.
 *
 * <p>Threading: what arrives is put in the inbox by any thread ({@link Reception}). Everything else happens on the
 * body's own thread: a virtual thread that exists only while there is something to serve, so an idle object costs none.
 * The constructor runs on the thread that creates, which is the thread of service meanwhile.
 *
 * <p>Ordering: requests of one sender are queued in the order in which they were received.
 *
 * <pre>
 *   starting ──constructor, initActivity──▶ active ──ordered, or runActivity returned──▶ ending ──endActivity──▶ ended
 *   starting ──exception────────────────────────────────────────────────────────────────────────────────────▶ ended
 * </pre>
 */
final class Body implements Runnable, ServingContext, ImmediateServices.Server {

    private static final Logger LOG = LoggerFactory.getLogger(Body.class);

    private static final VarHandle ACTIVATION;

    static {
        try {
            ACTIVATION = MethodHandles.lookup().findVarHandle(Body.class, "activation", Activation.class);
        } catch (NoSuchFieldException | IllegalAccessException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final BodyId id;
    private final String given; // null if it is called by its type and number
    private final Node node;
    private final BodySettings settings;
    private final ServantClass servantClass;
    private Interceptors interceptors; // read without order: whoever sends after they were replaced has the new ones
    private final ObjectSpace space;
    private final Inbox inbox = new Inbox();
    private final Outbox outbox;
    private Object servant;
    private Activity activity; // null if there is none
    private SelectiveService service; // null until it is asked for
    private volatile ImmediateServices immediates; // null if every call queues
    private byte nesting; // how many constructors its own runs within, itself included; 0 when that has returned
    private volatile Activation activation; // null while there is none
    private long served; // requests, in all activations that have ended

    Body(
            BodyId id,
            Optional<String> given,
            ServantClass servantClass,
            Node node,
            BodySettings settings,
            Interceptors interceptors,
            ObjectSpace space) {
        this.id = Objects.requireNonNull(id, "id");
        this.given = given.orElse(null);
        this.servantClass = Objects.requireNonNull(servantClass, "servantClass");
        this.node = Objects.requireNonNull(node, "node");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.interceptors = Objects.requireNonNull(interceptors, "interceptors");
        this.space = space;
        this.outbox = new Outbox(space.waits(), settings.ordering());
        inbox.firstTaker();
    }

    /**
     * Makes the object, on this thread: until this returns it is the thread of service, and what arrives waits. Then the
     * body has a thread only if there is something to do.
     *
     * @param depth how many constructors this one runs within, itself included
     * @throws CreationException why there is no object; the body has ended
     */
    void construct(Servants servants, int depth) {
        nesting = (byte) depth; // there are few: those that go deeper have a stack of their own
        try {
            CurrentContext.run(this, () -> constructHere(servants));
        } finally {
            nesting = 0;
            endActivation();
        }
        if (activity != null) {
            push(new Work.Start(this::act));
        }
        if (!inbox.taker().sleep()) {
            space.run(this);
        }
    }

    private void constructHere(Servants servants) {
        begin(new Activation(inbox.taker()));
        try {
            Born born = space.execution().make(this, "constructor", servants::construct);
            Activity found = Activity.of(born.activity(), born.servant());
            servant = born.servant();
            activity = found.isEmpty() ? null : found;
            space.immediateMethods(type())
                    .annotated()
                    .forEach((signature, mode) -> declareImmediate(List.of(signature), Optional.of(mode)));
            outbox.settle();
        } catch (CreationException refused) {
            throw unborn(refused);
        } catch (Throwable thrown) {
            throw unborn(new CreationException(
                    "active object " + name() + " of class " + type().getName() + " on node " + node.name()
                            + " was not created: its constructor threw " + thrown,
                    thrown));
        }
    }

    private CreationException unborn(CreationException why) {
        servant = null;
        outbox.settle();
        end(new Work.End(Work.Rank.FIRST));
        return why;
    }

    /** How many constructors that of this object runs within, itself included; 0 when it has returned. Its thread only. */
    int nesting() {
        return nesting;
    }

    /** Makes the object of a body. */
    @FunctionalInterface
    interface Servants {
        Born construct() throws Exception;
    }

    /**
     * @param servant the object
     * @param activity what acts for it, if it was given anything
     */
    record Born(Object servant, Optional<Object> activity) {}

    // ---- any thread

    /** Whether the request of that sender waits for room in the queue, or its acknowledgement does. */
    boolean holdsBack(BodyId from, long sequence) {
        return inbox.existingWaitingRoom()
                .map(room -> room.holdsBack(from, sequence))
                .orElse(false);
    }

    /** Whether a call of the method that nobody serves yet waits for the thread of service. */
    boolean wouldServe(String signature) {
        return !signature.isEmpty() && servesInTurn(signature) && space.body(id).isPresent();
    }

    /** Whether calls of the method wait for the thread of service. */
    boolean servesInTurn(String signature) {
        ImmediateServices present = immediates;
        return present == null || !present.takes(signature);
    }

    /** Puts it in the inbox, and sees that somebody takes it out. @return whether the inbox was open */
    boolean push(Work work) {
        return deliver(work) != Inbox.Push.CLOSED;
    }

    private Inbox.Push deliver(Work work) {
        Inbox.Push pushed = inbox.push(work);
        wake(pushed);
        return pushed;
    }

    /** Sees that somebody takes out what has been pushed. */
    void wake(Inbox.Push pushed) {
        switch (pushed) {
            case START -> space.run(this);
            case UNPARK -> unparkThreadOfService();
            case QUEUED, FULL, CLOSED -> {}
        }
    }

    private void unparkThreadOfService() {
        Activation present = activation;
        if (present != null) { // or it is awake again and has gone
            LockSupport.unpark(present.server());
        }
    }

    /** Ends after the request being served. Those that wait are answered meanwhile. */
    void endNow() {
        inbox.end();
        if (deliver(new Work.End(Work.Rank.BEFORE_REQUESTS)) != Inbox.Push.QUEUED) {
            return;
        }
        if (isThreadOfService()) {
            refuseWhatWaits();
        } else {
            space.run(this::refuseWhatWaits); // the thread of service may be busy for long
        }
    }

    /**
     * Any thread, once the inbox knows that the body is to end. Of what the thread of service claims at the same time,
     * either this sees that it is claimed, or {@link Taker#begin} tells that thread not to serve it.
     */
    private void refuseWhatWaits() {
        for (Request request : inbox.closeFromOutside()) {
            if (request.claim() && request.decide()) {
                refuse(request);
            }
        }
    }

    /** Ends after everything queued so far. */
    void endAfterQueue() {
        push(new Work.End(Work.Rank.IN_TURN));
    }

    /** Has this done on the thread of service before any further request is served. @return whether it will be */
    boolean order(Work.Rank rank, Runnable errand) {
        return push(new Work.Errand(rank, errand));
    }

    /** Interrupts the request being served, if there is one. */
    void interrupt() {
        Activation present = activation;
        if (present != null) {
            present.interrupt(() -> activation == present);
        }
    }

    // ---- the thread of service

    /** One activation: serves until nothing is left. */
    @Override
    public void run() {
        if (given == null) { // naming a thread costs as much as serving a request
            CurrentContext.run(this, Body::serveWhatIsThere);
            return;
        }
        Thread thread = Thread.currentThread();
        String before = thread.getName();
        thread.setName(given);
        try {
            CurrentContext.run(this, Body::serveWhatIsThere);
        } finally {
            thread.setName(before);
        }
    }

    private void serveWhatIsThere() {
        Activation mine = space.activations().begin(inbox);
        if (sleepsAfter(mine)) {
            space.activations().end(mine);
        } else {
            space.activations().forget();
        }
    }

    /** Serves until nothing is left. @return whether it sleeps then; else it has ended */
    private boolean sleepsAfter(Activation mine) {
        Taker taker = mine.taker();
        do {
            begin(mine);
            Work work = taker.poll();
            if (work == null && inbox.isClosed()) {
                end(new Work.End(Work.Rank.BEFORE_REQUESTS)); // its own order went with what was refused
                return false;
            }
            while (work != null) {
                if (taker.isEnding() && !(work instanceof Work.Start)) {
                    end(work);
                    return false;
                }
                if (work instanceof Request request) {
                    serveUnclaimed(request);
                } else if (!follow((Work.Order) work)) {
                    return false;
                }
                work = taker.poll();
            }
            endActivation();
        } while (!taker.sleep());
        return true;
    }

    /** @return whether there is more to do */
    private boolean follow(Work.Order order) {
        switch (order) {
            case Work.Start start -> start.run();
            case Work.Errand errand -> run(errand);
            case Work.End end -> {
                end(end);
                return false;
            }
        }
        return true;
    }

    /** This thread is the thread of service from here. */
    private void begin(Activation mine) {
        mine.startFrom(served);
        ACTIVATION.setRelease(this, mine);
    }

    private void endActivation() {
        Activation mine = activation;
        if (mine != null) {
            served = mine.served();
            ACTIVATION.setRelease(this, (Activation) null);
        }
    }

    private void run(Work.Errand errand) {
        try {
            space.execution().act(this, "what was ordered", errand::run);
        } catch (RuntimeException | Error failed) {
            LOG.error("{}: could not do what it was ordered to", this, failed);
        }
    }

    /** Follows the orders that go before requests. @throws BodyTerminatedException if one of them is to end */
    void followOrders() {
        Taker taker = taker();
        while (!inbox.isEnding() && taker.order() instanceof Work.Order order) {
            switch (order) {
                case Work.End _ -> inbox.end(); // and stays, for the loop to find
                case Work.Errand errand -> {
                    taker.poll();
                    run(errand);
                }
                case Work.Start start -> throw new IllegalStateException(name() + " starts twice: " + start);
            }
        }
        if (inbox.isEnding()) {
            refuseWhatWaits();
            throw new BodyTerminatedException("active object " + name() + " is to end; it serves no more requests");
        }
    }

    /** Of an object that waits for a request, and will be served none that it does not have already. */
    void refuseToOutlastTheQueue() {
        if (inbox.ends()) {
            if (!isServing()) {
                inbox.end(); // the order stays where it is, behind what may still be served
            }
            throw new BodyTerminatedException("active object " + name()
                    + " ends when its queue is served; what it waits for cannot come any more");
        }
    }

    /** Now, or when its queue is served. */
    boolean isToEnd() {
        return inbox.isEnding() || inbox.ends();
    }

    /** The thread of service only. @param mode empty for methods that queue again */
    void declareImmediate(List<String> signatures, Optional<ImmediateServices.Mode> mode) {
        requireUnrecoverable("serve " + String.join(", ", signatures) + " immediately");
        ImmediateServices present = immediates;
        if (present == null) {
            present = space.immediateServices(this);
        }
        immediates = present; // first: whoever sees a method in there waits until what is queued has gone before
        present.declare(signatures, mode, this::takeImmediate);
        inbox.existingWaitingRoom().ifPresent(WaitingRoom::lookAgain);
    }

    private Request takeImmediate() {
        for (Request waiting = oldestImmediate(); waiting != null; waiting = oldestImmediate()) {
            taker().remove(waiting);
            if (waiting.claim()) {
                return waiting;
            }
        }
        return null;
    }

    private Request oldestImmediate() {
        return taker().oldest(immediates::takes);
    }

    private void act() {
        if (!inbox.isEnding()) {
            initAndRun();
        }
        if (inbox.isEnding()) {
            push(new Work.End(Work.Rank.BEFORE_REQUESTS));
        }
    }

    private void initAndRun() {
        try {
            space.execution().act(this, "initActivity", () -> activity.init(this));
        } catch (Throwable thrown) {
            if (inbox.isEnding() && thrown instanceof BodyTerminatedException) {
                return; // ordered to end meanwhile
            }
            fail("initActivity", thrown);
            return;
        }
        try {
            space.execution().act(this, "runActivity", () -> {
                if (activity.run(this)) {
                    inbox.end();
                }
            });
        } catch (BodyTerminatedException ordered) {
            if (!inbox.isEnding()) {
                fail("runActivity", ordered); // of another object
            }
        } catch (Throwable thrown) {
            fail("runActivity", thrown);
        }
    }

    private void fail(String where, Throwable thrown) {
        LOG.error("{} ends: {} threw", this, where, thrown);
        space.obituaries().add(id, thrown);
        inbox.end();
    }

    /** Unless it is served at once elsewhere, because its method was declared immediate after it came. */
    private void serveUnclaimed(Request request) {
        if (claim(request)) {
            serve(request);
        } else {
            taker().begin(); // for those who wait for room
        }
    }

    /**
     * The thread of service only, and before it serves or answers a request that was in the inbox. While nothing is
     * immediate nobody else could want it; whoever learns later that something is sees what was claimed before.
     *
     * @return whether it is for this thread
     */
    boolean claim(Request request) {
        return immediates == null ? request.claimUncontended() : request.claim();
    }

    /** A request that is claimed. Whatever goes wrong around it, its caller is told and the next one is served. */
    void serve(Request request) {
        Activation mine = activation;
        Request outer = mine.serving(request);
        Activation.State around = mine.begin();
        if (!mine.taker().begin()) {
            mine.end(around);
            mine.serving(outer);
            if (request.decide()) {
                refuse(request);
            }
            return;
        }
        try {
            Outcome outcome;
            boolean interrupted = false;
            try {
                outcome = space.execution().outcomeOf(this, servant, request);
            } finally {
                interrupted = mine.end(around);
            }
            space.execution()
                    .conclude(
                            this,
                            request,
                            interrupted ? Execution.afterInterrupt(name(), request, outcome) : outcome,
                            outbox);
        } catch (RuntimeException | Error broken) {
            LOG.error("{}: could not finish {}", this, request.method(), broken);
            answer(request, new Outcome.Failure(broken));
        } finally {
            mine.served(outer);
        }
    }

    @Override
    public void serveImmediately(Request request, Outbox sent) {
        ImmediateContext context = new ImmediateContext(this, sent, request);
        CurrentContext.run(context, () -> serveHere(request, sent));
    }

    private void serveHere(Request request, Outbox sent) {
        try {
            Object living = servant;
            if (living == null) {
                refuse(request); // it was about to be served when the body ended
                return;
            }
            Outcome outcome = space.execution().outcomeOf(this, living, request);
            space.execution().conclude(this, request, outcome, sent);
        } catch (RuntimeException | Error broken) {
            LOG.error("{}: could not finish {}", this, request.method(), broken);
            answer(request, new Outcome.Failure(broken));
        }
    }

    /** Answers without serving. */
    void answer(Request request, Outcome outcome) {
        try {
            request.reply(outcome);
        } catch (RuntimeException | Error deaf) {
            LOG.error("{}: could not answer {}", this, request.method(), deaf);
        }
    }

    /** Any thread. Answers that the body has ended. */
    @Override
    public void refuse(Request request) {
        answer(request, new Outcome.Failure(space.obituaries().tooLate(id, name(), request.method())));
    }

    /** Closes the inbox, answers what is left in it, and lets the object act once more. */
    private void end(Work first) {
        inbox.end();
        space.forget(this);
        if (first instanceof Request request && request.claim()) {
            refuse(request);
        }
        for (Work work = inbox.taker().close(); work != null; ) {
            Work after = work.next;
            work.next = null;
            work.previous = null;
            if (work instanceof Request request && request.claim()) {
                refuse(request);
            }
            work = after;
        }
        if (service != null) {
            service.taken().forEach(this::refuse);
        }
        if (immediates != null) {
            immediates.close();
        }
        if (activity != null) {
            try {
                space.execution().act(this, "endActivity", () -> activity.end(this));
            } catch (Throwable thrown) {
                LOG.error("{}: endActivity threw", this, thrown);
            }
        }
        endActivation();
        servant = null; // stubs may be kept for long, and lead here
        activity = null;
        service = null;
        space.ended(this);
        LOG.debug("{} ended", this);
    }

    Inbox inbox() {
        return inbox;
    }

    /** The thread of service only. */
    Taker taker() {
        return activation.taker();
    }

    ServantClass servantClass() {
        return servantClass;
    }

    /** Those who serve what does not queue; {@code null} if everything does. */
    ImmediateServices immediates() {
        return immediates;
    }

    boolean isEnding() {
        return inbox.isEnding();
    }

    /** The thread of service only. */
    boolean isServing() {
        return activation.serving() != null;
    }

    /** The innermost request being served; the thread of service only. */
    Optional<Request> serving() {
        Activation present = activation;
        return present == null ? Optional.empty() : Optional.ofNullable(present.serving());
    }

    boolean isThreadOfService() {
        Activation present = activation;
        return present != null && present.server() == Thread.currentThread();
    }

    Needs needs() {
        return space.needs();
    }

    /** @throws IllegalStateException if this is not the thread of service */
    void requireThreadOfService() {
        if (!isThreadOfService()) {
            throw new IllegalStateException("thread '" + Thread.currentThread().getName() + "' is not the thread of"
                    + " service of " + name() + ", which alone decides what is served");
        }
    }

    BodySettings settings() {
        return settings;
    }

    @Override
    public RecoverableCopy copy() {
        return settings.copy();
    }

    ImmediateMethods immediateMethods() {
        return space.immediateMethods(type());
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public Interceptors interceptors() {
        return interceptors;
    }

    /** Messages pass the others from now on. Called by one thread at a time. */
    void intercept(Interceptors others) {
        interceptors = others;
    }

    Class<?> type() {
        return servantClass.type();
    }

    /** What it was called at its creation; {@code null} if nothing. */
    String given() {
        return given;
    }

    /** For its stubs: as {@link BodyRef#given}. */
    String givenName() {
        return given == null && face() != type() ? name() : given;
    }

    /** The type of its stubs. */
    Class<?> face() {
        return servantClass.face();
    }

    /** Whether its object is a stub wherever it hands itself out. */
    boolean handsOutStubs() {
        return servantClass.handsOutStubs();
    }

    /** Whether this is its object. */
    boolean runs(Object candidate) {
        return candidate == servant;
    }

    /** The object it runs; {@code null} before that is constructed. Only on its thread of service. */
    Object servant() {
        return servant;
    }

    ObjectInfo info() {
        return new ObjectInfo(id, name(), type().getName(), node.name(), inbox.size(), requestsServed());
    }

    private long requestsServed() {
        while (true) {
            Activation present = activation;
            if (present == null) {
                return served;
            }
            int turn = present.taker().turn();
            long count = present.served();
            VarHandle.loadLoadFence(); // behind what it said
            if (activation == present && present.taker().turn() == turn) {
                return count; // and not that of another body
            }
        }
    }

    @Override
    public BodyId id() {
        return id;
    }

    @Override
    public String name() {
        return given == null ? BodyRef.usualName(type(), id) : given;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public Body body() {
        return this;
    }

    @Override
    public Optional<Request> beingServed() {
        return isThreadOfService() ? serving() : Optional.empty();
    }

    ObjectSpace space() {
        return space;
    }

    /** For messages. */
    CallName call(String signature) {
        return new CallName(face(), signature, this);
    }

    @Override
    public Service service() {
        requireThreadOfService();
        requireUnrecoverable("choose what it serves");
        if (service == null) {
            service = new SelectiveService(this, space.time());
        }
        return service;
    }

    @Override
    public String toString() {
        return name();
    }
}
