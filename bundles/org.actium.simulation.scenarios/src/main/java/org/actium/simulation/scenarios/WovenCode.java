package org.actium.simulation.scenarios;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.actium.simulation.interleaving.InterleavingClassLoader;

/**
 * The production code loaded once more, woven, and with it the scenarios that run it: threads then give way between two
 * accesses to what they share, too.
 *
 * @param scenarios packages, each with a dot at its end, that refer to production code, so are loaded with it, but are
 *     none
 * @param shared packages of which there must be one only: the simulator, and what it and the production code both know
 */
public record WovenCode(List<String> scenarios, List<String> shared) {

    /** With the scenarios of this bundle. */
    public static final WovenCode USUAL = new WovenCode(
            List.of("org.actium.testkit.", "org.actium.simulation.grid.", "org.actium.simulation.scenarios."),
            List.of(
                    "org.actium.simulation.",
                    "org.actium.runtime.api.",
                    "org.actium.runtime.spi.",
                    "org.actium.remote.spi."));

    private static final String ACTIUM = "org.actium.";

    public WovenCode {
        scenarios = List.copyOf(scenarios);
        shared = List.copyOf(shared);
    }

    /**
     * With the tests in a package, dot at its end: those below {@code scenarios} are loaded once more, the others see
     * what comes of them.
     */
    public WovenCode with(String tests) {
        return new WovenCode(plus(scenarios, tests + "scenarios."), plus(shared, tests));
    }

    /** @param changed class files to use in place of those that the parent finds, by binary name */
    public ClassLoader loader(ClassLoader parent, Map<String, byte[]> changed) {
        Objects.requireNonNull(parent, "parent");
        return new InterleavingClassLoader(
                parent, name -> isProduction(name) || isIn(scenarios, name), this::isProduction, changed);
    }

    private boolean isProduction(String name) {
        return name.startsWith(ACTIUM) && !isIn(scenarios, name) && !isIn(shared, name);
    }

    private static boolean isIn(List<String> packages, String name) {
        return packages.stream().anyMatch(name::startsWith);
    }

    private static List<String> plus(List<String> packages, String one) {
        return Stream.concat(packages.stream(), Stream.of(one)).toList();
    }
}
