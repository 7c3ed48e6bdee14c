package org.actium.simulation.scenarios;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import org.actium.simulation.interleaving.InterleavingClassLoader;

/**
 * Runs the command once more, in a class loader that lets the threads of production code give way between two accesses to
 * what they share.
 */
final class Weaving {

    private Weaving() {}

    /** Whether this code is in such a class loader already. */
    static boolean isOn() {
        return Weaving.class.getClassLoader() instanceof InterleavingClassLoader;
    }

    /** @return the exit code */
    static int run(PrintStream out, String... arguments) {
        ClassLoader loader = WovenCode.USUAL.loader(Weaving.class.getClassLoader(), Map.of());
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
}
