package org.actium.object.core;

import java.util.List;
import org.actium.object.spi.CallPolicy;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.ReplyView;
import org.actium.object.spi.RequestView;
import org.actium.object.spi.StubMethod;
import org.actium.object.spi.Verdict;

/**
 * The interceptors of bodies: those that they keep, and around them those of their node. What leaves passes them from the
 * inside out, what arrives from the outside in.
 *
 * <p>Never changed: a body whose node has others gets another one of these. So nobody is asked who has nothing to do, and
 * fields being final, a body may read its own without order. Who has read them and comes to those of the node when these
 * have been replaced passes those in their place: see {@link NodeChain}.
 */
final class Interceptors {

    static final Interceptors NONE = new Interceptors(Chain.EMPTY, null);

    private final Chain kept;
    private final NodeChain ofNode;

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

    /** @param ofNode {@code null} if it has none */
    Interceptors(Chain kept, NodeChain ofNode) {
        this.kept = kept;
        this.ofNode = ofNode;
    }

    /** Whether they are the very same ones. */
    boolean are(List<MessageInterceptor> others, NodeChain onNode) {
        return ofNode == onNode && kept.is(others);
    }

    /** Those of the node; {@code null} if it has none. */
    NodeChain ofNode() {
        return ofNode;
    }

    /** Whatever happens to the node, a body has these. */
    List<MessageInterceptor> kept() {
        return kept.all();
    }

    /** That of the first that has one. */
    CallPolicy calling(StubMethod method) {
        CallPolicy policy = kept.calling(method);
        return policy != CallPolicy.NONE || ofNode == null ? policy : ofNode.calling(method);
    }

    void departing(RequestView request) {
        kept.departing(request);
        if (ofNode != null) {
            ofNode.departing(request);
        }
    }

    boolean seeArrivals() {
        return kept.seesArrivals() || ofNode != null && ofNode.seesArrivals();
    }

    /** The first that is not to deliver it counts. */
    Verdict arriving(RequestView request) {
        Verdict verdict = ofNode == null ? Verdict.DELIVER : ofNode.arriving(request);
        return isDelivery(verdict) ? kept.arriving(request) : verdict;
    }

    private static boolean isDelivery(Verdict verdict) {
        return verdict == Verdict.DELIVER || verdict instanceof Verdict.Deliver;
    }

    /**
     * If one fails, those that were told before are told that it is over.
     *
     * @return those that were told, who are to be told the end
     */
    Interceptors serving(RequestView request) {
        if (ofNode == null) {
            kept.serving(request);
            return this;
        }
        NodeChain told = ofNode.serving(request);
        try {
            kept.serving(request);
        } catch (RuntimeException | Error failed) {
            if (told != null) {
                Chain.throwIfAny(told.served(request, false, told, failed));
            }
            throw failed;
        }
        return told == ofNode ? this : new Interceptors(kept, told);
    }

    /**
     * To be called of those that were told that it begins.
     *
     * @param now those that the body has now: who has left is not told, nor who came meanwhile
     */
    void served(RequestView request, boolean normally, Interceptors now) {
        Throwable failure = kept.over(request, normally, null);
        if (ofNode != null) {
            failure = ofNode.served(request, normally, now.ofNode, failure);
        }
        if (failure != null) {
            Chain.throwIfAny(failure);
        }
    }

    boolean seeReplies() {
        return kept.seesReplies() || ofNode != null && ofNode.seesReplies();
    }

    void replying(ReplyView reply) {
        kept.replying(reply);
        if (ofNode != null) {
            ofNode.replying(reply);
        }
    }

    boolean seeAnswers() {
        return kept.seesAnswers() || ofNode != null && ofNode.seesAnswers();
    }

    /** As {@link #arriving}. */
    Verdict answered(ReplyView reply) {
        Verdict verdict = ofNode == null ? Verdict.DELIVER : ofNode.answered(reply);
        return isDelivery(verdict) ? kept.answered(reply) : verdict;
    }

    boolean seeAcknowledgements() {
        return kept.seesAcknowledgements() || ofNode != null && ofNode.seesAcknowledgements();
    }

    void acknowledged(RequestView request) {
        kept.acknowledged(request);
        if (ofNode != null) {
            ofNode.acknowledged(request);
        }
    }
}
