package org.actium.service.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Offers the class, a component of scope prototype, as a technical service, and says how it combines with others:
 *
 * <pre>
 * &#64;Component(scope = ServiceScope.PROTOTYPE)
 * &#64;Offer(id = "limit", excludes = "unlimited", before = "metrics")
 * public final class Limit implements TechnicalService { … }
 * </pre>
 *
 * <p>A rule names other services by id, by class, or by something that they provide. It concerns those on the same node,
 * other uses of the same service included. The rules become properties of the service, and a capability of its bundle in
 * the namespace {@code actium.technical.service}.
 */
@ComponentPropertyType
@Capability(namespace = Offer.NAMESPACE)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Offer {

    /** Of the capability, and what the names of the properties begin with. */
    String NAMESPACE = "actium.technical.service";

    /** See the specification of component property types. */
    String PREFIX_ = NAMESPACE + ".";

    /** The id by which descriptors name the service. */
    @Attribute(NAMESPACE)
    String id();

    /** Names that it answers to in the rules of others, for example {@code ordering}. */
    @Attribute("provides")
    String[] provides() default {};

    /** For each name at least one other service must be there. All that answer to it are applied before this one. */
    @Attribute("requires")
    String[] requires() default {};

    /** None of them may be there. */
    @Attribute("excludes")
    String[] excludes() default {};

    /** This one is applied before them, if they are there: further out, where messages arrive. */
    @Attribute("before")
    String[] before() default {};

    /** This one is applied after them, if they are there. */
    @Attribute("after")
    String[] after() default {};
}
