package org.actium.service.core;

import java.util.List;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.RequestView;
import org.actium.object.spi.Verdict;

/**
 * The interceptors that the technical services of one node contribute, as one that all active objects of the node share.
 * They change while messages pass: a message passes either those before the change or those after it.
 */
final class NodeSwitch implements MessageInterceptor {

    private static final MessageInterceptor[] EMPTY = {};

    private volatile MessageInterceptor[] chain = EMPTY; // the outermost first; never changed, only replaced

    void set(List<MessageInterceptor> outermostFirst) {
        chain = outermostFirst.isEmpty() ? EMPTY : outermostFirst.toArray(MessageInterceptor[]::new);
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
}
