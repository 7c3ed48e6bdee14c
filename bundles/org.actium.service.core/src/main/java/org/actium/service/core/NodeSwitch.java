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

    private static final MessageInterceptor[] EMPTY = {};

    private volatile MessageInterceptor[] chain = EMPTY; // the outermost first; never changed, only replaced
    private volatile boolean looksAtReplies;

    void set(List<MessageInterceptor> outermostFirst) {
        chain = outermostFirst.isEmpty() ? EMPTY : outermostFirst.toArray(MessageInterceptor[]::new);
        looksAtReplies = outermostFirst.stream().anyMatch(NodeSwitch::looksAtReplies);
    }

    private static boolean looksAtReplies(MessageInterceptor interceptor) {
        return overrides(interceptor, "replying", ReplyView.class)
                || overrides(interceptor, "answered", ReplyView.class)
                || overrides(interceptor, "acknowledged", RequestView.class);
    }

    private static boolean overrides(MessageInterceptor interceptor, String method, Class<?> parameter) {
        try {
            return interceptor.getClass().getMethod(method, parameter).getDeclaringClass() != MessageInterceptor.class;
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(interceptor.getClass() + " has no " + method, impossible);
        }
    }

    @Override
    public boolean looksAtReplies() {
        return looksAtReplies;
    }

    @Override
    public CallPolicy calling(StubMethod method) {
        MessageInterceptor[] present = chain;
        for (int at = present.length - 1; at >= 0; at--) {
            CallPolicy policy = present[at].calling(method);
            if (policy != CallPolicy.NONE) {
                return policy;
            }
        }
        return CallPolicy.NONE;
    }

    @Override
    public void departing(RequestView request) {
        MessageInterceptor[] present = chain;
        for (int at = present.length - 1; at >= 0; at--) {
            present[at].departing(request);
        }
    }

    @Override
    public Verdict arriving(RequestView request) {
        for (MessageInterceptor interceptor : chain) {
            Verdict verdict = interceptor.arriving(request);
            if (verdict != Verdict.DELIVER && !(verdict instanceof Verdict.Deliver)) {
                return verdict;
            }
        }
        return Verdict.DELIVER;
    }

    @Override
    public void serving(RequestView request) {
        for (MessageInterceptor interceptor : chain) {
            interceptor.serving(request);
        }
    }

    @Override
    public void served(RequestView request, boolean normally) {
        MessageInterceptor[] present = chain;
        for (int at = present.length - 1; at >= 0; at--) {
            present[at].served(request, normally);
        }
    }

    @Override
    public void replying(ReplyView reply) {
        MessageInterceptor[] present = chain;
        for (int at = present.length - 1; at >= 0; at--) {
            present[at].replying(reply);
        }
    }

    @Override
    public Verdict answered(ReplyView reply) {
        for (MessageInterceptor interceptor : chain) {
            Verdict verdict = interceptor.answered(reply);
            if (verdict != Verdict.DELIVER && !(verdict instanceof Verdict.Deliver)) {
                return verdict;
            }
        }
        return Verdict.DELIVER;
    }

    @Override
    public void acknowledged(RequestView request) {
        MessageInterceptor[] present = chain;
        for (int at = present.length - 1; at >= 0; at--) {
            present[at].acknowledged(request);
        }
    }
}
