package org.actium.testkit;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.reflect.AccessFlag;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.Test;

/**
 * What runs in a simulation gets at clock, randomness, threads, sockets and files through ports only, and enters no monitor.
 * Looks at the constant pool of every class, where what is not named is not used, and at its code.
 */
public class PortsOnlyTest {

    /** Not run in a simulation: sockets, and what puts runtimes together for tests. */
    private static final List<String> REPLACED = List.of("org.actium.remote.tcp", "org.actium.testkit");

    private static final Pattern BUNDLE = Pattern.compile("(?:^|/)(org\\.actium\\.[a-z.]*[a-z])(?=[-/])");

    /** The port adapters, which are what a simulation replaces. */
    private static final Set<String> ADAPTERS = Set.of(
            "org/actium/runtime/core/SystemTime",
            "org/actium/runtime/core/SystemThreads",
            "org/actium/runtime/core/Crew",
            "org/actium/runtime/core/CarrierWatch",
            "org/actium/runtime/core/SystemRandom");

    private static final Map<String, Set<String>> FORBIDDEN_METHODS = Map.ofEntries(
            entry("java/lang/System", Set.of("currentTimeMillis", "nanoTime")),
            entry("java/time/Instant", Set.of("now")),
            entry("java/time/InstantSource", Set.of("system")),
            entry(
                    "java/time/Clock",
                    Set.of("system", "systemUTC", "systemDefaultZone", "tickMillis", "tickSeconds", "tickMinutes")),
            entry("java/time/LocalDate", Set.of("now")),
            entry("java/time/LocalTime", Set.of("now")),
            entry("java/time/LocalDateTime", Set.of("now")),
            entry("java/time/OffsetDateTime", Set.of("now")),
            entry("java/time/ZonedDateTime", Set.of("now")),
            entry("java/util/UUID", Set.of("randomUUID")),
            entry("java/lang/Math", Set.of("random")),
            entry(
                    "java/lang/Thread",
                    Set.of("<init>", "start", "sleep", "startVirtualThread", "ofVirtual", "ofPlatform")),
            entry("java/lang/Object", Set.of("wait", "notify", "notifyAll")),
            entry("java/util/concurrent/locks/LockSupport", Set.of("parkNanos", "parkUntil")),
            entry("java/util/concurrent/locks/Condition", Set.of("awaitNanos", "awaitUntil")),
            entry(
                    "java/util/concurrent/CompletableFuture",
                    Set.of("supplyAsync", "runAsync", "orTimeout", "completeOnTimeout", "delayedExecutor")));

    /** With a limit they wait for real time; {@code runtime.spi.Time} has timers that a simulation knows of. */
    private static final Set<String> WAITING = Set.of(
            "await",
            "get",
            "poll",
            "offer",
            "tryLock",
            "tryAcquire",
            "join",
            "awaitTermination",
            "invokeAll",
            "invokeAny");

    private static final Set<String> FORBIDDEN_CLASSES = Set.of(
            "java/util/Random",
            "java/util/concurrent/ThreadLocalRandom",
            "java/util/SplittableRandom",
            "java/security/SecureRandom",
            "java/util/concurrent/Executors",
            "java/util/concurrent/ForkJoinPool",
            "java/util/concurrent/ThreadPoolExecutor",
            "java/util/concurrent/ScheduledThreadPoolExecutor",
            "java/util/Timer",
            "java/net/Socket",
            "java/net/ServerSocket",
            "java/nio/channels/SocketChannel",
            "java/net/DatagramSocket",
            "java/net/MulticastSocket",
            "java/net/http/HttpClient",
            "java/nio/channels/ServerSocketChannel",
            "java/nio/channels/DatagramChannel",
            "java/nio/channels/AsynchronousSocketChannel",
            "java/nio/channels/AsynchronousServerSocketChannel",
            "java/nio/channels/AsynchronousFileChannel",
            "java/nio/channels/FileChannel",
            "java/nio/channels/Selector",
            "java/io/File",
            "java/io/FileReader",
            "java/io/FileWriter",
            "java/io/FileInputStream",
            "java/io/FileOutputStream",
            "java/io/RandomAccessFile",
            "java/nio/file/Files");

    @Test
    public void whatASimulationRunsUsesPortsOnly() throws IOException {
        Map<String, Path> bundles = bundles();
        List<String> uses = new ArrayList<>();
        for (Map.Entry<String, Path> bundle : bundles.entrySet()) {
            List<ClassModel> models = classesIn(bundle.getValue());
            assertThat(models).as("classes of %s", bundle).isNotEmpty();
            models.forEach(model -> uses.addAll(forbiddenIn(model)));
        }

        assertThat(bundles.keySet())
                .contains("org.actium.object.core", "org.actium.remote.core", "org.actium.runtime.core")
                .contains("org.actium.object.api", "org.actium.naming")
                .doesNotContainAnyElementsOf(REPLACED);
        assertThat(uses).isEmpty();
    }

