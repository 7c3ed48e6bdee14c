package org.actium.deployment.shell.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.descriptor.XmlDescriptorReader;
import org.actium.deployment.lists.ListElements;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.shell.Clients;
import org.actium.deployment.shell.RemoteLauncher;
import org.actium.deployment.shell.api.Hop;
import org.actium.deployment.shell.api.ProcessStarter;
import org.actium.deployment.shell.api.RemoteShell;
import org.actium.deployment.shell.api.RuntimeImage;
import org.actium.deployment.shell.api.ShellClient;
import org.actium.deployment.spi.ElementReader;
import org.actium.deployment.spi.LaunchRequest;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.core.SystemThreads;

/**
 * A remote shell with a distribution of two small files, and with a program in its place that runs what it is given on
 * this host, in a home that belongs to the test.
 */
public final class ShellBench {

    /** Of loopback on other hosts, which leads to the parent of new runtimes if the shell can do that. */
    public static final int FORWARDED_PORT = 20_123;

    private final List<List<String>> started = new CopyOnWriteArrayList<>();
    private final List<ShellClient> clients = new ArrayList<>();
    private final Properties rules = new Properties();
    private final Path directory;
    private final String program;
    private final RemoteShell shell;
    private final ElementReader reader;
    private Optional<Path> java = Optional.empty();

    /**
     * @param program what the shell runs, by name
     * @param script what is run instead
     */
    public ShellBench(Path directory, RemoteShell shell, ElementReader reader, String program, String script)
            throws IOException {
        this.directory = directory;
        this.shell = shell;
        this.reader = reader;
        this.program = program;
        Path home = Files.createDirectory(home());
        for (String each : List.of("lib", "conf", "features", "assembly")) {
            Files.createDirectory(home.resolve(each));
        }
        Files.writeString(home.resolve("build.properties"), "version=1\n");
        Files.writeString(home.resolve("assembly/node.json"), "{}");
        Files.writeString(home.resolve("conf/node.jvm"), "-Xms16m\n");
        Files.createDirectory(directory.resolve("home"));
        script(program, script);
    }

    /** Directory of the distribution. */
    public Path home() {
        return directory.resolve("distribution");
    }

    /** What the distribution is called in the caches of hosts. */
    public String digest() throws IOException {
        return RuntimeImage.of(home()).digest();
    }

    /** Lets the administrator allow these. */
    public void allow(String protocols) throws IOException {
        rules.setProperty("insecure", protocols);
        writeRules();
    }

    private void writeRules() throws IOException {
        try (var out = Files.newBufferedWriter(home().resolve("conf/protocols.properties"))) {
            rules.store(out, "as the administrator of the test wants it");
        }
    }

    /** Lets hosts without Java get one that is made from the JDK of this directory. */
    public void pushJava(Path javaHome) {
        java = Optional.of(javaHome);
    }

    /** All commands that were run here, oldest first. */
    public List<List<String>> started() {
        return started;
    }

    /** Uses this one in the place of the program. */
    public void use(ShellClient client) throws IOException {
        clients.add(new ShellClient() {
            @Override
            public String shell() {
                return client.shell();
            }

            @Override
            public String name() {
                return client.name();
            }

            @Override
            public Process start(Hop hop, List<String> command) throws IOException {
                started.add(command);
                return client.start(hop, command);
            }
        });
        rules.setProperty(client.shell(), client.name());
        writeRules();
    }

    /** Where archives are kept until they are sent. */
    public Path archives() {
        return directory.resolve("archives");
    }

    public RemoteLauncher launcher() {
        return launcher(this::start);
    }

    public RemoteLauncher launcher(ProcessStarter processes) {
        return launcher(processes, () -> FORWARDED_PORT);
    }

    /** @param forwardedPorts draws one for each runtime */
    public RemoteLauncher launcher(ProcessStarter processes, IntSupplier forwardedPorts) {
        return new RemoteLauncher(
                shell,
                List.of(shell),
                Optional.of(home()),
                java,
                archives(),
                new Clients(clients, Optional.of(home()), Optional.empty(), processes),
                new SystemThreads(),
                () -> List.of("10.0.0.1", "192.0.2.7"),
                forwardedPorts);
    }

    private Process start(List<String> command) throws IOException {
        started.add(command);
        return run(command);
    }

    /** Runs a command as hosts of the test do, in the home that belongs to it. */
    public Process run(List<String> command) throws IOException {
        var full = new ArrayList<>(command);
        if (full.getFirst().equals(program)) {
            full.set(0, directory.resolve(program).toString());
        }
        var builder = new ProcessBuilder(full).redirectErrorStream(true);
        builder.environment().put("HOME", directory.resolve("home").toString());
        builder.environment().keySet().removeAll(List.of("XDG_CACHE_HOME", "JAVA_HOME", "ACTIUM_JAVA_HOME"));
        builder.environment()
                .put("ACTIUM_JDK_FOLDERS", directory.resolve("jdks").toString());
        builder.environment().put("PATH", directory + ":" + System.getenv("PATH"));
        return builder.start();
    }

    /** An executable in the directory of the test; its path. */
    public String script(String name, String text) throws IOException {
        Path script = directory.resolve(name);
        Files.writeString(script, text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script.toString();
    }

    public Descriptor descriptor(String xml) {
        return new XmlDescriptorReader(List.of(reader, new ListElements()), name -> null)
                .read(DescriptorSource.of("grid.xml", xml));
    }

    /** The process {@code way} of a descriptor with these definitions; {@code local} is there, with this java. */
    public DescriptorElement read(String java, String definitions) {
        return descriptor("""
                <actium xmlns="urn:actium:deployment:1">
                <virtualNode name="vn"><vmName value="jvm"/></virtualNode>
                <jvm name="jvm"><processReference refid="way"/></jvm>
                <processDefinition id="local"><jvmProcess>%s</jvmProcess></processDefinition>
                %s
                </actium>
                """.formatted(java, definitions))
                .processes()
                .get("way")
                .element();
    }

    /** A request for all runtimes of the element. */
    public LaunchRequest request(DescriptorElement element) {
        int runtimes = launcher().runtimes(element);
        return new LaunchRequest(
                element,
                IntStream.rangeClosed(1, runtimes).mapToObj(k -> "d1-jvm-" + k).toList(),
                new Endpoint("10.0.0.1", 4000),
                Collections.nCopies(runtimes, "t1.secret"),
                Duration.ofSeconds(10));
    }

    public String text(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
