package org.actium.object.core;

import java.util.List;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.ReplyView;
import org.actium.object.spi.RequestView;
import org.actium.object.spi.Verdict;

/** Several interceptors as one: what leaves passes them first to last, what arrives last to first. */
final class InterceptorChain implements MessageInterceptor {

    private final List<MessageInterceptor> inner;
    private final List<MessageInterceptor> outer;

    InterceptorChain(List<MessageInterceptor> interceptors) {
        this.inner = List.copyOf(interceptors);
        this.outer = inner.reversed();
    }

    @Override
    public void departing(RequestView request) {
        inner.forEach(interceptor -> interceptor.departing(request));
    }

    @Override
    public Verdict arriving(RequestView request) {
        for (MessageInterceptor interceptor : outer) {
            Verdict verdict = interceptor.arriving(request);
            if (!(verdict instanceof Verdict.Deliver)) {
                return verdict;
            }
        }
        return Verdict.DELIVER;
    }

    @Override
    public void serving(RequestView request) {
        outer.forEach(interceptor -> interceptor.serving(request));
    }

    @Override
    public void served(RequestView request, boolean normally) {
        inner.forEach(interceptor -> interceptor.served(request, normally));
    }

    @Override
    public void replying(ReplyView reply) {
        inner.forEach(interceptor -> interceptor.replying(reply));
    }

    @Override
    public Verdict answered(ReplyView reply) {
        for (MessageInterceptor interceptor : outer) {
            Verdict verdict = interceptor.answered(reply);
            if (!(verdict instanceof Verdict.Deliver)) {
                return verdict;
            }
        }
        return Verdict.DELIVER;
    }

    @Override
    public void acknowledged(RequestView request) {
        inner.forEach(interceptor -> interceptor.acknowledged(request));
    }
}
