package org.actium.object.core;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.actium.object.spi.CallPolicy;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.ReplyView;
import org.actium.object.spi.RequestView;
import org.actium.object.spi.StubMethod;
import org.actium.object.spi.Verdict;

/**
 * The interceptors of bodies: those that they keep, and around them those of their node. What leaves passes them from the
 * inside out, what arrives from the outside in. Each is called for what its class {@link Hook has something to do for} only:
 * most messages have interceptors on their way, and few of these look at replies, for which a view would have to be made.
 *
 * <p>Never changed: a body whose node has others gets another one of these. So nobody is asked who has nothing to do, and
 * fields being final, a body may read its own without order.
 */
final class Interceptors {

    static final Interceptors NONE = new Interceptors(List.of(), List.of(), (_, _) -> false);

    private static final Predicate<MessageInterceptor> EACH = _ -> true;

    private final List<MessageInterceptor> kept;
    private final List<MessageInterceptor> ofNode;
    private final MessageInterceptor[] calling;
    private final MessageInterceptor[] departing;
    private final MessageInterceptor[] arriving;
    private final MessageInterceptor[] serving;
    private final MessageInterceptor[] served;
    private final MessageInterceptor[] replying;
    private final MessageInterceptor[] answered;
    private final MessageInterceptor[] acknowledged;

    /** What an interceptor can be called for. */
    enum Hook {
        CALLING,
        DEPARTING,
        ARRIVING,
        SERVING,
        SERVED,
        REPLYING,
        ANSWERED,
        ACKNOWLEDGED
    }

    /**
     * @param kept the innermost first
     * @param ofNode the outermost first
     * @param concerns whether an interceptor of that class has something to do for that
     */
    Interceptors(List<MessageInterceptor> kept, List<MessageInterceptor> ofNode, BiPredicate<Class<?>, Hook> concerns) {
        this.kept = List.copyOf(kept);
        this.ofNode = List.copyOf(ofNode);
        List<MessageInterceptor> all = Stream.concat(this.kept.stream(), this.ofNode.reversed().stream())
                .toList();
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

    /** Whether they are the very same ones. */
    boolean are(List<MessageInterceptor> others, List<MessageInterceptor> onNode) {
        return same(kept, others) && areOf(onNode);
    }

    /** Whether those of the node are the very same ones. */
    boolean areOf(List<MessageInterceptor> onNode) {
        return same(ofNode, onNode);
    }

    private static boolean same(List<MessageInterceptor> some, List<MessageInterceptor> others) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            if (some.get(i) != others.get(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whatever happens to the node, a body has these. */
    List<MessageInterceptor> kept() {
        return kept;
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

    void departing(RequestView request) {
        for (MessageInterceptor interceptor : departing) {
            interceptor.departing(request);
        }
    }

    boolean seeArrivals() {
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

    /** If one fails, those that were told before are told that it is over. */
    void serving(RequestView request) {
        int told = 0;
        try {
            for (; told < serving.length; told++) {
                serving[told].serving(request);
            }
        } catch (RuntimeException | Error failed) {
            List<MessageInterceptor> untold = Arrays.asList(serving).subList(told, serving.length);
            over(request, false, interceptor -> !contains(untold, interceptor), failed);
        }
    }

    /**
     * To be called of those that were told that it begins.
     *
     * @param now those that the body has now: who has left is not told, nor who came meanwhile
     */
    void served(RequestView request, boolean normally, Interceptors now) {
        if (served.length > 0) {
            over(request, normally, now == this ? EACH : now::contain, null);
        }
    }

    /**
     * Tells all of them, whatever the others do.
     *
     * @param failure what had failed before, {@code null} if nothing; it or the first of theirs is thrown
     */
    private void over(
            RequestView request, boolean normally, Predicate<MessageInterceptor> concerned, Throwable failure) {
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
        switch (first) {
            case null -> {}
            case RuntimeException thrown -> throw thrown;
            case Error thrown -> throw thrown;
            default -> throw new AssertionError(first);
        }
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

    private boolean contain(MessageInterceptor one) {
        return contains(kept, one) || contains(ofNode, one);
    }

    private static boolean contains(List<MessageInterceptor> interceptors, MessageInterceptor one) {
        for (MessageInterceptor interceptor : interceptors) {
            if (interceptor == one) {
                return true;
            }
        }
        return false;
    }

    private static boolean oneLooks(MessageInterceptor[] interceptors) {
        for (MessageInterceptor interceptor : interceptors) {
            if (interceptor.looksAtReplies()) {
                return true;
            }
        }
        return false;
    }

    boolean seeReplies() {
        return oneLooks(replying);
    }

    void replying(ReplyView reply) {
        for (MessageInterceptor interceptor : replying) {
            interceptor.replying(reply);
        }
    }

    boolean seeAnswers() {
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

    boolean seeAcknowledgements() {
        return oneLooks(acknowledged);
    }

    void acknowledged(RequestView request) {
        for (MessageInterceptor interceptor : acknowledged) {
            interceptor.acknowledged(request);
        }
    }
}
