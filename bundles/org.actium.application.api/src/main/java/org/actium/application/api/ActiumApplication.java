package org.actium.application.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Header;

/** Put on the class with {@code main}: makes its bundle an application that {@code actium run} finds by name. */
@Header(name = "Actium-Application", value = "${#name};main=\"${@class}\";descriptor=\"${#descriptor}\"")
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ActiumApplication {

    /** What it is called on the command line. */
    String name();

    /** Resource in the bundle with the descriptor to deploy; none if empty. */
    String descriptor() default "";
}
