package org.actium.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.actium.codec.java.JavaCodec;
import org.actium.deadlock.DeadlockDetection;
import org.actium.future.core.FuturePlaceholders;
import org.actium.naming.RuntimeNames;
import org.actium.object.core.ObjectSpace;
import org.actium.remote.core.RuntimeLinks;
import org.actium.runtime.core.LocalRuntime;
import org.actium.tagging.Tagging;
import org.junit.Test;

/**
 * What runs in a simulation gets at clock, randomness, threads, sockets and files through ports only. Looks at the
 * constant pool of every class: what is not named there is not used.
 */
public class PortsOnlyTest {

    /** One class of each bundle that a simulation runs. */
    private static final List<Class<?>> BUNDLES = List.of(
            ObjectSpace.class,
            FuturePlaceholders.class,
            DeadlockDetection.class,
            RuntimeNames.class,
            Tagging.class,
            RuntimeLinks.class,
            JavaCodec.class,
            LocalRuntime.class);

    /** The port adapters, which are what a simulation replaces. */
    private static final Set<String> ADAPTERS = Set.of(
            "org/actium/runtime/core/SystemTime",
            "org/actium/runtime/core/SystemThreads",
            "org/actium/runtime/core/SystemRandom");

    private static final Map<String, Set<String>> FORBIDDEN_METHODS = Map.of(
            "java/lang/System", Set.of("currentTimeMillis", "nanoTime"),
            "java/time/Instant", Set.of("now"),
            "java/util/UUID", Set.of("randomUUID"),
            "java/lang/Math", Set.of("random"),
            "java/lang/Thread", Set.of("<init>", "start", "sleep", "startVirtualThread", "ofVirtual", "ofPlatform"),
            "java/lang/Object", Set.of("wait", "notify", "notifyAll"),
            "java/util/concurrent/locks/LockSupport", Set.of("parkNanos", "parkUntil"),
            "java/util/concurrent/CompletableFuture",
                    Set.of("supplyAsync", "runAsync", "orTimeout", "completeOnTimeout"));

    private static final Set<String> FORBIDDEN_CLASSES = Set.of(
            "java/util/Random",
            "java/util/concurrent/ThreadLocalRandom",
            "java/util/SplittableRandom",
            "java/security/SecureRandom",
            "java/util/concurrent/Executors",
            "java/util/concurrent/ForkJoinPool",
            "java/util/concurrent/ScheduledThreadPoolExecutor",
            "java/util/Timer",
            "java/net/Socket",
            "java/net/ServerSocket",
            "java/nio/channels/SocketChannel",
            "java/nio/channels/ServerSocketChannel",
            "java/io/FileInputStream",
            "java/io/FileOutputStream",
            "java/io/RandomAccessFile",
            "java/nio/file/Files");

    @Test
    public void whatASimulationRunsUsesPortsOnly() throws IOException {
        List<String> uses = new ArrayList<>();
        int classes = 0;
        for (Class<?> bundle : BUNDLES) {
            List<ClassModel> models = classesOf(bundle);
            assertThat(models).as("classes of the bundle of %s", bundle).isNotEmpty();
            for (ClassModel model : models) {
                classes++;
                uses.addAll(forbiddenIn(model));
            }
        }

        assertThat(classes).as("classes looked at").isGreaterThan(100);
        assertThat(uses).isEmpty();
    }

    @Test
    public void theScanFindsWhatTheAdaptersDo() throws IOException {
        assertThat(classesOf(LocalRuntime.class).stream()
                        .filter(PortsOnlyTest::isAdapter)
                        .flatMap(model -> found(model).stream()))
                .anyMatch(use -> use.endsWith("java/lang/System.nanoTime"))
                .anyMatch(use -> use.endsWith("java/lang/Thread.startVirtualThread"))
                .anyMatch(use -> use.endsWith("java/security/SecureRandom"));
    }

    private static List<String> forbiddenIn(ClassModel model) {
        return isAdapter(model) ? List.of() : found(model);
    }

    private static boolean isAdapter(ClassModel model) {
        return ADAPTERS.contains(model.thisClass().asInternalName());
    }

    private static List<String> found(ClassModel model) {
        List<String> uses = new ArrayList<>();
        String name = model.thisClass().asInternalName();
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof MemberRefEntry member
                    && FORBIDDEN_METHODS
                            .getOrDefault(member.owner().asInternalName(), Set.of())
                            .contains(member.name().stringValue())) {
                uses.add(name + " uses " + member.owner().asInternalName() + "."
                        + member.name().stringValue());
            } else if (entry instanceof ClassEntry type && FORBIDDEN_CLASSES.contains(type.asInternalName())) {
                uses.add(name + " uses " + type.asInternalName());
            }
        }
        return uses;
    }

    private static List<ClassModel> classesOf(Class<?> member) throws IOException {
        try {
            URI source =
                    member.getProtectionDomain().getCodeSource().getLocation().toURI();
            Path place = Path.of(source);
            if (Files.isDirectory(place)) {
                return parse(place);
            }
            try (FileSystem jar = FileSystems.newFileSystem(place)) {
                return parse(jar.getPath("/"));
            }
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<ClassModel> parse(Path root) throws IOException {
        List<ClassModel> models = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                models.add(ClassFile.of().parse(Files.readAllBytes(file)));
            }
        }
        return models;
    }
}
