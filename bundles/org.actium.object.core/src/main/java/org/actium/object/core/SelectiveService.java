package org.actium.object.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.actium.future.spi.Outcome;
import org.actium.object.api.CallRefusedException;
import org.actium.object.api.ReceivedRequest;
import org.actium.object.api.RequestFilter;
import org.actium.object.api.Service;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.Time;

/** Serves what the object chooses; made only for objects that do. Everything happens on the thread of service. */
final class SelectiveService implements Service {

    private static final String WHICH = "which: say which requests are meant, RequestFilter.ANY for all";

    private final Body body;
    private final Time time;
    private final ClassLoader loader;
    private final Set<Request> taken = new LinkedHashSet<>(); // out of the queue, and neither served nor answered

    SelectiveService(Body body, Time time) {
        this.body = body;
        this.time = time;
        this.loader = body.type().getClassLoader();
    }

    /** Where in the queue to look first. */
    private enum End {
        OLDEST,
        YOUNGEST
    }

    /** Requests the object took out and neither served nor answered. */
    Set<Request> taken() {
        return taken;
    }

    // ---- looking

    @Override
    public boolean isActive() {
        return !body.isEnding();
    }

    @Override
    public int requestCount() {
        body.requireThreadOfService();
        return body.inbox().size();
    }

    @Override
    public boolean hasRequest(RequestFilter which) {
        return find(End.OLDEST, which) != null;
    }

    @Override
    public void waitForRequest() {
        await(() -> find(End.OLDEST, RequestFilter.ANY), Limit.none());
    }

    @Override
    public boolean waitForRequest(Duration limit) {
        return await(() -> find(End.OLDEST, RequestFilter.ANY), within(limit)) != null;
    }

    @Override
    public Optional<ReceivedRequest> oldest(RequestFilter which) {
        return view(find(End.OLDEST, which));
    }

    @Override
    public Optional<ReceivedRequest> youngest(RequestFilter which) {
        return view(find(End.YOUNGEST, which));
    }

    // ---- serving

    @Override
    public boolean serveOldest() {
        return serveOldest(RequestFilter.ANY);
    }

    @Override
    public boolean serveOldest(RequestFilter which) {
        return serve(take(End.OLDEST, which));
    }

    @Override
    public boolean serveYoungest() {
        return serveYoungest(RequestFilter.ANY);
    }

    @Override
    public boolean serveYoungest(RequestFilter which) {
        return serve(take(End.YOUNGEST, which));
    }

    @Override
    public void blockingServeOldest() {
        blockingServeOldest(RequestFilter.ANY);
    }

    @Override
    public void blockingServeOldest(RequestFilter which) {
        serve(await(() -> take(End.OLDEST, which), Limit.none()));
    }

    @Override
    public boolean blockingServeOldest(RequestFilter which, Duration limit) {
        return serve(await(() -> take(End.OLDEST, which), within(limit)));
    }

    @Override
    public void blockingServeYoungest() {
        blockingServeYoungest(RequestFilter.ANY);
    }

    @Override
    public void blockingServeYoungest(RequestFilter which) {
        serve(await(() -> take(End.YOUNGEST, which), Limit.none()));
    }

    @Override
    public boolean blockingServeYoungest(RequestFilter which, Duration limit) {
        return serve(await(() -> take(End.YOUNGEST, which), within(limit)));
    }

    @Override
    public boolean flushingServeOldest(RequestFilter which) {
        return serveAndFlush(take(End.OLDEST, which), which);
    }

    @Override
    public boolean flushingServeYoungest(RequestFilter which) {
        return serveAndFlush(take(End.YOUNGEST, which), which);
    }

    private boolean serveAndFlush(Request chosen, RequestFilter which) {
        if (chosen == null) {
            return false;
        }
        flush(which);
        body.serve(chosen);
        return true;
    }

    @Override
    public int serveAll(RequestFilter which) {
        int there = count(which);
        int served = 0;
        while (served < there && serveOldest(which)) { // what is served may serve some of them itself
            served++;
        }
        return served;
    }

