package org.actium.object.core;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.actium.object.core.Interceptors.Hook;
import org.actium.object.spi.CallPolicy;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.ReplyView;
import org.actium.object.spi.RequestView;
import org.actium.object.spi.StubMethod;
import org.actium.object.spi.Verdict;

/**
 * Interceptors one around the other. What leaves passes them from the inside out, what arrives from the outside in. Each is
 * called for what its class {@link Hook has something to do for} only: most messages have interceptors on their way, and few
 * of these look at replies, for which a view would have to be made. Never changed.
 */
final class Chain {

    static final Chain EMPTY = new Chain(List.of(), (_, _) -> false);

    private static final Predicate<MessageInterceptor> EACH = _ -> true;

    private final List<MessageInterceptor> all;
    private final MessageInterceptor[] calling;
    private final MessageInterceptor[] departing;
    private final MessageInterceptor[] arriving;
    private final MessageInterceptor[] serving;
    private final MessageInterceptor[] served;
    private final MessageInterceptor[] replying;
    private final MessageInterceptor[] answered;
    private final MessageInterceptor[] acknowledged;

    /** @param concerns whether an interceptor of that class has something to do for that */
    Chain(List<MessageInterceptor> innermostFirst, BiPredicate<Class<?>, Hook> concerns) {
        this.all = List.copyOf(innermostFirst);
        this.calling = those(all, Hook.CALLING, concerns);
        this.departing = those(all, Hook.DEPARTING, concerns);
        this.arriving = those(all.reversed(), Hook.ARRIVING, concerns);
        this.serving = those(all.reversed(), Hook.SERVING, concerns);
        this.served = those(all, Hook.SERVED, concerns);
        this.replying = those(all, Hook.REPLYING, concerns);
        this.answered = those(all.reversed(), Hook.ANSWERED, concerns);
        this.acknowledged = those(all, Hook.ACKNOWLEDGED, concerns);
    }

    private static MessageInterceptor[] those(
            List<MessageInterceptor> interceptors, Hook hook, BiPredicate<Class<?>, Hook> concerns) {
        return interceptors.stream()
                .filter(interceptor -> concerns.test(interceptor.getClass(), hook))
                .toArray((IntFunction<MessageInterceptor[]>) MessageInterceptor[]::new);
    }

    /** The innermost first. */
    List<MessageInterceptor> all() {
        return all;
    }

    /** Whether they are the very same ones in the same order. */
    boolean is(List<MessageInterceptor> innermostFirst) {
        if (all.size() != innermostFirst.size()) {
            return false;
        }
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) != innermostFirst.get(i)) {
                return false;
            }
        }
        return true;
    }

    boolean contains(MessageInterceptor one) {
        for (MessageInterceptor interceptor : all) {
            if (interceptor == one) {
                return true;
            }
        }
        return false;
    }

    boolean seesCalls() {
        return calling.length > 0;
    }

    /** That of the first that has one. */
    CallPolicy calling(StubMethod method) {
        for (MessageInterceptor interceptor : calling) {
            CallPolicy policy = interceptor.calling(method);
            if (policy != CallPolicy.NONE) {
                return policy;
            }
        }
        return CallPolicy.NONE;
    }

    boolean seesDepartures() {
        return departing.length > 0;
    }

    void departing(RequestView request) {
        for (MessageInterceptor interceptor : departing) {
            interceptor.departing(request);
        }
    }

    boolean seesArrivals() {
        return arriving.length > 0;
    }

    /** The first that is not to deliver it counts. */
    Verdict arriving(RequestView request) {
        for (MessageInterceptor interceptor : arriving) {
            Verdict verdict = given(interceptor.arriving(request), interceptor);
            if (verdict != Verdict.DELIVER && !(verdict instanceof Verdict.Deliver)) {
                return verdict;
            }
        }
        return Verdict.DELIVER;
    }

    private static Verdict given(Verdict verdict, MessageInterceptor by) {
        if (verdict == null) {
            throw new IllegalStateException(by.getClass().getName() + " has given no verdict");
        }
        return verdict;
    }

    /** Whether any looks at the beginning of a service. */
    boolean seesServices() {
        return serving.length > 0;
    }

    /** If one fails, those that were told before are told that it is over. */
    void serving(RequestView request) {
        int told = 0;
        try {
            for (; told < serving.length; told++) {
                serving[told].serving(request);
            }
        } catch (RuntimeException | Error failed) {
            List<MessageInterceptor> untold = Arrays.asList(serving).subList(told, serving.length);
            throwIfAny(over(request, false, interceptor -> !isAmong(untold, interceptor), failed));
        }
    }

    private static boolean isAmong(List<MessageInterceptor> some, MessageInterceptor one) {
        return some.stream().anyMatch(interceptor -> interceptor == one);
    }

    /** Whether any looks at the end of a service. */
    boolean seesEnds() {
        return served.length > 0;
    }

    /** As the other, all of them. */
    Throwable over(RequestView request, boolean normally, Throwable failure) {
        return over(request, normally, EACH, failure);
    }

    /**
     * Tells those concerned that the service is over, whatever the others do.
     *
     * @param failure what had failed before, {@code null} if nothing
     * @return it, or the first of theirs; {@code null} if there is none
     */
    Throwable over(RequestView request, boolean normally, Predicate<MessageInterceptor> concerned, Throwable failure) {
        Throwable first = failure;
        for (MessageInterceptor interceptor : served) {
            if (concerned.test(interceptor)) {
                try {
                    interceptor.served(request, normally);
                } catch (RuntimeException | Error failed) {
                    first = with(first, failed);
                }
            }
        }
        return first;
    }

    private static Throwable with(Throwable first, Throwable failed) {
        if (first == null) {
            return failed;
        }
        if (first != failed) {
            first.addSuppressed(failed);
        }
        return first;
    }

    static void throwIfAny(Throwable failure) {
        switch (failure) {
            case null -> {}
            case RuntimeException thrown -> throw thrown;
            case Error thrown -> throw thrown;
            default -> throw new AssertionError(failure);
        }
    }

    private static boolean oneLooks(MessageInterceptor[] interceptors) {
        for (MessageInterceptor interceptor : interceptors) {
            if (interceptor.looksAtReplies()) {
                return true;
            }
        }
        return false;
    }

    /** Whether any may look at what comes back: a reply or an acknowledgement. */
    boolean concernsReplies() {
        return replying.length + answered.length + acknowledged.length > 0;
    }

    boolean seesReplies() {
        return oneLooks(replying);
    }

    void replying(ReplyView reply) {
        for (MessageInterceptor interceptor : replying) {
            interceptor.replying(reply);
        }
    }

    boolean seesAnswers() {
        return oneLooks(answered);
    }

    /** As {@link #arriving}. */
    Verdict answered(ReplyView reply) {
        for (MessageInterceptor interceptor : answered) {
            Verdict verdict = given(interceptor.answered(reply), interceptor);
            if (verdict != Verdict.DELIVER && !(verdict instanceof Verdict.Deliver)) {
                return verdict;
            }
        }
        return Verdict.DELIVER;
    }

    boolean seesAcknowledgements() {
        return oneLooks(acknowledged);
    }

    void acknowledged(RequestView request) {
        for (MessageInterceptor interceptor : acknowledged) {
            interceptor.acknowledged(request);
        }
    }
}
