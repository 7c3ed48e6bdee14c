package org.actium.service.core;

import java.util.List;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.ReplyView;
import org.actium.object.spi.RequestView;
import org.actium.object.spi.StubMethod;

/**
 * Which interceptors of the services of one node each kind of message passes, and in which order: what arrives, the outermost
 * first; what leaves, the innermost first. Only those that have something to do for it: they override it.
 *
 * <p>An object space sorts the interceptors of a body in the same way, but once, when the body is created; for it, all
 * services of a node are one interceptor that does everything. What is behind that changes with the services, and is found
 * out anew for each change.
 */
final class Passage {

    static final Passage FREE = new Passage(List.of());

    final MessageInterceptor[] calling;
    final MessageInterceptor[] departing;
    final MessageInterceptor[] arriving;
    final MessageInterceptor[] serving;
    final MessageInterceptor[] served;
    final MessageInterceptor[] replying;
    final MessageInterceptor[] answered;
    final MessageInterceptor[] acknowledged;

    Passage(List<MessageInterceptor> outermostFirst) {
        List<MessageInterceptor> innermostFirst = outermostFirst.reversed();
        calling = those(innermostFirst, "calling", StubMethod.class);
        departing = those(innermostFirst, "departing", RequestView.class);
        arriving = those(outermostFirst, "arriving", RequestView.class);
        serving = those(outermostFirst, "serving", RequestView.class);
        served = those(innermostFirst, "served", RequestView.class, boolean.class);
        replying = those(innermostFirst, "replying", ReplyView.class);
        answered = those(outermostFirst, "answered", ReplyView.class);
        acknowledged = those(innermostFirst, "acknowledged", RequestView.class);
    }

    private static MessageInterceptor[] those(
            List<MessageInterceptor> interceptors, String method, Class<?>... parameters) {
        return interceptors.stream()
                .filter(interceptor -> overrides(interceptor.getClass(), method, parameters))
                .toArray(MessageInterceptor[]::new);
    }

    private static boolean overrides(Class<?> type, String method, Class<?>... parameters) {
        try {
            return type.getMethod(method, parameters).getDeclaringClass() != MessageInterceptor.class;
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(type + " is no interceptor: it has no " + method, impossible);
        }
    }

    boolean looksAtReplies() {
        return oneLooks(replying) || oneLooks(answered) || oneLooks(acknowledged);
    }

    private static boolean oneLooks(MessageInterceptor[] interceptors) {
        for (MessageInterceptor interceptor : interceptors) {
            if (interceptor.looksAtReplies()) {
                return true;
            }
        }
        return false;
    }
}
