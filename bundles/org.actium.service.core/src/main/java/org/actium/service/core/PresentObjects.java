package org.actium.service.core;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.actium.object.api.ActiveObjects;
import org.actium.object.api.BodyId;
import org.actium.object.api.ObjectInfo;
import org.actium.object.spi.ObjectHandles;
import org.actium.object.spi.ObjectHandles.LocalObject;
import org.actium.object.spi.ObjectListener;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;

/** The active objects of this runtime, for those who watch nodes. */
interface PresentObjects {

    /** Where there are none. */
    PresentObjects NONE = new PresentObjects() {
        @Override
        public Map<BodyId, Class<?>> on(Node node) {
            return Map.of();
        }

        @Override
        public boolean lives(BodyId object) {
            return false;
        }

        @Override
        public Registration listen(ObjectListener listener) {
            return () -> {};
        }
    };

    /** Those on the node, with their classes. */
    Map<BodyId, Class<?>> on(Node node);

    boolean lives(BodyId object);

    Registration listen(ObjectListener listener);

    static PresentObjects of(ActiveObjects objects, ObjectHandles handles) {
        return new PresentObjects() {
            @Override
            public Map<BodyId, Class<?>> on(Node node) {
                return objects.objectsOn(node).stream()
                        .map(ObjectInfo::id)
                        .map(handles::here)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toMap(found -> found.ref().id(), LocalObject::type));
            }

            @Override
            public boolean lives(BodyId object) {
                return handles.here(object).isPresent();
            }

            @Override
            public Registration listen(ObjectListener listener) {
                return handles.listen(listener);
            }
        };
    }
}