    private int count(RequestFilter which) {
        Objects.requireNonNull(which, WHICH);
        int[] count = {0};
        find(End.OLDEST, request -> {
            count[0] += which.accepts(request) ? 1 : 0;
            return false;
        });
        return count[0];
    }

    @Override
    public int flush(RequestFilter which) {
        List<Request> unwanted = new ArrayList<>();
        for (Request request = take(End.OLDEST, which); request != null; request = take(End.OLDEST, which)) {
            unwanted.add(request);
        }
        for (Request request : unwanted) {
            body.answer(
                    request,
                    request.refusal(new CallRefusedException(body.name() + " discarded " + request.method()
                            + " unserved, as it chose to (" + unwanted.size() + " at once)")));
        }
        return unwanted.size();
    }

    @Override
    public void fifoServing() {
        while (true) { // until an order to end throws
            blockingServeOldest();
        }
    }

    @Override
    public void lifoServing() {
        while (true) {
            blockingServeYoungest();
        }
    }

    // ---- taking out, and serving later

    @Override
    public Optional<ReceivedRequest> removeOldest(RequestFilter which) {
        return takeOut(take(End.OLDEST, which));
    }

    @Override
    public Optional<ReceivedRequest> removeYoungest(RequestFilter which) {
        return takeOut(take(End.YOUNGEST, which));
    }

    @Override
    public ReceivedRequest blockingRemoveOldest(RequestFilter which) {
        return takeOut(await(() -> take(End.OLDEST, which), Limit.none())).orElseThrow();
    }

    @Override
    public Optional<ReceivedRequest> blockingRemoveOldest(RequestFilter which, Duration limit) {
        return takeOut(await(() -> take(End.OLDEST, which), within(limit)));
    }

    @Override
    public ReceivedRequest blockingRemoveYoungest(RequestFilter which) {
        return takeOut(await(() -> take(End.YOUNGEST, which), Limit.none())).orElseThrow();
    }

    @Override
    public Optional<ReceivedRequest> blockingRemoveYoungest(RequestFilter which, Duration limit) {
        return takeOut(await(() -> take(End.YOUNGEST, which), within(limit)));
    }

    @Override
    public void serve(ReceivedRequest request) {
        prepare();
        body.serve(claim(request));
    }

    @Override
    public void answer(ReceivedRequest request, Throwable failure) {
        prepare();
        Objects.requireNonNull(failure, "failure: say what its caller is to get");
        body.answer(claim(request), new Outcome.Failure(failure));
    }

    private Request claim(ReceivedRequest request) {
        Objects.requireNonNull(request, "request: pass one that this object took out");
        if (!(request instanceof Received received)
                || !received.request().target().equals(body.id())) {
            throw new IllegalArgumentException(
                    request.method() + " is not a request that " + body.name() + " received");
        }
        Request wanted = received.request();
        boolean mine = body.taker().remove(wanted) ? wanted.claim() : taken.remove(wanted);
        if (!mine) {
            throw new IllegalArgumentException(body.name() + " has served or answered this " + request.method()
                    + " before; a request gets one answer");
        }
        return wanted;
    }

    private Optional<ReceivedRequest> takeOut(Request request) {
        if (request != null) {
            taken.add(request);
        }
        return view(request);
    }

    private Optional<ReceivedRequest> view(Request request) {
        return Optional.ofNullable(request).map(present -> new Received(present, loader));
    }

    private boolean serve(Request request) {
        if (request == null) {
            return false;
        }
        body.serve(request);
        return true;
    }

    // ---- immediate methods

    @Override
    public void immediate(String method) {
        declare(methods().named(method), Optional.of(ImmediateServices.Mode.OWN_THREAD));
    }

    @Override
    public void immediate(String method, Class<?>... parameterTypes) {
        declare(methods().exactly(method, parameterTypes), Optional.of(ImmediateServices.Mode.OWN_THREAD));
    }

    @Override
    public void immediatePerCaller(String method) {
        declare(methods().named(method), Optional.of(ImmediateServices.Mode.THREAD_OF_CALLER));
    }

    @Override
    public void immediatePerCaller(String method, Class<?>... parameterTypes) {
        declare(methods().exactly(method, parameterTypes), Optional.of(ImmediateServices.Mode.THREAD_OF_CALLER));
    }

