package org.actium.remote.core;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkListener;
import org.actium.runtime.api.Registration;

/** Who hears of links. */
final class LinkListeners {

    private final List<LinkListener> listeners = new CopyOnWriteArrayList<>();

    Registration add(LinkListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void opened(Link link, Optional<String> tokenId, InOrder events) {
        tell(listener -> listener.opened(link, tokenId), events);
    }

    void closed(Link link, String reason, InOrder events) {
        tell(listener -> listener.closed(link, reason), events);
    }

    /** Whether one of them needs the connection of the link. */
    boolean need(Link link) {
        return listeners.stream().anyMatch(listener -> listener.needs(link));
    }

    private void tell(Consumer<LinkListener> event, InOrder events) {
        for (LinkListener listener : listeners) {
            events.run(() -> event.accept(listener));
        }
    }
}
