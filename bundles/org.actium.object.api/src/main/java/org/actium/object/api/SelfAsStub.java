package org.actium.object.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has active objects of this class hand out stubs of themselves: where {@code this} is in an argument of a call that the
 * object makes, or in a result of one that it serves, the receiver gets a stub. Without it the receiver gets a copy of the
 * object, which is not active.
 *
 * <p>Not in its constructor, and not on threads of its own: there is no active object yet, or none known.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface SelfAsStub {}
