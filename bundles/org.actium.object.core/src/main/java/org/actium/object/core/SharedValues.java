package org.actium.object.core;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.actium.codec.api.SharingCheck;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.BodyId;
import org.actium.object.api.ReceivedRequest;
import org.actium.object.spi.InterceptorSource;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.RequestView;
import org.actium.object.spi.Verdict;
import org.actium.runtime.api.Node;

/**
 * Finds objects that change although their class is called immutable: remembers what is in one when an active object of
 * this runtime hands it to another, and looks again when the request is served, when it has been served, and whenever the
 * same object is handed over again. Reports each change once, and forgets what nobody holds any more.
 *
 * <p>There is one only while the codec checks what is shared; calls are slow then.
 */
final class SharedValues implements InterceptorSource, MessageInterceptor {

    private static final String A_THREAD = "a thread that serves no active object";

    private final SharingCheck check;
    private final Function<BodyId, String> names;
    private final Map<Identity, Handover> handovers = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> forgotten = new ReferenceQueue<>();

    /** The object is not kept alive, and compared by identity. */
    private static final class Identity extends WeakReference<Object> {
        private final int hash;

        Identity(Object object, ReferenceQueue<Object> forgotten) {
            super(object, forgotten);
            this.hash = System.identityHashCode(object);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return other == this || other instanceof Identity identity && get() != null && get() == identity.get();
        }
    }

    /** @param with the request or result that an object was part of */
    private record Handover(SharingCheck.Contents contents, String from, String to, String with) {

        Handover of(SharingCheck.Contents now) {
            return new Handover(now, from, to, with);
        }
    }

    SharedValues(SharingCheck check, Function<BodyId, String> names) {
        this.check = check;
        this.names = names;
    }

    @Override
    public Optional<MessageInterceptor> interceptorFor(BodyId body, Class<?> type, Node node) {
        return Optional.of(this);
    }

    @Override
    public Verdict arriving(RequestView request) {
        argumentsOf(request)
                .ifPresent(arguments -> handedOver(
                        arguments, holder(request.sender()), names.apply(request.target()), request.signature()));
        return Verdict.DELIVER;
    }

    @Override
    public void serving(RequestView request) {
        argumentsOf(request)
                .ifPresent(arguments ->
                        look(arguments, names.apply(request.target()) + " begins to serve " + request.signature()));
    }

    @Override
    public void served(RequestView request, boolean normally) {
        argumentsOf(request)
                .ifPresent(arguments ->
                        look(arguments, names.apply(request.target()) + " has served " + request.signature()));
    }

    /** Those of a request from elsewhere were read, and are shared with nobody. */
    private static Optional<Object[]> argumentsOf(RequestView view) {
        return view instanceof Request request && request.origin().isEmpty()
                ? Optional.of(request.arguments())
                : Optional.empty();
    }

    /** On the thread of whoever returns it, after copying. */
    void returned(Object result) {
        Optional<ActiveContext> producer = ActiveContext.find();
        Optional<ReceivedRequest> served = producer.flatMap(ActiveContext::request);
        handedOver(
                result,
                producer.map(ActiveContext::name).orElse("whoever completed a future"),
                served.map(request -> holder(request.sender())).orElse("whoever waited for it"),
                "the result of " + served.map(ReceivedRequest::method).orElse("a call"));
    }

    private String holder(Optional<BodyId> body) {
        return body.map(names).orElse(A_THREAD);
    }

    private void handedOver(Object graph, String from, String to, String with) {
        forget();
        for (Object promised : check.promised(graph)) {
            Handover fresh = new Handover(check.contents(promised), from, to, with);
            Identity identity = new Identity(promised, forgotten);
            Handover before = handovers.put(identity, fresh);
            if (before != null) {
                reportChange(promised, before, fresh.contents(), from + " hands it to " + to + " with " + with);
            }
        }
    }

    private void look(Object graph, String when) {
        for (Object promised : check.promised(graph)) {
            Identity identity = new Identity(promised, null);
            Handover before = handovers.get(identity);
            if (before == null) {
                continue;
            }
            SharingCheck.Contents now = check.contents(promised);
            if (before.contents().differenceTo(now).isPresent()
                    && handovers.replace(identity, before, before.of(now))) {
                reportChange(promised, before, now, when);
            }
        }
    }

    private void reportChange(Object promised, Handover before, SharingCheck.Contents now, String when) {
        before.contents()
                .differenceTo(now)
                .ifPresent(difference -> check.report("an object of "
                        + promised.getClass().getName()
                        + " changed after " + before.from() + " handed it to " + before.to() + " with " + before.with()
                        + ": " + difference + "; seen when " + when
                        + ". Calls share such objects, because their class is an enum or called immutable: both now see"
                        + " the change. Never change one after it was passed on, or let calls copy it (remove"
                        + " @Immutable, or the name from actium.codec.immutable); a field that only caches can be"
                        + " transient"));
    }

    private void forget() {
        Reference<?> gone;
        while ((gone = forgotten.poll()) != null) {
            handovers.remove(gone);
        }
    }
}
