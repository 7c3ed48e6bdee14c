package org.actium.object.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Calls of this method do not queue: each is served as soon as it arrives, on a thread of its own, whatever the object
 * is doing. The method runs beside the thread of service and other immediate ones, so it is for the class to guard what
 * they share. {@link Service#immediate} says the same of methods that are not annotated.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Immediate {

    /** Whether all calls of one caller are served by the same thread, one after the other. */
    boolean perCaller() default false;
}
