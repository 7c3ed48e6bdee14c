package org.actium.object.core;

import java.io.Serializable;
import org.actium.object.api.BodyId;
import org.actium.runtime.api.RuntimeAddress;

/** A stub as it is written into a message. */
record BodyRef(BodyId id, RuntimeAddress home, String name, Class<?> type) implements Serializable {}
