package org.actium.object.core;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.actium.codec.api.Codec;
import org.actium.remote.api.Link;
import org.actium.runtime.api.RuntimeId;

/** The {@link Dictionary} of each open link. Any thread. */
final class Dictionaries {

    private final RuntimeId self;
    private final Codec codec;
    private final Map<Link, Dictionary> dictionaries = new ConcurrentHashMap<>();

    Dictionaries(RuntimeId self, Codec codec) {
        this.self = self;
        this.codec = codec;
    }

    Dictionary of(Link link) {
        Dictionary known = dictionaries.get(link);
        return known == null ? begun(link) : known;
    }

    private Dictionary begun(Link link) {
        Dictionary dictionary = dictionaries.computeIfAbsent(link, fresh -> new Dictionary(fresh, self, codec));
        if (!link.isOpen()) {
            dictionaries.remove(link); // it may have closed before this was here
        }
        return dictionary;
    }

    /** That link has closed. */
    void lost(Link link) {
        dictionaries.remove(link);
    }
}
