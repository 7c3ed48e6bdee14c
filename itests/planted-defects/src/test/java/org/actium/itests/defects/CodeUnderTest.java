package org.actium.itests.defects;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.actium.simulation.Scenario;
import org.actium.simulation.interleaving.InterleavingClassLoader;

/** Loads the production code anew, with some of its classes changed and all of them woven, and the scenarios that run it. */
final class CodeUnderTest {

    private static final String ACTIUM = "org.actium.";

    /** Refers to production code, so is loaded with it, but is none. */
    private static final List<String> SCENARIOS = List.of(
            "org.actium.testkit.",
            "org.actium.simulation.grid.",
            "org.actium.simulation.scenarios.",
            "org.actium.itests.defects.scenarios.");

    /** The simulator and this, and what they and the production code both know: there must be one of each. */
    private static final List<String> SHARED = List.of(
            "org.actium.simulation.",
            "org.actium.itests.",
            "org.actium.runtime.api.",
            "org.actium.runtime.spi.",
            "org.actium.remote.spi.");

    private static final String CATALOGUE = "org.actium.itests.defects.scenarios.Catalogue";

    private CodeUnderTest() {}

    /**
     * The scenarios, by name.
     *
     * @param changed class files by binary name
     */
    @SuppressWarnings("unchecked") // the catalogue says so itself, but in another class loader
    static Map<String, Scenario> scenarios(Map<String, byte[]> changed) {
        ClassLoader loader = new InterleavingClassLoader(
                CodeUnderTest.class.getClassLoader(),
                name -> isProduction(name) || isIn(SCENARIOS, name),
                CodeUnderTest::isProduction,
                changed);
        try {
            return ((Supplier<Map<String, Scenario>>)
                            loader.loadClass(CATALOGUE).getConstructor().newInstance())
                    .get();
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException("cannot load " + CATALOGUE + ": " + broken, broken);
        }
    }

    private static boolean isProduction(String name) {
        return name.startsWith(ACTIUM) && !isIn(SCENARIOS, name) && !isIn(SHARED, name);
    }

    private static boolean isIn(List<String> packages, String name) {
        return packages.stream().anyMatch(name::startsWith);
    }
}
