package org.actium.itests.defects;

import java.util.Map;
import java.util.function.Supplier;
import org.actium.simulation.Scenario;
import org.actium.simulation.scenarios.WovenCode;

/** Loads the production code anew, with some of its classes changed and all of them woven, and the scenarios that run it. */
final class CodeUnderTest {

    private static final WovenCode CODE = WovenCode.USUAL.with("org.actium.itests.defects.");

    private static final String CATALOGUE = "org.actium.itests.defects.scenarios.Catalogue";

    private CodeUnderTest() {}

    /**
     * The scenarios, by name.
     *
     * @param changed class files by binary name
     */
    @SuppressWarnings("unchecked") // the catalogue says so itself, but in another class loader
    static Map<String, Scenario> scenarios(Map<String, byte[]> changed) {
        ClassLoader loader = CODE.loader(CodeUnderTest.class.getClassLoader(), changed);
        try {
            return ((Supplier<Map<String, Scenario>>)
                            loader.loadClass(CATALOGUE).getConstructor().newInstance())
                    .get();
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException("cannot load " + CATALOGUE + ": " + broken, broken);
        }
    }
}
