package org.actium.debug;

import java.util.List;
import org.actium.debug.api.Stop;
import org.actium.object.api.BodyId;

/** What debuggers ask each other about objects of the runtime that is asked; as {@code DebuggedObject} says. */
interface DebugAccess {

    /** Under which every runtime with a debugger offers it. */
    String NAME = "org.actium.debug";

    void pause(BodyId object);

    void stopBefore(BodyId object, String method);

    void step(BodyId object);

    void resume(BodyId object);

    void release(BodyId object);

    /** By age of the objects. */
    List<Stop> stops();
}
