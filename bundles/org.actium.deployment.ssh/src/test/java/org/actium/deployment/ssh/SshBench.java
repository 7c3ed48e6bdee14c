package org.actium.deployment.ssh;

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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.descriptor.XmlDescriptorReader;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.spi.LaunchRequest;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.core.SystemThreads;

/**
 * The protocol with a distribution of two small files, and with an {@code ssh} that runs what it is given in a shell of this
 * host, as sshd would, in a home that belongs to the test.
 */
final class SshBench {

    private static final String SSH = """
            #!/bin/sh
            # as sshd: the last argument goes to the login shell
            for last in "$@"; do :; done
            case " $* " in *" -- refuses "*) echo "Permission denied (publickey)." >&2; exit 255 ;; esac
            exec sh -c "$last"
            """;

    final List<List<String>> started = new CopyOnWriteArrayList<>();
    final Path directory;
    final SshProtocol protocol;

    SshBench(Path directory) throws IOException {
        this.directory = directory;
        Path home = Files.createDirectory(directory.resolve("distribution"));
        for (String each : List.of("lib", "conf", "features", "assembly")) {
            Files.createDirectory(home.resolve(each));
        }
        Files.writeString(home.resolve("build.properties"), "version=1\n");
        Files.writeString(home.resolve("assembly/node.json"), "{}");
        Files.writeString(home.resolve("conf/node.jvm"), "-Xms16m\n");
        Files.createDirectory(directory.resolve("home"));
        script("ssh", SSH);
        protocol = new SshProtocol(
                Optional.of(home), this::start, new SystemThreads(), () -> List.of("10.0.0.1", "192.0.2.7"));
    }

    private Process start(List<String> command, Optional<Path> input) throws IOException {
        started.add(command);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        input.map(Path::toFile).ifPresent(builder::redirectInput);
        builder.environment().put("HOME", directory.resolve("home").toString());
        builder.environment().remove("XDG_CACHE_HOME");
        builder.environment().put("PATH", directory + ":" + System.getenv("PATH"));
        if (builder.command().getFirst().equals("ssh")) {
            var full = new ArrayList<>(command);
            full.set(0, directory.resolve("ssh").toString());
            builder.command(full);
        }
        return builder.start();
    }

    /** An executable in the directory of the test; its path. */
    String script(String name, String text) throws IOException {
        Path script = directory.resolve(name);
        Files.writeString(script, text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script.toString();
    }

    /** The process {@code way} of a descriptor with these definitions; {@code local} is there, with this java. */
    static DescriptorElement read(String java, String definitions) {
        String xml = """
                <actium xmlns="urn:actium:deployment:1">
                <virtualNode name="vn"><vmName value="jvm"/></virtualNode>
                <jvm name="jvm"><processReference refid="way"/></jvm>
                <processDefinition id="local"><jvmProcess>%s</jvmProcess></processDefinition>
                %s
                </actium>
                """.formatted(java, definitions);
        return reader().read(DescriptorSource.of("grid.xml", xml))
                .processes()
                .get("way")
                .element();
    }

    static XmlDescriptorReader reader() {
        return new XmlDescriptorReader(List.of(new SshElements()), name -> null);
    }

    LaunchRequest request(DescriptorElement element) {
        int runtimes = protocol.runtimes(element);
        return new LaunchRequest(
                element,
                IntStream.rangeClosed(1, runtimes).mapToObj(k -> "d1-jvm-" + k).toList(),
                new Endpoint("10.0.0.1", 4000),
                Collections.nCopies(runtimes, "t1.secret"),
                Duration.ofSeconds(10));
    }

    String text(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