    @Test
    public void theScanFindsWhatTheAdaptersDo() throws IOException {
        assertThat(classesIn(bundles().get("org.actium.runtime.core")).stream()
                        .filter(PortsOnlyTest::isAdapter)
                        .flatMap(model -> found(model).stream()))
                .anyMatch(use -> use.endsWith("java/lang/System.nanoTime"))
                .anyMatch(use -> use.endsWith("java/lang/Thread.ofVirtual"))
                .anyMatch(use -> use.endsWith("java/security/SecureRandom"));
    }

    @Test
    public void theScanFindsMonitorsAndTimedWaits() throws IOException {
        String name = "/" + Waiting.class.getName().replace('.', '/') + ".class";
        try (InputStream in = PortsOnlyTest.class.getResourceAsStream(name)) {
            assertThat(found(ClassFile.of().parse(in.readAllBytes())))
                    .anyMatch(use -> use.endsWith("has the synchronized method locked"))
                    .anyMatch(use -> use.endsWith("enters a monitor in monitor"))
                    .anyMatch(use -> use.endsWith("CountDownLatch.await with a limit"))
                    .anyMatch(use -> use.endsWith("Thread.join with a limit"))
                    .anyMatch(use -> use.endsWith("CompletableFuture.thenRunAsync without an executor"))
                    .hasSize(5);
        }
    }

    /** What must not be done. */
    private static final class Waiting {

        synchronized void locked() {}

        int monitor(List<?> list) {
            synchronized (list) {
                return list.size();
            }
        }

        void limits(CountDownLatch latch, Thread thread) throws InterruptedException {
            latch.await();
            latch.await(1, TimeUnit.SECONDS);
            thread.join(1);
        }

        void elsewhere(CompletableFuture<?> future, Runnable task) {
            future.thenRunAsync(task, Runnable::run);
            future.thenRunAsync(task);
        }
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
            if (entry instanceof MemberRefEntry member) {
                forbidden(member).ifPresent(use -> uses.add(name + " uses " + use));
            } else if (entry instanceof ClassEntry type && FORBIDDEN_CLASSES.contains(type.asInternalName())) {
                uses.add(name + " uses " + type.asInternalName());
            }
        }
        for (MethodModel method : model.methods()) {
            String methodName = method.methodName().stringValue();
            if (method.flags().has(AccessFlag.SYNCHRONIZED)) {
                uses.add(name + " has the synchronized method " + methodName);
            }
            if (method.code().stream().flatMap(CodeModel::elementStream).anyMatch(PortsOnlyTest::entersMonitor)) {
                uses.add(name + " enters a monitor in " + methodName);
            }
        }
        return uses;
    }

    private static boolean entersMonitor(CodeElement element) {
        return element instanceof MonitorInstruction monitor && monitor.opcode() == Opcode.MONITORENTER;
    }

    private static Optional<String> forbidden(MemberRefEntry member) {
        String owner = member.owner().asInternalName();
        String method = member.name().stringValue();
        String type = member.type().stringValue();
        String use = owner + "." + method;
        if (FORBIDDEN_METHODS.getOrDefault(owner, Set.of()).contains(method)) {
            return Optional.of(use);
        }
        if (isTimed(owner, method, type)) {
            return Optional.of(use + " with a limit");
        }
        boolean completes = owner.equals("java/util/concurrent/CompletableFuture")
                || owner.equals("java/util/concurrent/CompletionStage");
        return completes && method.endsWith("Async") && !type.contains("Ljava/util/concurrent/Executor;")
                ? Optional.of(use + " without an executor")
                : Optional.empty();
    }

    private static boolean isTimed(String owner, String method, String type) {
        return owner.startsWith("java/")
                && WAITING.contains(method)
                && (type.contains("Ljava/util/concurrent/TimeUnit;")
                        || owner.equals("java/lang/Thread") && !type.startsWith("()"));
    }

    /** All of Actium on the class path of {@link EmbeddedRuntime} that a simulation runs, by name. */
    private static Map<String, Path> bundles() {
        Map<String, Path> bundles = new TreeMap<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Matcher bundle = BUNDLE.matcher(entry.replace(File.separatorChar, '/'));
            String name = "";
            while (bundle.find()) {
                name = bundle.group(1);
            }
            if (!name.isEmpty() && !REPLACED.contains(name)) {
                bundles.put(name, Path.of(entry));
            }
        }
        return bundles;
    }

    private static List<ClassModel> classesIn(Path place) throws IOException {
        if (Files.isDirectory(place)) {
            return parse(place);
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return parse(jar.getPath("/"));
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
