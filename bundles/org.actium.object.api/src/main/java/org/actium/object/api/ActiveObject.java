package org.actium.object.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that objects of this class are meant to be active. It changes nothing at run time; the compiler, with the
 * annotation processor {@code org.actium.object.processor}, reports what would fail then, and which calls would wait.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ActiveObject {}
