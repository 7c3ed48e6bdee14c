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
 * @param parts the first one a class is of decides; classes of none are shared
 */
public record WovenCode(List<Part> parts) {

    /** What becomes of the classes of a part. */
    public enum Loading {
        /** Loaded once more, and woven. */
        WOVEN,
        /** Loaded once more, as they are: they refer to what is woven. */
        OWN,
        /** There is one of each only: the simulator, and what it and the production code both know. */
        SHARED
    }

    /** @param prefix of binary names: a package, with a dot at its end */
    public record Part(String prefix, Loading loading) {
        public Part {
            Objects.requireNonNull(prefix, "prefix");
            Objects.requireNonNull(loading, "loading");
        }
    }

    /** With the scenarios of this bundle. */
    public static final WovenCode USUAL = new WovenCode(List.of(
            new Part("org.actium.testkit.", Loading.OWN),
            new Part("org.actium.simulation.store.", Loading.WOVEN),
            new Part("org.actium.simulation.grid.", Loading.OWN),
            new Part("org.actium.simulation.scenarios.", Loading.OWN),
            new Part("org.actium.simulation.", Loading.SHARED),
            new Part("org.actium.runtime.api.", Loading.SHARED),
            new Part("org.actium.runtime.spi.", Loading.SHARED),
            new Part("org.actium.remote.spi.", Loading.SHARED),
            new Part("org.actium.", Loading.WOVEN)));

    public WovenCode {
        parts = List.copyOf(parts);
    }

    /**
     * With the tests in a package, dot at its end: those below {@code scenarios} are loaded once more, the others see
     * what comes of them.
     */
    public WovenCode with(String tests) {
        Stream<Part> first = Stream.of(new Part(tests + "scenarios.", Loading.OWN), new Part(tests, Loading.SHARED));
        return new WovenCode(Stream.concat(first, parts.stream()).toList());
    }

    /** @param changed class files to use in place of those that the parent finds, by binary name */
    public ClassLoader loader(ClassLoader parent, Map<String, byte[]> changed) {
        Objects.requireNonNull(parent, "parent");
        return new InterleavingClassLoader(
                parent, name -> loading(name) != Loading.SHARED, name -> loading(name) == Loading.WOVEN, changed);
    }

    private Loading loading(String name) {
        return parts.stream()
                .filter(part -> name.startsWith(part.prefix()))
                .findFirst()
                .map(Part::loading)
                .orElse(Loading.SHARED);
    }
}
