package org.actium.testkit;

import java.util.List;
import java.util.Optional;
import org.actium.object.api.BodyId;
import org.actium.object.spi.Facilities;

/** What active objects of an embedded runtime get where others would ask the OSGi registry. */
record OwnServices(List<Object> services) implements Facilities {

    @Override
    public <T> Optional<T> facility(Class<T> type, BodyId body, Class<?> bodyType) {
        return services.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
