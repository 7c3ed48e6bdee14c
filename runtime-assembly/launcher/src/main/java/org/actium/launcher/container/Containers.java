package org.actium.launcher.container;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.log.TappedLoggers;
import org.actium.launcher.state.ProcessDirectory;
import org.actium.launcher.state.StateRoot;
import org.slf4j.LoggerFactory;

/** Starts containers of one distribution. */
public final class Containers {

    private final Home home;
    private final StateRoot states;

    public Containers(Home home, StateRoot states) {
        this.home = home;
        this.states = states;
    }

    /**
     * Starts a container; returns when its bundles are started. It is closed when the JVM is told to end.
     *
     * @param assembly name of the assembly
     * @param properties of the framework, besides those of the distribution
     * @param joinToken with which it joins its parent
     * @throws CommandFailure if a bundle does not resolve or start; nothing is left running then
     */
    public Container start(String assembly, Map<String, String> properties, Optional<String> joinToken)
            throws IOException {
        Container container = install(assembly, properties);
        Runtime.getRuntime().addShutdownHook(new Thread(container::close, "actium-shutdown"));
        joinToken.ifPresent(
                token -> container.offer(Supplier.class, () -> token, Map.of("actium.secret", "join-token")));
        if (LoggerFactory.getILoggerFactory() instanceof TappedLoggers loggers) {
            container.offer(Function.class, loggers, Map.of("actium.log", "events"));
        }
        try {
            container.start();
            return container;
        } catch (CommandFailure failure) {
            container.close();
            throw failure;
        }
    }

    /**
     * Installs and resolves an assembly, and undoes it.
     *
     * @throws CommandFailure naming each bundle that does not resolve
     */
    public void resolve(String assembly) throws IOException {
        install(assembly, Map.of()).close();
    }

    private Container install(String assembly, Map<String, String> properties) throws IOException {
        ProcessDirectory directory = states.processDirectory();
        try {
            Assembly read = Assembly.read(home, assembly);
            Container container = Container.install(read, frameworkProperties(read, properties, directory.path()));
            container.afterStop(() -> delete(directory));
            return container;
        } catch (CommandFailure | IOException failure) {
            directory.close();
            throw failure;
        }
    }

    private Map<String, String> frameworkProperties(Assembly assembly, Map<String, String> properties, Path directory)
            throws IOException {
        var all = new HashMap<String, String>();
        home.properties("conf/" + assembly.name() + ".properties")
                .forEach((key, value) -> all.put((String) key, (String) value));
        all.put("actium.state", directory.toString());
        all.put("actium.cache", states.cacheDirectory().toString());
        all.putAll(properties);
        all.put("actium.home", home.directory().toString());
        all.put("actium.assembly", assembly.name());
        all.put("org.osgi.framework.storage", directory.resolve("framework").toString());
        all.put("org.osgi.framework.startlevel.beginning", Integer.toString(assembly.highestStartLevel()));
        return all;
    }

    private static void delete(ProcessDirectory directory) {
        try {
            directory.close();
        } catch (IOException busy) {
            // the next container on this host deletes it: its process is gone by then
        }
    }
}
