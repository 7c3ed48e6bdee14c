package org.actium.tagging;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.actium.object.api.BodyId;
import org.actium.object.spi.Facilities;
import org.actium.object.spi.InterceptorSource;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.ObjectHandles;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.Time;
import org.actium.tagging.api.TagMemory;
import org.actium.tagging.api.Tags;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Has all active objects of this runtime carry tags, and offers them what is in force. */
@Component(immediate = true)
public final class Tagging implements InterceptorSource, Facilities, AutoCloseable {

    private final TagMemories memories;
    private final TagCarrier carrier;
    private final Registration listening;

    @Activate
    public Tagging(@Reference Time time, @Reference ObjectHandles objects) {
        this.memories = new TagMemories(time);
        this.carrier = new TagCarrier(memories);
        this.listening = objects.listen(memories);
    }

    @Override
    @Deactivate
    public void close() {
        listening.close();
    }

    @Override
    public Optional<MessageInterceptor> interceptorFor(BodyId body, Class<?> type, Node node) {
        return Optional.of(carrier);
    }

    @Override
    public <T> Optional<T> facility(Class<T> type, BodyId body, Class<?> bodyType) {
        return type == Tags.class ? Optional.of(type.cast(new TagsOf(body))) : Optional.empty();
    }

    private final class TagsOf implements Tags {

        private final BodyId body;

        TagsOf(BodyId body) {
            this.body = body;
        }

        @Override
        public Map<String, String> all() {
            return new TreeMap<>(inForce().values());
        }

        @Override
        public Optional<String> value(String tag) {
            return Optional.ofNullable(inForce().values().get(tag));
        }

        @Override
        public void set(String tag, String value) {
            inForce().set(tag, value);
        }

        @Override
        public void stop(String tag) {
            inForce().remove(tag);
        }

        @Override
        public TagMemory memory(String tag, Duration lease) {
            if (!inForce().values().containsKey(tag)) {
                throw new IllegalArgumentException("tag '" + tag + "' is not in force; those in force are "
                        + inForce().values().keySet());
            }
            return memories.memory(body, tag, lease);
        }

        private TagSet inForce() {
            return carrier.inForce()
                    .orElseThrow(() -> new IllegalStateException(
                            "thread '" + Thread.currentThread().getName()
                                    + "' serves no request, and there are no tags but those of one"));
        }
    }
}
