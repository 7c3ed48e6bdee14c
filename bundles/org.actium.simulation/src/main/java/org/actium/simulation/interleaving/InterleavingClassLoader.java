package org.actium.simulation.interleaving;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Loads classes of its own in place of its parent's, some of them woven, so that a thread of a simulation that runs them
 * may give way at each {@link SchedulePoint}; outside a simulation they do what they always do:
 * <pre>{@code
 * ClassLoader loader = new InterleavingClassLoader(
 *         parent, name -> name.startsWith("org.example."), name -> name.startsWith("org.example.core."), Map.of());
 * Scenario scenario = (Scenario) loader.loadClass("org.example.MyScenario").getConstructor().newInstance();
 * }</pre>
 *
 * <p>Classes that both sides know, such as {@code Scenario} and the ports, have to be the parent's. Whatever refers to an
 * own class has to be an own class.
 */
public final class InterleavingClassLoader extends ClassLoader {

    private final Predicate<String> own;
    private final Predicate<String> woven;
    private final Map<String, byte[]> replaced;
    private final Weaver weaver = new Weaver(this::classFile, this::wovenClassFile);

    /**
     * @param own the binary names of classes that this loader defines itself
     * @param woven those of them that get schedule points
     * @param replaced class files to use in place of those that the parent finds, by binary name
     */
    public InterleavingClassLoader(
            ClassLoader parent, Predicate<String> own, Predicate<String> woven, Map<String, byte[]> replaced) {
        super("interleaving", parent);
        this.own = Objects.requireNonNull(own, "own");
        this.woven = Objects.requireNonNull(woven, "woven");
        this.replaced = Map.copyOf(replaced);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!own.test(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] found = classFile(name).orElseThrow(() -> new ClassNotFoundException(name));
        byte[] classFile = woven.test(name) ? weaver.woven(found) : found;
        return defineClass(name, classFile, 0, classFile.length);
    }

    private Optional<byte[]> wovenClassFile(String name) {
        return own.test(name) && woven.test(name) ? classFile(name) : Optional.empty();
    }

    private Optional<byte[]> classFile(String name) {
        byte[] replacement = replaced.get(name);
        if (replacement != null) {
            return Optional.of(replacement);
        }
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("class " + name + " cannot be read", unreadable);
        }
    }
}
