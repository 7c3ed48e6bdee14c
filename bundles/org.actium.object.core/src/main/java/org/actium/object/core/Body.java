package org.actium.object.core;

import java.lang.invoke.MethodHandle;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.actium.future.spi.Outcome;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.ActiveObjects;
import org.actium.object.api.BodyId;
import org.actium.object.api.BodyTerminatedException;
import org.actium.object.api.CallRefusedException;
import org.actium.object.api.CreationException;
import org.actium.object.api.CurrentContext;
import org.actium.object.api.InitActive;
import org.actium.object.api.ObjectInfo;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.Verdict;
import org.actium.runtime.api.Node;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one active object: takes requests off its inbox and serves them one at a time, oldest first.
 *
 * <p>Threading: {@link #receive} may be called from any thread and does not block. Everything else happens on the body's
 * own thread: a virtual thread that exists only while there is something to serve, so an idle object costs none.
 *
 * <p>Ordering: requests of one sender are served in the order in which they were received.
 */
final class Body implements Runnable, ActiveContext {

    private static final Logger LOG = LoggerFactory.getLogger(Body.class);

    private final BodyId id;
    private final String name;
    private final Class<?> type;
    private final Node node;
    private final ServantClass servantClass;
    private final MessageInterceptor interceptor;
    private final ObjectSpace space;
    private final Inbox inbox = new Inbox();
    private final Outbox outbox = new Outbox();
    private Object servant;
    private final AtomicInteger queued = new AtomicInteger();
    private volatile boolean ending;
    private volatile long served; // written by the thread of service only

    Body(BodyId id, String name, Class<?> type, Node node, MessageInterceptor interceptor, ObjectSpace space) {
        this.id = Objects.requireNonNull(id, "id");
        this.name = Objects.requireNonNull(name, "name");
        this.type = Objects.requireNonNull(type, "type");
        this.node = Objects.requireNonNull(node, "node");
        this.servantClass = space.servantClass(type);
        this.interceptor = Objects.requireNonNull(interceptor, "interceptor");
        this.space = space;
    }

    /** Has the body construct its object before anything else; the outcome is {@code null} or why it cannot live. */
    void start(Servants servants, Consumer<Outcome> started) {
        push(new Work.Start(() -> construct(servants, started)));
    }

    /** Makes the object of a body. */
    @FunctionalInterface
    interface Servants {
        Object construct() throws Exception;
    }

    /** Puts the request in the inbox, unless an interceptor or the end of the body forbids it: then it is answered. */
    void receive(Request request) {
        if (interceptor != MessageInterceptor.NONE && !admit(request)) {
            return;
        }
        queued.incrementAndGet();
        if (!push(request)) {
            queued.decrementAndGet();
            request.reply(new Outcome.Failure(terminated(request)));
        }
    }

    private boolean admit(Request request) {
        Verdict verdict;
        try {
            verdict = interceptor.arriving(request);
        } catch (RuntimeException failed) {
            verdict = new Verdict.Refuse("interceptor failed: " + failed);
        }
        return switch (verdict) {
            case Verdict.Deliver() -> true;
            case Verdict.Discard(String reason) -> {
                LOG.debug("{} discards {}: {}", name, request.signature(), reason);
                yield false;
            }
            case Verdict.Refuse(String reason) -> {
                request.reply(new Outcome.Failure(
                        new CallRefusedException(name + " refuses " + request.method() + ": " + reason)));
                yield false;
            }
        };
    }

    private boolean push(Work work) {
        return switch (inbox.push(work)) {
            case QUEUED -> true;
            case WAKE -> {
                space.run(this);
                yield true;
            }
            case CLOSED -> false;
        };
    }

    /** Ends after the request being served. */
    void endNow() {
        ending = true;
        push(new Work.End());
    }

    /** Ends after everything queued so far. */
    void endAfterQueue() {
        push(new Work.End());
    }

    /** One activation: serves until nothing is left. */
    @Override
    public void run() {
        CurrentContext.run(this, this::serveWhatIsThere);
    }

    private void serveWhatIsThere() {
        do {
            Work work = inbox.poll();
            while (work != null) {
                if (ending && !(work instanceof Work.Start)) {
                    end(work);
                    return;
                }
                switch (work) {
                    case Request request -> serveGuarded(request);
                    case Work.Start start -> start.run();
                    case Work.End _ -> {
                        end(null);
                        return;
                    }
                }
                work = inbox.poll();
            }
        } while (!inbox.sleep());
    }

    private void construct(Servants servants, Consumer<Outcome> started) {
        Outcome outcome;
        try {
            servant = servants.construct();
            if (servant instanceof InitActive init) {
                init.initActivity(this);
            }
            outcome = new Outcome.Value(null);
        } catch (CreationException refused) {
            outcome = new Outcome.Failure(refused);
        } catch (Throwable thrown) {
            outcome = new Outcome.Failure(new CreationException(
                    "active object " + name + " of class " + type.getName() + " on node " + node.name()
                            + " was not created: its constructor or initActivity threw " + thrown,
                    thrown));
        }
        ending |= outcome instanceof Outcome.Failure;
        if (ending) {
            push(new Work.End());
        }
        outbox.settle();
        try {
            started.accept(outcome);
        } catch (RuntimeException | Error deaf) {
            LOG.error("{}: could not tell its creator about itself", name, deaf);
        }
    }

    /** Whatever goes wrong around a request, its caller is told and the next one is served. */
    private void serveGuarded(Request request) {
        try {
            serve(request);
        } catch (RuntimeException | Error broken) {
            LOG.error("{}: could not finish {}", name, request.method(), broken);
            answer(request, new Outcome.Failure(broken));
        } finally {
            served = served + 1;
            queued.decrementAndGet();
        }
    }

    private void serve(Request request) {
        Outcome outcome = outcomeOf(request);
        if (request.oneWay()) {
            if (outcome instanceof Outcome.Failure(Throwable cause)) {
                LOG.warn("{}: one-way call {} failed", name, request.method(), cause);
            }
        } else {
            outbox.settle();
            request.reply(outcome);
        }
    }

    private Outcome outcomeOf(Request request) {
        Outcome outcome;
        try {
            MethodHandle invoker = servantClass.invoker(request.signature());
            if (invoker == null) {
                throw new CallRefusedException(
                        name + " of class " + type.getName() + " has no method " + request.signature());
            }
            Object[] arguments = request.arguments();
            interceptor.serving(request);
            outcome = new Outcome.Value((Object) invoker.invokeExact(servant, arguments));
        } catch (Throwable thrown) {
            outcome = new Outcome.Failure(thrown);
        }
        try {
            interceptor.served(request, outcome instanceof Outcome.Value);
            return outcome;
        } catch (RuntimeException | Error failed) {
            return new Outcome.Failure(failed);
        }
    }

    private void answer(Request request, Outcome outcome) {
        try {
            request.reply(outcome);
        } catch (RuntimeException | Error deaf) {
            LOG.error("{}: could not answer {}", name, request.method(), deaf);
        }
    }

    /** Closes the inbox and answers what is left in it. */
    private void end(Work first) {
        ending = true;
        space.forget(this);
        if (first instanceof Request request) {
            answer(request, new Outcome.Failure(terminated(request)));
        }
        for (Work work = inbox.close(); work != null; work = work.next) {
            if (work instanceof Request request) {
                answer(request, new Outcome.Failure(terminated(request)));
            }
        }
        LOG.debug("{} ended", name);
    }

    private BodyTerminatedException terminated(Request request) {
        return new BodyTerminatedException(
                "active object " + name + " has ended; " + request.method() + " was not served");
    }

    Outbox outbox() {
        return outbox;
    }

    MessageInterceptor interceptor() {
        return interceptor;
    }

    Class<?> type() {
        return type;
    }

    ObjectInfo info() {
        return new ObjectInfo(id, name, type.getName(), node.name(), queued.get(), served);
    }

    @Override
    public BodyId id() {
        return id;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public <T> T self(Class<T> as) {
        return as.cast(space.stubOf(space.refOf(this)));
    }

    @Override
    public ActiveObjects objects() {
        return space;
    }

    @Override
    public String toString() {
        return name;
    }
}
