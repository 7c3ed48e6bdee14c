package org.actium.codec.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * No object of this very class, and nothing it refers to, changes once it has been passed to an active object. Calls
 * within a runtime then share it instead of copying it, so that a change would be seen by several active objects at once;
 * framework property {@code actium.codec.checkShared} finds those who change one nevertheless.
 *
 * <p>Speaks of serializable classes; of others it says nothing. Subclasses have to say it for themselves. Transient fields
 * may change: they do not travel. Such an object should hold no pending futures, which would be shared with their values.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Immutable {}
