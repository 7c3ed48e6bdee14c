package org.actium.simulation.scenarios;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.actium.simulation.interleaving.InterleavingClassLoader;

/**
 * Runs the command once more, in a class loader that lets the threads of production code give way between two accesses to
 * what they share.
 */
final class Weaving {

    private static final String ACTIUM = "org.actium.";

    /** Refers to production code, so is loaded with it, but is none. */
    private static final List<String> SCENARIOS =
            List.of("org.actium.testkit.", "org.actium.simulation.grid.", "org.actium.simulation.scenarios.");

    /** The simulator, and what it and the production code both know: there must be one of each. */
    private static final List<String> SHARED = List.of(
            "org.actium.simulation.", "org.actium.runtime.api.", "org.actium.runtime.spi.", "org.actium.remote.spi.");

    private Weaving() {}

    /** Whether this code is in such a class loader already. */
    static boolean isOn() {
        return Weaving.class.getClassLoader() instanceof InterleavingClassLoader;
    }

    /** @return the exit code */
    static int run(PrintStream out, String... arguments) {
        ClassLoader loader = new InterleavingClassLoader(
                Weaving.class.getClassLoader(),
                name -> isProduction(name) || isIn(SCENARIOS, name),
                Weaving::isProduction,
                Map.of());
        try {
            Method run =
                    loader.loadClass(Main.class.getName()).getDeclaredMethod("run", PrintStream.class, String[].class);
            run.setAccessible(true);
            return (int) run.invoke(null, out, arguments);
        } catch (InvocationTargetException failed) {
            throw new IllegalStateException("with woven classes: " + failed.getCause(), failed.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("the command cannot be loaded once more", impossible);
        }
    }

    private static boolean isProduction(String name) {
        return name.startsWith(ACTIUM) && !isIn(SCENARIOS, name) && !isIn(SHARED, name);
    }

    private static boolean isIn(List<String> packages, String name) {
        return packages.stream().anyMatch(name::startsWith);
    }
}
