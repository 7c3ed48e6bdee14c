package org.actium.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The tests of this class run in all settings but these. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface NotIn {
    Setting[] value();

    /** For the checklist. */
    String because();
}
