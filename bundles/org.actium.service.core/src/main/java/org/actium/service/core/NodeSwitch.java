package org.actium.service.core;

import java.util.List;
import org.actium.object.spi.CallPolicy;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.ReplyView;
import org.actium.object.spi.RequestView;
import org.actium.object.spi.StubMethod;
import org.actium.object.spi.Verdict;

/**
 * The interceptors that the technical services of one node contribute, as one that all active objects of the node share.
 * They change while messages pass: a message passes either those before the change or those after it.
 */
final class NodeSwitch implements MessageInterceptor {

    private volatile Passage passage = Passage.FREE; // never changed, only replaced

    void set(List<MessageInterceptor> outermostFirst) {
        passage = outermostFirst.isEmpty() ? Passage.FREE : new Passage(outermostFirst);
    }

    @Override
    public CallPolicy calling(StubMethod method) {
        for (MessageInterceptor interceptor : passage.calling) {
            CallPolicy policy = interceptor.calling(method);
            if (policy != CallPolicy.NONE) {
                return policy;
            }
        }
        return CallPolicy.NONE;
    }

    @Override
    public void departing(RequestView request) {
        for (MessageInterceptor interceptor : passage.departing) {
            interceptor.departing(request);
        }
    }

    @Override
    public Verdict arriving(RequestView request) {
        for (MessageInterceptor interceptor : passage.arriving) {
            Verdict verdict = interceptor.arriving(request);
            if (verdict != Verdict.DELIVER && !(verdict instanceof Verdict.Deliver)) {
                return verdict;
            }
        }
        return Verdict.DELIVER;
    }

    @Override
    public void serving(RequestView request) {
        for (MessageInterceptor interceptor : passage.serving) {
            interceptor.serving(request);
        }
    }

    @Override
    public void served(RequestView request, boolean normally) {
        for (MessageInterceptor interceptor : passage.served) {
            interceptor.served(request, normally);
        }
    }

    @Override
    public boolean looksAtReplies() {
        Passage present = passage;
        return present != Passage.FREE && present.looksAtReplies();
    }

    @Override
    public void replying(ReplyView reply) {
        for (MessageInterceptor interceptor : passage.replying) {
            interceptor.replying(reply);
        }
    }

    @Override
    public Verdict answered(ReplyView reply) {
        for (MessageInterceptor interceptor : passage.answered) {
            Verdict verdict = interceptor.answered(reply);
            if (verdict != Verdict.DELIVER && !(verdict instanceof Verdict.Deliver)) {
                return verdict;
            }
        }
        return Verdict.DELIVER;
    }

    @Override
    public void acknowledged(RequestView request) {
        for (MessageInterceptor interceptor : passage.acknowledged) {
            interceptor.acknowledged(request);
        }
    }
}