    @Override
    public void queued(String method) {
        declare(methods().named(method), Optional.empty());
    }

    private ImmediateMethods methods() {
        return body.immediateMethods();
    }

    private void declare(List<String> signatures, Optional<ImmediateServices.Mode> mode) {
        body.requireThreadOfService();
        body.declareImmediate(signatures, mode);
    }

    // ---- finding

    private void prepare() {
        body.requireThreadOfService();
        body.followOrders();
    }

    /** Takes out the request that fits and stands first, seen from that end, and claims it; {@code null} if none does. */
    private Request take(End from, RequestFilter which) {
        for (Request found = find(from, which); found != null; found = find(from, which)) {
            body.taker().remove(found);
            if (found.claim()) {
                return found;
            }
        }
        return null;
    }

    /** As {@link #take}, but it stays, and may be served at once meanwhile if its method is immediate by now. */
    private Request find(End from, RequestFilter which) {
        Objects.requireNonNull(which, WHICH);
        while (true) {
            prepare();
            List<Request> unfit = new ArrayList<>(0);
            Predicate<Request> fits = request -> fits(request, which, unfit);
            Request found = switch (from) {
                case OLDEST -> body.taker().oldest(fits);
                case YOUNGEST -> body.taker().youngest(fits);
            };
            for (Request request : unfit) {
                body.taker().remove(request);
                if (request.claim()) {
                    body.serve(request); // which tells its caller why it cannot be read
                }
            }
            if (!body.isEnding() && (found == null || !found.isClaimed())) {
                return found;
            }
        }
    }

    /** @param unfit gets those that do not belong in the queue: served elsewhere, or with arguments that cannot be read */
    private boolean fits(Request request, RequestFilter which, List<Request> unfit) {
        if (request.isClaimed()) {
            unfit.add(request);
            return false;
        }
        if (which == RequestFilter.ANY) {
            return true;
        }
        try {
            return which.accepts(new Received(request, loader));
        } catch (RuntimeException failed) {
            if (failed instanceof CallRefusedException && !isReadable(request)) {
                unfit.add(request);
                return false;
            }
            throw new IllegalArgumentException(
                    "the filter with which " + body.name() + " chooses requests threw " + failed + " at "
                            + request.method()
                            + request.sender().map(by -> " of " + by).orElse("")
                            + "; nothing was served, and everything stays queued",
                    failed);
        }
    }

    /** What a filter throws may also come from a call that it makes. */
    private boolean isReadable(Request request) {
        try {
            Received received = new Received(request, loader);
            return received.parameterTypes().size() == received.arguments().size();
        } catch (CallRefusedException unreadable) {
            return false;
        }
    }

    /** Blocks until there is one; {@code null} if the limit has passed. */
    private Request await(Supplier<Request> look, Limit limit) {
        Request found = look.get();
        if (found != null || limit.hasPassed()) {
            return found;
        }
        body.refuseToOutlastTheQueue();
        Thread server = Thread.currentThread();
        try (Registration _ = limit.wake(server)) {
            while (true) {
                if (body.taker().park()) {
                    LockSupport.park(this);
                    body.taker().rise();
                }
                failIfInterrupted();
                found = look.get();
                if (found != null || limit.hasPassed()) {
                    return found;
                }
                body.refuseToOutlastTheQueue();
            }
        }
    }

    private void failIfInterrupted() {
        if (body.isServing() && Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted while " + body.name() + " waited for a request");
        }
        Thread.interrupted(); // meant for a request that is served no more
    }

    private Limit within(Duration limit) {
        return new Limit(
                time,
                time.nanos(),
                Objects.requireNonNull(limit, "limit: say how long to wait, or wait without a limit"));
    }

    /** @param time {@code null} if there is no limit */
    private record Limit(Time time, long start, Duration duration) {

        static Limit none() {
            return new Limit(null, 0, Duration.ZERO);
        }

        boolean hasPassed() {
            return time != null && time.nanos() - start >= TimeUnit.NANOSECONDS.convert(duration);
        }

        Registration wake(Thread waiting) {
            return time == null ? () -> {} : time.after(duration, () -> LockSupport.unpark(waiting));
        }
    }
}
