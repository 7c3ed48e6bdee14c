package org.actium.codec.java;

import java.lang.invoke.SerializedLambda;
import java.util.Objects;
import java.util.function.Predicate;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/**
 * Which lambdas travel: none, unless the bundle of the class in which one is written says {@code Actium-Lambdas: true} in
 * its manifest. Whoever reads a lambda lets that class make it, with captured values of the writer's choice; so its authors
 * have to know that any of its serializable lambdas can be had by any runtime of the domain.
 */
final class Lambdas {

    static final String HEADER = "Actium-Lambdas";

    /** None, for whoever knows no bundles. */
    static final Lambdas NONE = new Lambdas(type -> false);

    /** What the compiler gives each class with serializable lambdas. */
    private static final String FACTORY = "$deserializeLambda$";

    private final Predicate<Class<?>> sending;

    /** @param sending whether lambdas of that class may travel */
    Lambdas(Predicate<Class<?>> sending) {
        this.sending = Objects.requireNonNull(sending, "sending");
    }

    static Lambdas ofBundles() {
        return new Lambdas(Lambdas::isAskedFor);
    }

    private static boolean isAskedFor(Class<?> type) {
        Bundle bundle = FrameworkUtil.getBundle(type);
        return bundle != null && "true".equals(bundle.getHeaders("").get(HEADER));
    }

    static boolean isLambda(String className) {
        return className.equals(SerializedLambda.class.getName());
    }

    boolean areSentBy(Class<?> type) {
        return !JdkClasses.isJdk(type) && sending.test(type);
    }

    /** Whether lambdas could be made by a class that does not send any. Does not initialize it. */
    boolean areStolenFrom(Class<?> type) {
        return hasFactory(type) && !areSentBy(type);
    }

    private static boolean hasFactory(Class<?> type) {
        try {
            type.getDeclaredMethod(FACTORY, SerializedLambda.class);
            return true;
        } catch (NoSuchMethodException none) {
            return false;
        } catch (LinkageError unknown) {
            return true; // it cannot be ruled out
        }
    }

    static String refusal(String className) {
        return "lambdas are not sent; use a class, or let the bundle of " + className + " say '" + HEADER
                + ": true' in its manifest";
    }
}
